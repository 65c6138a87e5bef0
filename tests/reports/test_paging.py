"""Pages of paper that are filled: a table goes before a figure that does not fit the rest of its page."""

from __future__ import annotations

import pytest

from reports.blocks import Block, Cell, Figure, Heading, Paragraph, Row, Table
from reports.render import paging


def figure() -> Figure:
    """Give a figure; how high it is, the test says."""
    return Figure("f", "Figure 1", "A finding", "people", "made of", "a bar chart", "failed", {})


def table(rows: int) -> Table:
    """Give a table of so many rows."""
    return Table("t", "Table 1", "Numbers", ["a", "b"], [Row("x", [Cell("1")])] * rows)


@pytest.mark.parametrize(
    ("first", "rows", "high", "order"),
    [
        # 711 points a page: below 300 the figure of 350 fits, below 400 it does not.
        (300.0, 20, 300.0, [0, 1, 2]),
        (400.0, 20, 300.0, [0, 2, 1]),
        # A short table is not divided: 200 points fit the 290 that are left, 320 do not.
        (400.0, 4, 200.0, [0, 2, 1]),
        (400.0, 4, 320.0, [0, 1, 2]),
        # Where less is left than a piece of a table is worth, nothing is moved.
        (650.0, 20, 300.0, [0, 1, 2]),
    ],
)
def test_a_table_fills_the_page_that_a_figure_would_leave(
    first: float, rows: int, high: float, order: list[int]
) -> None:
    """A paragraph, a figure of 350 points and its table, of which two fit a page."""
    blocks: list[Block] = [Paragraph("text"), figure(), table(rows)]
    assert paging.order(blocks, [first, 350.0, high], used=0.0) == order


def test_only_the_table_of_the_same_section_moves() -> None:
    """Neither over a heading nor over words does a table go."""
    for between in (Heading("Next"), Paragraph("text")):
        blocks = [Paragraph("text"), figure(), between, table(20)]
        assert paging.order(blocks, [500.0, 350.0, 10.0, 300.0], used=0.0) == [0, 1, 2, 3]


def test_figures_keep_their_order() -> None:
    """The table goes before both figures that it belongs to, and they follow one after the other."""
    blocks: list[Block] = [Paragraph("text"), figure(), figure(), table(20)]
    assert paging.order(blocks, [500.0, 350.0, 350.0, 300.0], used=0.0) == [0, 3, 1, 2]


def test_a_heading_goes_to_the_next_page_with_its_figure() -> None:
    """And takes its room there, so that a second figure of 310 points no longer fits beside one of 350."""
    blocks: list[Block] = [Paragraph("text"), Heading("Next"), figure(), figure(), table(4)]
    heights = [500.0, 20.0, 350.0, 310.0, 250.0]
    assert paging.order(blocks, heights, used=0.0) == [0, 1, 2, 4, 3]
    assert paging.order([Paragraph("text"), *blocks[2:]], [500.0, *heights[2:]], used=0.0) == [0, 1, 2, 3]
