"""Lines with bands and marks, drawn and looked at as every chart is."""

import pytest

from reports.blocks import Figure
from reports.charts.lines import Axes, Dot, Mark, lines
from reports.charts.theme import figure
from reports.words import LANGUAGES
from tests.reports.figures import check_figure
from tests.reports.rounds import drawn, page, scored

NAMES = {"zh": ("现行规则", "改革方案"), "en": ("Rules in force", "Reform")}


def two_lines(lang: str, *, mark: str = "2020") -> Figure:
    """Draw two lines over five years, one of them with a band."""
    of, other = NAMES[lang]
    banded = [Dot(of, 2018 + n, 95 + n, f"{95 + n}", low=94 + n, high=97 + n) for n in range(5)]
    plain = [Dot(other, 2018 + n, 90 + n, f"{90 + n}") for n in range(5)]
    chart = lines([*banded, *plain], Axes("年度", "分数线", "规则"), marks=[Mark(2020, mark)])
    opened = page(scored(drawn(100), quota=20), lang=lang)
    alt = "Two lines over five years, of which one has a band."
    return figure(chart, opened, key="lines", title="A finding", subtitle="Points", description=alt)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_are_drawn_with_their_bands_and_points(lang: str) -> None:
    """Two lines, a band, ten points and a mark are there, whole, with every glyph in the font."""
    check_figure(two_lines(lang), marks=2 + 1 + 10 + 1)


def test_a_label_that_reaches_out_of_the_picture_is_found() -> None:
    """The check of figures sees a label that a narrow page would cut."""
    with pytest.raises(AssertionError, match="reaches out of"):
        check_figure(two_lines("en", mark="a label that is far too long for a phone, and for most of a page"))


def test_a_glyph_that_the_font_lacks_is_found() -> None:
    """The check of figures sees a character that would be a box."""
    with pytest.raises(AssertionError, match="not in the font"):
        check_figure(two_lines("en", mark="\U00013000"))


def test_marks_that_are_not_there_are_found() -> None:
    """The check of figures counts what is drawn."""
    with pytest.raises(AssertionError, match="lines"):
        check_figure(two_lines("en"), marks=40)
