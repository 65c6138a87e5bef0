"""The field: the rows that a sweep still looks at, in all its draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulate.engine.presence import Presence
from simulate.engine.scores import ABSENT, Floats, Lens, Real, Scorer, Scores, Some, Whole

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
        """Return the field of some of the rows, which are given in order, for many looks at them."""
        return Field(
            self.scorer.narrowed(rows).condensed(),
            self.example[rows],
            self.size[rows],
            int(np.searchsorted(rows, self.steady)),
            self.presence,
            self.quota,
        )

    def lens(self, draws: Some, rows: Some, cutoff: float) -> tuple[Lens, Real]:
        """Look at some draws from the rows nearest to a cutoff of their mean.

        Returns:
            The lens, and how far rows are from the cutoff there, float64 [rows].

        """
        distance = np.abs(self.scorer.middle(draws, rows) - cutoff)
        count = min(_NEAR, len(rows))
        near = np.argpartition(distance, count - 1)[:count] if count else np.zeros(0, dtype=np.intp)
        return self.scorer.lens(draws, rows[near]), distance

    def blocks(self, scores: Scores, rows: Some, draws: Some) -> Iterator[tuple[slice, Floats]]:
        """Yield scores part by part, [rows, draws]; a block may be overwritten and holds until the next."""
        height = max(1, BLOCK // max(1, len(draws)))
        buffer = np.empty(height * len(draws), dtype=scores.kind)
        for start in range(0, len(rows), height):
            part = slice(start, min(start + height, len(rows)))
            block = buffer[: (part.stop - start) * len(draws)].reshape(-1, len(draws))
            scores.fill(part, block)
            own = rows[part]
            if own[-1] >= self.steady:
                fickle = int(np.searchsorted(own, self.steady))
                present = self.presence.of(self.example[own[fickle:]], draws)
                np.copyto(block[fickle:], scores.kind(ABSENT[scores.kind]), where=~present)
            yield part, block
