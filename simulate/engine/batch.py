"""A batch: draws of one kind, each answered by the cheaper of two exact ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine import brute
from simulate.engine.families import rank
from simulate.engine.field import Field
from simulate.engine.groups import Groups
from simulate.engine.outcomes import NO_CUTOFF, Outcomes
from simulate.engine.pool import Pool
from simulate.engine.presence import Presence
from simulate.engine.rows import Kinds, Rows
from simulate.engine.scores import Flags, Floats, Some, Whole
from simulate.engine.sweep import sweep
from simulate.engine.tabled import Tabled
from simulate.engine.weighted import Weighted

_FEWEST = 48
"""Draws that a sweep pays for: its bounds and pilots cost as much as so many draws by themselves."""


@dataclass(frozen=True)
class Batch:
    """Hold draws whose scores come from one scorer.

    Attributes:
        pool: rows and draws; quotas of any size.
        rows: the people of each row.
        groups: their levels.
        baseline: bool [people], who is admitted at the baseline.

    """

    pool: Field | Pool[Tabled]
    rows: Rows
    groups: Groups
    baseline: Flags

    @classmethod
    def of(
        cls,
        scorer: Tabled | Weighted,
        kinds: Kinds,
        presence: Presence,
        quota: Whole,
        *,
        groups: Groups,
        baseline: Flags,
    ) -> Batch:
        """Gather people into rows: *scorer* scores people, and those of one kind alike."""
        rows = kinds.rows(presence)
        place = rows.example, rows.size, rows.steady, presence, quota
        if isinstance(scorer, Tabled):
            return cls(Pool(scorer.narrowed(rows.example), *place), rows, groups, baseline)
        return cls(Field(scorer.narrowed(rows.example), *place), rows, groups, baseline)

    def run(self) -> Outcomes:
        """Answer every draw."""
        n = len(self.pool.quota)
        book = _Book(
            cutoff=np.full(n, NO_CUTOFF, dtype=np.int64),
            tied=np.zeros(n, dtype=np.int64),
            counts=np.zeros((n, len(self.groups.levels) + 2), dtype=np.int64),
            row_counts=np.zeros(len(self.rows) + 1, dtype=np.int64),
        )
        pool = self.pool
        alone = self._sweep(pool, book) if isinstance(pool, Field) else self._rank(pool, book)
        for draw in alone:
            self._brute(int(draw), book)
        return self._outcomes(book)

    def members(self, rows: Some) -> Floats:
        """Count the people of some rows by level, those admitted at the baseline, and all of them."""
        return self.rows.members(rows, self.groups, self.baseline)

    def _sweep(self, field: Field, book: _Book) -> Some:
        """Sweep the draws whose quota is filled by those who are in every pool; return the others."""
        every, steady = np.arange(len(field.quota)), int(field.size[: field.steady].sum())
        fickle = field.steady < len(self.rows)
        draws = np.flatnonzero((field.quota > 0) & ((field.quota <= steady) | (not fickle)))
        if len(draws) < _FEWEST or not steady:
            return every
        tally = sweep(field.some(draws).capped(steady), self.members)
        book.cutoff[draws] = tally.cutoff
        book.tied[draws] = tally.tied
        book.counts[draws] = tally.counts
        book.row_counts[:-1] += tally.row_counts
        return np.setdiff1d(every, draws)

    def _rank(self, pool: Pool[Tabled], book: _Book) -> Some:
        """Rank draws in families, some of them by themselves first; return those that are left."""
        draws = np.flatnonzero(pool.quota > 0)
        if len(draws) < _FEWEST or not len(self.rows):
            return np.arange(len(pool.quota))

        def alone(some: Some) -> Whole:
            for draw in draws[some]:
                self._brute(int(draw), book)
            return book.cutoff[draws[some]]

        every = len(draws) == len(pool.quota)
        ranked = rank(pool if every else pool.some(draws), self.members, alone)
        book.cutoff[draws[ranked.draws]] = ranked.cutoff
        book.tied[draws[ranked.draws]] = ranked.tied
        book.counts[draws[ranked.draws]] = ranked.counts
        book.row_counts[:-1] += ranked.row_counts
        return np.concatenate([np.flatnonzero(pool.quota == 0), draws[ranked.left]])

    def _brute(self, draw: int, book: _Book) -> None:
        found = brute.admit(self.pool, draw)
        if found is None:
            return
        book.cutoff[draw], book.tied[draw] = found.cutoff, found.tied
        people = self.rows.people(found.admitted)
        book.counts[draw, :-2] = self.groups.counts(people)
        book.counts[draw, -2:] = self.baseline[people].sum(), len(people)
        book.row_counts[found.admitted] += 1

    def _outcomes(self, book: _Book) -> Outcomes:
        admitted, stayed = book.counts[:, -1], book.counts[:, -2]
        return Outcomes(
            cutoff_exact=book.cutoff,
            admitted=admitted,
            tied=book.tied,
            entered=admitted - stayed,
            left=int(self.baseline.sum()) - stayed,
            group_counts=book.counts[:, :-2].astype(np.int32),
            levels=self.groups.levels,
            person_counts=book.row_counts[self.rows.of_person].astype(np.int32),
        )


@dataclass(frozen=True)
class _Book:
    cutoff: Whole
    tied: Whole
    counts: Whole
    row_counts: Whole
