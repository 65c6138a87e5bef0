"""Documents read back: the same text in every format, whatever a label looks like, and the same bytes."""

import io
import re
import shutil
import subprocess
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import docx
import fastexcel
import pytest
from docx.oxml.ns import qn

from reports import cells
from reports.blocks import (
    Block,
    Cell,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Points,
    Row,
    Sources,
    Table,
    revived,
)
from reports.charts.bars import Bar, Titles, bars
from reports.charts.theme import figure
from reports.render import ReportError
from reports.render.excel import sheet_name
from reports.render.formats import FORMATS, checked, write
from tests.reports.rounds import drawn, page, scored

HOSTILE = (
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "+1+2",
    "@SUM(A1)",
    "-2+3",
    "https://example.org/a",
    "00123",
    "**bold** [link](javascript:1)",
    '#import "x.typ": *',
    "$x^2$ *strong* _emphasis_ ~ @ref <label>",
    "\\alpha {quota} `code`",
    "= heading",
    "a & b \"c\" 'd'",
    "[]:*?/\\",
    "</w:t> ]]> <!-- -->",
)


def chart(lang: str) -> Figure:
    """Draw a bar for each hostile label."""
    opened = page(scored(drawn(100), quota=20), lang=lang)
    drawn_ = [Bar(label, "admitted", 10.0, "10.0%") for label in HOSTILE]
    titles = Titles("row", "population", "value")
    made = bars(drawn_, titles, words=opened.words, populations=("admitted",))
    return figure(
        made, opened, key="hostile", title=HOSTILE[0], subtitle=HOSTILE[7], description="Bars of odd labels"
    )


