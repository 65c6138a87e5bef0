"""Presence: who is in the pool of a draw, by eligibility and by the share that applies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import numpy as np

from simulate.engine.scores import Flags, Real, Some


@dataclass(frozen=True)
class Condition:
    """One condition of eligibility under some settings of its rules.

    Attributes:
        holds: bool [settings, people].
        setting: intp [draws], the setting of each draw.

    """

    holds: Flags
    setting: Some


@dataclass(frozen=True)
class Presence:
    """Say who is in the pool of which draw: those for whom every condition holds, and who apply.

    Attributes:
        conditions: of eligibility, at least one.
        lots: float64 [people]; a person applies in a draw if the lot is below the draw's share.
        share: float64 [draws], or None when everyone applies.

    """

    conditions: tuple[Condition, ...]
    lots: Real
    share: Real | None

    def some(self, draws: Some) -> Presence:
        """Return the presence in some of the draws."""
        conditions = tuple(Condition(one.holds, one.setting[draws]) for one in self.conditions)
        return Presence(conditions, self.lots, None if self.share is None else self.share[draws])

    def always(self) -> Flags:
        """Say who is in the pool of every draw, bool [people]."""
        eligible = _both(np.logical_and.reduce(one.holds, axis=0) for one in self.conditions)
        return eligible if self.share is None else eligible & (self.lots < self.share.min(initial=1))

    def ever(self) -> Flags:
        """Say who may be in the pool of some draw, bool [people]; nobody else is."""
        eligible = _both(np.logical_or.reduce(one.holds, axis=0) for one in self.conditions)
        return eligible if self.share is None else eligible & (self.lots < self.share.max(initial=0))

    def of(self, people: Some, draws: Some) -> Flags:
        """Say for some people and draws who is in the pool, bool [people, draws]."""
        eligible = _both(one.holds[:, people].T[:, one.setting[draws]] for one in self.conditions)
        return eligible if self.share is None else eligible & (self.lots[people, None] < self.share[draws])

    def coordinates(self) -> Real:
        """Return numbers that tell draws apart, float64 [draws, any]: how many meet each condition."""
        told = [one.holds.sum(axis=1)[one.setting].astype(np.float64) for one in self.conditions]
        return np.column_stack(told if self.share is None else [*told, self.share])


def _both(flags: Iterable[Flags]) -> Flags:
    return reduce(np.logical_and, flags)
