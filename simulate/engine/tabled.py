"""Scores by tables: an item's points are looked up under its code, in tables that differ between draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.engine.scores import FloatKind, Floats, Real, Some, Whole, exact_kind

_HALF = 1 << 30
"""Weighted points below it fit 32 bits, also their differences."""


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
        """Return the term of some of the rows."""
        return replace(self, codes=self.codes[rows])

    def condensed(self) -> Term:
        """Return the term without idle codes; codes of the same points in all draws become one."""
        used = np.flatnonzero(np.bincount(self.codes, minlength=self.tables.shape[1]))
        tables, position = np.unique(self.tables[:, used], axis=1, return_inverse=True)
        number = np.zeros(self.tables.shape[1], dtype=np.intp)
        number[used] = position.reshape(-1)
        return replace(self, codes=number[self.codes], tables=tables)

    def some(self, draws: Some) -> Term:
        """Return the term in some of the draws."""
        return replace(self, variant=self.variant[draws], weight=self.weight[draws])

    @cached_property
    def fixed(self) -> bool:
        """Whether all draws have the same table and weight."""
        return bool((self.variant == self.variant[0]).all() and (self.weight == self.weight[0]).all())

    def table(self, draw: int) -> Whole:
        """Return the weighted table of one draw, int64 [codes], in 1/102,400 of a point."""
        table: Whole = self.tables[self.variant[draw]] * np.int64(self.weight[draw])
        return table

    def states(self) -> tuple[NDArray[np.integer], Some]:
        """Return the different weighted tables of the draws, and the one of each draw.

        Returns:
            Integers [codes, states] in 1/102,400 of a point, and intp [draws].

        """
        pairs = self.variant.astype(np.int64) << 32 | self.weight
        different, of_draw = np.unique(pairs, return_inverse=True)
        weight = different & 0xFFFFFFFF
        largest = int(np.abs(self.tables).max(initial=0)) * int(weight.max(initial=0))
        kind: type[np.integer] = np.int32 if largest < _HALF else np.int64
        tables: NDArray[np.integer] = self.tables.T[:, different >> 32].astype(kind)
        return tables * weight.astype(kind), of_draw

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

    def condensed(self) -> Tabled:
        """Return the same scorer with tables as short as can be."""
        return Tabled(tuple(term.condensed() for term in self.terms))

    def some(self, draws: Some) -> Tabled:
        """Return the scorer of some of the draws."""
        return Tabled(tuple(term.some(draws) for term in self.terms))

    def totals(self, draw: int) -> Whole:
        """Return the totals of all rows in one draw, int64 [rows], in 1/102,400 of a point."""
        totals, points = self._fixed.copy(), np.empty_like(self._fixed)
        for term in self.terms:
            if not term.fixed:
                np.take(term.table(draw), term.codes, out=points, mode="clip")
                totals += points
        return totals

    @cached_property
    def _fixed(self) -> Whole:
        """The terms that no draw changes, int64 [rows]."""
        totals = np.zeros(len(self.terms[0].codes), dtype=np.int64)
        for term in self.terms:
            if term.fixed:
                totals += term.table(0).take(term.codes)
        return totals

    def middle(self, draws: Some) -> Real:
        """Return the rows' totals at the mean of some draws, float64 [rows]."""
        totals = np.zeros(len(self.terms[0].codes))
        for term in self.terms:
            totals += term.mean(draws).take(term.codes)
        return totals

    @cached_property
    def coordinates(self) -> Real:
        """How far each draw's tables move the rows apart, float64 [draws, terms]."""
        return np.column_stack([term.coordinate() for term in self.terms])

    def lens(self, draws: Some, near: Some) -> TabledLens:
        """Look at some draws from a pivot amid some rows: the mean of their points, term by term."""
        return TabledLens(tuple(View.of(term.some(draws), term.codes[near]) for term in self.terms))


@dataclass(frozen=True)
class View:
    """One term above the pivot.

    Attributes:
        codes: integers [all rows].
        pivot: int64 [draws].
        above: integers [codes, states].
        state: intp [draws].

    """

    codes: NDArray[np.integer]
    pivot: Whole
    above: NDArray[np.integer]
    state: Some

    @classmethod
    def of(cls, term: Term, near: NDArray[np.integer]) -> View:
        """View a term from the mean of some codes."""
        tables, state = term.states()
        share = np.bincount(near, minlength=len(tables)) / max(1, len(near))
        pivot = np.rint(share @ tables).astype(tables.dtype)
        return cls(term.codes, pivot.astype(np.int64)[state], tables - pivot, state)

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

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.views[0].codes)

    def bounds(self) -> tuple[Real, Real]:
        """Return the least and the most that each row can be above the pivot in any of the draws."""
        low, high = np.zeros(self.rows), np.zeros(self.rows)
        for view in self.views:
            low += view.above.min(axis=1).take(view.codes)
            high += view.above.max(axis=1).take(view.codes)
        return low, high

    def narrowed(self, rows: Some) -> TabledLens:
        """Return the view of some of the rows from the same pivot."""
        return TabledLens(tuple(replace(view, codes=view.codes[rows]) for view in self.views))

    def scores(self, shift: Whole) -> LookUps:
        """Prepare the rows' scores above the pivot and a shift, as sums of look-ups.

        Where most rows have one code, its points go into the shift, and only the other rows are looked up.
        """
        fixed, start, sums = np.zeros((self.rows, 1), dtype=np.int64), -shift, []
        for view in self.views:
            codes = view.codes
            if view.fixed:
                fixed[:, 0] += view.above[:, 0].take(codes)
                continue
            usual = int(np.bincount(codes, minlength=1).argmax())
            unusual = np.flatnonzero(codes != usual)
            above = np.take(view.above, view.state, axis=1)
            if 2 * len(unusual) > self.rows:
                sums.append(LookUp(codes, above))
            else:
                start = start + above[usual]
                sums.append(LookUp(codes[unusual], above - above[usual], unusual))
        most = [np.abs(part).max(initial=0) for part in (fixed, start, *(one.table for one in sums))]
        kind = exact_kind(float(sum(most)))
        return LookUps(fixed.astype(kind), start.astype(kind), tuple(one.cast(kind) for one in sums), kind)


@dataclass(frozen=True)
class LookUp:
    """Add rows of a table to scores.

    Attributes:
        codes: integers [rows added to].
        table: [codes, draws].
        rows: intp, the rows added to, in order; None for all.

    """

    codes: NDArray[np.integer]
    table: NDArray[Any]
    rows: Some | None = None

    def cast(self, kind: FloatKind) -> LookUp:
        """Return the same in a kind of float."""
        return replace(self, table=self.table.astype(kind))

    def add(self, part: slice, out: Floats, room: Floats) -> None:
        """Add to the scores of a part of the rows; *room* is as large as *out*, for what is looked up."""
        if self.rows is None:
            np.take(self.table, self.codes[part], axis=0, out=room, mode="clip")
            np.add(out, room, out=out)
            return
        first, end = np.searchsorted(self.rows, (part.start, part.stop))
        out[self.rows[first:end] - part.start] += self.table[self.codes[first:end]]


@dataclass(frozen=True)
class LookUps:
    """Form blocks of scores as sums of rows of tables, whole numbers that floats add exactly."""

    fixed: Floats
    start: Floats
    sums: tuple[LookUp, ...]
    kind: FloatKind

    def fill(self, part: slice, out: Floats) -> None:
        """Write the scores of a part of the rows, [rows, draws]."""
        np.add(self.fixed[part], self.start, out=out)
        room = np.empty_like(out)
        for one in self.sums:
            one.add(part, out, room)
