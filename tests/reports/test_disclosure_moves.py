"""Moves of a group: what few people did is hidden, and flows tell nothing that the table does not."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure import DisclosureError, Moves, moves

T = 10


def group(*rows: tuple[str, int, int, int]) -> pl.DataFrame:
    """Make a group of levels: name, the admitted before, who entered, who left."""
    return pl.DataFrame(
        [(name, before, before + entered - left, entered, left) for name, before, entered, left in rows],
        schema=["level", "before", "after", "entered", "left"],
        orient="row",
    )


def shown(found: Moves) -> list[tuple[object, ...]]:
    """Give the rows of the table."""
    return [(*row["levels"], *list(row.values())[1:]) for row in found.counts.frame.iter_rows(named=True)]


def test_what_is_large_is_told() -> None:
    """Levels of which enough entered and left stand as they are, and flows between them are exact."""
    found = moves(group(("a", 500, 30, 90), ("b", 400, 100, 40)), ordered=False, threshold=T)
    assert shown(found) == [("a", 500, 440, 30, 90), ("b", 400, 460, 100, 40)]
    assert found.places == (("a",), ("b",))
    assert found.flows == ((30, 60, 0), (0, 40, 0), (0, 0, 0))


def test_small_neighbours_are_joined() -> None:
    """In an order, a level with few moves goes with the next, the last with the one before."""
    rows = group(("a", 500, 3, 90), ("b", 400, 100, 40), ("c", 300, 30, 20), ("d", 50, 9, 12))
    found = moves(rows, ordered=True, threshold=T)
    assert found.counts.frame["levels"].to_list() == [["a", "b"], ["c", "d"]]
    assert found.counts.frame["entered"].to_list() == [103, 39]
    assert found.counts.merged == 2


def test_moves_from_one_end_to_the_other_are_told() -> None:
    """Where the young enter and the old leave, both stand, though nobody moved the other way."""
    rows = group(("a", 100, 17, 0), ("b", 2000, 1069, 0), ("c", 3000, 9, 1072), ("d", 40, 0, 14))
    found = moves(rows, ordered=True, threshold=T)
    frame = found.counts.frame
    assert frame["levels"].to_list() == [["a"], ["b"], ["c"], ["d"]]
    assert frame["entered"].to_list() == [None, 1069, None, None]
    assert frame["left"].to_list() == [None, None, 1072, None]
    young, old = found.places.index(("b",)), found.places.index(("c",))
    assert found.flows[old][young] > 1000


def test_without_an_order_small_levels_are_joined_with_each_other() -> None:
    """They come last, as one row."""
    rows = group(("a", 40, 6, 9), ("b", 400, 100, 40), ("c", 30, 8, 5), ("d", 300, 50, 60))
    found = moves(rows, ordered=False, threshold=T)
    assert found.counts.frame["levels"].to_list() == [["b"], ["d"], ["a", "c"]]
    assert found.counts.frame["left"].to_list() == [40, 60, 14]


def test_a_level_that_nobody_entered_is_hidden_and_so_is_what_gives_it_back() -> None:
    """With one small cell a second one goes, so that the total does not tell it."""
    found = moves(
        group(("a", 500, 0, 90), ("b", 400, 100, 40), ("c", 300, 80, 60)), ordered=False, threshold=T
    )
    assert found.counts.frame["entered"].null_count() >= 2
    assert found.places[-1] is None


def test_totals_of_few_people_are_refused() -> None:
    """Where fewer than the threshold moved at all, no table of them can be shown."""
    with pytest.raises(DisclosureError):
        moves(group(("a", 500, 3, 2), ("b", 400, 2, 3)), ordered=False, threshold=T)


@settings(max_examples=25)
@given(st.data())
def test_flows_come_from_what_is_told(data: st.DataObject) -> None:
    """Whatever the counts, no printed cell is small, flows add up to the totals, and to what is printed."""
    number = st.integers(0, 60)
    count = data.draw(st.integers(2, 5))
    rows = [
        (f"l{one}", left + data.draw(number), data.draw(number), left)
        for one, left in enumerate(data.draw(st.lists(number, min_size=count, max_size=count)))
    ]
    frame = group(*rows)
    try:
        found = moves(frame, ordered=data.draw(st.booleans()), threshold=T)
    except DisclosureError:
        return
    for name in ("before", "after", "entered", "left"):
        assert all(value >= T for value in found.counts.frame[name].drop_nulls())
    table = np.array(found.flows)
    assert table[:-1].sum() == frame["left"].sum()
    assert table[:, :-1].sum() == frame["entered"].sum()
    told = {tuple(row["levels"]): row for row in found.counts.frame.iter_rows(named=True)}
    for place, names in enumerate(found.places[:-1]):
        assert names is not None
        assert table[place].sum() == (told[names]["left"] or 0)
        assert table[:, place].sum() == (told[names]["entered"] or 0)
