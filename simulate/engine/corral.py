"""The corral: bounds over all draws set aside who is always in and who never is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.field import Field
from simulate.engine.scores import Lens, Real, Some, Whole


@dataclass(frozen=True)
class Corral:
    """Hold who is left to count.

    Attributes:
        inside: intp, rows admitted in every draw.
        open: intp, rows that may be admitted in some draws; all others never are.
        lens: all draws, seen from the rows near the cutoff of the mean draw.
        floor, ceiling: every draw's cutoff lies between them, above the lens's pivot.

    """

    inside: Some
    open: Some
    lens: Lens
    floor: float
    ceiling: float


def corral(field: Field) -> Corral:
    """Bound every row's scores, and by them every cutoff.

    Of those in every pool at least the highest quota reach the floor in every draw, so that no cutoff is
    below it; fewer than the lowest quota ever exceed the ceiling, so that none is above it.
    """
    draws, rows = np.arange(len(field.quota)), np.arange(len(field.size))
    middle = field.scorer.middle(draws, rows)
    lens, _ = field.lens(draws, rows, _at_rank(middle, field.size, field.quota.mean()))
    low, high = lens.bounds(rows)
    steady = slice(field.steady)
    floor = _at_rank(low[steady], field.size[steady], field.quota.max())
    ceiling = _at_rank(high, field.size, field.quota.min())
    inside = (low > ceiling) & (rows < field.steady)
    return Corral(np.flatnonzero(inside), np.flatnonzero(~inside & (high >= floor)), lens, floor, ceiling)


def _at_rank(values: Real, sizes: Whole, rank: float) -> float:
    order = np.argsort(-values)
    return float(values[order[np.searchsorted(np.cumsum(sizes[order]), rank)]])