def document(lang: str = "zh") -> list[Block]:
    """Make a document of every kind of block, with labels that are no harmless text in each."""
    cells = [Cell("6,050", 6050, "#,##0"), Cell("5.3%", 0.053357, "0.0%"), Cell(HOSTILE[1])]
    return [
        Heading(HOSTILE[0], 1),
        Paragraph(HOSTILE[8], "lead"),
        Paragraph("合成数据 synthetic", "notice"),
        Heading(HOSTILE[11]),
        Points(HOSTILE),
        Facts("概况", [(HOSTILE[2], Cell("97.13分", 97.13, "0.00")), ("none", Cell(HOSTILE[3]))]),
        Table(
            "hostile",
            "表1",
            HOSTILE[13],
            ["名称", "人数", "占比", "其他"],
            [*(Row(label, cells) for label in HOSTILE), Row("分数线", line=True)],
            groups=[(HOSTILE[10], 2), ("一列", 1)],
            note=HOSTILE[9],
        ),
        chart(lang),
        Sources("来源", [("数据", HOSTILE[5]), ("摘要", "c0ffee" * 10)]),
    ]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Write the document in every format, from blocks that have been data in between."""
    blocks = [revived(block.data()) for block in document()]
    return {form: write(blocks, form, lang="zh") for form in FORMATS}


def squeezed(text: str) -> str:
    """Take out the white space, in which formats differ."""
    return re.sub(r"\s+", "", text)


def test_blocks_come_back_from_data_as_they_were() -> None:
    """What leaves a notebook as JSON is the same block again."""
    for block in document():
        again = revived(block.data())
        assert again.data() == block.data()
        assert again.html() == block.html()


def test_labels_stay_text_in_html(made: dict[str, bytes]) -> None:
    """Every label is there, and no element, script or link came of one."""
    text = made["html"].decode()
    body = text[text.rindex("<main>") :]
    assert "alert(1)</script>" not in re.sub(r"<script[^>]*>.*?</script>", "", body, flags=re.DOTALL)
    assert body.count("<script") == 2
    assert "<a " not in body
    shown = squeezed(unescape(re.sub(r"<[^>]+>", "", body)))
    assert all(squeezed(label) in shown for label in HOSTILE)


def test_labels_stay_text_in_word(made: dict[str, bytes]) -> None:
    """Every label is in the paragraphs and cells as it was."""
    read = docx.Document(io.BytesIO(made["docx"]))
    paragraphs = {paragraph.text for paragraph in read.paragraphs}
    assert set(HOSTILE) <= paragraphs
    cells = {cell.text for table in read.tables for row in table.rows for cell in row.cells}
    assert set(HOSTILE) <= cells
    assert not list(read.element.iter(qn("w:hyperlink")))


def test_word_has_headings_captions_and_repeated_heads(made: dict[str, bytes]) -> None:
    """Title and headings have their styles, captions count by themselves, the head of a table is repeated."""
    read = docx.Document(io.BytesIO(made["docx"]))
    styles = [(str(each.style.name), each.text) for each in read.paragraphs if each.style]
    assert ("Title", HOSTILE[0]) in styles
    assert ("Heading 1", HOSTILE[11]) in styles
    captions = [text for style, text in styles if style == "Caption"]
    assert len(captions) == 2
    fields = [field.get(qn("w:instr")) for field in read.element.iter(qn("w:fldSimple"))]
    assert [str(field).split()[:2] for field in fields] == [["SEQ", "表"], ["SEQ", "图"]]
    heads = [len(list(table._tbl.iter(qn("w:tblHeader")))) for table in read.tables]
    assert heads == [0, 2, 0]


def test_word_names_east_asian_fonts_and_says_what_pictures_show(made: dict[str, bytes]) -> None:
    """仿宋 for the text, 黑体 for headings, and a sentence for who cannot see the chart."""
    read = docx.Document(io.BytesIO(made["docx"]))

    def font(style: str) -> str:
        properties: Any = read.styles[style].element.rPr
        return str(properties.rFonts.get(qn("w:eastAsia")))

    assert [font(style) for style in ("Normal", "Body Text", "Title", "Heading 1", "Caption")] == [
        *("仿宋", "仿宋", "黑体", "黑体", "黑体")
    ]
    pictures = list(read.element.iter(qn("wp:docPr")))
    assert [picture.get("descr") for picture in pictures] == ["Bars of odd labels"]


def test_excel_holds_numbers_as_numbers_and_labels_as_text(made: dict[str, bytes]) -> None:
    """A number is one, a label never a formula or a link, and what is hidden a text."""
    book = fastexcel.read_excel(made["xlsx"])
    assert len(book.sheet_names) == 3
    rows = book.load_sheet(1, header_row=None, skip_rows=4).to_polars().rows()
    told = {row[0]: row[1:] for row in rows}
    assert set(HOSTILE) <= set(told)
    sheet = zipfile.ZipFile(io.BytesIO(made["xlsx"])).read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert sheet.count("<v>6050</v>") == sheet.count("<v>0.053357</v>") == len(HOSTILE)


def test_excel_names_its_sheets_and_its_sources(made: dict[str, bytes]) -> None:
    """One sheet a table by number and caption, and one of sources, in names that a workbook takes."""
    names = fastexcel.read_excel(made["xlsx"]).sheet_names
    assert names == ["概况", "表1", "来源"]
    sources = fastexcel.read_excel(made["xlsx"]).load_sheet(2, header_row=3).to_polars()
    assert sources.rows() == [("数据", HOSTILE[5]), ("摘要", "c0ffee" * 10)]


def test_excel_gives_each_end_of_an_interval_a_column() -> None:
    """Two numbers under two names, and a word in both where there is no interval."""
    band = cells.interval("1.00 to 2.50", 1, 2.5, "0.00")
    rows = [Row("a", [Cell("1", 1), band, Cell("7", 7)]), Row("b", [Cell("2", 2), Cell("—"), Cell("8", 8)])]
    table = Table("t", "Table 1", "Bands", ["x", "n", "95%", "m"], rows, groups=[("both", 2)])
    book = fastexcel.read_excel(write([table], "xlsx", lang="en"))
    read = book.load_sheet(0, header_row=None, skip_rows=4).to_polars().rows()
    assert read[0] == ("x", "n", "95%, low", "95%, high", "m")
    assert [tuple(map(str, row)) for row in read[1:]] == [
        ("a", "1", "1", "2.5", "7"),
        ("b", "2", "—", "—", "8"),
    ]


def test_excel_wraps_what_is_long_and_freezes_the_head() -> None:
    """A sentence stands in as many lines as it takes, and names of columns stay in sight."""
    long = "这一条的原文很长，一格里放不下，所以要换行。" * 4
    table = Table("t", "表1", "对照", ["条款", "现行"], [Row("第一条", [Cell(long)])], note=long, prose=True)
    book = zipfile.ZipFile(io.BytesIO(write([table], "xlsx", lang="zh")))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    heights = dict(re.findall(r'<row r="(\d+)"[^>]* ht="([\d.]+)"', sheet))
    # 176 letters: four lines of 44; those of a note are smaller and run over 55, so three.
    assert (heights["5"], heights["6"]) == ("60", "45")
    assert 'ySplit="4"' in sheet
    assert 'state="frozen"' in sheet


@pytest.mark.parametrize(
    ("wish", "taken", "name"),
    [
        ("表2 “其他”: [a/b]?*\\", [], "表2 “其他” a b"),
        ("x" * 40, [], "x" * 31),
        ("x" * 40, ["X" * 31], "x" * 29 + " 2"),
        ("'quoted'", [], "quoted"),
        ("History", [], "History 2"),
        ("[]", [], "-"),
    ],
)
def test_names_of_sheets_are_what_a_workbook_takes(wish: str, taken: list[str], name: str) -> None:
    """Nothing that a workbook refuses, at most 31 characters, and none twice."""
    assert sheet_name(wish, taken) == name


def test_labels_stay_text_in_pdf(made: dict[str, bytes], tmp_path: Path) -> None:
    """Text can be taken out of a PDF again, Chinese too, and labels are in it as they were."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext, which reads a PDF, is not on this machine")
    (tmp_path / "a.pdf").write_bytes(made["pdf"])
    said = subprocess.run([tool, "-raw", tmp_path / "a.pdf", "-"], check=True, capture_output=True)
    read = squeezed(said.stdout.decode())
    assert "合成数据synthetic" in read
    for label in HOSTILE:
        assert squeezed(label) in read, label


