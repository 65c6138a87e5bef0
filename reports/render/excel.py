"""Write the numbers of a document as a workbook: a sheet a table, numbers as numbers, and its sources."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Sequence
from dataclasses import replace
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
#: Letters: the least column, a name that stays in one line, the widest column, and a sheet printed across.
NARROWEST, SHORT, WIDEST, ACROSS = 11, 16, 44, 110
#: Points that a line is high, and how wide a note's small letters and a head's bold ones are beside a cell's.
LINE, NOTE, BOLD = 15.0, 0.85, 1.15


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
                table = _apart(table, words)
                names.append(sheet_name(f"{table.number} {table.caption}", names))
                _Sheet(book.add_worksheet(names[-1]), book, looks, title_of(blocks)).write(table)
    return out.getvalue()


def sheet_name(wish: str, taken: Sequence[str]) -> str:
    """Return a name that a workbook takes, as near to the wish as it can be.

    >>> sheet_name("Table 1 Home/job: all", ["table 1 home job all"])
    'Table 1 Home job all 2'
    """
    whole = " ".join(REFUSED.sub(" ", wish).split()).strip("' ") or "-"
    # Between two words rather than in one, where that leaves enough of the wish.
    fits = whole[: LONGEST + 1].rpartition(" ")[0]
    name = (fits if len(whole) > LONGEST and len(fits) > LONGEST // 2 else whole[:LONGEST]).strip("' ")
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
            rows = [Row(name, [Cell(text)]) for name, text in items]
            return Table("sources", "", title, head, rows, prose=True)
        case _:
            return None


def _apart(table: Table, words: Words) -> Table:
    """Give each end of an interval a column of its own."""
    twice = [
        any(len(row.cells) > place and row.cells[place].ends for row in table.rows)
        for place in range(len(table.head) - 1)
    ]
    head = [table.head[0]]
    for name, two in zip(table.head[1:], twice, strict=True):
        head += [words.say(f"workbook.{end}", name=name) for end in ("low", "high")] if two else [name]
    rows = [
        replace(
            row,
            cells=[one for cell, two in zip(row.cells, twice, strict=False) for one in _ends(cell, two=two)],
        )
        for row in table.rows
    ]
    groups, start = [], 0
    for name, span in table.groups:
        groups.append((name, span + sum(twice[start : start + span])))
        start += span
    return replace(table, head=head, rows=rows, groups=groups)


def _ends(cell: Cell, *, two: bool) -> list[Cell]:
    if not two:
        return [cell]
    return [Cell(cell.text, end, cell.form) for end in cell.ends] if cell.ends else [cell, cell]


class _Sheet:
    """A sheet that is being written: caption, names of columns, rows, note."""

    def __init__(self, sheet: Any, book: Any, looks: dict[str, Any], title: str) -> None:
        self.sheet, self.book, self.looks, self.title = sheet, book, looks, title

    def write(self, table: Table) -> None:
        """Write a table."""
        sheet, looks = self.sheet, self.looks
        wide = self._columns(table)
        self._across(0, f"{table.number} {table.caption}".strip(), table, looks["caption"])
        self._across(1, self.title, table, looks["note"])
        top = self._head(table, wide)
        for line, row in enumerate(table.rows, start=top):
            sheet.write_string(line, 0, row.name, looks["line" if row.line else "name"])
            for column, cell in enumerate(row.cells, start=1):
                self._cell(line, column, cell, prose=table.prose)
            texts = [row.name, *(cell.text for cell in row.cells)] if row.cells else []
            self._high(line, texts, wide)
        if table.note:
            end = top + len(table.rows)
            self._across(end, table.note, table, looks["note"])
            self._high(end, [table.note], [sum(wide)], size=NOTE)
        self._arrange(sum(wide), top)

    def _high(self, line: int, texts: Sequence[str], wide: Sequence[float], *, size: float = 1.0) -> None:
        """Make a row as high as its longest text takes lines."""
        lines = (math.ceil(size * _width(text) / room) for text, room in zip(texts, wide, strict=False))
        if (most := max(lines, default=1)) > 1:
            self.sheet.set_row(line, LINE * most)

    def _across(self, line: int, text: str, table: Table, look: Any) -> None:
        """Write a text over all columns, so that none is printed beside the table."""
        self.sheet.merge_range(line, 0, line, len(table.head) - 1, "", look)
        self.sheet.write_string(line, 0, text, look)

    def _head(self, table: Table, wide: Sequence[float]) -> int:
        """Write the names of the columns and of their groups; say where the rows begin."""
        line, start = 3, 1
        for name, span in table.groups:
            if span > 1:
                self.sheet.merge_range(line, start, line, start + span - 1, "", self.looks["over"])
            self.sheet.write_string(line, start, name, self.looks["over"])
            start += span
        line += bool(table.groups)
        for column, name in enumerate(table.head):
            look = "head" if column and not table.prose else "first"
            self.sheet.write_string(line, column, name, self.looks[look])
        self._high(line, table.head, wide, size=BOLD)
        return line + 1

    def _cell(self, line: int, column: int, cell: Cell, *, prose: bool) -> None:
        if cell.value is None:
            self.sheet.write_string(line, column, cell.text, self.looks["prose" if prose else "text"])
            return
        known = self.looks.get(cell.form)
        form = known or self.book.add_format({"num_format": cell.form or "General", "valign": "vcenter"})
        self.looks[cell.form] = form
        self.sheet.write_number(line, column, cell.value, form)

    def _columns(self, table: Table) -> list[float]:
        """Make columns as wide as what is in them, within bounds, and return how wide each is."""
        widths = []
        for column, name in enumerate(table.head):
            inside = [
                row.name if not column else row.cells[column - 1].text for row in table.rows if row.cells
            ]
            # The name of a column may stand in two lines.
            named = max(_width(name) / 2, min(_width(name), SHORT)) if column else _width(name)
            widest = max([named, *map(_width, inside)])
            wide = min(WIDEST, max(NARROWEST, widest + 2))
            self.sheet.set_column(column, column, wide)
            widths.append(wide)
        return widths

    def _arrange(self, width: float, top: int) -> None:
        """Keep the names in sight, and print on A4, a wide table across."""
        self.sheet.freeze_panes(top, 1)
        self.sheet.repeat_rows(0, top - 1)
        self.sheet.set_paper(9)
        if width > ACROSS:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.hide_gridlines(2)


def _looks(book: Any) -> dict[str, Any]:
    rule = {"bottom": 1, "text_wrap": True, "valign": "bottom"}
    return {
        "caption": book.add_format({"bold": True, "font_size": 13}),
        "note": book.add_format(
            {"font_color": "#57606a", "font_size": 9, "text_wrap": True, "valign": "top"}
        ),
        "first": book.add_format({**rule, "bold": True, "align": "left"}),
        "head": book.add_format({**rule, "bold": True, "align": "right"}),
        "over": book.add_format({"bold": True, "align": "center", "bottom": 1}),
        "name": book.add_format({"align": "left", "valign": "vcenter", "text_wrap": True}),
        "line": book.add_format({"bold": True, "font_color": "#b8480a"}),
        "text": book.add_format({"align": "right", "valign": "vcenter"}),
        "prose": book.add_format({"align": "left", "valign": "vcenter", "text_wrap": True}),
    }


def _width(text: str) -> int:
    """Count the columns of a terminal or a sheet that a text takes: two for a Chinese character."""
    return sum(2 if ord(mark) >= 0x2E80 else 1 for mark in text)
