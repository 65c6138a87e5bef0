"""Guesses of the cutoffs of draws of rules, from those of pilots that are ranked by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulate.engine.brute import at_rank
from simulate.engine.outcomes import NO_CUTOFF
from simulate.engine.pool import Pool
from simulate.engine.predict import predict
from simulate.engine.scores import Real, Some, Whole
from simulate.engine.tabled import Tabled

_MOST_PILOTS = 160

_NEAR = 2_048
"""Rows near the cutoffs, whose points tell draws apart."""


@dataclass(frozen=True)
class Guesses:
    """Hold where the cutoffs are expected.

    Attributes:
        pilots: intp, the draws that were ranked.
        values: int64 [draws], in 1/102,400 of a point.
        error: how far off they typically are.

    """

    pilots: Some
    values: Whole
    error: float

    @classmethod
    def of(cls, pool: Pool[Tabled], alone: Callable[[Some], Whole]) -> Guesses:
        """Rank as many pilots as what tells draws apart asks for; *alone* gives the cutoffs of some draws."""
        told = _told(pool)
        kinds = np.count_nonzero(np.ptp(told, axis=0))
        count = min(_MOST_PILOTS, len(told) // 3, 16 + int((kinds + 1) * (kinds + 2)))
        pilots = np.linspace(0, len(told) - 1, count).astype(np.intp)
        found = alone(pilots)
        there = found != NO_CUTOFF
        if not there.any():
            return cls(pilots, np.zeros(len(told), dtype=np.int64), 0.0)
        fit = predict(told, pilots[there], found[there].astype(np.float64))
        return cls(pilots, np.rint(fit.values).astype(np.int64), fit.error)


def _told(pool: Pool[Tabled]) -> Real:
    """Return what tells draws apart, float64 [draws, any]: how tables, quotas and conditions move cutoffs."""
    look, draws = pool.scorer.look, np.arange(len(pool.quota))
    middle = look.base.astype(np.float64)
    for joint in look.joints:
        middle += joint.mean(draws).take(joint.codes)
    rank = min(int(pool.quota.mean()), int(pool.size.sum()))
    distance = np.abs(middle - at_rank(np.rint(middle).astype(np.int64), pool.size, max(1, rank)))
    near = np.argpartition(distance, min(_NEAR, len(distance)) - 1)[:_NEAR]
    told = []
    for joint in look.joints:
        share = np.bincount(joint.codes[near], minlength=len(joint)) / len(near)
        for term, codes in joint.parts:
            own = np.bincount(codes, weights=share, minlength=term.tables.shape[1])
            told.append(term.told(own.astype(np.float64)))
    return np.column_stack([*told, pool.quota, pool.presence.coordinates()])
