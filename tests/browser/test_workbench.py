"""The workbench in JupyterLab, driven by keys and clicks; what its screen says, scoring says as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import scoring
from reports import render
from scoring.reform import Reform
from tests.browser.lab import jupyterlab
from tests.browser.opened import faults
from tests.browser.small import QUOTA, ROUND, Library

RULES = scoring.Rulebook.load("beijing-2020")
EMPLOYMENT = "合法稳定就业，每年"


@dataclass
class Lab:
    """Hold the page with the workbench on it, the folder that is served, and what the page asked for."""

    page: Page
    folder: Path
    cohort: Path
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def bench(self) -> Locator:
        """The workbench."""
        return self.page.locator(".jifen-workbench")

    def fact(self, key: str) -> Locator:
        """Return one of the numbers, without its note."""
        return self.bench.locator(f".facts .{key} dd")

    def slider(self, name: str) -> Locator:
        """Return the slider of a name."""
        return self.bench.get_by_role("slider", name=name, exact=True)

    def reset(self) -> None:
        """Click everything back to the baseline."""
        button = self.bench.get_by_role("button", name="全部恢复基准")
        if button.is_enabled():
            button.click()
        expect(self.bench.locator(".sentence")).to_contain_text("与基准相同")

    def ranking(self, *, quota: int = QUOTA, changes: Mapping[str, object] | None = None) -> scoring.Ranking:
        """Score the cohort as the screen says that it did."""
        rules = RULES.changed(changes) if changes else RULES
        people = scoring.read(self.cohort, rules=RULES, round_year=ROUND)
        return scoring.score(people, rules, quota=quota).ranking


def copy_of(name: str, folder: Path, given: Mapping[str, Any]) -> None:
    """Copy a notebook into a folder, with other values for its parameters."""
    notebook = nbformat.read(render.NOTEBOOKS / f"{name}.ipynb", as_version=4)
    (cell,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    cell.source += "".join(f"\n{key} = {value!r}" for key, value in given.items())
    nbformat.write(notebook, folder / f"{name}.ipynb")


@pytest.fixture(scope="module")
def lab(browser: Browser, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Open the notebook in JupyterLab on a small cohort and run all its cells."""
    folder, home = tmp_path_factory.mktemp("lab"), tmp_path_factory.mktemp("home")
    copy_of("workbench", folder, {**library.given, "lang": "zh"})
    with jupyterlab(folder, home) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
        opened = Lab(page, folder, Path(library.given["cohort"]))
        page.on("request", lambda request: opened.asked.append(request.url))
        page.on("pageerror", lambda error: opened.complaints.append(error.message))
        page.goto(address.format(name="workbench.ipynb"))
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        expect(opened.bench.locator(".sentence")).to_contain_text("与基准相同", timeout=60_000)
        yield opened
        page.close()


def test_it_starts_at_the_baseline(lab: Lab) -> None:
    """Before anything is moved, the screen shows the cohort as it was scored, and its distribution."""
    ranking = lab.ranking()
    expect(lab.fact("cutoff")).to_have_text(f"{ranking.cutoff}基准{ranking.cutoff}")
    expect(lab.fact("admitted")).to_contain_text(str(ranking.admitted))
    assert lab.bench.locator("svg rect.pool").count() > 5
    assert lab.bench.locator("svg rect.admitted").count() > 2
    assert lab.bench.locator("svg line.cutoff").count() == 2


def test_a_key_on_a_slider_moves_the_cutoff(lab: Lab) -> None:
    """Twenty places more by the arrow keys: the cutoff on the screen is that of scoring with this quota."""
    slider = lab.slider("年度落户规模（人）")
    slider.focus()
    for _ in range(20):
        lab.page.keyboard.press("ArrowRight")
    ranking = lab.ranking(quota=QUOTA + 20)
    expect(lab.fact("cutoff")).to_contain_text(f"{ranking.cutoff}基准")
    expect(lab.fact("admitted")).to_contain_text(f"{ranking.admitted}基准")
    assert ranking.cutoff != lab.ranking().cutoff
    lab.reset()


def test_a_drag_of_a_slider_moves_the_cutoff(lab: Lab) -> None:
    """Wherever a pointer leaves a slider, the screen ends with the exact answer to that position."""
    slider = lab.slider(EMPLOYMENT)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    lab.page.mouse.move(box["x"] + box["width"] / 2, middle)
    lab.page.mouse.down()
    for step in range(30):
        lab.page.mouse.move(box["x"] + box["width"] * (0.5 + step / 90), middle)
    lab.page.mouse.up()
    rate = Decimal(slider.input_value())
    assert rate > 4
    ranking = lab.ranking(changes={"employment.points_per_year": rate})
    expect(lab.fact("cutoff")).to_contain_text(f"{ranking.cutoff}基准")
    lab.reset()


