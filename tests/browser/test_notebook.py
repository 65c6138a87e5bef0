"""A report worked on in JupyterLab: its figures are drawn there as well, in either theme and offline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab, Run
from tests.browser.opened import faint
from tests.browser.small import Library

# The workbench is opened in JupyterLab each time; a report's notebook takes longer and changes less.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def briefing(lab: Lab, library: Library) -> Iterator[Run]:
    """Run the annual briefing's notebook."""
    run = lab.run("annual_briefing", {**library.given, "lang": "zh"})
    expect(run.page.get_by_role("heading", name="方法与局限")).to_be_attached(timeout=90_000)
    yield run
    run.page.close()


def test_figures_are_drawn(briefing: Run) -> None:
    """The first figures on the screen are charts, and tables and numbers stand beside them."""
    expect(briefing.page.locator("figure.jifen .chart svg").first).to_be_visible(timeout=20_000)
    assert briefing.page.locator("figure.jifen .chart svg .mark-rect path").count() > 10
    assert briefing.page.locator("dl.facts dd").count() == 6


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_can_be_read(briefing: Run, theme: str) -> None:
    """Labels stand out from the notebook's paper."""
    briefing.theme(theme)
    try:
        assert briefing.page.locator("figure.jifen svg text").count() > 5
        assert faint(briefing.page, paper=".jp-Notebook") == []
    finally:
        briefing.theme("light")


def test_it_asks_this_machine_alone(briefing: Run) -> None:
    """The page asks nothing of the network, and nothing goes wrong in it."""
    assert briefing.elsewhere == []
    assert briefing.complaints == []
