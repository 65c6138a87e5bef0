"""The data dictionary as a sheet of the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from scoring.cohort.contract import Table
from scoring.cohort.dictionary import entries
from scoring.cohort.excel_source import DICTIONARY_SHEET
from scoring.cohort.workbook_style import Style, for_print, lines_of

ADVICE = (
    "从第 2 行起填写，一行一条，列名不得改动。深色列名为必需列；浅色为可选列，不用的可选列可以删去。",
    (
        "Fill in from row 2 and leave the column names as they are. Dark headings are required columns,"
        " light ones optional: one that is not used may be deleted."
    ),
    "另加的分类列（如“企业规模”）作为分组保留。姓名、证件号码、电话、地址等身份信息不得填入。",
    (
        "A column of your own that holds categories is kept as a group."
        " No names, identity numbers, telephone numbers or addresses."
    ),
)
TABLE_HEADING = ("表\ntable", 16)
HEADINGS = (
    ("列名\ncolumn", 32),
    ("含义", 36),
    ("meaning", 40),
    ("类型\ntype", 15),
    ("单位\nunit", 10),
    ("可填内容", 36),
    ("allowed", 40),
    ("是否必需\nrequired", 12),
    ("条款\narticle", 22),
)


def dictionary_sheet(style: Style, tables: Sequence[Table], title: tuple[str, str]) -> None:
    """Add the data dictionary of some tables to a workbook."""
    sheet = style.book.add_worksheet(DICTIONARY_SHEET)
    headings = (TABLE_HEADING, *HEADINGS) if len(tables) > 1 else HEADINGS
    sheet.hide_gridlines(2)
    for position, (_, width) in enumerate(headings):
        sheet.set_column(position, position, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"{title[0]} · 数据字典", style.title)
    sheet.write_string(1, 0, title[1], style.lead)
    for row, text in enumerate(ADVICE, 2):
        sheet.merge_range(row, 0, row, len(headings) - 1, text, style.advice)
    top = len(ADVICE) + 3
    sheet.set_row(top, 34)
    for position, (name, _) in enumerate(headings):
        sheet.write_string(top, position, name, style.heading)
    _rows(style, sheet, tables, top + 1)
    sheet.freeze_panes(top + 1, 0)
    for_print(sheet, top)


def _rows(style: Style, sheet: Any, tables: Sequence[Table], top: int) -> None:
    named = len(tables) > 1
    widths = [width for _, width in ((TABLE_HEADING, *HEADINGS) if named else HEADINGS)]
    rows = [(table, entry) for table in tables for entry in entries(table)]
    for row, (table, entry) in enumerate(rows):
        ground = (tables.index(table) if named else row) % 2
        cells = ((f"{table.name}\n{table.zh}",) if named else ()) + astuple(entry)
        for position, text in enumerate(cells):
            looks = style.names if position == int(named) else style.rows
            sheet.write_string(top + row, position, text, looks[ground])
        sheet.set_row(top + row, 15 * max(map(lines_of, cells, widths)) + 5)
