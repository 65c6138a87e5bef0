"""Read an Excel workbook as text: each cell as Excel would show it, dates as ISO, nothing inferred."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from scoring.cohort.errors import CohortError
from scoring.cohort.identity import shown
from scoring.cohort.source import Raw, named, opening, refuse, trimmed
from scoring.cohort.violations import Violation, error, note

if TYPE_CHECKING:
    import fastexcel

# The sheets of jifen's own template; the dictionary and the lists hold no data.
DATA_SHEETS = ("facts", "points")
DICTIONARY_SHEET, LISTS_SHEET = "说明 dictionary", "lists"

OLE_MARK = b"\xd0\xcf\x11\xe0"
MOST_BYTES, MANY_BYTES, MOST_RATIO = 4 << 30, 200 << 20, 100
LISTED = 20


@dataclass(frozen=True)
class Workbook:
    """Hold an Excel workbook, of which sheets are read one by one."""

    path: Path
    reader: fastexcel.ExcelReader

    @classmethod
    def open(cls, path: Path) -> Workbook:
        """Open a workbook.

        Raises:
            CohortError: it is no workbook, a damaged one, or one that would fill the memory.

        """
        with opening(path):
            _check_archive(path)
            return cls(path, _open(path))

    @property
    def sheets(self) -> list[str]:
        """The names of its sheets."""
        return self.reader.sheet_names

    def read(self, name: str) -> Raw:
        """Read a sheet as columns of text.

        Whole numbers come as digits and date cells as dates. Excel's own numbers are taken to nine decimals,
        so that the noise of a sum (97.13000000000001) is no error.

        Raises:
            CohortError: a formula in it failed, or it is not a table.

        """
        _check_formulas(self.path, name)
        cells = _cells(self.reader, name, self.path)
        if cells.height == 0:
            raise refuse("empty_sheet", self.path, sheet=name)
        header = named(cells.row(0), self.path)
        frame, notices = trimmed(cells.slice(1), header, self.path)
        return Raw(frame, "excel", str(self.path), notices=notices)

    def read_one(self, wanted: Sequence[str]) -> Raw:
        """Read the sheet of a wanted name, or else the first one."""
        name = next((name for name in self.sheets if name in wanted), self.sheets[0])
        raw = self.read(name)
        return replace(raw, notices=(*raw.notices, *other_sheets(self.sheets, [name])))


def read_excel(path: Path, *, wanted: Sequence[str] = DATA_SHEETS) -> Raw:
    """Read the sheet of a wanted name in a workbook, or else the first one, as columns of text.

    Raises:
        CohortError: it is no workbook, a formula in it failed, or it is not a table.

    """
    return Workbook.open(path).read_one(wanted)


def _open(path: Path) -> fastexcel.ExcelReader:
    import fastexcel  # noqa: PLC0415 -- only a workbook needs it

    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError as failure:
        raise refuse("not_excel", path) from failure


def _cells(reader: fastexcel.ExcelReader, name: str, path: Path) -> pl.DataFrame:
    import fastexcel  # noqa: PLC0415 -- only a workbook needs it

    try:
        frame = reader.load_sheet(name, header_row=None, dtypes="string").to_polars()
    except fastexcel.FastExcelError as failure:
        raise refuse("not_excel", path) from failure
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _check_archive(path: Path) -> None:
    """Refuse what is no workbook, is locked, or would unpack to far more than a workbook holds."""
    with path.open("rb") as file:
        if file.read(4) == OLE_MARK:
            raise refuse("old_excel", path)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            packed = max(sum(member.compress_size for member in archive.infolist()), 1)
            bomb = unpacked > MOST_BYTES or (unpacked > MANY_BYTES and unpacked > MOST_RATIO * packed)
            if bomb:
                raise refuse("too_large", path, megabytes=unpacked >> 20)
            if archive.testzip() is not None or "xl/workbook.xml" not in archive.namelist():
                raise refuse("not_excel", path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as failure:
        raise refuse("not_excel", path) from failure


def _check_formulas(path: Path, sheet: str) -> None:
    """Refuse cells like #DIV/0! and #N/A, which would otherwise be read as empty."""
    with zipfile.ZipFile(path) as archive:
        place = _place_of(archive, sheet)
        text = archive.read(place).decode("utf-8", "replace") if place else ""
    cells = re.findall(r"<c [^>]*\bt=\"e\"[^>]*>(?:(?!</c>).)*", text, flags=re.DOTALL)
    if cells:
        raise CohortError([_failed(cell, len(cells)) for cell in cells[:LISTED]])


def _failed(cell: str, count: int) -> Violation:
    place = re.search(r'\br="([A-Z]+[0-9]+)"', cell)
    value = re.search(r"<v>([^<]*)", cell)
    return error("formula", value=value[1] if value else None, cell=place[1] if place else "?", count=count)


def _place_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Find the part of the workbook that holds a sheet."""
    workbook = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    escaped = re.escape(
        sheet.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
    tag = re.search(rf'<(?:\w+:)?sheet [^>]*\bname="{escaped}"[^>]*>', workbook)
    key = re.search(r'\br:id="([^"]+)"', tag[0]) if tag else None
    link = re.search(rf'<Relationship [^>]*\bId="{re.escape(key[1])}"[^>]*>', links) if key else None
    target = re.search(r'\bTarget="([^"]+)"', link[0]) if link else None
    if not target:
        return None
    place = target[1].removeprefix("/") if target[1].startswith("/") else f"xl/{target[1]}"
    return place if place in archive.namelist() else None


def other_sheets(sheets: Sequence[str], read: Sequence[str]) -> tuple[Violation, ...]:
    """Say which sheets were not read, but for those of jifen's own template that hold no data."""
    others = [shown(name) for name in sheets if name not in (*read, DICTIONARY_SHEET, LISTS_SHEET)]
    return (note("other_sheets", sheet=", ".join(read), others=", ".join(others)),) if others else ()
