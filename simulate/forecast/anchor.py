"""Hold a forecast's people to the numbers that are known.

Weights flatter the people they were fitted on: on people drawn anew they give some per cent too many.
How many too many is counted on the rounds that are known, and taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.calibrate.targets import admitted_number, admitted_rounds
from synthetic_data import published
from synthetic_data.population.careers import Careers

Column = NDArray[Any]
Floats = NDArray[np.float64]

POOL_ROUND, POOL_TOTAL = 2020, 9000
"""The pool whose upper part is counted, and from which total on."""
LAST_ROUNDS = 2
"""How many of the last known rounds are counted."""


@dataclass(frozen=True)
class Anchor:
    """Count people of known groups.

    Attributes:
        rows: places of everybody counted, those of two groups twice.
        waited: rounds since they first applied.
        people: how many there were.

    """

    rows: Column
    waited: Column
    people: int

    @classmethod
    def of(cls, careers: Careers, origin: int) -> Anchor:
        """Count the admitted of the last known rounds, and the upper part of the pool of 2020."""
        admitted = admitted_rounds(careers, origin)
        pool = careers.eligible[POOL_ROUND] & (careers.lives.applies_from <= POOL_ROUND)
        pool &= ((admitted == 0) | (admitted >= POOL_ROUND)) & (careers.totals[POOL_ROUND] >= POOL_TOTAL)
        known = published.pool_2020()
        people = int(known.filter(known["total"] == POOL_TOTAL)["applicants_at_or_above"][0])
        groups = {POOL_ROUND: [np.flatnonzero(pool)]}
        for year in range(origin - LAST_ROUNDS + 1, origin + 1):
            groups.setdefault(year, []).append(np.flatnonzero(admitted == year))
            people += admitted_number(year)
        rows = np.concatenate([one for several in groups.values() for one in several])
        rounds = np.concatenate(
            [np.full(one.size, year) for year, several in groups.items() for one in several]
        )
        return cls(rows, np.clip(rounds - careers.ready_from[rows].astype(np.int32), 0, None), people)

    def scale(self, weights: Floats, *, leaves: float) -> float:
        """Return by what weights must be multiplied for the number that is known."""
        return float(self.people / (weights[self.rows] @ (1 - leaves) ** self.waited))