def test_a_number_typed_is_taken_exactly(lab: Lab) -> None:
    """A field takes what no step of its slider has, and refuses what the law cannot bear."""
    number = lab.bench.get_by_label(f"{EMPLOYMENT}，准确数值")
    number.fill("2.37")
    ranking = lab.ranking(changes={"employment.points_per_year": Decimal("2.37")})
    expect(lab.fact("cutoff")).to_contain_text(f"{ranking.cutoff}基准")
    number.fill("-1")
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(lab.fact("cutoff")).to_contain_text(f"{ranking.cutoff}基准")
    number.blur()
    expect(number).to_have_value("2.37")
    lab.bench.get_by_role("button", name=f"{EMPLOYMENT}恢复为3.00").click()
    expect(lab.bench.locator(".sentence")).to_contain_text("与基准相同")


def test_a_what_if_is_saved_by_a_click(lab: Lab) -> None:
    """The form writes a reform beside the notebook, shows it, and says what it leaves out."""
    lab.bench.get_by_label("荣誉表彰，准确数值").last.fill("25")
    lab.bench.get_by_label("年度落户规模（人），准确数值").fill("160")
    lab.bench.get_by_text("存为改革方案").click()
    lab.bench.get_by_label("名称").fill("荣誉加五分")
    lab.bench.get_by_role("button", name="写入文件").click()
    expect(lab.bench.locator(".saving .said")).to_have_text("已写入reform.toml。")
    expect(lab.bench.locator(".saving li")).to_contain_text("落户规模160人不属于细则")
    reform = Reform.load(lab.folder / "reform.toml")
    assert (reform.title, reform.changes) == ("荣誉加五分", {"honours.points": 25})
    expect(lab.bench.locator(".saving pre")).to_contain_text('"honours.points" = 25')
    lab.bench.get_by_role("button", name="写入文件").click()
    expect(lab.bench.locator(".saving .said")).to_contain_text("已经存在，没有覆盖")
    lab.reset()


def test_groups_are_chosen_and_told(lab: Lab) -> None:
    """Each group has a table of its own, with shares beside the baseline's."""
    for group, level in {"性别": "女性", "学历学位": "博士研究生学历、学位"}.items():
        lab.bench.get_by_label("分组：").select_option(label=group)
        expect(lab.bench.locator("table caption")).to_contain_text(group)
        expect(lab.bench.get_by_role("rowheader", name=level)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everyone_can_use_it(lab: Lab, theme: str) -> None:
    """Names, roles, contrast: axe-core finds nothing serious in either theme of JupyterLab."""
    lab.page.evaluate(f"document.body.dataset.jpThemeLight = '{str(theme == 'light').lower()}'")
    try:
        assert faults(lab.page, within=".jifen-workbench") == []
    finally:
        lab.page.evaluate("document.body.dataset.jpThemeLight = 'true'")


def test_focus_is_seen(lab: Lab) -> None:
    """Slider, field, choice and button show where the keyboard is."""
    bare = []
    lab.slider("年度落户规模（人）").focus()
    for _ in range(60):
        lab.page.keyboard.press("Tab")
        seen = lab.page.evaluate(
            """() => { const at = document.activeElement;
                 return at.closest('.jifen-workbench')
                   && [at.outerHTML.slice(0, 90), parseFloat(getComputedStyle(at).outlineWidth) >= 2]; }"""
        )
        if not seen:
            break
        bare += [] if seen[1] else [seen[0]]
    assert bare == []


@pytest.mark.parametrize("width", [1280, 900, 600])
def test_it_fits_its_cell(lab: Lab, width: int) -> None:
    """In a wide window and in a narrow one nothing stands out of the workbench."""
    lab.page.set_viewport_size({"width": width, "height": 1000})
    lab.page.wait_for_timeout(300)
    out = lab.bench.evaluate(
        """bench => { const room = bench.getBoundingClientRect().right + 1;
             return [...bench.querySelectorAll('*')].filter(one => !one.closest('pre, table')
               && one.getBoundingClientRect().right > room).map(one => one.outerHTML.slice(0, 90)); }"""
    )
    lab.page.set_viewport_size({"width": 1280, "height": 1000})
    assert out == []


def test_it_asks_this_machine_alone(lab: Lab) -> None:
    """All day long the page has asked nothing but its own server, and nothing went wrong in it."""
    elsewhere = [url for url in lab.asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]
    assert elsewhere == []
    assert lab.complaints == []
