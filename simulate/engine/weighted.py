"""Scores by weights: columns of points, each multiplied by its weight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.engine.scores import FloatKind, Floats, Real, Some, Whole, exact_kind

_SLACK = 2.0**-22
"""Four times what a float32 rounds: more, a term, than two sums of products err by."""


@dataclass(frozen=True)
class Weighted:
    """Score rows whose points are fixed and whose weights are drawn.

    Attributes:
        columns: float32 or float64 [indicators, rows], whole hundredths of a point.
        weights: int32 [draws, indicators], in 1/1024.

    """

    columns: Floats
    weights: NDArray[np.int32]

    def narrowed(self, rows: Some) -> Weighted:
        """Return the scorer of some of the rows."""
        return Weighted(self.columns.take(rows, axis=1), self.weights)

    def condensed(self) -> Weighted:
        """Return this scorer in the smallest float that holds its points."""
        kind = exact_kind(float(np.abs(self.columns).max(initial=0)))
        return Weighted(self.columns.astype(kind), self.weights)

    def some(self, draws: Some) -> Weighted:
        """Return the scorer of some of the draws."""
        return Weighted(self.columns, self.weights[draws])

    def totals(self, draw: int) -> Whole:
        """Return the totals of all rows in one draw, int64 [rows], in 1/102,400 of a point."""
        exact: Real = self.weights[draw].astype(np.float64) @ self.columns
        return exact.astype(np.int64)

    def middle(self, draws: Some) -> Floats:
        """Return about the rows' totals at the mean of some draws, [rows]."""
        totals: Floats = self.weights[draws].mean(axis=0).astype(self.columns.dtype) @ self.columns
        return totals

    @cached_property
    def coordinates(self) -> Real:
        """How far each draw's weights move the rows apart, float64 [draws, indicators]."""
        spread: Real = self.columns.std(axis=1, dtype=np.float64)
        return self.weights * spread

    def lens(self, draws: Some, near: Some) -> Lens:
        """Look at some draws from a pivot amid some rows: their median, in whole hundredths.

        Most rows then have the pivot's points where few have any, and are bounded tightly.
        """
        middle = len(near) // 2
        pivot = np.sort(self.columns.take(near, axis=1), axis=1)[:, middle : middle + 1].sum(axis=1)
        return Lens(self.columns, self.weights[draws], pivot)


@dataclass(frozen=True)
class Lens:
    """Some draws of weights, seen from a pivot that stands near the cutoff.

    What moves all totals alike falls away, so that bounds over many draws are tight and numbers small.

    Attributes:
        columns: as the scorer's.
        weights: of these draws.
        pivot: [indicators], whole hundredths of a point.

    """

    columns: Floats
    weights: NDArray[np.int32]
    pivot: Floats

    def origin(self) -> Whole:
        """Return the pivot's total in each draw, int64 [draws]."""
        totals: Real = self.weights.astype(np.float64) @ self.pivot
        return totals.astype(np.int64)

    @cached_property
    def above(self) -> Floats:
        """How far the rows' points are above the pivot's, [indicators, rows]."""
        return self.columns - self.pivot[:, None]

    def bounds(self) -> tuple[Floats, Floats]:
        """Return numbers below the least and above the most that each row can be above the pivot in a draw.

        Interval arithmetic over the box of the weights, with slack for what floats round.
        """
        low, high = self.weights.min(axis=0), self.weights.max(axis=0)
        size = np.abs(self.above)
        slack = _SLACK * (1 + len(size)) * float(size.max(axis=1, initial=0) @ high.astype(np.float64))
        kind = self.columns.dtype
        middle = ((low + high) / 2).astype(kind) @ self.above
        radius = ((high - low) / 2).astype(kind) @ size + kind.type(slack)
        return middle - radius, middle + radius

    def narrowed(self, rows: Some) -> Lens:
        """Return the view of some of the rows from the same pivot."""
        return replace(self, columns=self.columns.take(rows, axis=1))

    def scores(self, shift: Whole, *, room: float = 0) -> Products:
        """Prepare the rows' scores above the pivot and a shift, as one product with two constants.

        What all the draws have in common, the scores at the middle of their weights, is added as one number a
        row: what is left to multiply is small, so that a float32 holds nearly every sum on the way.
        """
        middle, common = (self.weights.min(axis=0) + self.weights.max(axis=0)) // 2, int(shift.mean())
        weights, shift = self.weights - middle, shift - common
        start = middle @ self.above.astype(np.float64) - common
        most = np.abs(start) + np.abs(weights).max(axis=0) @ np.abs(self.above)
        rounded = 1 + _SLACK * (1 + len(self.above))
        kind = exact_kind(rounded * float(most.max(initial=0)) + float(np.abs(shift).max()) + room)
        factors = np.empty((len(self.above) + 2, len(start)), dtype=kind)
        factors[:-2], factors[-2], factors[-1] = self.above, start, 1
        own = np.column_stack([weights, np.ones(len(shift)), -shift])
        return Products(factors.T, np.ascontiguousarray(own.T, dtype=kind), kind)


@dataclass(frozen=True)
class Products:
    """Form blocks of scores as products of whole numbers: rows by indicators, indicators by draws."""

    factors: Floats
    weights: Floats
    kind: FloatKind

    def fill(self, part: slice, out: Floats) -> None:
        """Write the scores of a part of the rows, [rows, draws]."""
        np.matmul(self.factors[part], self.weights, out=out)
