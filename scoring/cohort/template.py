"""Write blank workbooks to fill in, with the contract's own checks and a data dictionary."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from scoring.cohort.atomic import CannotWrite, replacing
from scoring.cohort.conditions import FIRST_DAY, LAST_DAY
from scoring.cohort.contract import WHOLE_NUMBERS, Column, Kind, Table
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_histories import HISTORIES
from scoring.cohort.contract_points import POINTS
from scoring.cohort.dictionary_sheet import dictionary_sheet
from scoring.cohort.excel_source import LISTS_SHEET
from scoring.cohort.provenance import Rules
from scoring.cohort.words import accepts
from scoring.cohort.workbook_style import FONT, Style, for_print, style_of
from scoring.errors import UnknownName
from scoring.nearest import did_you_mean

Lists = Mapping[str, Sequence[str]]

TEMPLATES: dict[str, tuple[Table, ...]] = {"facts": (FACTS,), "points": (POINTS,), "histories": HISTORIES}
TITLES = {
    "facts": (
        "积分落户事实数据",
        "Facts: one row per applicant, everything counted up to 31 December of the year before the round",
    ),
    "points": (
        "积分落户积分数据",
        "Points: one row per applicant, the ten published columns and their total",
    ),
    "histories": ("积分落户原始记录", "Histories: one sheet per kind of record, keyed by applicant_id"),
}
LAST_ROW = 1_048_575
# Excel's own limits of the hint beside a cell.
MOST_HINT, MOST_TITLE = 255, 32
# A fixed day of making, so that the same template has the same bytes.
MADE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def write_template(level: str, path: str | Path, *, rules: Rules | None = None) -> None:
    """Write a blank workbook for ``facts``, ``points`` or ``histories``.

    Each table has a sheet with its header row, and hints, lists and ranges from the contract; the data
    dictionary in Chinese and English follows. With *rules*, keys of Annexes 3 and 4 are chosen from lists.

    Raises:
        UnknownName: there is no such level.
        CannotWrite: *path* is no .xlsx file, or cannot be written.

    """
    if level not in TEMPLATES:
        raise UnknownName(f"there is no template {level!r}{did_you_mean(level, TEMPLATES)}")
    if Path(path).suffix.lower() != ".xlsx":
        raise CannotWrite(f"cannot write {path}: a template is an .xlsx file")
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        _fill(book, level, rules)
    with replacing(path) as beside:
        beside.write_bytes(content.getvalue())


def _fill(book: Any, level: str, rules: Rules | None) -> None:
    book.set_properties({"title": TITLES[level][0], "comments": TITLES[level][1], "created": MADE})
    style = style_of(book)
    lists: Lists = {"awards": rules.award_keys, "honours": rules.honour_keys} if rules else {}
    for table in TEMPLATES[level]:
        _data_sheet(style, table, lists)
    dictionary_sheet(style, TEMPLATES[level], TITLES[level])
    if lists:
        _lists_sheet(book, lists)


def _data_sheet(style: Style, table: Table, lists: Lists) -> None:
    sheet = style.book.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 24)
    for position, column in enumerate(table.columns):
        form = style.book.add_format({**FONT, "num_format": _number_format(column)})
        sheet.set_column(position, position, max(len(column.name) * 1.15 + 4, 14), form)
        look = style.heading if column.required else style.optional
        sheet.write_string(0, position, column.name, look)
        check = _choice(column, lists) or _range(column, xl_col_to_name(position))
        sheet.data_validation(1, position, LAST_ROW, position, {**_hint(column), **check})
    for_print(sheet, 0)


def _number_format(column: Column) -> str:
    if column.kind in (Kind.DATE, Kind.MONTH):
        return "yyyy-mm-dd"
    if column.kind in (Kind.POINTS, Kind.YUAN):
        return "0.00"
    if column.kind in WHOLE_NUMBERS:
        return "0"
    return "General" if column.kind is Kind.FRACTION else "@"


def _hint(column: Column) -> dict[str, Any]:
    text = f"{column.zh}\n{column.en}"
    allowed = f"应填写{accepts(column, 'zh')}。\nWrite {accepts(column, 'en')}."
    return {
        "ignore_blank": True,
        "input_title": column.name[:MOST_TITLE],
        "input_message": text[:MOST_HINT],
        "error_title": column.name[:MOST_TITLE],
        "error_message": allowed[:MOST_HINT],
    }


def _choice(column: Column, lists: Lists) -> dict[str, Any]:
    """Return the check of a cell that holds one of some words; none for other cells."""
    if column.annex in lists:
        place = xl_col_to_name(list(lists).index(column.annex))
        source = f"={LISTS_SHEET}!${place}$1:${place}${len(lists[column.annex])}"
        return {"validate": "list", "source": source}
    words = ("true", "false") if column.kind is Kind.BOOL else column.levels
    return {"validate": "list", "source": list(words)} if words else {}


def _range(column: Column, letter: str) -> dict[str, Any]:
    """Return the check of a cell that holds a number or a date; text is checked at the door alone."""
    if column.kind is Kind.DATE:
        return {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
    if column.kind is Kind.MONTH:
        return {"validate": "custom", "value": f"=DAY({letter}2)=1"}
    if column.low is None:
        return {"validate": "any"}
    kind = "integer" if column.kind in WHOLE_NUMBERS else "decimal"
    unit = 100 if column.kind is Kind.POINTS else 1
    if column.high is None:
        return {"validate": kind, "criteria": ">=", "value": column.low // unit}
    bounds = {"minimum": column.low // unit, "maximum": column.high // unit}
    return {"validate": kind, "criteria": "between", **bounds}


def _lists_sheet(book: Any, lists: Lists) -> None:
    sheet = book.add_worksheet(LISTS_SHEET)
    for position, words in enumerate(lists.values()):
        sheet.write_column(0, position, words)
    sheet.very_hidden()
