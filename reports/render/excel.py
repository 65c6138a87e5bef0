"""Write the numbers of a document as a workbook: a sheet a table, numbers as numbers, and its sources."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from typing import Any

from reports.blocks import Block, Cell, Facts, Row, Sources, Table
from reports.render.html import title_of
from reports.words import Words

#: What a workbook refuses in the name of a sheet, and how long one may be.
REFUSED, LONGEST = re.compile(r"[\[\]:*?/\\\x00-\x1f]"), 31
#: A document says when it was made; this one always says the same.
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
#: A text that begins like a formula, an address or a number stays the text it is.
TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDEST = 44


def prepare() -> None:
    """Import what a workbook takes."""
    import xlsxwriter  # noqa: F401


def document(blocks: Sequence[Block], *, lang: str) -> bytes:
    """Return the workbook of a document; the same document gives the same bytes."""
    import xlsxwriter

    words = Words.load(lang)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **TEXTS}) as book:
        book.set_properties({"title": title_of(blocks), "author": "jifen", "created": MADE})
        looks = _looks(book)
        names: list[str] = []
        for block in blocks:
            if (table := _as_table(block, words)) is not None:
                names.append(sheet_name(f"{table.number} {table.caption}", names))
                _Sheet(book.add_worksheet(names[-1]), book, looks, title_of(blocks)).write(table)
    return out.getvalue()


def sheet_name(wish: str, taken: Sequence[str]) -> str:
    """Return a name that a workbook takes, as near to the wish as it can be.

    >>> sheet_name("Table 1 Home/job: all", ["table 1 home job all"])
    'Table 1 Home job all 2'
    """
    name = " ".join(REFUSED.sub(" ", wish).split())[:LONGEST].strip("' ") or "-"
    number, known = 1, {each.lower() for each in [*taken, "history"]}
    candidate = name
    while candidate.lower() in known:
        number += 1
        candidate = f"{name[: LONGEST - len(str(number)) - 1]} {number}"
    return candidate


def _as_table(block: Block, words: Words) -> Table | None:
    """Return what a sheet holds: a table, or the pairs of other pieces as one."""
    head = [words.say("sources.column_name"), words.say("sources.column_value")]
    match block:
        case Table():
            return block
        case Facts(title, items):
            return Table("facts", "", title, head, [Row(name, [cell]) for name, cell in items])
        case Sources(title, items):
            return Table("sources", "", title, head, [Row(name, [Cell(text)]) for name, text in items])
        case _:
            return None


class _Sheet:
    """A sheet that is being written: caption, names of columns, rows, note."""

    def __init__(self, sheet: Any, book: Any, looks: dict[str, Any], title: str) -> None:
        self.sheet, self.book, self.looks, self.title = sheet, book, looks, title

    def write(self, table: Table) -> None:
        """Write a table."""
        sheet, looks = self.sheet, self.looks
        sheet.write_string(0, 0, f"{table.number} {table.caption}".strip(), looks["caption"])
        sheet.write_string(1, 0, self.title, looks["note"])
        top = self._head(table)
        for line, row in enumerate(table.rows, start=top):
            sheet.write_string(line, 0, row.name, looks["line" if row.line else "name"])
            for column, cell in enumerate(row.cells, start=1):
                self._cell(line, column, cell)
        if table.note:
            sheet.write_string(top + len(table.rows), 0, table.note, looks["note"])
        self._arrange(table, top)

    def _head(self, table: Table) -> int:
        """Write the names of the columns and of their groups; say where the rows begin."""
        line, start = 3, 1
        for name, span in table.groups:
            if span > 1:
                self.sheet.merge_range(line, start, line, start + span - 1, "", self.looks["over"])
            self.sheet.write_string(line, start, name, self.looks["over"])
            start += span
        line += bool(table.groups)
        for column, name in enumerate(table.head):
            self.sheet.write_string(line, column, name, self.looks["head" if column else "first"])
        return line + 1

    def _cell(self, line: int, column: int, cell: Cell) -> None:
        if cell.value is None:
            self.sheet.write_string(line, column, cell.text, self.looks["text"])
            return
        form = self.looks.get(cell.form) or self.book.add_format({"num_format": cell.form or "General"})
        self.looks[cell.form] = form
        self.sheet.write_number(line, column, cell.value, form)

    def _arrange(self, table: Table, top: int) -> None:
        """Make columns wide enough, keep the names in sight, and print on A4."""
        for column, name in enumerate(table.head):
            inside = [
                row.name if not column else row.cells[column - 1].text for row in table.rows if row.cells
            ]
            widest = max(map(_width, [name, *inside]))
            self.sheet.set_column(column, column, min(WIDEST, max(11, widest + 2)))
        self.sheet.freeze_panes(top, 1)
        self.sheet.repeat_rows(0, top - 1)
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.hide_gridlines(2)


def _looks(book: Any) -> dict[str, Any]:
    rule = {"bottom": 1, "text_wrap": True, "valign": "bottom"}
    return {
        "caption": book.add_format({"bold": True, "font_size": 13}),
        "note": book.add_format({"font_color": "#57606a", "font_size": 9}),
        "first": book.add_format({**rule, "bold": True, "align": "left"}),
        "head": book.add_format({**rule, "bold": True, "align": "right"}),
        "over": book.add_format({"bold": True, "align": "center", "bottom": 1}),
        "name": book.add_format({"align": "left", "valign": "top", "text_wrap": True}),
        "line": book.add_format({"bold": True, "font_color": "#b8480a"}),
        "text": book.add_format({"align": "right"}),
    }


def _width(text: str) -> int:
    """Count the columns of a terminal or a sheet that a text takes: two for a Chinese character."""
    return sum(2 if ord(mark) >= 0x2E80 else 1 for mark in text)
