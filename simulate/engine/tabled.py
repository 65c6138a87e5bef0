"""Scores by tables: an item's points are looked up under its code, in tables that differ between draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.engine.joint import Joint, join
from simulate.engine.scores import FloatKind, Floats, Real, Some, Whole, exact_kind
from simulate.engine.term import Term


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
        for joint in self._joints:
            np.take(joint.table(draw), joint.codes, out=points, mode="clip")
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

    @cached_property
    def _joints(self) -> tuple[Joint, ...]:
        """The terms that draws change, those of few codes looked up together."""
        return join([term for term in self.terms if not term.fixed])

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

    def scores(self, shift: Whole, *, room: float = 0) -> LookUps:
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
        kind = exact_kind(float(sum(most)) + room)
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

    def less(self, step: Whole) -> LookUps:
        """Return the scores less a number in each draw, int64 [draws], within the room for it."""
        return replace(self, start=self.start - step.astype(self.kind))
