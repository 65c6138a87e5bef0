"""Pools: rows of people and the draws in which they are ranked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

import numpy as np

from simulate.engine.presence import Presence
from simulate.engine.scores import Flags, Scorer, Some, Whole

AnyScorer = TypeVar("AnyScorer", bound=Scorer)


@dataclass(frozen=True)
class Pool(Generic[AnyScorer]):
    """Hold rows and draws.

    Attributes:
        scorer: gives totals of the rows.
        example: intp [rows], a person of each row.
        size: int64 [rows], people of each row.
        steady: rows before this position are in the pool of every draw.
        presence: who is in the pool of which draw.
        quota: int64 [draws], places.

    """

    scorer: AnyScorer
    example: Some
    size: Whole
    steady: int
    presence: Presence
    quota: Whole

    @property
    def is_steady(self) -> Flags:
        """Which rows are in the pool of every draw, bool [rows]."""
        return np.arange(len(self.size)) < self.steady

    def some(self, draws: Some) -> Self:
        """Return the pool in some of the draws."""
        return replace(
            self,
            scorer=self.scorer.some(draws),
            presence=self.presence.some(draws),
            quota=self.quota[draws],
        )

    def capped(self, people: int) -> Self:
        """Return the pool with no quota above a number of people."""
        return replace(self, quota=np.minimum(self.quota, people))

    def narrowed(self, rows: Some) -> Self:
        """Return some of the rows, which are given in order."""
        return replace(
            self,
            scorer=self.scorer.narrowed(rows),
            example=self.example[rows],
            size=self.size[rows],
            steady=int(np.searchsorted(rows, self.steady)),
        )
