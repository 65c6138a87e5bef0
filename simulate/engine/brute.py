"""One draw by itself: no bounds and no prediction, and exact by counting."""

from __future__ import annotations

import numpy as np

from simulate.engine.field import Field
from simulate.engine.outcomes import NO_CUTOFF
from simulate.engine.scores import Flags, Some, Whole

_BINS = 1 << 14


def admit(field: Field, draw: int) -> tuple[int, Some, int]:
    """Return the cutoff of one draw, the rows admitted, intp, and the people tied at the cutoff.

    A quota above the pool admits everyone in it; without places or people there is no cutoff.
    """
    totals, size = ranked(field, draw)
    quota = min(int(field.quota[draw]), int(size.sum()))
    if not quota:
        return NO_CUTOFF, np.zeros(0, dtype=np.intp), 0
    cutoff = at_rank(totals, size, quota)
    return cutoff, np.flatnonzero((totals >= cutoff) & (size > 0)), int(size[totals == cutoff].sum())


def ranked(field: Field, draw: int) -> tuple[Whole, Whole]:
    """Return the rows' totals in one draw, and how many people of each are in its pool, both int64 [rows]."""
    return field.scorer.totals(draw), field.size * _present(field, draw)


def _present(field: Field, draw: int) -> Flags:
    present = np.ones(len(field.size), dtype=bool)
    fickle = field.example[field.steady :]
    present[field.steady :] = field.presence.of(fickle, np.array([draw]))[:, 0]
    return present


def at_rank(totals: Whole, size: Whole, rank: int) -> int:
    """Return the total that the person at a rank has, highest first.

    A coarse count finds the bin that holds the rank; only that bin is sorted.

    Args:
        totals: int64 [rows], any whole numbers.
        size: int64 [rows], people of each row, 0 where none of them is in the pool.
        rank: from 1 to the number of people.

    """
    lowest = int(totals.min())
    # Bins of a power of two: a shift takes a third of what a division takes.
    bins = (totals - lowest) >> ((int(totals.max()) - lowest) // _BINS).bit_length()
    above = np.cumsum(np.bincount(bins, weights=size)[::-1])
    step = int(np.searchsorted(above, rank))
    inside = np.flatnonzero(bins == len(above) - 1 - step)
    order = inside[np.argsort(-totals[inside])]
    left = rank - (int(above[step - 1]) if step else 0)
    return int(totals[order[np.searchsorted(np.cumsum(size[order]), left)]])
