"""Put broken exports where a test can read them: those kept here, and those made on the spot."""

import io
import tomllib
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import copy

import polars as pl

from tests.scoring.cohort.made import ROUND as ROUND_OF_FILES
from tests.scoring.cohort.made import fact, text_of
from tests.scoring.cohort.made import typed as typed_facts
from tests.scoring.cohort.records_made import ROUND as ROUND_OF_HISTORIES
from tests.scoring.cohort.records_made import csv_of, dwelling, folder, sound, spell, typed

HERE = Path(__file__).parent
KEPT = sorted(path.relative_to(HERE).as_posix() for path in HERE.glob("*/*.csv"))
SENTENCES: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "exports.toml").read_text("utf-8"))
MILLION, BAD = 1_000_000, 654_321


def round_of(export: str) -> int:
    """Return the round that an export is for."""
    return ROUND_OF_HISTORIES if export.startswith("histories/") else ROUND_OF_FILES


def put(export: str, place: Path) -> Path:
    """Put an export into a folder, and return where the cohort is."""
    level, name = export.split("/")
    cohort = target = place / name
    if level == "histories":
        table, suffix = name.partition(".")[0], name.rpartition(".")[2]
        cohort = folder(place / "histories", {one: rows for one, rows in sound().items() if one != table})
        target = cohort / f"{table}.{suffix}"
    if name.endswith("folder.csv"):
        target.mkdir()
    elif export in MADE:
        target.write_bytes(MADE[export]())
    else:
        copy(HERE / export, target)
    return cohort


def sentences_of(export: str, cohort: Path, language: str) -> list[str]:
    """Return what must be said of an export that was put somewhere."""
    return [line.replace("{path}", str(cohort)) for line in SENTENCES[export][language]]


@cache
def bomb() -> bytes:
    """Pack 256 megabytes of nothing as the one sheet of a workbook, in a quarter of a megabyte."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(256):
                sheet.write(bytes(1 << 20))
    return packed.getvalue()


def _truncated(frame: pl.DataFrame) -> bytes:
    """Cut the end off a Parquet file."""
    whole = io.BytesIO()
    frame.write_parquet(whole)
    return whole.getvalue()[: len(whole.getvalue()) * 2 // 3]


def _mixed(text: str) -> bytes:
    """Write two lines in UTF-8 and the others in GB18030, as two exports pasted together."""
    lines = text.splitlines(keepends=True)
    return "".join(lines[:2]).encode() + "".join(lines[2:]).encode("gb18030")


def _facts() -> str:
    return text_of([fact(home_district="石景山区"), fact(applicant_id="A0002", home_district="石景山区")])


def _million() -> bytes:
    """Write a million spells, one with a month that there is not."""
    header, row = (f"{line}\n" for line in text_of([spell()]).splitlines())
    bad = row.replace("2009-03-01", "2009-13-01")
    return (header + row * (BAD - 1) + bad + row * (MILLION - BAD)).encode()


MADE: dict[str, Callable[[], bytes]] = {
    "facts/truncated.parquet": lambda: _truncated(typed_facts(fact())),
    "facts/junk.csv": lambda: bytes(range(256)) * 64,
    "facts/junk.parquet": lambda: bytes(range(256)) * 64,
    "facts/junk.xlsx": lambda: bytes(range(256)) * 64,
    "facts/mixed-encodings.csv": lambda: _mixed(_facts()),
    "facts/utf-16.csv": lambda: _facts().encode("utf-16"),
    "facts/no-encoding.csv": lambda: _facts().encode() + b"\xff\xfe\xff\n",
    "facts/zip.csv": lambda: b"PK\x03\x04" + bytes(200),
    "facts/bomb.xlsx": bomb,
    "facts/empty.parquet": lambda: b"",
    "facts/folder.csv": lambda: b"",
    "histories/insurance.truncated.parquet": lambda: _truncated(typed("insurance", [spell()])),
    "histories/insurance.million.csv": _million,
    "histories/insurance.bomb.xlsx": bomb,
    "histories/awards.junk.csv": lambda: bytes(range(256)) * 64,
    "histories/awards.folder.csv": lambda: b"",
    "histories/dwellings.mixed-encodings.csv": lambda: _mixed(csv_of([dwelling(district="昌平区")] * 3)),
}
EXPORTS = sorted({*KEPT, *MADE})
