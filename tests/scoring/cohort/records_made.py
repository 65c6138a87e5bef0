"""Histories of two applicants made by hand, table by table as text, to be changed and written anywhere."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from scoring.cohort import Cohort, CohortError, Violation, read
from scoring.cohort.contract import Kind
from scoring.cohort.contract_histories import HISTORIES
from scoring.rulebook import Rulebook
from tests.scoring.cohort.made import Row, text_of

ROUND = 2021
RULES = Rulebook.load("beijing-2020")
INSURANCES = ("pension", "medical", "unemployment", "work_injury", "maternity")
Tables = dict[str, list[dict[str, str]]]


def applicant(**changes: str) -> dict[str, str]:
    """Return one sound applicant as text, with some cells changed or added."""
    return {
        "applicant_id": "A0001",
        "birth_date": "1980-05-17",
        "sex": "female",
        "post": "cadre",
        "residence_permit_date": "2016-10-08",
        "criminal_record": "false",
        "minor_children": "1",
        **changes,
    }


def spell(**changes: str) -> dict[str, str]:
    """Return one sound spell of insurance as text, with some cells changed."""
    return {
        "applicant_id": "A0001",
        "insurance": "pension",
        "first_month": "2009-03-01",
        "last_month": "2020-12-01",
        "payment": "normal",
        "district": "通州区",
        **changes,
    }


def dwelling(**changes: str) -> dict[str, str]:
    """Return one sound spell of dwelling as text, with some cells changed."""
    return {
        "applicant_id": "A0001",
        "dwelling": "own",
        "first_month": "2015-01-01",
        "last_month": "2020-12-01",
        "district": "昌平",
        "titled": "true",
        "lease_filed": "",
        **changes,
    }


DEGREE = {
    "applicant_id": "A0001",
    "level": "bachelor",
    "diploma": "true",
    "degree": "true",
    "graduated_on": "2003-07-01",
    "recognised": "true",
}
AWARD = {"applicant_id": "A0002", "award": RULES.award_keys[0], "won_on": "2015-05-04"}
HOLDING = {"applicant_id": "A0002", "year": "2018", "share_held": "0.15", "financing_3y_yuan": "6000000"}
TAX = {"applicant_id": "A0001", "year": "2019", "paid_yuan": "123456.78"}
PENALTY = {"applicant_id": "A0002", "kind": "tax_fine", "decided_on": "2018-03-02", "fine_yuan": "50"}
HONOUR = {"applicant_id": "A0002", "honour": RULES.honour_keys[0], "awarded_on": "2012-05-01"}


def sound() -> Tables:
    """Return every table of two applicants of whom nothing is wrong."""
    other = {"applicant_id": "A0002"}
    return {
        "applicants": [applicant(), applicant(**other, sex="male", residence_permit_date="")],
        "insurance": [
            *(spell(insurance=name) for name in INSURANCES),
            *(spell(**other, insurance=name, district="municipal") for name in INSURANCES),
        ],
        "dwellings": [dwelling(), dwelling(**other, dwelling="rented", lease_filed="true")],
        "degrees": [dict(DEGREE)],
        "awards": [dict(AWARD)],
        "equity": [dict(HOLDING)],
        "income_tax": [dict(TAX)],
        "penalties": [dict(PENALTY)],
        "honours": [dict(HONOUR)],
    }


def changed(table: str, **cells: str) -> Tables:
    """Return the sound tables with some cells of a table's first row changed."""
    tables = sound()
    tables[table][0] |= cells
    return tables


def csv_of(rows: Sequence[Row]) -> str:
    """Write rows as CSV, with quotation marks where a cell needs them."""
    quoted = [{name: f'"{cell}"' if "," in cell else cell for name, cell in row.items()} for row in rows]
    return text_of(quoted)


def folder(place: Path, tables: Mapping[str, Sequence[Row]]) -> Path:
    """Write tables as CSV into a folder, one file each."""
    place.mkdir(exist_ok=True)
    for name, rows in tables.items():
        (place / f"{name}.csv").write_text(csv_of(rows), "utf-8")
    return place


def typed(table: str, rows: Sequence[Row]) -> pl.DataFrame:
    """Return rows of a table with the types that Parquet would hold."""
    return pl.DataFrame(
        {name: [_value(table, name, row[name]) for row in rows] for name in rows[0]},
        infer_schema_length=None,
    )


def parquet_folder(place: Path, tables: Mapping[str, Sequence[Row]]) -> Path:
    """Write tables as Parquet into a folder, one file each."""
    place.mkdir(exist_ok=True)
    for name, rows in tables.items():
        typed(name, rows).write_parquet(place / f"{name}.parquet")
    return place


def workbook(path: Path, tables: Mapping[str, Sequence[Row]]) -> Path:
    """Write tables as sheets of a workbook, with numbers, dates and flags as Excel keeps them."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for table, rows in tables.items():
            sheet = book.add_worksheet(table)
            sheet.write_row(0, 0, list(rows[0]))
            for i, row in enumerate(rows, 1):
                for j, (name, cell) in enumerate(row.items()):
                    value = _value(table, name, cell)
                    if isinstance(value, dt.date):
                        sheet.write_datetime(i, j, value, day)
                    elif value is not None:
                        sheet.write(i, j, value)
    return path


def excel_folder(place: Path, tables: Mapping[str, Sequence[Row]]) -> Path:
    """Write tables as workbooks into a folder, one each."""
    place.mkdir(exist_ok=True)
    for name, rows in tables.items():
        workbook(place / f"{name}.xlsx", {name: rows})
    return place


def _value(table: str, name: str, cell: str) -> Any:
    columns = {column.name: column.kind for one in HISTORIES if one.name == table for column in one.columns}
    if not cell:
        return None
    match columns.get(name):
        case Kind.DATE | Kind.MONTH:
            return dt.date.fromisoformat(cell)
        case Kind.BOOL:
            return cell == "true"
        case Kind.COUNT | Kind.YEAR:
            return int(cell)
        case Kind.FRACTION | Kind.YUAN:
            return float(cell)
        case _:
            return cell


def admitted(place: Path, round_year: int = ROUND) -> Cohort:
    """Read histories that must be sound."""
    return read(place, rules=RULES, round_year=round_year)


def refused(place: Path) -> tuple[Violation, ...]:
    """Read histories that must be refused, and return their errors."""
    try:
        admitted(place)
    except CohortError as error:
        return tuple(one for one in error.violations if one.severity == "error")
    raise AssertionError("this was not refused")


def only(place: Path) -> Violation:
    """Read histories that must be refused for one reason, and return it."""
    (violation,) = refused(place)
    return violation
