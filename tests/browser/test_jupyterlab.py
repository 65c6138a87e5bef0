"""The workbench in JupyterLab, driven by keys and clicks; what its screen says, scoring says as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import scoring
from scoring.reform import Reform
from tests.browser.lab import Lab, Run
from tests.browser.opened import faint, faults
from tests.browser.small import QUOTA, ROUND, Library

RULES = scoring.Rulebook.load("beijing-2020")
EMPLOYMENT = "合法稳定就业，每年"


@dataclass(frozen=True)
class Bench:
    """Hold the workbench on its page, and the cohort that it was opened on."""

    run: Run
    cohort: Path

    @property
    def page(self) -> Page:
        """The page of JupyterLab."""
        return self.run.page

    @property
    def panel(self) -> Locator:
        """The workbench itself."""
        return self.page.locator(".jifen-workbench")

    def fact(self, key: str) -> Locator:
        """Return one of the numbers, with its note."""
        return self.panel.locator(f".facts .{key} dd")

    def slider(self, name: str) -> Locator:
        """Return the slider of a name."""
        return self.panel.get_by_role("slider", name=name, exact=True)

    def reset(self) -> None:
        """Click everything back to the baseline."""
        button = self.panel.get_by_role("button", name="全部恢复基准")
        if button.is_enabled():
            button.click()
        expect(self.panel.locator(".sentence")).to_contain_text("与基准相同")

    def ranking(self, *, quota: int = QUOTA, changes: Mapping[str, object] | None = None) -> scoring.Ranking:
        """Score the cohort as the screen says that it did."""
        rules = RULES.changed(changes) if changes else RULES
        people = scoring.read(self.cohort, rules=RULES, round_year=ROUND)
        return scoring.score(people, rules, quota=quota).ranking


@pytest.fixture(scope="module")
def bench(lab: Lab, library: Library) -> Iterator[Bench]:
    """Open the workbench in JupyterLab on a small cohort."""
    opened = Bench(lab.run("workbench", {**library.given, "lang": "zh"}), Path(library.given["cohort"]))
    expect(opened.panel.locator(".sentence")).to_contain_text("与基准相同", timeout=60_000)
    yield opened
    opened.page.close()


def test_it_starts_at_the_baseline(bench: Bench) -> None:
    """Before anything is moved, the screen shows the cohort as it was scored, and its distribution."""
    ranking = bench.ranking()
    expect(bench.fact("cutoff")).to_have_text(f"{ranking.cutoff}基准{ranking.cutoff}")
    expect(bench.fact("admitted")).to_contain_text(str(ranking.admitted))
    assert bench.panel.locator("svg rect.pool").count() > 5
    assert bench.panel.locator("svg rect.admitted").count() > 2
    assert bench.panel.locator("svg line.cutoff").count() == 2


def test_a_key_on_a_slider_moves_the_cutoff(bench: Bench) -> None:
    """Twenty places more by the arrow keys: the cutoff on the screen is that of scoring with this quota."""
    slider = bench.slider("年度落户规模（人）")
    slider.focus()
    for _ in range(20):
        bench.page.keyboard.press("ArrowRight")
    ranking = bench.ranking(quota=QUOTA + 20)
    expect(bench.fact("cutoff")).to_contain_text(f"{ranking.cutoff}基准")
    expect(bench.fact("admitted")).to_contain_text(f"{ranking.admitted}基准")
    assert ranking.cutoff != bench.ranking().cutoff
    bench.reset()


def test_a_drag_of_a_slider_moves_the_cutoff(bench: Bench) -> None:
    """Wherever a pointer leaves a slider, the screen ends with the exact answer to that position."""
    slider = bench.slider(EMPLOYMENT)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    bench.page.mouse.move(box["x"] + box["width"] / 2, middle)
    bench.page.mouse.down()
    for step in range(30):
        bench.page.mouse.move(box["x"] + box["width"] * (0.5 + step / 90), middle)
    bench.page.mouse.up()
    rate = Decimal(slider.input_value())
    assert rate > 4
    ranking = bench.ranking(changes={"employment.points_per_year": rate})
    expect(bench.fact("cutoff")).to_contain_text(f"{ranking.cutoff}基准")
    bench.reset()


def test_a_number_typed_is_taken_exactly(bench: Bench) -> None:
    """A field takes what no step of its slider has, and refuses what the law cannot bear."""
    number = bench.panel.get_by_label(f"{EMPLOYMENT}，准确数值")
    number.fill("2.37")
    ranking = bench.ranking(changes={"employment.points_per_year": Decimal("2.37")})
    expect(bench.fact("cutoff")).to_contain_text(f"{ranking.cutoff}基准")
    number.fill("-1")
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(bench.fact("cutoff")).to_contain_text(f"{ranking.cutoff}基准")
    number.blur()
    expect(number).to_have_value("2.37")
    bench.panel.get_by_role("button", name=f"{EMPLOYMENT}恢复为3.00").click()
    expect(bench.panel.locator(".sentence")).to_contain_text("与基准相同")


def test_a_what_if_is_saved_by_a_click(bench: Bench, lab: Lab) -> None:
    """The form writes a reform beside the notebook, shows it, and says what it leaves out."""
    bench.panel.get_by_label("荣誉表彰，准确数值").last.fill("25")
    bench.panel.get_by_label("年度落户规模（人），准确数值").fill("160")
    bench.panel.get_by_text("存为改革方案").click()
    bench.panel.get_by_label("名称").fill("荣誉加五分")
    bench.panel.get_by_role("button", name="写入文件").click()
    expect(bench.panel.locator(".saving .said")).to_have_text("已写入reform.toml。")
    expect(bench.panel.locator(".saving li")).to_contain_text("落户规模160人不属于细则")
    reform = Reform.load(lab.folder / "reform.toml")
    assert (reform.title, reform.changes) == ("荣誉加五分", {"honours.points": 25})
    expect(bench.panel.locator(".saving pre")).to_contain_text('"honours.points" = 25')
    bench.panel.get_by_role("button", name="写入文件").click()
    expect(bench.panel.locator(".saving .said")).to_contain_text("已经存在，没有覆盖")
    bench.reset()


def test_groups_are_chosen_and_told(bench: Bench) -> None:
    """Each group has a table of its own, with shares beside the baseline's."""
    for group, level in {"性别": "女性", "学历学位": "博士研究生学历、学位"}.items():
        bench.panel.get_by_label("分组：").select_option(label=group)
        expect(bench.panel.locator("table caption")).to_contain_text(group)
        expect(bench.panel.get_by_role("rowheader", name=level)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everyone_can_use_it(bench: Bench, theme: str) -> None:
    """Names, roles, contrast: axe-core finds nothing serious in either theme of JupyterLab."""
    bench.run.theme(theme)
    try:
        assert faults(bench.page, within=".jifen-workbench") == []
    finally:
        bench.run.theme("light")


def test_focus_is_seen(bench: Bench) -> None:
    """Slider, field, choice and button show where the keyboard is."""
    bare = []
    bench.slider("年度落户规模（人）").focus()
    for _ in range(60):
        bench.page.keyboard.press("Tab")
        seen = bench.page.evaluate(
            """() => { const at = document.activeElement;
                 return at.closest('.jifen-workbench')
                   && [at.outerHTML.slice(0, 90), parseFloat(getComputedStyle(at).outlineWidth) >= 2]; }"""
        )
        if not seen:
            break
        bare += [] if seen[1] else [seen[0]]
    assert bare == []


@pytest.mark.parametrize("width", [1280, 900, 600])
def test_it_fits_its_cell(bench: Bench, width: int) -> None:
    """In a wide window and in a narrow one nothing stands out of the workbench."""
    bench.page.set_viewport_size({"width": width, "height": 1000})
    bench.page.wait_for_timeout(300)
    out = bench.panel.evaluate(
        """bench => { const room = bench.getBoundingClientRect().right + 1;
             return [...bench.querySelectorAll('*')].filter(one => !one.closest('pre, table')
               && one.getBoundingClientRect().right > room).map(one => one.outerHTML.slice(0, 90)); }"""
    )
    bench.page.set_viewport_size({"width": 1280, "height": 1000})
    assert out == []


def test_jupyterlab_asks_its_reader_nothing(bench: Bench) -> None:
    """The settings beside the notebooks answer whether JupyterLab may fetch news: no."""
    assert bench.page.locator(".Toastify__toast").all_inner_texts() == []


def test_it_asks_this_machine_alone(bench: Bench) -> None:
    """All day long the page has asked nothing but its own server, and nothing went wrong in it."""
    assert bench.run.elsewhere == []
    assert bench.run.complaints == []


@pytest.fixture(scope="module")
def briefing(lab: Lab, library: Library) -> Iterator[Run]:
    """Run the annual briefing's notebook."""
    run = lab.run("annual_briefing", {**library.given, "lang": "zh"})
    expect(run.page.get_by_role("heading", name="方法与局限")).to_be_attached(timeout=90_000)
    yield run
    run.page.close()


def test_figures_of_a_report_are_drawn(briefing: Run) -> None:
    """The first figures on the screen are charts, and tables and numbers stand beside them."""
    expect(briefing.page.locator("figure.jifen .chart svg").first).to_be_visible(timeout=20_000)
    assert briefing.page.locator("figure.jifen .chart svg .mark-rect path").count() > 10
    assert briefing.page.locator("dl.facts dd").count() == 6


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_of_a_report_can_be_read(briefing: Run, theme: str) -> None:
    """Labels stand out from the notebook's paper."""
    briefing.theme(theme)
    try:
        assert briefing.page.locator("figure.jifen svg text").count() > 5
        assert faint(briefing.page, paper=".jp-Notebook") == []
    finally:
        briefing.theme("light")


def test_a_report_asks_this_machine_alone(briefing: Run) -> None:
    """The page asks nothing of the network, and nothing goes wrong in it."""
    assert briefing.elsewhere == []
    assert briefing.complaints == []
