"""What is to be known of scores: they come from weights (`weighted`) or from tables (`tabled`)."""

from __future__ import annotations

from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

Some = NDArray[np.intp]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Floats = NDArray[np.floating]
FloatKind = type[np.float32] | type[np.float64]

EXACT = {np.float32: 2.0**24, np.float64: 2.0**53}
"""A kind of float holds every whole number up to this size."""

ABSENT = {kind: -bound for kind, bound in EXACT.items()}
"""The score of whoever is not in the pool: below every score that such a float holds exactly."""


def exact_kind(largest: float) -> FloatKind:
    """Return the smallest float that is exact, given the largest size that any sum on the way can have."""
    return np.float32 if largest < EXACT[np.float32] else np.float64


class Scorer(Protocol):
    """Totals of rows in draws, in 1/102,400 of a point."""

    def narrowed(self, rows: Some) -> Self:
        """Return the scorer of some of the rows."""

    def some(self, draws: Some) -> Self:
        """Return the scorer of some of the draws."""

    def totals(self, draw: int) -> NDArray[np.integer]:
        """Return the totals of all rows in one draw, integers [rows]."""
