"""Scores by tables: an item's points are looked up under its code, in tables that differ between draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.engine.scores import FloatKind, Floats, Real, Some, Whole


@dataclass(frozen=True)
class Term:
    """One item of the rulebook in many draws.

    Attributes:
        codes: integers [rows], each row's code.
        tables: integers [variants, codes], hundredths of a point.
        variant: intp [draws], the table of each draw.
        weight: int32 [draws], in 1/1024.

    """

    codes: NDArray[np.integer]
    tables: NDArray[np.integer]
    variant: Some
    weight: NDArray[np.int32]

    def narrowed(self, rows: Some) -> Term:
        """Return the term of some of the rows, with the codes that they have."""
        used, codes = _renumbered(self.codes[rows], self.tables.shape[1])
        return Term(codes, self.tables[:, used], self.variant, self.weight)

    def some(self, draws: Some) -> Term:
        """Return the term in some of the draws."""
        return Term(self.codes, self.tables, self.variant[draws], self.weight[draws])

    @property
    def fixed(self) -> bool:
        """Whether all draws have the same table and weight."""
        return bool((self.variant == self.variant[0]).all() and (self.weight == self.weight[0]).all())

    def table(self, draw: int) -> Whole:
        """Return the weighted table of one draw, int64 [codes], in 1/102,400 of a point."""
        table: Whole = self.tables[self.variant[draw]] * np.int64(self.weight[draw])
        return table

    def weighted(self) -> Whole:
        """Return the weighted tables of all draws, int64 [codes, draws]."""
        tables: Whole = self.tables.T[:, self.variant].astype(np.int64)
        tables *= self.weight
        return tables

    def mean(self, draws: Some) -> Real:
        """Return the mean weighted table of some draws, float64 [codes]."""
        share = np.bincount(self.variant[draws], weights=self.weight[draws], minlength=len(self.tables))
        mean: Real = share @ self.tables / len(draws)
        return mean

    def coordinate(self) -> Real:
        """Return how far each draw's table moves the rows apart, float64 [draws]."""
        frequency = np.bincount(self.codes, minlength=self.tables.shape[1]) / len(self.codes)
        mean = self.mean(np.arange(len(self.variant)))
        apart = mean - frequency @ mean
        scale = np.sqrt(frequency @ apart**2)
        if not scale:
            return np.zeros(len(self.variant))
        moved: Real = (self.tables @ (frequency * apart / scale))[self.variant] * self.weight
        return moved


@dataclass(frozen=True)
class Tabled:
    """Score rows whose codes are fixed and whose tables and weights are drawn."""

    terms: tuple[Term, ...]

    def narrowed(self, rows: Some) -> Tabled:
        """Return the scorer of some of the rows."""
        return Tabled(tuple(term.narrowed(rows) for term in self.terms))

    def some(self, draws: Some) -> Tabled:
        """Return the scorer of some of the draws."""
        return Tabled(tuple(term.some(draws) for term in self.terms))

    def totals(self, draw: int) -> Whole:
        """Return the totals of all rows in one draw, int64 [rows], in 1/102,400 of a point."""
        totals = np.zeros(len(self.terms[0].codes), dtype=np.int64)
        for term in self.terms:
            totals += term.table(draw).take(term.codes)
        return totals

    def middle(self, draws: Some, rows: Some) -> Real:
        """Return the totals of some rows at the mean of some draws, float64 [rows]."""
        totals = np.zeros(len(rows))
        for term in self.terms:
            totals += term.mean(draws).take(term.codes[rows])
        return totals

    @cached_property
    def coordinates(self) -> Real:
        """How far each draw's tables move the rows apart, float64 [draws, terms]."""
        return np.column_stack([term.coordinate() for term in self.terms])

    def lens(self, draws: Some, near: Some) -> TabledLens:
        """Look at some draws from a pivot amid some rows: the mean of their points, term by term."""
        return TabledLens(tuple(_view(term.some(draws), term.codes[near]) for term in self.terms))


@dataclass(frozen=True)
class View:
    """One term above the pivot.

    Attributes:
        codes: integers [all rows].
        pivot: int64 [draws].
        above: int64 [codes, draws], or [codes, 1] where no draw differs from another.

    """

    codes: NDArray[np.integer]
    pivot: Whole
    above: Whole

    @property
    def fixed(self) -> bool:
        """Whether the term is the same in all draws."""
        return bool(self.above.shape[1] == 1)


@dataclass(frozen=True)
class TabledLens:
    """Some draws of tables, seen from a pivot."""

    views: tuple[View, ...]

    def origin(self) -> Whole:
        """Return the pivot's total in each draw, int64 [draws]."""
        totals: Whole = np.sum([view.pivot for view in self.views], axis=0)
        return totals

    def bounds(self, rows: Some) -> tuple[Real, Real]:
        """Return the least and the most that rows can be above the pivot in any of the draws."""
        low, high = np.zeros(len(rows)), np.zeros(len(rows))
        for view in self.views:
            codes = view.codes[rows]
            low += view.above.min(axis=1).take(codes)
            high += view.above.max(axis=1).take(codes)
        return low, high

    def reach(self, rows: Some) -> float:
        """Bound the size of every partial sum of the rows' scores above the pivot."""
        return float(sum(np.abs(view.above).max(initial=0) for view in self.views)) if len(rows) else 0.0

    def scores(self, rows: Some, shift: Whole, kind: FloatKind) -> LookUps:
        """Prepare the scores of rows above the pivot and a shift, as sums of look-ups."""
        fixed: Floats = np.zeros((len(rows), 1), dtype=kind)
        moving: list[tuple[NDArray[np.integer], Floats]] = []
        for view in self.views:
            codes = view.codes[rows]
            if view.fixed:
                fixed[:, 0] += view.above[:, 0].take(codes)
            else:
                moving.append((codes, view.above.astype(kind)))
        below: Floats = np.negative(shift).astype(kind)
        return LookUps(fixed, below, tuple(moving))


@dataclass(frozen=True)
class LookUps:
    """Form blocks of scores as sums of rows of tables, whole numbers that floats add exactly."""

    fixed: Floats
    shift: Floats
    moving: tuple[tuple[NDArray[np.integer], Floats], ...]

    def fill(self, part: slice, out: Floats) -> None:
        """Write the scores of a part of the rows, [rows, draws]."""
        np.add(self.fixed[part], self.shift, out=out)
        looked_up = np.empty_like(out)
        for codes, table in self.moving:
            np.take(table, codes[part], axis=0, out=looked_up, mode="clip")
            np.add(out, looked_up, out=out)


def _view(term: Term, near: NDArray[np.integer]) -> View:
    draws = len(term.variant)
    weighted = (term.some(np.arange(1)) if term.fixed else term).weighted()
    pivot = np.rint(weighted[near].mean(axis=0)).astype(np.int64)
    return View(term.codes, np.broadcast_to(pivot, draws), weighted - pivot)


def _renumbered(codes: NDArray[np.integer], length: int) -> tuple[Some, Some]:
    used = np.flatnonzero(np.bincount(codes, minlength=length))
    number = np.zeros(length, dtype=np.intp)
    number[used] = np.arange(len(used))
    return used, number[codes]
