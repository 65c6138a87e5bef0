"""Populations drawn anew with replacement, where no formula tells an interval (Efron 1979)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulate.distribution.intervals import Ends

REPLICATES, SEED = 200, 1

_AT_ONCE = 4_000_000
"""Counts held at a time."""

Counts = NDArray[np.int64]


def resampled(counts: Counts, replicates: int, random: np.random.Generator) -> Iterator[Counts]:
    """Yield how many are drawn of each cell, int64 [some replicates, cells].

    Args:
        counts: int64 [cells], how many people there are; as many are drawn in each replicate.
        replicates: how often.
        random: draws them; the same one, the same counts.

    """
    held, people = np.flatnonzero(counts), int(counts.sum())
    chunk = max(1, _AT_ONCE // max(1, len(counts)))
    for start in range(0, replicates if people else 0, chunk):
        size = min(chunk, replicates - start)
        drawn = np.zeros((size, len(counts)), dtype=np.int64)
        drawn[:, held] = random.multinomial(people, counts[held] / people, size=size)
        yield drawn


def middle_of(replicates: ArrayLike) -> Ends:
    """Return the middle 95 % along the first axis; each end is one of the replicates.

    A replicate that is not a number says nothing, and where none says anything, neither do the ends.

    >>> [float(end) for end in middle_of(range(1, 101))]
    [3.0, 98.0]
    """
    drawn = np.sort(np.asarray(replicates, dtype=np.float64), axis=0)
    told = (~np.isnan(drawn)).sum(axis=0)
    low, high = (np.maximum(1, np.ceil(told * part)).astype(np.int64) - 1 for part in (0.025, 0.975))
    ends = [np.take_along_axis(drawn, place[np.newaxis], axis=0)[0] for place in (low, high)]
    return ends[0], ends[1]
