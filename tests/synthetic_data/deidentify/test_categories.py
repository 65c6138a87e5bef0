"""Small categories are merged: nothing is left that fewer people share than the threshold."""

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthetic_data.deidentify.categories import merged, name_of_others


def column(**people: int) -> pl.Series:
    """Give a column with so many people in each category; ``empty`` are empty cells."""
    cells = [None if name == "empty" else name for name, count in people.items() for _ in range(count)]
    return pl.Series("group", cells, dtype=pl.String)


def counts(values: pl.Series | None) -> dict[str | None, int] | None:
    """Count the people of each category."""
    return None if values is None else dict(Counter(values.to_list()))


@pytest.mark.parametrize(
    ("people", "others", "left", "categories", "moved"),
    [
        ({"a": 10, "b": 11}, "other", {"a": 10, "b": 11}, 0, 0),
        ({"a": 9, "b": 3, "c": 10}, "other", {"other": 12, "c": 10}, 2, 12),
        ({"a": 9, "b": 30, "c": 10}, "other", {"other": 19, "b": 30}, 2, 19),
        ({"a": 9, "other": 1, "c": 20}, "other", {"other": 10, "c": 20}, 1, 9),
        ({"a": 9, "other": 50, "c": 20}, "other", {"other": 59, "c": 20}, 1, 9),
        ({"a": 30, "other": 3, "c": 20}, "other", {"other": 23, "a": 30}, 1, 20),
        ({"a": 9, "b": 20, "empty": 1}, None, {None: 10, "b": 20}, 1, 9),
        ({"a": 9, "b": 20, "c": 21}, None, {None: 29, "c": 21}, 2, 29),
        ({"a": 20, "b": 20, "empty": 2}, None, {"a": 20, "b": 20, None: 2}, 0, 0),
        ({"a": 20, "b": 9}, "other", None, 2, 29),
        ({"true": 500, "false": 9}, None, None, 2, 509),
        ({"a": 9}, "other", None, 1, 9),
    ],
)
def test_worked_cases(
    people: dict[str, int],
    others: str | None,
    left: dict[str | None, int] | None,
    categories: int,
    moved: int,
) -> None:
    """Below the threshold of 10, at it and above it, with others there already and with empty cells."""
    result = merged(column(**people), threshold=10, others=others)
    assert (counts(result.values), result.categories, result.people) == (left, categories, moved)


@given(
    people=st.dictionaries(st.sampled_from([*"abcdefgh", "other", "empty"]), st.integers(1, 30), min_size=1),
    threshold=st.integers(5, 20),
    emptied=st.booleans(),
)
def test_no_small_category_is_left(people: dict[str, int], threshold: int, emptied: bool) -> None:
    """Whatever the sizes: nobody is lost, nothing is split, and no category below the threshold remains."""
    values = column(**people)
    result = merged(values, threshold=threshold, others=None if emptied else "other").values
    if result is None:
        return
    left = Counter(result.to_list())
    assert left.total() == len(values)
    assert all(count >= threshold for name, count in left.items() if name is not None)
    for name, count in left.items():
        if name not in ("other", None):
            assert count == people[str(name)]
    if emptied and result.null_count() > people.get("empty", 0):
        assert result.null_count() >= threshold


@pytest.mark.parametrize(
    ("known", "name"),
    [
        (["制造业", "其他"], "其他"),
        (["制造业"], "其他"),
        (["trade"], "other"),
        (["制造业", "other"], "other"),
        ([], "other"),
    ],
)
def test_others_are_called_as_the_column_would_call_them(known: list[str], name: str) -> None:
    """A name for the rest that is there already serves; otherwise the language decides."""
    assert name_of_others(pl.Series(known, dtype=pl.String)) == name
