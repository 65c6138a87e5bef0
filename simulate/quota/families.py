"""Families of schedules that one number orders, and the schedule that was looked for among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from simulate.quota.drawn import Places
from simulate.quota.goals import Target
from simulate.quota.schedules import Schedule


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


@dataclass(frozen=True)
class ScheduleSizing:
    """Say which schedule is the smallest to meet a target, or the largest to keep a budget.

    Attributes:
        target: what was asked.
        schedule: its places year by year.
        places: the number that was looked for: places every year, or places more each year.
        low: lower end of the 95 % interval that the number of lines and replications leaves open.
        high: its upper end; None where the most places looked for may not be enough, or may be too few.
        probability: share of replications in which the schedule meets the target.
        probability_low: lower end of its 95 % interval.
        probability_high: its upper end.
        replications: how many there were.
        holds_to: the most places up to which the target goes on to be met, where more places than these, of
            those that were looked at, miss it again; None where they do not.

    """

    target: Target
    schedule: Schedule
    places: int
    low: int
    high: int | None
    probability: float
    probability_low: float
    probability_high: float
    replications: int
    holds_to: int | None = None


def schedule_table(sizings: Sequence[ScheduleSizing]) -> pl.DataFrame:
    """Return one row an answer.

    Columns: ``target``, ``value``, ``year`` and ``probability`` as asked; ``schedule``, its name; ``places``
    looked for, with ``places_low`` and ``places_high``; ``holds_to``, as `ScheduleSizing`; ``first`` and
    ``last``, the places of the first and the last year; ``total``, of all years; ``reached``, the share of
    replications that meet the target, with ``reached_low`` and ``reached_high``.
    """
    rows = [
        (
            *(one.target.quantity, one.target.value, one.target.year, one.target.probability),
            *(one.schedule.name, one.places, one.low, one.high, one.holds_to),
            *(one.schedule.places[0], one.schedule.places[-1], sum(one.schedule.places)),
            *(one.probability, one.probability_low, one.probability_high),
        )
        for one in sizings
    ]
    whole, share = pl.Int64, pl.Float64
    schema = {
        "target": pl.String,
        "value": share,
        "year": whole,
        "probability": share,
        "schedule": pl.String,
        **dict.fromkeys(("places", "places_low", "places_high", "holds_to"), whole),
        **dict.fromkeys(("first", "last", "total"), whole),
        **dict.fromkeys(("reached", "reached_low", "reached_high"), share),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
