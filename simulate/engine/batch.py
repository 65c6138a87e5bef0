"""A batch: draws of one kind, each answered by the cheaper of two exact ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine import brute
from simulate.engine.field import Field
from simulate.engine.groups import Groups
from simulate.engine.outcomes import NO_CUTOFF, Outcomes
from simulate.engine.presence import Presence
from simulate.engine.rows import Rows
from simulate.engine.scores import Flags, Floats, Scorer, Some, Whole
from simulate.engine.sweep import sweep

_FEWEST = 48
"""Draws that a sweep pays for: its bounds and pilots cost as much as so many draws by themselves."""


@dataclass(frozen=True)
class Batch:
    """Hold draws whose scores come from one scorer.

    Attributes:
        field: rows and draws; quotas of any size.
        rows: the people of each row.
        groups: their levels.
        baseline: bool [people], who is admitted at the baseline.

    """

    field: Field
    rows: Rows
    groups: Groups
    baseline: Flags

    @classmethod
    def of(
        cls, scorer: Scorer, alike: Some, presence: Presence, quota: Whole, *, groups: Groups, baseline: Flags
    ) -> Batch:
        """Gather people into rows: *scorer* scores people, and those of equal *alike* alike."""
        rows = Rows.of(alike, presence)
        field = Field(scorer.narrowed(rows.example), rows.example, rows.size, rows.steady, presence, quota)
        return cls(field, rows, groups, baseline)

    def run(self) -> Outcomes:
        """Answer every draw."""
        n = len(self.field.quota)
        book = _Book(
            cutoff=np.full(n, NO_CUTOFF, dtype=np.int64),
            tied=np.zeros(n, dtype=np.int64),
            counts=np.zeros((n, len(self.groups.levels) + 2), dtype=np.int64),
            row_counts=np.zeros(len(self.rows) + 1, dtype=np.int64),
        )
        together = self._sweepable()
        if len(together):
            self._sweep(together, book)
        for draw in np.setdiff1d(np.arange(n), together):
            self._brute(int(draw), book)
        return self._outcomes(book)

    def members(self, rows: Some) -> Floats:
        """Count the people of some rows by level, those admitted at the baseline, and all of them."""
        return self.rows.members(rows, self.groups, self.baseline)

    def _sweepable(self) -> Some:
        """Return the draws whose quota is filled by those who are in every pool."""
        steady = int(self.field.size[: self.field.steady].sum())
        fickle = self.field.steady < len(self.rows)
        draws = np.flatnonzero((self.field.quota > 0) & ((self.field.quota <= steady) | (not fickle)))
        return draws if len(draws) >= _FEWEST and steady else draws[:0]

    def _sweep(self, draws: Some, book: _Book) -> None:
        steady = int(self.field.size[: self.field.steady].sum())
        tally = sweep(self.field.some(draws).capped(steady), self.members)
        book.cutoff[draws] = tally.cutoff
        book.tied[draws] = tally.tied
        book.counts[draws] = tally.counts
        book.row_counts[:-1] += tally.row_counts

    def _brute(self, draw: int, book: _Book) -> None:
        book.cutoff[draw], admitted, book.tied[draw] = brute.admit(self.field, draw)
        people = self.rows.people(admitted)
        book.counts[draw, :-2] = self.groups.counts(people)
        book.counts[draw, -2:] = self.baseline[people].sum(), len(people)
        book.row_counts[admitted] += 1

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
