"""Levels beside a baseline: whoever knows all that is printed, and the totals, tells of nobody."""

from __future__ import annotations

from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure import beside
from reports.disclosure.beside import LEAST

THRESHOLD = 5


def told(before: list[int], after: list[int]) -> pl.DataFrame:
    """Tell of levels without an order, whose shares are large enough not to be joined."""
    levels = [chr(97 + place) for place in range(len(before))]
    frame = pl.DataFrame(
        {"setting": ["x"] * len(before), "level": levels, "baseline": before, "admitted": after}
    )
    return beside(frame, ordered=False, threshold=THRESHOLD).frame


def tables(before: list[int], after: list[int], rows: list[dict[str, object]]) -> list[tuple[int, ...]]:
    """List all counts of the levels that agree with what is printed and with the total."""
    total, choices = sum(after), []
    for old, new, row in zip(before, after, rows, strict=True):
        if row["share_change"] is not None:
            choices.append(range(new, new + 1))
        elif row["within"] is not None:
            choices.append(range(max(0, old - THRESHOLD + 1), old + THRESHOLD))
        else:
            choices.append(range(total + 1))
    return [one for one in product(*choices) if sum(one) == total]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(5, 14), st.integers(0, 14)), min_size=2, max_size=4))
def test_no_difference_of_few_can_be_told(pairs: list[tuple[int, int]]) -> None:
    """Of all tables that agree with the printed one, written out, a level of few has very different ones."""
    before, after = [old for old, _ in pairs], [new for _, new in pairs]
    frame = told(before, after)
    if frame.height < len(pairs) or sum(after) < 2 * THRESHOLD:
        return
    rows = frame.rows(named=True)
    possible = tables(before, after, rows)
    for place, (old, new) in enumerate(pairs):
        if 0 < abs(new - old) < THRESHOLD or 0 < new < THRESHOLD:
            values = [one[place] for one in possible]
            assert max(values) - min(values) >= THRESHOLD


def test_what_is_exact_is_the_change_of_the_share() -> None:
    """Of 100, 60 and 40 become 40 and 60: a fifth less and a fifth more."""
    frame = told([60, 40], [40, 60])
    assert frame["share_change"].to_list() == pytest.approx([-0.2, 0.2])
    assert frame["baseline_share"].to_list() == [0.6, 0.4]
    assert frame["within"].null_count() == 2


def test_few_who_differ_are_told_as_a_bound() -> None:
    """One of three moves by 30, two by two each against one: bounds of five of a hundred."""
    frame = told([40, 40, 20], [41, 39, 20])
    assert frame["share_change"].null_count() == 3
    assert frame["within"].to_list() == pytest.approx([0.05, 0.05, 0.05])


def test_one_level_of_few_takes_another_along() -> None:
    """If but one differs by few, the total would give it back: the next nearest is hidden with it."""
    frame = told([40, 40, 20], [42, 18, 40])
    rows = frame.rows(named=True)
    assert rows[0]["within"] is not None
    assert [rows[place]["share_change"] is None for place in range(3)] == [True, False, True]
    assert rows[2]["within"] is None


def test_small_levels_are_joined_and_nobody_is_not_told() -> None:
    """Neighbours are joined from both ends until each has enough; too few for two levels give no rows."""
    people = [1, 2, 60, 40, 3]
    frame = pl.DataFrame(
        {"setting": ["x"] * 5, "level": list("abcde"), "baseline": people, "admitted": [9, 30, 30, 30, 9]}
    )
    joined = beside(frame, ordered=True, threshold=THRESHOLD)
    assert LEAST * sum(people) < THRESHOLD
    assert joined.frame["levels"].to_list() == [["a", "b", "c"], ["d", "e"]]
    assert joined.merged == 3
    few = frame.with_columns(baseline=pl.Series([0, 0, 4, 0, 0]))
    assert beside(few, ordered=True, threshold=THRESHOLD).frame.is_empty()
