"""Every report, as a reader opens it: offline, on any screen, with keyboard or screen reader, in the dark."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import docx
import fastexcel
import pytest

from reports.blocks import Facts, Heading, Sources, Table
from reports.render.formats import write
from tests.browser.opened import Opened, faint, faults
from tests.browser.small import Library

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_it_asks_for_nothing_and_complains_of_nothing(opened: Opened) -> None:
    """A page is all there is: it loads itself, and the console stays empty."""
    assert [url for url in opened.asked[1:] if not url.startswith(("data:", "blob:"))] == []
    assert opened.said == []


def test_every_figure_is_drawn(opened: Opened) -> None:
    """Each chart has marks of a size that can be seen, and none says that it failed."""
    drawn = opened.evaluate(
        """() => [...document.querySelectorAll('figure.jifen')].map(figure => ({
             name: figure.id,
             marks: [...figure.querySelectorAll('.chart svg [class*=mark-] :is(path, line, circle, rect)')]
               .map(one => one.getBoundingClientRect()).filter(box => box.width + box.height > 1).length,
             failed: figure.querySelector('.chart').textContent.includes(figure.dataset.failed),
           }))"""
    )
    assert drawn
    assert [figure["name"] for figure in drawn if figure["marks"] < 2 or figure["failed"]] == []


def test_no_label_is_cut(opened: Opened) -> None:
    """Every text of a chart lies inside the chart's picture."""
    cut = opened.evaluate(
        """() => [...document.querySelectorAll('figure.jifen .chart svg')].flatMap(svg => {
             const room = svg.getBoundingClientRect();
             return [...svg.querySelectorAll('text:not([opacity="0"])')].filter(text => {
               const box = text.getBoundingClientRect();
               return box.width && (box.left < room.left - 1 || box.right > room.right + 1
                 || box.top < room.top - 1 || box.bottom > room.bottom + 1);
             }).map(text => text.textContent);
           })"""
    )
    assert cut == []


def test_tooltips_speak_the_language_of_the_page(opened: Opened) -> None:
    """Over a mark of each chart a pointer reads its value, named in that language."""
    page = opened.page
    told = {}
    for figure in page.locator("figure.jifen").all():
        kinds = [figure.locator(f".chart svg .role-mark.mark-{kind} path") for kind in ("symbol", "rect")]
        spots = next((spots for spots in kinds if spots.count()), None)
        if spots is None:
            continue
        sizes = spots.evaluate_all("all => all.map(one => one.getBBox().width * one.getBBox().height)")
        spots.nth(sizes.index(max(sizes))).hover(force=True)
        tip = page.locator("#vg-tooltip-element")
        names = tip.locator("td.key").all_inner_texts() if tip.count() and tip.is_visible() else []
        told[figure.get_attribute("id")] = names
    assert told
    assert [figure for figure, names in told.items() if not names] == []
    said = [name for names in told.values() for name in names]
    assert [name for name in said if bool(CHINESE.search(name)) != (opened.lang == "zh")] == []


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_nothing_scrolls_sideways(opened: Opened, width: int) -> None:
    """On a desk, a tablet and a telephone the page is as wide as its window."""
    assert opened.overflow(width) == []


def test_it_fits_on_paper(opened: Opened) -> None:
    """On A4 nothing stands out of the sheet."""
    opened.page.emulate_media(media="print")
    try:
        assert opened.overflow(round((210 - 2 * 16) / 25.4 * 96)) == []
    finally:
        opened.page.emulate_media(media="screen")


SEEN = {"zh": (390, "dark"), "en": (1280, "light")}
"""On which screen and in which light axe-core, which takes seconds, looks at a page of each language."""


def test_everyone_can_read_it(opened: Opened) -> None:
    """Names, roles, order, contrast: axe-core finds nothing serious, at a desk or on a phone in the dark."""
    width, scheme = SEEN[opened.lang]
    opened.page.set_viewport_size({"width": width, "height": 900})
    opened.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    try:
        assert faults(opened.page) == []
    finally:
        opened.page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_labels_of_charts_stand_out_from_the_page(opened: Opened, scheme: str) -> None:
    """Text in charts has a contrast of 4.5 to the paper behind it."""
    opened.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    found = faint(opened.page, paper="body")
    opened.page.emulate_media(color_scheme="light")
    assert found == []


def test_keyboard_focus_is_seen(opened: Opened) -> None:
    """Whatever the tabulator reaches on a narrow screen is marked with an outline."""
    opened.page.set_viewport_size({"width": 390, "height": 900})
    bare = []
    for _ in range(30):
        opened.page.keyboard.press("Tab")
        found = opened.evaluate(
            """() => { const at = document.activeElement, style = getComputedStyle(at);
                 const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                 return at === document.body ? null : [at.outerHTML.slice(0, 120), seen]; }"""
        )
        if found is None:
            break
        bare += [] if found[1] else [found[0]]
    assert bare == []


def test_headings_lead_through_the_page(opened: Opened) -> None:
    """One title, and below it no level is left out."""
    levels = opened.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_charts_and_tables_have_names(opened: Opened) -> None:
    """A screen reader is told what each chart shows and what each table is about."""
    names = opened.evaluate(
        "[...document.querySelectorAll('figure.jifen .chart')].map(one => one.getAttribute('aria-label'))"
    )
    captions = opened.evaluate(
        "[...document.querySelectorAll('main table')].map(one => one.caption ? one.caption.textContent : '')"
    )
    assert min(map(len, names)) > 20
    assert min(map(len, captions)) > 5


def test_other_formats_tell_the_same(opened: Opened, library: Library, tmp_path: Path) -> None:
    """In Chinese a PDF with every heading as text, and a workbook of every table; in English a Word file."""
    blocks = library.blocks(opened.name, opened.lang)
    headings = {block.text for block in blocks if isinstance(block, Heading)}
    if opened.lang == "en":
        (tmp_path / "a.docx").write_bytes(write(blocks, "docx", lang="en"))
        written = {paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs}
        assert headings <= written
        told = {text.partition("\u3000")[2] for text in written}
        assert {block.caption for block in blocks if isinstance(block, Table)} <= told
        return
    (tmp_path / "a.xlsx").write_bytes(write(blocks, "xlsx", lang="zh"))
    sheets = [block for block in blocks if isinstance(block, Table | Facts | Sources)]
    assert len(fastexcel.read_excel(tmp_path / "a.xlsx").sheet_names) == len(sheets)
    (tmp_path / "a.pdf").write_bytes(write(blocks, "pdf", lang="zh"))
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext, which reads a PDF, is not on this machine")
    said = subprocess.run([tool, "-raw", tmp_path / "a.pdf", "-"], check=True, capture_output=True)
    text = re.sub(r"\s", "", said.stdout.decode())
    assert [heading for heading in headings if re.sub(r"\s", "", heading) not in text] == []
