"""Scores by weights: columns of points, each multiplied by its weight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.engine.scores import FloatKind, Floats, Real, Some, Whole, exact_kind


@dataclass(frozen=True)
class Weighted:
    """Score rows whose points are fixed and whose weights are drawn.

    Attributes:
        columns: float64 [rows, indicators], whole hundredths of a point.
        weights: int32 [draws, indicators], in 1/1024.

    """

    columns: Real
    weights: NDArray[np.int32]

    def narrowed(self, rows: Some) -> Weighted:
        """Return the scorer of some of the rows."""
        return Weighted(self.columns[rows], self.weights)

    def some(self, draws: Some) -> Weighted:
        """Return the scorer of some of the draws."""
        return Weighted(self.columns, self.weights[draws])

    def totals(self, draw: int) -> Whole:
        """Return the totals of all rows in one draw, int64 [rows], in 1/102,400 of a point."""
        exact: Real = self.columns @ self.weights[draw].astype(np.float64)
        return exact.astype(np.int64)

    def middle(self, draws: Some) -> Real:
        """Return the rows' totals at the mean of some draws, float64 [rows]."""
        totals: Real = self.columns @ self.weights[draws].mean(axis=0)
        return totals

    @cached_property
    def coordinates(self) -> Real:
        """How far each draw's weights move the rows apart, float64 [draws, indicators]."""
        spread: Real = self.columns.std(axis=0)
        return self.weights * spread

    def lens(self, draws: Some, near: Some) -> WeightedLens:
        """Look at some draws from a pivot amid some rows: their median, in whole hundredths.

        Most rows then have the pivot's points where few have any, and are bounded tightly.
        """
        return WeightedLens(self.columns, self.weights[draws], np.rint(np.median(self.columns[near], axis=0)))


@dataclass(frozen=True)
class WeightedLens:
    """Some draws of weights, seen from a pivot: float64 [indicators], whole hundredths of each indicator."""

    columns: Real
    weights: NDArray[np.int32]
    pivot: Real

    def origin(self) -> Whole:
        """Return the pivot's total in each draw, int64 [draws]."""
        totals: Real = self.weights @ self.pivot
        return totals.astype(np.int64)

    @cached_property
    def above(self) -> Real:
        """How far the rows' points are above the pivot's, float64 [rows, indicators]."""
        return self.columns - self.pivot

    def bounds(self) -> tuple[Real, Real]:
        """Return the least and the most that each row can be above the pivot in any of the draws.

        Interval arithmetic over the box of the weights: halves of whole numbers, so that nothing is rounded.
        """
        low, high = self.weights.min(axis=0).astype(np.float64), self.weights.max(axis=0).astype(np.float64)
        middle = self.above @ ((low + high) / 2)
        radius = np.abs(self.above) @ ((high - low) / 2)
        return middle - radius, middle + radius

    def narrowed(self, rows: Some) -> WeightedLens:
        """Return the view of some of the rows from the same pivot."""
        return replace(self, columns=self.columns[rows])

    def scores(self, shift: Whole, *, room: float = 0) -> Products:
        """Prepare the rows' scores above the pivot and a shift, as one product with two constants.

        What all the draws have in common, the scores at the middle of their weights, is added as one number a
        row: what is left to multiply is small, so that a float32 holds nearly every sum on the way.
        """
        middle, common = (self.weights.min(axis=0) + self.weights.max(axis=0)) // 2, int(shift.mean())
        weights, shift = self.weights - middle, shift - common
        start = self.above @ middle - common
        most = np.abs(start) + np.abs(self.above) @ np.abs(weights).max(axis=0)
        kind = exact_kind(float(most.max(initial=0) + np.abs(shift).max()) + room)
        factors = np.column_stack([self.above, start, np.ones(len(start))])
        own = np.vstack([weights.T, np.ones(len(shift)), -shift])
        return Products(factors.astype(kind), own.astype(kind), kind)


@dataclass(frozen=True)
class Products:
    """Form blocks of scores as products of whole numbers: rows by indicators, indicators by draws."""

    factors: Floats
    weights: Floats
    kind: FloatKind

    def fill(self, part: slice, out: Floats) -> None:
        """Write the scores of a part of the rows, [rows, draws]."""
        np.matmul(self.factors[part], self.weights, out=out)

    def less(self, step: Whole) -> Products:
        """Return the scores less a number in each draw, int64 [draws], within the room for it."""
        weights = self.weights.copy()
        weights[-1] -= step.astype(self.kind)
        return replace(self, weights=weights)
