"""The smallest number that meets a target which more places never break, by halving.

Under the same chance a higher quota, in any year, leaves nobody waiting who would not wait under a lower one
(`simulate.queue.admit` says why). So in each replication there is a smallest number from which on the target
is met, and halving finds it, in all replications at once. The schedule that meets the target with probability
p is then the quantile p of these numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrik

from simulate.quota.drawn import Line, Places
from simulate.quota.families import Family
from simulate.quota.goals import Met, Target

REDRAWN, SEED = 1_000, 1
"""How often lines are drawn again for an interval, and from which seed."""

INTERVAL = (0.025, 0.975)


@dataclass(frozen=True)
class Range:
    """Say which numbers are looked at: multiples of ``resolution`` from 0 up to ``most``."""

    most: int
    resolution: int


def met_by(line: Line, target: Target, family: Family, numbers: Places) -> Met:
    """Say in which replications a number of the family, one a replication, meets a target."""
    places = family.places(numbers)
    return target.met(line.lead(places), places, line.years)


def needed(
    line: Line, target: Target, family: Family, within: Range, *, near: Places | None = None
) -> Places:
    """Return for each replication the smallest number whose places meet the target, int64 [replications].

    Args:
        line: a drawn line.
        target: what is to be met; one that more places never break.
        family: the schedules among which it is looked for.
        within: the numbers that are looked at; the first multiple above the most stands for a target that
            the most does not meet.
        near: numbers found for another line: both ends are tried first, which saves half the way.

    All replications are halved at once, each between its own bounds, so that the answer hangs on no other.

    """
    most, resolution = within.most, within.resolution
    missed = np.full(line.replications, -1, dtype=np.int64)
    enough = np.full(line.replications, most // resolution + 1, dtype=np.int64)
    ends = [] if near is None else [int(near.min()) // resolution - 1, int(near.max()) // resolution + 1]
    while (enough - missed > 1).any():
        tried = np.full_like(missed, ends.pop()) if ends else (missed + enough) // 2
        tried = np.clip(tried, np.minimum(missed + 1, enough - 1), enough - 1).clip(0)
        met = met_by(line, target, family, tried * resolution)
        open_ = enough - missed > 1
        enough = np.where(met & open_, tried, enough)
        missed = np.where(~met & open_, tried, missed)
    return enough * resolution


def needed_by_all(lines: Sequence[Line], target: Target, family: Family, within: Range) -> Places:
    """Return the numbers needed in all replications of all lines, one line after the other."""
    each: list[Places] = []
    for line in lines:
        each.append(needed(line, target, family, within, near=each[-1] if each else None))
    return np.concatenate(each)


def quantile(found: Places, probability: float) -> int:
    """Return the smallest number that is enough in at least so large a share of the replications."""
    return int(np.sort(found)[max(0, math.ceil(probability * len(found)) - 1)])


def interval(found: Places, probability: float, drawn: NDArray[np.intp]) -> tuple[int, int | None]:
    """Return the ends of the answer's 95 % interval; None where too few replications bound it above.

    Of replications that have nothing in common the order statistics around the answer bound it, whatever the
    numbers' distribution. Of several sets, whose replications have people and rates in common, sets are drawn
    again, and replications in them.
    """
    if drawn[-1] + 1 == len(drawn):
        below, above = (math.ceil(bdtrik(end, len(found), probability)) for end in INTERVAL)
        ordered = np.sort(found)
        return int(ordered[max(below - 1, 0)]), int(ordered[above]) if above < len(found) else None
    again = [quantile(found[rows], probability) for rows in redrawn(drawn)]
    low, high = np.quantile(again, INTERVAL, method="inverted_cdf")
    return int(low), int(high)


def redrawn(drawn: NDArray[np.intp], *, times: int = REDRAWN) -> list[NDArray[np.intp]]:
    """Return places of replications: sets drawn again, and in each as many of its replications again."""
    random = np.random.default_rng(SEED)
    sizes = np.bincount(drawn)
    chosen = random.integers(len(sizes), size=(times, len(sizes)))
    own = np.repeat(chosen.ravel(), sizes[chosen.ravel()])
    starts = np.cumsum(sizes) - sizes
    rows = starts[own] + (random.random(len(own)) * sizes[own]).astype(np.intp)
    return np.split(rows, np.cumsum(sizes[chosen].sum(axis=1))[:-1])


def probability_interval(met: Met, drawn: NDArray[np.intp]) -> tuple[float, float]:
    """Return the ends of a share's 95 % interval over sets of replications that are drawn again."""
    low, high = np.quantile([met[rows].mean() for rows in redrawn(drawn)], INTERVAL)
    return float(low), float(high)
