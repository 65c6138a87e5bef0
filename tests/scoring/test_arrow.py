"""Flags and numbers with nulls come out of polars as they lie in it, however the column came about."""

import gc

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.indicators.arrow import filled, flags

# Beyond 8 and 64, so that bits begin and end anywhere in a byte and in a word.
parts = st.lists(st.integers(0, 150), min_size=1, max_size=4)


def sliced(data: st.DataObject, column: pl.Series) -> pl.Series:
    """Take any part of a column."""
    start = data.draw(st.integers(0, column.len()))
    return column.slice(start, data.draw(st.integers(0, column.len() - start)))


@given(st.data(), parts)
def test_flags_of_any_slice_and_chunks(data: st.DataObject, sizes: list[int]) -> None:
    """Yes and no are 1 and 0 wherever a slice begins and a chunk ends."""
    chunks = [
        pl.Series(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=pl.Boolean)
        for size in sizes
    ]
    column = sliced(data, pl.concat(chunks, rechunk=False))
    got = flags(column)
    assert got.dtype == np.uint8
    assert got.tolist() == [int(flag) for flag in column.to_list()]


@pytest.mark.parametrize("kind", [pl.UInt8, pl.Int16, pl.Int32, pl.Int64])
@given(data=st.data(), sizes=parts, null=st.integers(0, 127))
def test_numbers_of_any_slice_and_chunks(
    kind: type[pl.DataType], data: st.DataObject, sizes: list[int], null: int
) -> None:
    """Numbers stand as they are, the given one where there is none, in the column's own type."""
    numbers = st.none() | st.integers(0 if kind == pl.UInt8 else -100, 127)
    chunks = [
        pl.Series(data.draw(st.lists(numbers, min_size=size, max_size=size)), dtype=kind) for size in sizes
    ]
    column = sliced(data, pl.concat(chunks, rechunk=False))
    got = filled(column, null)
    assert got.dtype == pl.Series([1], dtype=kind).to_numpy().dtype
    assert got.tolist() == [null if number is None else number for number in column.to_list()]


@pytest.mark.parametrize("null", [0, 255, 2**31 - 1])
def test_the_highest_number_of_a_type_can_stand_for_a_null(null: int) -> None:
    """A null date is later than any: the largest number of 32 bits does not overflow."""
    column = pl.Series([None, -5, 2**31 - 1, None, -(2**31)], dtype=pl.Int32)
    assert filled(column, null).tolist() == [null, -5, 2**31 - 1, null, -(2**31)]


def test_what_was_read_outlives_its_column() -> None:
    """Nothing is shared with polars: a column may go, what was read stays."""
    column = pl.Series([None, *range(20_000)], dtype=pl.Int16)
    got = filled(column, 7)
    del column
    gc.collect()
    pl.Series([9] * 20_001, dtype=pl.Int16)
    assert got.tolist() == [7, *range(20_000)]
