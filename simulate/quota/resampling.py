"""Resample the pool: how far an answer would move had another pool been drawn from the same population.

A replicate draws as many applicants as the pool has, with replacement. As every question asks for counts by
total alone, it draws the counts: one multinomial over the distinct totals, split by level where a level is
asked about. The ordinary bootstrap of rows gives the same distribution.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from simulate.distribution.scores import whole_hundredths
from simulate.quota.curve import NOBODY, Counts, GroupSteps, QuotaCurve, as_points, taken

REPLICATES, SEED = 500, 1
INTERVAL = (0.025, 0.975)
"""The interval's quantiles: the middle 95 % of the replicates."""

_CELLS = 2_000_000
"""Cells drawn at a time, so that memory stays small."""


def resampled(
    curve: QuotaCurve, *, by: GroupSteps | None = None, replicates: int = REPLICATES, seed: int = SEED
) -> Iterator[Counts]:
    """Yield for each replicate the eligible at or above each total, by level: [levels, steps].

    Where no group is given, there is one level: everybody.
    """
    reached = curve.reached[np.newaxis] if by is None else by.reached
    counts = np.diff(reached, prepend=0, axis=1).reshape(-1)
    there = np.flatnonzero(counts)
    if not len(there):
        yield from [reached] * replicates
        return
    shares = counts[there] / curve.eligible
    generator = np.random.default_rng(seed)
    chunk = max(1, _CELLS // max(1, len(there)))
    for start in range(0, replicates, chunk):
        size = min(chunk, replicates - start)
        for drawn in generator.multinomial(curve.eligible, shares, size=size):
            cells = np.zeros(len(counts), dtype=np.int64)
            cells[there] = drawn
            yield cells.reshape(reached.shape).cumsum(axis=1)


def interval(values: NDArray[np.integer]) -> tuple[int, int]:
    """Return the middle 95 % of some whole numbers, each end one of them."""
    low, high = np.quantile(values, INTERVAL, method="inverted_cdf")
    return int(low), int(high)


def banded(
    curve: QuotaCurve,
    quotas: ArrayLike,
    *,
    width: Decimal | float | str = 1,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> pl.DataFrame:
    """Return `QuotaCurve.at` with the middle 95 % of every number over resampled pools.

    The ends are ``cutoff_low`` and ``cutoff_high``, exact points, ``slope_low`` and ``slope_high``, people a
    point, both null where nobody is admitted; and those of ``admitted``, ``tied`` and ``backlog``, people.
    The pool's size is held.
    """
    told = curve.at(quotas, width=width)
    asked, window = told["quota"].to_numpy(), whole_hundredths(width)
    totals = curve.totals if curve.eligible else np.zeros(1, dtype=np.int64)
    drawn = []
    for reached in resampled(curve, replicates=replicates, seed=seed):
        pool = QuotaCurve(curve.totals, reached[0])
        steps = pool.steps(asked)
        there = (steps != NOBODY) & (pool.eligible > 0)
        admitted, tied = (np.where(there, taken(of, steps), 0) for of in (pool.reached, pool.tied))
        rows = (totals[steps], pool.density(steps, window), admitted, tied, pool.eligible - admitted)
        drawn.append(np.stack(rows))
    ends = np.quantile(drawn, INTERVAL, axis=0, method="inverted_cdf")
    names = ("cutoff", "slope", "admitted", "tied", "backlog")
    frame = pl.DataFrame(
        {
            f"{name}_{end}": column if name == "slope" else column.astype(np.int64)
            for end, columns in zip(("low", "high"), ends, strict=True)
            for name, column in zip(names, columns, strict=True)
        }
    ).with_columns(as_points("cutoff_low"), as_points("cutoff_high"))
    shown = told["cutoff"].is_not_null()
    return told.hstack(
        frame.select(
            pl.when(shown | pl.lit(name in names[2:])).then(pl.col(f"{name}_{end}")).alias(f"{name}_{end}")
            for name in names
            for end in ("low", "high")
        )
    )
