"""``jifen deidentify``: one command makes an export safe, and its errors tell nothing of anybody."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from reports.cli import main
from tests.synthetic_data.deidentify.exports import (
    SECRET,
    bytes_and_cells,
    facts_export,
    histories_export,
    person,
    write,
)

SOMEONE = person(3, date(1979, 9, 9))
Said = tuple[int, str, str]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Give an export of facts, with a key beside it."""
    (tmp_path / "jifen.key").write_bytes(SECRET)
    return write(facts_export(60).frame(), tmp_path / "raw.csv", encoding="gb18030")


def jifen(capsys: pytest.CaptureFixture[str], *arguments: object) -> Said:
    """Run the command: exit status, what is printed, what is said of errors."""
    status: object = 0
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as left:
        status = left.code
    printed = capsys.readouterr()
    return int(str(status or 0)), printed.out, printed.err


def deidentify(capsys: pytest.CaptureFixture[str], raw: Path, *more: object) -> Said:
    """Run ``jifen deidentify`` with the key beside the export."""
    folder = raw.parent
    return jifen(
        capsys, "deidentify", raw, "--out", folder / "safe", "--key-file", folder / "jifen.key", *more
    )


def test_one_command_makes_a_cohort_that_check_admits(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report is printed in both languages, and ``jifen check`` finds nothing wrong with the file."""
    status, printed, said = deidentify(capsys, raw)
    assert (status, said) == (0, "")
    assert "# 去标识化风险报告" in printed
    assert "# Risk report of a de-identification" in printed
    safe = raw.parent / "safe"
    last = f"written to {safe}; check it with: jifen check {safe / 'facts.parquet'} --round YEAR"
    assert printed.splitlines()[-1] == last
    status, checked, _ = jifen(capsys, "check", raw.parent / "safe" / "facts.parquet", "--round", 2020)
    assert (status, checked.splitlines()[-1]) == (0, "no errors")


def test_the_raw_export_is_refused_by_check(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What still names people enters nowhere else."""
    status, _, _ = jifen(capsys, "check", raw, "--round", 2020)
    assert status == 1


def test_what_is_printed_names_nobody(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the report on the screen nor the files hold a value of a person, or the key."""
    _, printed, _ = deidentify(capsys, raw)
    found = printed.encode() + bytes_and_cells(raw.parent / "safe")
    values = [value for someone in facts_export(60).people for value in someone.values()]
    assert [value for value in [*values, SECRET.hex()] if value.encode() in found] == []


def test_one_language_or_json_on_request(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --lang one language is printed, with --json one document."""
    _, printed, _ = deidentify(capsys, raw, "--lang", "en", "--quasi", "sex,birth_date")
    assert "去标识化风险报告" not in printed
    assert "Quasi-identifiers: sex, birth_date." in printed
    (raw.parent / "safe").rename(raw.parent / "before")
    _, printed, _ = deidentify(
        capsys, raw, "--json", "--round", 2020, "--rules", "beijing-2020", "--threshold", 5
    )
    document = json.loads(printed)
    assert document["births"]["rounds"] == [2020, 2020]
    assert document["births"]["rulebooks"] == ["beijing-2020"]
    assert document["threshold"] == 5


def test_a_folder_of_histories(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of record tables becomes a folder of record tables."""
    (tmp_path / "jifen.key").write_bytes(SECRET)
    (tmp_path / "raw").mkdir()
    for name, rows in histories_export(20)[0].items():
        write(pl.DataFrame(rows, infer_schema_length=None), tmp_path / "raw" / f"{name}.xlsx")
    status, printed, _ = deidentify(capsys, tmp_path / "raw", "--birth", "year")
    assert status == 0
    assert "`applicants.applicant_id`" in printed
    tables = {path.stem for path in (tmp_path / "safe").glob("*.parquet")}
    assert {"applicants", "insurance", "dwellings", "income_tax"} <= tables
    assert f"jifen check {tmp_path / 'safe'} --round YEAR" in printed
    assert jifen(capsys, "check", tmp_path / "safe", "--round", 2020)[0] == 0


@pytest.mark.parametrize("option", ["--key-file", "--out"])
def test_a_missing_option_is_said(raw: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    """Without a key nothing is made, and the message has the way to make one."""
    others = {"--key-file": raw.parent / "jifen.key", "--out": raw.parent / "safe"}
    del others[option]
    status, _, said = jifen(capsys, "deidentify", raw, *(part for pair in others.items() for part in pair))
    assert status == 2
    assert f"Missing option '{option}'" in said
    assert ("secrets.token_bytes(32)" in said) == (option == "--key-file")
    assert not (raw.parent / "safe").exists()


def test_a_short_key_is_refused(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, the way out, no part of the key, and no output."""
    (raw.parent / "jifen.key").write_bytes(b"too-short-a-secret")
    status, _, said = deidentify(capsys, raw)
    assert (status, said.count("\n")) == (1, 1)
    assert "at least 32 bytes" in said
    assert "too-short-a" not in said
    assert not (raw.parent / "safe").exists()


def test_an_error_in_a_cell_masks_it(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A telephone number in a column of months is told by its row alone."""
    frame = facts_export(60).frame().with_columns(pl.lit(SOMEONE.phone).alias("insured_months"))
    status, _, said = deidentify(capsys, write(frame, raw))
    assert (status, said.count("\n")) == (1, 1)
    assert "Row 1, insured_months" in said
    assert SOMEONE.phone not in said
    assert sorted(path.name for path in raw.parent.iterdir()) == ["jifen.key", "raw.csv"]


@pytest.mark.parametrize(
    ("more", "status", "reason"),
    [
        (("--quasi", "sexx"), 1, "did you mean sex"),
        (("--rules", "beijing-2021"), 1, "beijing-2020"),
        (("--threshold", "4"), 2, "x>=5"),
        (("--birth", "day"), 2, "'rules', 'month', 'year'"),
        (("--id", "身份证号"), 1, "no column 身份证号"),
    ],
)
def test_what_cannot_be_asked_for(
    raw: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], status: int, reason: str
) -> None:
    """Each wrong option is said in two lines at most, with what would do, and leaves nothing behind."""
    left, _, said = deidentify(capsys, raw, *more)
    assert left == status
    assert reason in said
    assert said.count("\n") <= 2
    assert not (raw.parent / "safe").exists()
