"""Write a document as a Word file: native headings, captions and tables, charts as pictures with alt text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from reports.blocks import Block, Facts, Figure, Heading, Paragraph, Points, Sources, Table
from reports.charts import still
from reports.render import archive, word_style
from reports.render.html import title_of
from reports.words import Words

if TYPE_CHECKING:
    from docx.document import Document

#: Pixels of a chart, drawn at twice the size and shown as wide as the text.
CHART, SCALE, WIDE_CM = 720, 2, 16.0
#: Centimetres: a letter of a table, half a Chinese one; what is beside a text in a cell; the least column.
LETTER, BESIDE, NARROWEST = 0.18, 0.55, 1.3
#: In how many lines names of columns may stand, and how much room names of rows have beside them.
ROOM = ((1, 5.3), (2, 5.3), (2, 3.9), (3, 3.9), (4, 2.8), (6, 2.4))
#: How large a table's type is, beside that of others; smaller where its columns lack room.
SCALES = (1.0, 0.85)
#: The style of a paragraph by what it is for.
PARAGRAPHS = {"notice": "Intense Quote", "source": "Subtitle"}


def prepare() -> None:
    """Import what a Word file takes and start what draws charts."""
    import docx  # noqa: F401

    still.warm()


def document(blocks: Sequence[Block], *, lang: str) -> bytes:
    """Return the Word file of a document; the same document gives the same bytes."""
    import docx

    words = Words.load(lang)
    made = docx.Document()
    word_style.styled(made, title=title_of(blocks), language=words.say("language.tag"))
    for block in blocks:
        _write(made, block)
    out = io.BytesIO()
    made.save(out)
    return archive.dated(out.getvalue())


def _write(made: Document, block: Block) -> None:
    match block:
        case Heading(text, level):
            made.add_paragraph(text, style=f"Heading {level - 1}" if level > 1 else "Title")
        case Paragraph(text, role):
            written = made.add_paragraph(text, style=PARAGRAPHS.get(role, "Body Text"))
            if role == "notice":
                word_style.boxed(written)
        case Points(items):
            for item in items:
                made.add_paragraph(item, style="List Bullet")
        case Facts(_, items):
            _pairs(made, [(name, cell.text) for name, cell in items])
        case Sources(_, items):
            _pairs(made, items)
        case Table():
            _table(made, block)
        case Figure():
            _figure(made, block)


def _pairs(made: Document, items: Sequence[tuple[str, str]]) -> None:
    """Write names and what they are into two columns."""
    table = made.add_table(0, 2)
    for name, text in items:
        cells = table.add_row().cells
        word_style.cell(cells[0], name)
        word_style.cell(cells[1], text)
    word_style.ruled(table, widths=[5.0, WIDE_CM - 5.0])
    made.add_paragraph(style="Caption Note")


def _figure(made: Document, block: Figure) -> None:
    from docx.shared import Cm

    word_style.caption(made, block.number, block.title)
    made.add_paragraph(block.subtitle, style="Caption Note").paragraph_format.keep_with_next = True
    picture = io.BytesIO(still.bare_png(block, width=CHART, scale=SCALE))
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shown: Any = paragraph.add_run().add_picture(picture, width=Cm(WIDE_CM))
    properties = shown._inline.docPr  # noqa: SLF001  python-docx has no name for alt text
    properties.set("descr", block.alt)
    properties.set("name", block.number)
    made.add_paragraph(block.footer, style="Caption Note")


def _table(made: Document, block: Table) -> None:
    word_style.caption(made, block.number, block.caption)
    table = made.add_table(0, len(block.head))
    heads = _head(table, block)
    for row in block.rows:
        cells = table.add_row().cells
        word_style.cell(cells[0].merge(cells[-1]) if row.line else cells[0], row.name, strong=row.line)
        for place, cell in zip(cells[1:], row.cells, strict=False):
            word_style.cell(place, cell.text, right=not block.prose)
    scale, widths = _widths(block)
    word_style.ruled(table, widths=widths, heads=heads, scale=scale)
    made.add_paragraph(block.note, style="Caption Note")


def _widths(block: Table) -> tuple[float, list[float]]:
    """Return the scale of a table's type, and how many centimetres each column has.

    Columns are as wide as their numbers, so that none breaks; names of columns break where the names of rows
    would lack room, and the type is smaller where that is not enough.
    """
    count = len(block.head) - 1
    rows = [row for row in block.rows if row.cells]
    inside = [max((_wide(row.cells[place].text) for row in rows), default=0.0) for place in range(count)]
    names = max((_wide(row.name) for row in rows), default=0.0)
    for scale, (lines, most) in () if block.prose else product(SCALES, ROOM):
        columns = [
            max(cell, _wide(name) / lines, min(_wide(name), NARROWEST))
            for cell, name in zip(inside, block.head[1:], strict=True)
        ]
        _spread(columns, block.groups, lines)
        columns = [scale * column for column in columns]
        if sum(columns) + scale * min(names, most) <= WIDE_CM:
            return scale, [WIDE_CM - sum(columns), *columns]
    first = 3.6 if block.prose else 4.4
    return 1.0, [first, *[(WIDE_CM - first) / max(1, count)] * count]


def _spread(columns: list[float], groups: Sequence[tuple[str, int]], lines: int) -> None:
    """Make columns under a common name as wide as it is in so many lines."""
    start = 0
    for name, span in groups:
        lacks = _wide(name) / lines - sum(columns[start : start + span])
        for place in range(start, start + span):
            columns[place] += max(0.0, lacks) / span
        start += span


def _wide(text: str) -> float:
    """Return how many centimetres a text takes in a cell."""
    return BESIDE + LETTER * sum(2 if ord(mark) >= 0x2E80 or mark in "–—%" else 1 for mark in text)


def _head(table: Any, block: Table) -> int:
    """Write the names of the columns, under those of their groups where there are any; say how many rows."""
    if not block.groups:
        for place, name in zip(table.add_row().cells, block.head, strict=True):
            word_style.cell(place, name, right=not block.prose and name is not block.head[0], strong=True)
        return 1
    over, under = table.add_row().cells, table.add_row().cells
    start = 1
    for name, span in block.groups:
        word_style.cell(over[start].merge(over[start + span - 1]), name, strong=True, centre=True)
        for place in range(start, start + span):
            word_style.cell(under[place], block.head[place], right=True, strong=True)
        start += span
    for place in (0, *range(start, len(block.head))):
        word_style.cell(over[place].merge(under[place]), block.head[place], right=place > 0, strong=True)
    return 2
