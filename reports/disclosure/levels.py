"""Tables of levels by counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from reports.disclosure.suppression import Cells, Counts, Mask, hidden
from reports.disclosure.threshold import Publishable, checked

Sums = Mapping[str, Sequence[str]]


def levels(
    frame: pl.DataFrame, *, counts: Sequence[str], threshold: int, sums: Sums | None = None
) -> Publishable:
    """Hide cells of a table whose rows are levels and whose *counts* count people.

    Every column's total over the levels is taken to be known, and so is that the columns add up as *sums*
    say: ``{"baseline": ("stayed", "left")}``. Columns of *sums* that the frame lacks are counted as well and
    protected, since anyone can compute them: ``{"pool": ("admitted", "rest")}``. A hidden cell is null.
    Raises DisclosureError where the totals alone would tell of too few people.
    """
    table = _complete(frame, counts, sums or {})
    values = table.to_numpy().astype(np.float64)
    cells = _cells(values, table.columns, counts, sums=sums or {}, threshold=checked(threshold))
    hide = hidden(cells, threshold=threshold)[: values.size].reshape(values.shape)
    return _published(frame, hide, counts, threshold=threshold)


def _complete(frame: pl.DataFrame, counts: Sequence[str], sums: Sums) -> pl.DataFrame:
    """Give every column that can be counted, also those that are only known as a difference."""
    table = frame.select(pl.col(name).cast(pl.Int64) for name in counts)
    for whole, parts in sums.items():
        missing = [name for name in (whole, *parts) if name not in table.columns]
        for name in missing:
            others = pl.sum_horizontal(part for part in parts if part != name)
            value = others if name == whole else pl.col(whole) - others
            table = table.with_columns(value.alias(name))
    return table


def _cells(
    values: Counts,
    columns: Sequence[str],
    counts: Sequence[str],
    *,
    sums: Sums,
    threshold: int,
) -> Cells:
    """Link the cells of a table: each column to its total, each row by the sums of its columns."""
    rows, wide = values.shape
    size, links = rows * wide, []
    for column in range(wide):
        link = np.zeros(size + wide)
        link[column:size:wide] = 1
        link[size + column] = -1
        links.append(link)
    for whole, parts in sums.items():
        for row in range(rows):
            link = np.zeros(size + wide)
            link[row * wide + columns.index(whole)] = -1
            link[[row * wide + columns.index(part) for part in parts]] = 1
            links.append(link)
    totals = values.sum(axis=0)
    everything = np.concatenate([values.ravel(), totals])
    of_totals = np.arange(size + wide) >= size
    printed = np.tile([name in counts for name in columns], rows)
    small = values.ravel() < threshold
    return Cells(
        values=everything,
        sums=np.array(links),
        printable=np.concatenate([printed, np.zeros(wide, dtype=bool)]),
        known=of_totals,
        signed=np.zeros(size + wide, dtype=bool),
        sensitive=np.concatenate([small, np.zeros(wide, dtype=bool)]),
    )


def _published(frame: pl.DataFrame, hide: Mask, counts: Sequence[str], *, threshold: int) -> Publishable:
    """Hide cells; the counts are the first columns of the mask."""
    shown = {name: pl.Series(name, ~hide[:, place]) for place, name in enumerate(counts)}
    masked = frame.with_columns(pl.when(shown[name]).then(pl.col(name)).alias(name) for name in counts)
    return Publishable(masked, threshold, hidden=int(hide[:, : len(counts)].sum()))
