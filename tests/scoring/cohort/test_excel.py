"""Workbooks: cells as Excel keeps them, the sheet that is read, and workbooks that are none."""

import datetime as dt
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.scoring.cohort.broken.exports import bomb
from tests.scoring.cohort.made import FACT, POINT, admitted, fact, only, point, refused

DATES = ("birth_date", "residence_permit_date")
FLAGS = ("insurance_in_order", "criminal_record", "suburban_home_in_december")


def workbook(folder: Path, rows: list[Mapping[str, Any]], *, sheets: tuple[str, ...] = ("Sheet1",)) -> Path:
    """Write rows into the first sheet of a workbook; numbers, dates and formulas as Excel keeps them."""
    path = folder / "cohort.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        places = [book.add_worksheet(name) for name in sheets]
        for place in places[1:]:
            place.write_string(0, 0, "something else")
        places[0].write_row(0, 0, list(rows[0]))
        for i, row in enumerate(rows, 1):
            for j, value in enumerate(row.values()):
                if isinstance(value, dt.date):
                    places[0].write_datetime(i, j, value, day)
                elif value != "":
                    places[0].write(i, j, value)
    return path


def cells(row: Mapping[str, str]) -> dict[str, Any]:
    """Turn text into what a person types into Excel: numbers, dates and yes or no."""
    return {name: _cell(name, value) for name, value in row.items()}


def _cell(name: str, value: str) -> Any:
    if name in DATES and value:
        return dt.date.fromisoformat(value)
    if name in FLAGS:
        return value == "true"
    return float(value) if value.removeprefix("-").replace(".", "").isdigit() else value


def test_numbers_dates_and_flags_are_read_as_excel_keeps_them(tmp_path: Path) -> None:
    """A workbook of facts reads like the CSV of the same rows."""
    rows = [fact(innovation_award="contest-gold"), fact(applicant_id="A0002", residence_permit_date="")]
    frame = admitted(workbook(tmp_path, [cells(row) for row in rows])).frame
    assert frame["birth_date"].to_list() == [dt.date(1980, 5, 17)] * 2
    assert frame["residence_permit_date"].to_list() == [dt.date(2016, 10, 8), None]
    assert frame["insured_months"].to_list() == [150, 150]
    assert frame["criminal_record"].to_list() == [False, False]
    assert frame["innovation_award"].to_list() == ["contest-gold", None]


def test_a_workbook_of_text_is_read_alike(tmp_path: Path) -> None:
    """Numbers, dates and flags may also stand as text, as in a CSV."""
    as_text = admitted(workbook(tmp_path, [fact()]))
    assert as_text.digest == admitted(workbook(tmp_path, [cells(fact())])).digest


def test_points_are_read_to_the_hundredth(tmp_path: Path) -> None:
    """The noise of a sum is no error, half a hundredth is."""
    sound = {**cells(point()), "total": 105.00000000000001}
    assert admitted(workbook(tmp_path, [sound])).frame["total"].to_list() == [10500]
    violation = only(workbook(tmp_path, [{**sound, "employment": 60.505}]))
    assert (violation.rule, violation.column, violation.value) == ("not_points", "employment", "60.505")


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("insured_months", 12.5, "not_whole"),
        ("insured_months", -1, "negative"),
        ("insured_months", True, "not_whole"),
        ("birth_date", 29358, "not_date"),
        ("birth_date", dt.datetime.fromisoformat("1980-05-17T08:30"), "not_date"),
        ("criminal_record", 0, "not_bool"),
        ("sex", 1, "unknown_level"),
    ],
)
def test_a_cell_of_the_wrong_kind_is_refused(column: str, value: object, rule: str, tmp_path: Path) -> None:
    """A serial number is no date, half a month no month, and a number no word."""
    violation = only(workbook(tmp_path, [{**cells(fact()), column: value}]))
    assert (violation.rule, violation.column, violation.row) == (rule, column, 1)


def test_a_failed_formula_is_not_taken_for_an_empty_cell(tmp_path: Path) -> None:
    """``#N/A`` in a column that may be empty is an error that names the cell."""
    path = workbook(tmp_path, [cells(fact())])
    column = list(FACT).index("honour")
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("data & more")
        sheet.write_row(0, 0, list(FACT))
        sheet.write_row(1, 0, list(FACT.values()))
        sheet.write_formula(1, column, "=VLOOKUP(1,A1:B2,2)", None, "#N/A")
    violation = refused(path)[0]
    assert (violation.rule, violation.value, violation.data["cell"]) == ("formula", "#N/A", "Y2")


def test_the_sheet_named_for_the_level_is_read(tmp_path: Path) -> None:
    """Elsewhere the first sheet is, and the others are said to be ignored."""
    first = admitted(workbook(tmp_path, [cells(fact())], sheets=("2020", "2019")))
    assert [(one.rule, one.data["others"]) for one in first.notices] == [("other_sheets", "2019")]
    path = tmp_path / "named.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("cover").write_string(0, 0, "points of 2020")
        sheet = book.add_worksheet("points")
        sheet.write_row(0, 0, list(POINT))
        sheet.write_row(1, 0, [float(value) for value in POINT.values()])
    assert admitted(path).level == "points"


def test_empty_rows_below_are_ignored(tmp_path: Path) -> None:
    """Rows that hold formats alone are no applicants."""
    blank = dict.fromkeys(fact(), "")
    path = workbook(tmp_path, [cells(fact()), blank, blank])
    assert admitted(path).frame.height == 1


def test_a_table_may_begin_below_empty_rows(tmp_path: Path) -> None:
    """The first row that holds something is the header."""
    path = tmp_path / "cohort.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(3, 2, list(FACT))
        sheet.write_row(4, 2, list(FACT.values()))
    assert admitted(path).frame.height == 1


def test_duplicated_headers_are_refused(tmp_path: Path) -> None:
    """The reader's own renaming of a second column of one name is not relied upon."""
    path = tmp_path / "cohort.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*FACT, "sex"])
        sheet.write_row(1, 0, [*FACT.values(), "male"])
    assert (only(path).rule, only(path).column) == ("duplicate_column", "sex")


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    """A sheet without a cell, and one with a header alone, hold no cohort."""
    path = tmp_path / "cohort.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet()
    assert only(path).rule == "empty_sheet"
    assert only(workbook(tmp_path, [dict.fromkeys(fact(), "")])).rule == "no_rows"


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """Text, a cut-off workbook, an old format and a plain archive are refused, each in a sentence."""
    whole = workbook(tmp_path, [cells(fact())]).read_bytes()
    path = tmp_path / "broken.xlsx"
    damaged = bytearray(whole)
    damaged[len(whole) // 3 : len(whole) // 3 + 40] = bytes(40)
    for content, rule in (
        (b"", "not_excel"),
        (b"a,b\n1,2\n", "not_excel"),
        (whole[: len(whole) // 2], "not_excel"),
        (bytes(damaged), "not_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
    ):
        path.write_bytes(content)
        assert only(path).rule == rule
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "no workbook")
    assert only(path).rule == "not_excel"


def test_an_archive_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    """A small file that unpacks to hundreds of megabytes of nothing is no workbook."""
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(bomb())
    violation = only(path)
    assert (violation.rule, violation.data["megabytes"]) == ("too_large", 256)
