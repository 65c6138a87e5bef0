"""What a sweep needs to know of scores: they come from weights (`weighted`) or from tables (`tabled`)."""

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

EXACT = {np.float32: 2.0**23, np.float64: 2.0**52}
"""Bounds of whole numbers whose sums a kind of float holds exactly."""

ABSENT = {kind: -bound for kind, bound in EXACT.items()}
"""The score of whoever is not in the pool: below every score that such a float holds exactly."""


class Scores(Protocol):
    """Scores of some rows in some draws, formed block by block."""

    def fill(self, part: slice, out: Floats) -> None:
        """Write the scores of a part of the rows, [rows, draws]; whole numbers, exact."""


class Lens(Protocol):
    """Some draws, seen from a pivot that stands near the cutoff.

    What moves all totals alike falls away, so that bounds over many draws are tight and numbers small.
    """

    def origin(self) -> Whole:
        """Return the pivot's total in each draw, int64 [draws]."""

    def bounds(self, rows: Some) -> tuple[Real, Real]:
        """Return the least and the most that rows can be above the pivot in any of the draws."""

    def reach(self, rows: Some) -> float:
        """Bound the size of every partial sum of the rows' scores above the pivot."""

    def scores(self, rows: Some, shift: Whole, kind: FloatKind) -> Scores:
        """Prepare the scores of rows above the pivot and a shift, int64 [draws], in floats of a kind."""


class Scorer(Protocol):
    """Totals of rows in draws, in 1/102,400 of a point."""

    def narrowed(self, rows: Some) -> Self:
        """Return the scorer of some of the rows."""

    def some(self, draws: Some) -> Self:
        """Return the scorer of some of the draws."""

    def totals(self, draw: int) -> Whole:
        """Return the totals of all rows in one draw, int64 [rows]."""

    def middle(self, draws: Some, rows: Some) -> Real:
        """Return the totals of some rows at the mean of some draws, float64 [rows]."""

    @property
    def coordinates(self) -> Real:
        """Numbers that tell draws apart by how far they move rows apart, float64 [draws, any]."""

    def lens(self, draws: Some, near: Some) -> Lens:
        """Look at some draws from a pivot amid some rows."""
