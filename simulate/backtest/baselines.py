"""Simple rules to beat: a trend line, and everybody a suburban owner on the pool of 2020."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulate.backtest.actual import RANKS
from synthetic_data import published
from synthetic_data.population.careers import cutoffs

QUOTA = 6000
OUTSIDERS = 0.21
"""Share of each year's admitted who come from outside the last pool, fitted on 2021 and 2022."""
POOL_ROUND = 2020
_YEARS_TO_CAP = 4
"""From four points in the round of 2020 at two a year: the twelve points of the cap are reached in 2024."""

Rule = Callable[[int, int], dict[str, float]]


def trend(origin: int, year: int) -> dict[str, float]:
    """Return the cutoff on the straight line through the cutoffs up to the origin."""
    known = cutoffs(origin)
    slope, level = np.polyfit(list(known), [cutoff / 100 for cutoff in known.values()], 1)
    return {"cutoff": float(level + slope * year)}


def suburban_owner(origin: int, year: int) -> dict[str, float]:
    """Return totals if everybody of the pool of 2020 gains six a year until the area cap, then four."""
    del origin
    return _from_pool(year, outsiders=0.0)


def with_outsiders(origin: int, year: int) -> dict[str, float]:
    """Return the same if a share of each year's admitted comes from outside the pool."""
    del origin
    return _from_pool(year, outsiders=OUTSIDERS)


RULES: dict[str, Rule] = {
    "trend": trend,
    "suburban_owner": suburban_owner,
    "with_outsiders": with_outsiders,
}


def _from_pool(year: int, *, outsiders: float) -> dict[str, float]:
    """Go down the pool of 2020 by the places of the years since, and add what everybody gained."""
    since = year - POOL_ROUND
    gain = 6 * min(since, _YEARS_TO_CAP) + 4 * max(since - _YEARS_TO_CAP, 0)
    gone = QUOTA + (since - 1) * QUOTA * (1 - outsiders)

    def total(rank: int) -> float:
        return _pool_total(gone + rank * (1 - outsiders)) + gain

    return {"cutoff": total(QUOTA), **{f"rank {rank}": total(rank) for rank in RANKS}}


def _pool_total(place: float) -> float:
    pool = published.pool_2020().sort("applicants_at_or_above")
    return float(np.interp(place, pool["applicants_at_or_above"], pool["total"] / 100))
