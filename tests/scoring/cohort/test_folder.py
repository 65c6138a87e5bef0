"""The tables of a folder or a workbook: which is which, what is missing, what is left aside."""

import shutil
from pathlib import Path

import pytest

from scoring.cohort import CohortError
from scoring.cohort.contract_histories import HISTORIES
from tests.scoring.cohort.records_made import (
    admitted,
    applicant,
    changed,
    csv_of,
    folder,
    only,
    parquet_folder,
    refused,
    sound,
    workbook,
)


def test_tables_that_are_absent_hold_no_records_and_that_is_said(tmp_path: Path) -> None:
    """Applicants and insurance are enough."""
    tables = {name: rows for name, rows in sound().items() if name in {"applicants", "insurance"}}
    cohort = admitted(folder(tmp_path / "histories", tables))
    (notice,) = cohort.notices
    assert (notice.severity, notice.rule) == ("note", "absent_tables")
    assert notice.data["tables"] == tuple(table.name for table in HISTORIES[2:])
    assert cohort.frame["own_home_months"].to_list() == [0, 0]
    assert cohort.frame["education"].to_list() == ["none", "none"]


@pytest.mark.parametrize("missing", ["applicants", "insurance"])
def test_the_tables_that_are_needed_must_be_there(missing: str, tmp_path: Path) -> None:
    """Nobody to score, or nobody insured: a forgotten file must not make everybody ineligible."""
    tables = sound()
    del tables[missing]
    violation = only(folder(tmp_path / "histories", tables))
    assert (violation.rule, violation.table) == ("no_table", missing)


def test_a_table_with_a_header_alone_has_no_records(tmp_path: Path) -> None:
    """Of insurance that is worth a warning, elsewhere it is nothing to remark."""
    place = folder(tmp_path / "histories", sound())
    for name in ("insurance", "honours"):
        header = (place / f"{name}.csv").read_text("utf-8").splitlines()[0]
        (place / f"{name}.csv").write_text(header + "\n", "utf-8")
    cohort = admitted(place)
    assert [(one.severity, one.rule, one.table) for one in cohort.notices] == [
        ("warning", "no_records", "insurance")
    ]
    assert cohort.frame["insured_months"].to_list() == [0, 0]
    assert cohort.frame["honour"].to_list() == [None, None]


def test_an_empty_file_is_no_empty_table(tmp_path: Path) -> None:
    """Without even a header something went wrong in the export."""
    place = folder(tmp_path / "histories", sound())
    (place / "awards.csv").write_bytes(b"")
    violation = only(place)
    assert (violation.rule, violation.table) == ("empty_file", "awards")


def test_a_table_that_is_there_twice_is_not_chosen_from(tmp_path: Path) -> None:
    """Which of the two was meant cannot be told."""
    place = folder(tmp_path / "histories", sound())
    parquet_folder(place, {"awards": sound()["awards"]})
    violation = only(place)
    assert (violation.rule, violation.table) == ("table_twice", "awards")
    assert violation.data["files"] == ("awards.csv", "awards.parquet")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("honors", "honours"),
        ("incometax", "income_tax"),
        ("tax", "income_tax"),
        ("INCOME_TAX", "income_tax"),
        ("penalty", "penalties"),
        ("equity_2020", "equity"),
        ("Dwelling", "dwellings"),
    ],
)
def test_a_misnamed_table_is_not_passed_over(name: str, meant: str, tmp_path: Path) -> None:
    """Its records would be missed without a word."""
    tables = sound()
    rows = tables.pop(meant)
    place = folder(tmp_path / "histories", tables)
    (place / f"{name}.csv").write_text(csv_of(rows), "utf-8")
    violation = only(place)
    assert (violation.rule, violation.data["file"], violation.data["nearest"]) == (
        "unknown_table",
        f"{name}.csv",
        meant,
    )


