"""The field: the rows that a sweep still looks at, in all its draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulate.engine.presence import Presence
from simulate.engine.scores import ABSENT, Flags, Floats, Lens, Scorer, Scores, Some, Whole

BLOCK = 1 << 18
"""Scores a block: it stays in the second-level cache."""

_NEAR = 256
"""Rows whose mean is a pivot."""


@dataclass(frozen=True)
class Field:
    """Hold rows and draws.

    Attributes:
        scorer: gives totals of the rows.
        example: intp [rows], a person of each row.
        size: int64 [rows], people of each row.
        steady: rows before this position are in the pool of every draw.
        presence: who is in the pool of which draw.
        quota: int64 [draws], from 1 to the people who are in every pool.

    """

    scorer: Scorer
    example: Some
    size: Whole
    steady: int
    presence: Presence
    quota: Whole

    @property
    def is_steady(self) -> Flags:
        """Which rows are in the pool of every draw, bool [rows]."""
        return np.arange(len(self.size)) < self.steady

    def some(self, draws: Some) -> Field:
        """Return the field of some of the draws."""
        return replace(
            self,
            scorer=self.scorer.some(draws),
            presence=self.presence.some(draws),
            quota=self.quota[draws],
        )

    def capped(self, people: int) -> Field:
        """Return the field with no quota above a number of people."""
        return replace(self, quota=np.minimum(self.quota, people))

    def narrowed(self, rows: Some) -> Field:
        """Return the field of some of the rows, which are given in order."""
        return Field(
            self.scorer.narrowed(rows),
            self.example[rows],
            self.size[rows],
            int(np.searchsorted(rows, self.steady)),
            self.presence,
            self.quota,
        )

    def condensed(self) -> Field:
        """Return the same field, its scorer in the smallest form, for many looks at it."""
        return replace(self, scorer=self.scorer.condensed())

    def lens(self, draws: Some, cutoff: float) -> Lens:
        """Look at some draws from the rows nearest to a cutoff of their mean."""
        distance = np.abs(self.scorer.middle(draws) - cutoff)
        count = min(_NEAR, len(distance))
        near = np.argpartition(distance, count - 1)[:count] if count else np.zeros(0, dtype=np.intp)
        return self.scorer.lens(draws, near)

    def blocks(self, scores: Scores, draws: Some) -> Iterator[tuple[slice, Floats]]:
        """Yield scores part by part, [rows, draws]; a block may be overwritten and holds until the next."""
        rows, height = len(self.size), max(1, BLOCK // max(1, len(draws)))
        buffer = np.empty(min(rows, height) * len(draws), dtype=scores.kind)
        for start in range(0, rows, height):
            part = slice(start, min(start + height, rows))
            block = buffer[: (part.stop - start) * len(draws)].reshape(-1, len(draws))
            scores.fill(part, block)
            fickle = max(start, self.steady)
            if fickle < part.stop:
                present = self.presence.of(self.example[fickle : part.stop], draws)
                np.copyto(block[fickle - start :], scores.kind(ABSENT[scores.kind]), where=~present)
            yield part, block
