"""Scores by weights: nine columns of points, each multiplied by its weight."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.engine.scores import FloatKind, Floats, Real, Some, Whole, exact_kind


@dataclass(frozen=True)
class Weighted:
    """Score rows whose points are fixed and whose weights are drawn.

    Attributes:
        columns: int32 [rows, 9], hundredths of a point, one column an indicator.
        weights: int32 [draws, 9], in 1/1024.

    """

    columns: NDArray[np.int32]
    weights: NDArray[np.int32]

    @cached_property
    def real(self) -> Real:
        """The columns as float64, of which products are fast; sums of them are exact."""
        return self.columns.astype(np.float64)

    def narrowed(self, rows: Some) -> Weighted:
        """Return the scorer of some of the rows."""
        return Weighted(self.columns[rows], self.weights)

    def condensed(self) -> Weighted:
        """Return this scorer, which has nothing to spare."""
        return self

    def some(self, draws: Some) -> Weighted:
        """Return the scorer of some of the draws."""
        return Weighted(self.columns, self.weights[draws])

    def totals(self, draw: int) -> Whole:
        """Return the totals of all rows in one draw, int64 [rows], in 1/102,400 of a point."""
        exact: Real = self.real @ self.weights[draw].astype(np.float64)
        return exact.astype(np.int64)

    def middle(self, draws: Some, rows: Some) -> Real:
        """Return the totals of some rows at the mean of some draws, float64 [rows]."""
        totals: Real = self.real[rows] @ self.weights[draws].mean(axis=0)
        return totals

    @cached_property
    def coordinates(self) -> Real:
        """How far each draw's weights move the rows apart, float64 [draws, 9]."""
        spread: Real = self.real.std(axis=0)
        return self.weights * spread

    def lens(self, draws: Some, near: Some) -> WeightedLens:
        """Look at some draws from a pivot amid some rows: their mean, in whole hundredths."""
        return WeightedLens(self.real, self.weights[draws], np.rint(self.real[near].mean(axis=0)))


@dataclass(frozen=True)
class WeightedLens:
    """Some draws of weights, seen from a pivot: float64 [9], whole hundredths of each indicator."""

    columns: Real
    weights: NDArray[np.int32]
    pivot: Real

    def origin(self) -> Whole:
        """Return the pivot's total in each draw, int64 [draws]."""
        totals: Real = self.weights @ self.pivot
        return totals.astype(np.int64)

    def bounds(self, rows: Some) -> tuple[Real, Real]:
        """Return the least and the most that rows can be above the pivot in any of the draws.

        Interval arithmetic over the box of the weights: halves of whole numbers, so that nothing is rounded.
        """
        low, high = self.weights.min(axis=0).astype(np.float64), self.weights.max(axis=0).astype(np.float64)
        above = self.columns[rows] - self.pivot
        middle = above @ ((low + high) / 2)
        radius = np.abs(above, out=above) @ ((high - low) / 2)
        return middle - radius, middle + radius

    def scores(self, rows: Some, shift: Whole) -> Products:
        """Prepare the scores of rows above the pivot and a shift, as one product with a constant."""
        above = self.columns[rows] - self.pivot
        most = np.abs(above).max(axis=0, initial=0) @ self.weights.max(axis=0)
        kind = exact_kind(float(most + np.abs(shift).max()))
        factors = np.ones((above.shape[0], above.shape[1] + 1), dtype=kind)
        factors[:, :-1] = above
        return Products(factors, np.vstack([self.weights.T, -shift]).astype(kind), kind)


@dataclass(frozen=True)
class Products:
    """Form blocks of scores as products of whole numbers, [rows, 10] by [10, draws]."""

    factors: Floats
    weights: Floats
    kind: FloatKind

    def fill(self, part: slice, out: Floats) -> None:
        """Write the scores of a part of the rows, [rows, draws]."""
        np.matmul(self.factors[part], self.weights, out=out)
