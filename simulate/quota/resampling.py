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

from simulate.quota.curve import Counts, GroupSteps, QuotaCurve, as_points

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
    """Return `QuotaCurve.at` with ``cutoff_low`` and ``cutoff_high``, 95 % over resampled pools."""
    told = curve.at(quotas, width=width)
    ends = cutoff_bands(curve, told["quota"].to_numpy(), replicates=replicates, seed=seed)
    names = ("cutoff_low", "cutoff_high")
    shown = told["cutoff"].is_not_null()
    points = pl.DataFrame(dict(zip(names, ends, strict=True)))
    return told.hstack(points.select(pl.when(shown).then(as_points(name)).alias(name) for name in names))


def cutoff_bands(
    curve: QuotaCurve, quotas: NDArray[np.int64], *, replicates: int = REPLICATES, seed: int = SEED
) -> Counts:
    """Return the ends of each quota's cutoff in hundredths of a point, [2, quotas].

    A quota above the pool keeps the lowest total; where nobody is admitted the numbers mean nothing.
    """
    if not curve.eligible:
        return np.zeros((2, len(quotas)), dtype=np.int64)
    asked = np.minimum(quotas, curve.eligible)
    steps = np.stack(
        [np.searchsorted(reached[0], asked) for reached in resampled(curve, replicates=replicates, seed=seed)]
    )
    ends = np.quantile(curve.totals[steps], INTERVAL, axis=0, method="inverted_cdf")
    return ends.astype(np.int64)
