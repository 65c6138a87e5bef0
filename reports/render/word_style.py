"""How a Word file looks: A4, 仿宋 for the text and 黑体 for what stands out, three lines a table."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

TEXT, STRONG = "仿宋", "黑体"
LATIN, LATIN_STRONG = "Times New Roman", "Arial"
INK, ACCENT, SOFT, TINT, LINE = "1B1F24", "B8480A", "57606A", "F4F6F8", "C8CED6"
#: Style, size in points, whether it stands out, and the space before and after it in points.
STYLES = (
    ("Normal", 12, False, 0, 0),
    ("Body Text", 12, False, 0, 8),
    ("Subtitle", 10.5, False, 0, 8),
    ("Intense Quote", 12, False, 6, 8),
    ("List Bullet", 12, False, 0, 4),
    ("Title", 22, True, 0, 12),
    ("Heading 1", 16, True, 18, 8),
    ("Heading 2", 14, True, 12, 6),
    ("Heading 3", 12, True, 10, 4),
    ("Caption", 10.5, True, 10, 3),
    ("Caption Note", 9, False, 0, 8),
)
#: The size of a table's type, in points.
CELL = 10
#: A document says when it was made; this one always says the same.
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def styled(made: Document, *, title: str, language: str) -> None:
    """Set paper, fonts, properties and page numbers of a new document."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    made.styles.add_style("Caption Note", WD_STYLE_TYPE.PARAGRAPH)
    for name, size, strong, before, after in STYLES:
        _style(made.styles[name], size=size, strong=strong, space=(before, after))
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.8), Cm(2.5)
    _field(_centred(section.footer.paragraphs[0]), "PAGE", "1")
    _language(made, language)
    told = made.core_properties
    told.title, told.author, told.language, told.comments = title, "jifen", language, ""
    told.created = told.modified = MADE
    told.last_modified_by, told.revision = "jifen", 1


def caption(made: Document, number: str, text: str) -> None:
    """Write a caption whose number is a field, so that it follows when others come before it."""
    paragraph = made.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    named = re.fullmatch(r"(.*?)(\d+)", number)
    if named is None:
        paragraph.add_run(number)
    else:
        paragraph.add_run(named[1])
        _field(paragraph, rf"SEQ {named[1].strip()} \* ARABIC", named[2])
    paragraph.add_run(f"\u3000{text}")


def boxed(paragraph: Any) -> None:
    """Give a paragraph a tinted ground and a line at its left."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  python-docx has no name for borders
    borders = _element("w:pBdr")
    borders.append(_element("w:left", val="single", sz="24", space="8", color=ACCENT))
    properties.append(borders)
    properties.append(_element("w:shd", val="clear", color="auto", fill=TINT))


def cell(place: Any, text: str, *, right: bool = False, centre: bool = False, strong: bool = False) -> None:
    """Write a text into a cell."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = place.paragraphs[0]
    run = paragraph.add_run(text)
    run.font.size = Pt(CELL)
    if strong:
        _fonts(run._r.get_or_add_rPr(), strong=True)  # noqa: SLF001  nor for East Asian fonts
    aligned = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centre else aligned
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)


def ruled(table: Any, *, widths: Sequence[float], heads: int = 0, scale: float = 1.0) -> None:
    """Rule a table with three lines, set its widths in centimetres, and repeat its head on every page."""
    from docx.shared import Cm, Pt

    table.autofit = False
    borders = _element("w:tblBorders")
    for side, size, colour in (("top", "12", INK), ("bottom", "12", INK), ("insideH", "4", LINE)):
        borders.append(_element(f"w:{side}", val="single", sz=size, space="0", color=colour))
    table._tbl.tblPr.append(borders)  # noqa: SLF001
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(_element("w:cantSplit"))
        if number < heads:
            properties.append(_element("w:tblHeader"))
        for place, width in zip(row.cells, widths, strict=True):
            if place._tc.grid_span == 1:  # noqa: SLF001  a merged cell is as wide as its parts
                place.width = Cm(width)
            for run in place.paragraphs[0].runs:
                run.font.size = Pt(CELL * scale)


def _style(style: Any, *, size: float, strong: bool, space: tuple[float, float]) -> None:
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    soft = style.name in ("Subtitle", "Caption Note")
    style.font.color.rgb = RGBColor.from_string(SOFT if soft else INK)
    style.paragraph_format.space_before, style.paragraph_format.space_after = map(Pt, space)
    if style.name == "Intense Quote":
        style.paragraph_format.left_indent = style.paragraph_format.right_indent = Pt(0)
    properties = style.element.get_or_add_rPr()
    for spacing in properties.findall(_name("w:spacing")):
        properties.remove(spacing)
    _fonts(properties, strong=strong)
    for border in style.element.iter(_name("w:pBdr")):
        border.getparent().remove(border)


def _fonts(properties: Any, *, strong: bool) -> None:
    """Name the fonts of a run or a style, the East Asian one too; a theme's would win over them."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    latin = LATIN_STRONG if strong else LATIN
    for script, font in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", None)):
        fonts.set(_name(f"w:{script}"), font or (STRONG if strong else TEXT))


def _language(made: Document, language: str) -> None:
    (defaults,) = made.styles.element.iter(_name("w:lang"))
    defaults.set(_name("w:val"), "en-US")
    defaults.set(_name("w:eastAsia"), "zh-CN")
    if language != "zh-CN":
        defaults.set(_name("w:val"), "en-GB")


def _centred(paragraph: Any) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    """Write a field that Word computes, and what it shows until then."""
    field = _element("w:fldSimple", instr=instruction)
    run, text = _element("w:r"), _element("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001  nor for fields


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made: Any = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(_name(f"w:{attribute}"), value)
    return made


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