def test_a_misnamed_sheet_is_not_passed_over_either(tmp_path: Path) -> None:
    """Sheets are as files."""
    tables = sound()
    tables["honour"] = tables.pop("honours")
    violation = only(workbook(tmp_path / "book.xlsx", tables))
    assert (violation.rule, violation.data["file"], violation.data["nearest"]) == (
        "unknown_table",
        "honour",
        "honours",
    )


def test_other_files_are_left_aside_and_named(tmp_path: Path) -> None:
    """A letter beside the tables is not read; what systems leave is not even mentioned, nor a name shown."""
    place = folder(tmp_path / "histories", sound())
    for name in ("读我.txt", "facts.csv", ".DS_Store", "~$insurance.xlsx", "13800138000.pdf"):
        (place / name).write_text("x")
    (notice,) = admitted(place).notices
    assert (notice.rule, notice.data["files"]) == (
        "other_files",
        ("1**************", "facts.csv", "读我.txt"),
    )


@pytest.mark.parametrize("name", ["awards.txt", "awards.xls", "awards"])
def test_a_table_in_another_format_is_refused(name: str, tmp_path: Path) -> None:
    """A known name with an unknown suffix is no file to leave aside."""
    place = folder(tmp_path / "histories", sound())
    (place / "awards.csv").rename(place / name)
    violation = only(place)
    assert (violation.rule, violation.table) == ("suffix", "awards")


def test_a_folder_in_the_place_of_a_table_is_refused(tmp_path: Path) -> None:
    """Some tools write a table as a folder of parts."""
    place = folder(tmp_path / "histories", sound())
    (place / "awards.csv").unlink()
    (place / "awards.parquet").mkdir()
    violation = only(place)
    assert (violation.rule, violation.table) == ("folder", "awards")


def test_every_table_is_checked_whatever_is_wrong_with_another(tmp_path: Path) -> None:
    """Errors of all tables come together, one that cannot be read included."""
    place = folder(tmp_path / "histories", changed("degrees", level="batchelor"))
    (place / "honours.csv").write_bytes(b"\x00\x01\x02")
    (place / "applicants.csv").write_text(csv_of([applicant(sex="x"), applicant(applicant_id="A0002")]))
    assert [(one.rule, one.table) for one in refused(place)] == [
        ("unknown_level", "applicants"),
        ("unknown_level", "degrees"),
        ("binary", "honours"),
    ]


def test_records_are_checked_even_where_there_are_no_applicants(tmp_path: Path) -> None:
    """Then alone it cannot be told whom they are about."""
    tables = changed("insurance", district="海定区")
    del tables["applicants"]
    assert [(one.rule, one.table) for one in refused(folder(tmp_path / "histories", tables))] == [
        ("no_table", "applicants"),
        ("unknown_level", "insurance"),
    ]


@pytest.mark.parametrize("table", ["applicants", "insurance", "awards"])
def test_a_file_cut_anywhere_is_read_or_refused(table: str, tmp_path: Path) -> None:
    """No cut is met with anything but sentences."""
    place = folder(tmp_path / "histories", sound())
    text = (place / f"{table}.csv").read_text("utf-8")
    refusals = 0
    for end in range(0, len(text), len(text) // 30):
        (place / f"{table}.csv").write_text(text[:end], "utf-8")
        try:
            admitted(place)
        except CohortError:
            refusals += 1
    assert refusals > 15


def test_a_folder_that_is_not_there_is_said_not_to_be(tmp_path: Path) -> None:
    """A slip in its name is no matter of suffixes; a trailing slash makes no difference to a folder."""
    with pytest.raises(CohortError, match="none does not exist"):
        admitted(tmp_path / "none")
    place = folder(tmp_path / "histories", sound())
    assert admitted(Path(f"{place}/")).frame.height == 2


def test_nothing_is_written_into_the_folder(tmp_path: Path) -> None:
    """Reading leaves a department's export as it was."""
    place = folder(tmp_path / "histories", sound())
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    admitted(place)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    shutil.rmtree(place)