def test_a_pdf_is_tagged_titled_and_carries_its_font(made: dict[str, bytes]) -> None:
    """PDF/UA says that it can be read without being seen: language, title and structure are there."""
    pdf = made["pdf"]
    assert pdf.startswith(b"%PDF-")
    for part in (b"/Lang", b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid", b"NotoSansCJKsc"):
        assert part in pdf, part


def test_a_character_without_a_glyph_stops_a_pdf() -> None:
    """No box stands where a sign should be: the refusal says which it was and what to do."""
    with pytest.raises(ReportError, match="name the group in other characters"):
        write([Heading("标题", 1), Paragraph("\U0001f600")], "pdf", lang="zh")


def test_a_control_character_becomes_a_sign_that_every_format_takes() -> None:
    """A label from a broken file is written, with a mark where no character can be."""
    blocks = [revived(block.data()) for block in (Heading("a", 1), Paragraph("b\x0bc\x00"))]
    read = docx.Document(io.BytesIO(write(blocks, "docx", lang="zh")))
    assert read.paragraphs[1].text == "b\ufffdc\ufffd"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_document_gives_the_same_bytes(form: str, made: dict[str, bytes]) -> None:
    """No file says when it was made, nor anything else that differs from one time to the next."""
    assert write(document(), form, lang="zh") == made[form]


def test_a_format_that_there_is_not_is_refused_with_the_nearest() -> None:
    """A format is named as files end; each is written once."""
    assert checked(["pdf", "html", "pdf"]) == ("pdf", "html")
    with pytest.raises(ReportError, match=r"no format is called 'doc' .*did you mean docx\?"):
        checked(["doc"])


def test_columns_of_a_word_table_are_as_wide_as_their_numbers() -> None:
    """An interval has more room than a count, and the names of rows have the rest of the line."""
    rows = [Row("很长的一个名称", [Cell("7"), Cell("32,645—32,853")])]
    table = Table("t", "表1", "结果", ["年度", "人数", "区间"], rows)
    made = docx.Document(io.BytesIO(write([table], "docx", lang="zh")))
    first, count, interval = (cell.width.cm for cell in made.tables[0].rows[0].cells if cell.width)
    assert count < interval < first
    assert first + count + interval == pytest.approx(16, abs=0.1)
    # Thirteen letters, one of them as wide as two, at 10 points: 2.5 cm at least.
    assert interval > 2.5


def test_a_word_table_of_many_numbers_has_smaller_type() -> None:
    """Eight columns of numbers have all the room that they need, and the type is 8.5 points."""
    numbers = ["6,000", "109.62", "109.33—110.21", "147,044", "132,048—174,083", "10,240", "2.0", "43.2"]
    rows = [Row("2023", [Cell(number) for number in numbers])]
    table = Table("t", "表1", "结果", ["年度", *["规模"] * 8], rows)
    made = docx.Document(io.BytesIO(write([table], "docx", lang="zh")))
    cells = made.tables[0].rows[1].cells
    assert {cell.paragraphs[0].runs[0].font.size.pt for cell in cells} == {8.5}
    # Fifteen letters, one of them as wide as two, at 8.5 points: 2.4 cm at least.
    assert cells[5].width.cm > 2.4
