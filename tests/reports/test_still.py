"""Figures as pictures: what the page says around a chart is in the picture, in colours that need no page."""

import re

import pytest

from reports import disclosure
from reports.blocks import Figure
from reports.charts import still
from reports.charts.scores import score_distribution
from simulate import distribution
from tests.reports.rounds import drawn, page, scored


@pytest.fixture(scope="module")
def figure() -> Figure:
    """Draw the distribution of a small round."""
    round_ = scored(drawn(600), quota=60)
    bins = disclosure.merged(distribution.score_bins(round_), threshold=10)
    return score_distribution(bins, page(round_, lang="zh"), width=1)


def test_a_picture_says_what_the_page_says(figure: Figure) -> None:
    """Finding, unit and population, and what it was made of are drawn above and below the chart."""
    text = "".join(re.findall(r">([^<>]+)</text>", still.svg(figure)))
    for said in (figure.title, figure.subtitle, figure.footer):
        assert said.replace(" ", "") in text.replace(" ", "")


def test_a_picture_has_its_own_colours(figure: Figure) -> None:
    """Outside of a page there is nothing that a colour could be looked up in."""
    assert "var(" in str(figure.spec)
    assert "var(" not in still.svg(figure)


def test_a_picture_has_the_bars_of_the_chart(figure: Figure) -> None:
    """Framing a chart takes nothing from it."""
    bars = [row for rows in figure.spec["datasets"].values() for row in rows if "density" in row]
    assert still.svg(figure).count('aria-roledescription="bar"') == len(bars) > 5


def test_a_picture_is_a_png_of_the_width_asked_for(figure: Figure) -> None:
    """The file is a PNG at least as wide as the chart, at the scale asked for."""
    image = still.png(figure, width=400, scale=1)
    assert image.startswith(b"\x89PNG")
    assert 400 < int.from_bytes(image[16:20]) < 500


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 80, ["one two three"]),
        ("合法稳定就业", 6, ["合法稳", "定就业"]),
        ("", 6, [""]),
    ],
)
def test_lines_are_broken_where_their_script_allows(text: str, room: int, lines: list[str]) -> None:
    """English breaks at spaces, Chinese between two characters, each as wide as two letters."""
    assert still.wrapped(text, room) == lines
