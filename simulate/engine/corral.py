"""The corral: bounds over all draws set aside who is always in and who never is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.brute import at_rank
from simulate.engine.field import Field
from simulate.engine.scores import Floats, Some, Whole


@dataclass(frozen=True)
class Corral:
    """Hold who is left to count.

    Attributes:
        inside: intp, rows admitted in every draw.
        open: intp, rows that may be admitted in some draws; all others never are.
        origin: int64 [draws], the totals of a pivot that stands near the cutoffs.
        floor, ceiling: every draw's cutoff lies between them, above the origin.

    """

    inside: Some
    open: Some
    origin: Whole
    floor: int
    ceiling: int


def corral(field: Field) -> Corral:
    """Bound every row's scores, and by them every cutoff.

    Of those in every pool at least the highest quota reach the floor in every draw, so that no cutoff is
    below it; fewer than the lowest quota ever exceed the ceiling, so that none is above it.
    """
    draws = np.arange(len(field.quota))
    middle = field.scorer.middle(draws)
    lens = field.lens(draws, at_rank(_whole(middle), field.size, int(field.quota.mean())))
    low, high = lens.bounds()
    steady = slice(field.steady)
    floor = at_rank(_whole(low[steady]), field.size[steady], int(field.quota.max()))
    ceiling = 1 + at_rank(_whole(high), field.size, int(field.quota.min()))
    inside = (low > ceiling) & field.is_steady
    still_open = np.flatnonzero(~inside & (high >= floor))
    return Corral(np.flatnonzero(inside), still_open, lens.origin(), floor, ceiling)


def _whole(values: Floats) -> Whole:
    """Round down."""
    return np.floor(values).astype(np.int64)
