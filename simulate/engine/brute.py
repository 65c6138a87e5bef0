"""One draw by itself, over all rows: no bounds and no prediction, and exact by counting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.engine.pool import Pool
from simulate.engine.scores import Flags, Some, Whole


@dataclass(frozen=True)
class Cut:
    """Hold where the places end in one draw.

    Attributes:
        cutoff: the total of the last who is admitted, in 1/102,400 of a point.
        admitted: intp, the rows at or above it, in order.
        tied: people at it.

    """

    cutoff: int
    admitted: Some
    tied: int


def admit(pool: Pool[Any], draw: int) -> Cut | None:
    """Admit people in one draw; None where there are no places or nobody in the pool.

    A quota above the pool admits everyone in it.
    """
    totals, size = ranked(pool, draw)
    places = min(int(pool.quota[draw]), int(size.sum()))
    if not places:
        return None
    if pool.steady == len(size):
        return cut(totals, size, places)
    there = np.flatnonzero(size)
    found = cut(totals[there], size[there], places)
    return replace(found, admitted=there[found.admitted])


def ranked(pool: Pool[Any], draw: int) -> tuple[NDArray[np.integer], Whole]:
    """Return the rows' totals in one draw, and how many people of each are in its pool, integers [rows]."""
    totals: NDArray[np.integer] = pool.scorer.totals(draw)
    present = _present(pool, draw)
    return totals, pool.size if present is None else pool.size * present


def _present(pool: Pool[Any], draw: int) -> Flags | None:
    if pool.steady == len(pool.size):
        return None
    present = np.ones(len(pool.size), dtype=bool)
    fickle = pool.example[pool.steady :]
    present[pool.steady :] = pool.presence.of(fickle, np.array([draw]))[:, 0]
    return present


def at_rank(totals: NDArray[np.integer], size: Whole, rank: int) -> int:
    """Return the total that the person at a rank has, highest first.

    Args:
        totals: integers [rows].
        size: int64 [rows], people of each row, 0 where none of them is in the pool.
        rank: from 1 to the number of people.

    """
    there = np.flatnonzero(size)
    return cut(totals[there], size[there], rank).cutoff


def cut(totals: NDArray[np.integer], size: Whole, rank: int) -> Cut:
    """Find the total that the person at a rank has, who has as much, and who just that.

    So many rows as the rank hold at least so many people: only those from the last of them up are told apart.

    Args:
        totals: integers [rows].
        size: int64 [rows], people of each row, at least one.
        rank: from 1 to the number of people.

    """
    place = max(0, len(totals) - rank)
    top = np.flatnonzero(totals >= np.partition(totals, place)[place])
    highest, people = totals[top], size[top]
    everyone = np.repeat(highest, people)
    place = len(everyone) - rank
    cutoff = np.partition(everyone, place)[place]
    return Cut(int(cutoff), top[highest >= cutoff], int(people[highest == cutoff].sum()))
