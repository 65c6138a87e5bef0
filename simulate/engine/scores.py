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


class Scores(Protocol):
    """Scores of some rows in some draws, formed block by block."""

    @property
    def kind(self) -> FloatKind:
        """The kind of float that forms them exactly."""

    def fill(self, part: slice, out: Floats) -> None:
        """Write the scores of a part of the rows, [rows, draws]; whole numbers, exact."""


class Lens(Protocol):
    """Rows in some draws, seen from a pivot that stands near the cutoff.

    What moves all totals alike falls away, so that bounds over many draws are tight and numbers small.
    """

    def origin(self) -> Whole:
        """Return the pivot's total in each draw, int64 [draws]."""

    def bounds(self) -> tuple[Floats, Floats]:
        """Return bounds, [rows], of how far each row is above the pivot in all of the draws."""

    def narrowed(self, rows: Some) -> Self:
        """Return the view of some of the rows from the same pivot."""

    def scores(self, shift: Whole, *, room: float = 0) -> Scores:
        """Prepare the rows' scores above the pivot and a shift, int64 [draws], with room to move them."""


class Scorer(Protocol):
    """Totals of rows in draws, in 1/102,400 of a point."""

    def narrowed(self, rows: Some) -> Self:
        """Return the scorer of some of the rows."""

    def some(self, draws: Some) -> Self:
        """Return the scorer of some of the draws."""

    def totals(self, draw: int) -> NDArray[np.integer]:
        """Return the totals of all rows in one draw, integers [rows]."""


class Sweepable(Scorer, Protocol):
    """Totals that a sweep can form, bound and predict in many draws at once."""

    def condensed(self) -> Self:
        """Return the same scorer in its smallest form."""

    def middle(self, draws: Some) -> Floats:
        """Return about the rows' totals at the mean of some draws, [rows]."""

    @property
    def coordinates(self) -> Real:
        """Numbers that tell draws apart by how far they move rows apart, float64 [draws, any]."""

    def lens(self, draws: Some, near: Some) -> Lens:
        """Look at some draws from a pivot amid some rows."""
