"""How jifen's own workbooks look: one ink, one font, quiet lines."""

from __future__ import annotations

from typing import Any, NamedTuple

INK, PAPER, LINE, GREY = "#1F3A5F", "#FFFFFF", "#C9D3DF", "#5A6B7F"
BAND, LIGHT = "#F3F6FA", "#DCE6F1"
FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
A4 = 9


class Style(NamedTuple):
    """Hold the formats of one workbook; ``rows`` and ``names`` alternate between two grounds."""

    book: Any
    heading: Any
    optional: Any
    title: Any
    lead: Any
    advice: Any
    rows: tuple[Any, Any]
    names: tuple[Any, Any]


def style_of(book: Any) -> Style:
    """Make the formats of a workbook."""
    boxed = {**FONT, "border": 1, "border_color": LINE, "indent": 1}
    rows = [book.add_format({**boxed, "text_wrap": True, "bg_color": ground}) for ground in (PAPER, BAND)]
    bold = {**boxed, "bold": True, "font_color": INK}
    names = [book.add_format({**bold, "bg_color": ground}) for ground in (PAPER, BAND)]
    dark = {**boxed, "bold": True, "font_color": PAPER, "bg_color": INK, "text_wrap": True}
    return Style(
        book=book,
        heading=book.add_format(dark),
        optional=book.add_format({**bold, "bg_color": LIGHT}),
        title=book.add_format({**FONT, "font_size": 16, "bold": True, "font_color": INK}),
        lead=book.add_format({**FONT, "font_color": GREY}),
        advice=book.add_format({**FONT, "text_wrap": True}),
        rows=(rows[0], rows[1]),
        names=(names[0], names[1]),
    )


def for_print(sheet: Any, header_row: int) -> None:
    """Print a sheet on A4, landscape, one page wide, with its header on each page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header_row)


def lines_of(text: str, width: float) -> int:
    """Count the lines that a text takes in a column; a Chinese character is as wide as two letters."""
    lengths = [sum(1 if character.isascii() else 2 for character in line) for line in text.split("\n")]
    return sum(max(-(-length // int(width - 3)), 1) for length in lengths)
