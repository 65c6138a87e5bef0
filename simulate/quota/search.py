"""The smallest schedule that meets a target in the years to come, with a stated probability.

Under the same chance a higher quota, in any year, leaves nobody waiting who would not wait under a lower one
(`simulate.queue.admit` says why). So in each replication there is a smallest number of places from which on
the target is met, and halving finds it, in all replications at once. The schedule that meets the target with
probability p is then the quantile p of these numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import bdtrik

from simulate.queue import Presence, admit
from simulate.quota.errors import QuotaError
from simulate.quota.goals import Places, Target
from simulate.quota.schedules import Schedule, check

MOST = 50_000
"""Places a year beyond which no schedule is looked for."""

REDRAWN, SEED = 1_000, 1
"""How often lines are drawn again for an interval, and from which seed."""


@dataclass(frozen=True)
class ScheduleSizing:
    """Say which schedule is the smallest to meet a target.

    Attributes:
        target: what was asked.
        schedule: its places year by year.
        places: the number that was looked for: places every year, or places more each year.
        low: lower end of the 95 % interval that the number of lines and replications leaves open.
        high: its upper end; None where even the most places looked for are not surely enough.
        probability: share of replications in which the schedule meets the target.
        replications: how many there were.

    """

    target: Target
    schedule: Schedule
    places: int
    low: int
    high: int | None
    probability: float
    replications: int


def schedule_table(sizings: Sequence[ScheduleSizing]) -> pl.DataFrame:
    """Return one row an answer.

    Columns: ``target``, ``value``, ``since`` and ``probability`` as asked; ``schedule``, its name; ``places``
    looked for, with ``places_low`` and ``places_high``; ``first`` and ``last``, the places of the first and
    the last year; ``total``, of all years; ``reached``, the share of replications that meet the target.
    """
    rows = [
        (
            *(one.target.quantity, one.target.value, one.target.since, one.target.probability),
            *(one.schedule.name, one.places, one.low, one.high),
            *(one.schedule.places[0], one.schedule.places[-1], sum(one.schedule.places), one.probability),
        )
        for one in sizings
    ]
    whole, share = pl.Int64, pl.Float64
    schema = {
        "target": pl.String,
        "value": share,
        "since": whole,
        "probability": share,
        "schedule": pl.String,
        "places": whole,
        "places_low": whole,
        "places_high": whole,
        "first": whole,
        "last": whole,
        "total": whole,
        "reached": share,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


@dataclass(frozen=True)
class Family:
    """Hold schedules that one number orders: more of it is more places in some years and fewer in none."""

    unit: str
    #: Turns one number a replication into places, [years, replications].
    places: Callable[[Places], Places]
    named: Callable[[int], Schedule]


def constant(years: int) -> Family:
    """Return the schedules of the same places every year."""
    return Family(
        "places a year",
        lambda numbers: np.broadcast_to(numbers, (years, len(numbers))),
        lambda number: Schedule.constant(number, years=years),
    )


def rising(years: int, *, base: int) -> Family:
    """Return the schedules that begin with *base* places and have ever so many more each year."""
    return Family(
        "places more each year",
        lambda numbers: base + np.arange(years)[:, np.newaxis] * numbers,
        lambda number: Schedule.rising(base, number, years=years),
    )


def smallest_constant(
    lines: Sequence[Presence], target: Target, *, most: int = MOST, resolution: int = 1
) -> ScheduleSizing:
    """Find the fewest places, the same every year, that meet a target, among multiples of *resolution*.

    Raises:
        QuotaError: not even *most* places do, the lines cannot be told together, or the target begins after
            their last year.

    """
    return _smallest(lines, target, family=constant(_years(lines, target)), within=(most, resolution))


def smallest_rising(
    lines: Sequence[Presence], target: Target, *, base: int, most: int = MOST, resolution: int = 1
) -> ScheduleSizing:
    """Find the fewest places more each year, from *base* in the first, that meet a target.

    The answer is a multiple of *resolution*.

    Raises:
        QuotaError: not even *most* more each year do, or as `smallest_constant`.

    """
    if base < 0:
        raise QuotaError(f"base = {base}: places are a number of people, 0 or more")
    return _smallest(
        lines, target, family=rising(_years(lines, target), base=base), within=(most, resolution)
    )


def smallest_schedules(
    lines: Sequence[Presence], targets: Sequence[Target], *, base: int, resolution: int = 1
) -> list[ScheduleSizing | None]:
    """Find for each target the smallest constant schedule and the smallest rising one, in this order.

    None stands where no schedule that is looked at meets the target; a rising one cannot where the target
    begins in the first year, whose places are given.

    Raises:
        QuotaError: the lines cannot be told together, or a target begins after their last year.

    """
    found: list[ScheduleSizing | None] = []
    for target in targets:
        _years(lines, target)
        try:
            found.append(smallest_constant(lines, target, resolution=resolution))
        except QuotaError:
            found.append(None)
        try:
            found.append(smallest_rising(lines, target, base=base, resolution=resolution))
        except QuotaError:
            found.append(None)
    return found


def needed(
    line: Presence, target: Target, *, family: Family, within: tuple[int, int], near: Places | None = None
) -> Places:
    """Return for each replication the smallest number whose places meet the target, int64 [replications].

    Args:
        line: a drawn line.
        target: what is to be met.
        family: the schedules among which it is looked for.
        within: the most there is, and the multiples that are looked at; the first multiple above the most
            stands for a target that the most does not meet.
        near: numbers found for another line: both ends are tried first, which saves half the way.

    All replications are halved at once, each between its own bounds, so that the answer hangs on no other.

    """
    most, resolution = within
    missed = np.full(line.replications, -1, dtype=np.int64)
    enough = np.full(line.replications, most // resolution + 1, dtype=np.int64)
    ends = [] if near is None else [int(near.min()) // resolution - 1, int(near.max()) // resolution + 1]
    while (enough - missed > 1).any():
        tried = np.full_like(missed, ends.pop()) if ends else (missed + enough) // 2
        tried = np.clip(tried, np.minimum(missed + 1, enough - 1), enough - 1).clip(0)
        places = family.places(tried * resolution)
        met = target.met(admit(line, places), places)
        open_ = enough - missed > 1
        enough = np.where(met & open_, tried, enough)
        missed = np.where(~met & open_, tried, missed)
    return enough * resolution


def _smallest(
    lines: Sequence[Presence], target: Target, *, family: Family, within: tuple[int, int]
) -> ScheduleSizing:
    most, resolution = within
    if most < 0 or resolution < 1:
        raise QuotaError(f"most = {most}, resolution = {resolution}: at least 0 and 1")
    each: list[Places] = []
    for line in lines:
        near = each[-1] if each else None
        each.append(needed(line, target, family=family, within=within, near=near))
    found = np.sort(np.concatenate(each))
    size = len(found)
    places = _quantile(found, target.probability)
    if places > most:
        met = float((found <= most).mean())
        raise QuotaError(
            f"not even {most} {family.unit} meet a {target.quantity} of at most {target.value:g} "
            f"from {target.since} on with probability {target.probability:g}: "
            f"they do in {100 * met:g} % of the replications; ask for less, for later, or for less certainty"
        )
    low, high = _interval(each, target.probability)
    return ScheduleSizing(
        target,
        family.named(places),
        places,
        low=low,
        high=high if high is not None and high <= most else None,
        probability=float((found <= places).mean()),
        replications=size,
    )


def _quantile(found: Places, probability: float) -> int:
    """Return the smallest number that is enough in at least so large a share of the replications."""
    return int(found[max(0, math.ceil(probability * len(found)) - 1)])


def _interval(each: Sequence[Places], probability: float) -> tuple[int, int | None]:
    """Return the ends of the answer's 95 % interval; None where too few replications bound it above.

    Of one line the order statistics around the answer bound it, whatever the numbers' distribution. Of
    several, whose replications have people and rates in common, lines are drawn again, and replications in
    them.
    """
    if len(each) == 1:
        found, size = np.sort(each[0]), len(each[0])
        below, above = (math.ceil(bdtrik(end, size, probability)) for end in (0.025, 0.975))
        return int(found[max(below - 1, 0)]), int(found[above]) if above < size else None
    random = np.random.default_rng(SEED)
    again = [
        _quantile(
            np.sort(np.concatenate([random.choice(each[line], len(each[line])) for line in drawn])),
            probability,
        )
        for drawn in random.integers(len(each), size=(REDRAWN, len(each)))
    ]
    low, high = np.quantile(again, (0.025, 0.975), method="inverted_cdf")
    return int(low), int(high)


def _years(lines: Sequence[Presence], target: Target) -> int:
    check(lines)
    years = lines[0].line.years
    if target.since > years[-1]:
        raise QuotaError(f"the target begins in {target.since}, and the line ends in {years[-1]}")
    return len(years)
