"""The field: the rows that a sweep still looks at, in all its draws."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulate.engine.pool import Pool
from simulate.engine.scores import ABSENT, Floats, Some
from simulate.engine.weighted import Lens, Products, Weighted

BLOCK = 1 << 18
"""Scores a block: it stays in the second-level cache."""

_NEAR = 256
"""Rows whose median is a pivot."""


class Field(Pool[Weighted]):
    """Hold rows and draws, quotas from 1 to the people who are in every pool."""

    def condensed(self) -> Field:
        """Return the same field, its scorer in the smallest form, for many looks at it."""
        small = self.scorer.condensed()
        return Field(small, self.example, self.size, self.steady, self.presence, self.quota)

    def lens(self, draws: Some, cutoff: float) -> Lens:
        """Look at some draws from the rows nearest to a cutoff of their mean."""
        distance = np.abs(self.scorer.middle(draws) - cutoff)
        count = min(_NEAR, len(distance))
        near = np.argpartition(distance, count - 1)[:count] if count else np.zeros(0, dtype=np.intp)
        return self.scorer.lens(draws, near)

    def blocks(self, scores: Products, draws: Some) -> Iterator[tuple[slice, Floats]]:
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
