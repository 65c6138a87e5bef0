"""Targets as they are written down, and those that are usual when nobody writes any.

``cutoff:95, backlog:100000, rounds:15, population:12000, rate:sex=female:0.05`` asks of one round;
``cutoff:112:2026, backlog:90000:2028, mean_waited:3:2026, population:90000:2030`` of the years to come, from
the year on that stands last, or up to it for the people who settle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from simulate.quota.curve import QuotaCurve
from simulate.quota.errors import QuotaError
from simulate.quota.goals import Target
from simulate.quota.resampling import REPLICATES, SEED
from simulate.quota.targets import (
    Sizing,
    quota_for_backlog,
    quota_for_clearing,
    quota_for_cutoff,
    quota_for_population,
    quota_for_rate,
)
from simulate.quota.uptake import Uptake, moving

KINDS = ("cutoff", "rate", "backlog", "rounds", "population")
EXAMPLE = "cutoff:95, backlog:100000, rounds:15, population:12000, rate:sex=female:0.05"


@dataclass(frozen=True)
class Asked:
    """Hold one target of a round; ``group`` and ``level`` say whose rate it is."""

    kind: str
    value: str
    group: str = ""
    level: str = ""


def read_asked(text: str) -> list[Asked]:
    """Read targets of one round.

    Raises:
        UnknownName: a kind of target that there is not.
        QuotaError: one that is not written as it must be.

    """
    return [_read(part.strip()) for part in text.split(",") if part.strip()]


def usual(curve: QuotaCurve, *, quota: int) -> list[Asked]:
    """Return the targets that a sizing usually asks about, from what a quota gives now.

    One and two points off the cutoff; a quarter fewer rounds to take in all who are left over; and, where the
    cohort knows children, a tenth more people who settle.
    """
    cutoff, admitted = curve.cutoff(quota), curve.admitted(quota)
    if cutoff is None or admitted == curve.eligible:
        return []
    lowest = Decimal(int(curve.totals[-1])).scaleb(-2)
    found = [Asked("cutoff", str(cutoff - less)) for less in (1, 2) if cutoff - less >= lowest]
    found.append(Asked("rounds", str(max(1, math.floor(0.75 * (curve.eligible - admitted) / quota)))))
    if curve.children is not None:
        people = float(moving(curve, Uptake())[curve.steps([quota])][0])
        found.append(Asked("population", str(_round(1.1 * people))))
    return found


def around(quota: int, *, eligible: int) -> list[int]:
    """Return quotas from half to twice a quota, about ten at even steps, and the quota itself."""
    step = even(quota / 6)
    quotas = {step * number for number in range(1, 2 * quota // step + 1) if 2 * step * number >= quota}
    return sorted(one for one in quotas | {quota} if 0 < one <= eligible)


def few(quotas: Sequence[int], *, quota: int) -> list[int]:
    """Return four of some quotas, or fewer: the ends, the present one, and one midway from it to the last."""
    above = [one for one in quotas if one > quota]
    chosen = {*quotas[:1], *quotas[-1:], *above[(len(above) - 1) // 2 :][:1], *({quota} & set(quotas))}
    return sorted(chosen)


def usual_schedules(quota: int) -> list[str]:
    """Return the schedules that are usually compared: as now, a twelfth more each year, a third more."""
    return [str(quota), f"{quota}+{even(quota / 12)}", str(quota + even(quota / 3))]


def size(
    curve: QuotaCurve,
    asked: Sequence[Asked],
    uptake: Uptake,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> list[Sizing]:
    """Find the quota for each target; see `simulate.quota.targets`."""
    return [_sized(curve, one, uptake, replicates, seed=seed) for one in asked]


def read_targets(text: str, *, probability: float) -> list[Target]:
    """Read targets of the years to come.

    Raises:
        UnknownName: a quantity that there is not.
        QuotaError: one that is not written as it must be.

    """
    found = []
    for part in (part.strip() for part in text.split(",") if part.strip()):
        try:
            quantity, most, when = part.split(":")
            value, year = float(most), int(when)
        except ValueError:
            raise QuotaError(f"target {part!r}: write QUANTITY:VALUE:YEAR, like cutoff:112:2026") from None
        found.append(Target(quantity, value, year, probability))
    return found


def usual_targets(paths: pl.DataFrame, *, schedule: str, probability: float) -> list[Target]:
    """Return targets that a schedule itself suggests, by where `simulate.quota.compare` says it leads.

    That from the middle year on the cutoff, the mean wait and the number left over stay within what the
    schedule leads to in the last year, in the middle of what may happen: with a high probability that takes
    more places. And that at most a tenth more people settle up to the last year.
    """
    medians = paths.filter(pl.col("schedule") == schedule).pivot(on="quantity", index="year", values="median")
    years, last = medians["year"].to_list(), medians.row(-1, named=True)
    middle = years[len(years) // 2]
    halves = {name: last[name] and math.ceil(last[name] * 2) / 2 for name in ("cutoff", "mean_waited")}
    wanted = [
        ("cutoff", halves["cutoff"], middle),
        ("backlog", _round(last["backlog"]), middle),
        ("mean_waited", halves["mean_waited"], middle),
        ("population", _round(1.1 * last["population_so_far"]), years[-1]),
    ]
    return [Target(quantity, most, year, probability) for quantity, most, year in wanted if most]


def _read(part: str) -> Asked:
    kind, *rest = part.split(":")
    if kind not in KINDS:
        raise UnknownName(f"target {part!r}: no such kind{did_you_mean(kind, KINDS)} ({EXAMPLE})")
    group, equals, level = ":".join(rest[:-1]).partition("=")
    try:
        float(rest[-1])
    except (IndexError, ValueError):
        raise QuotaError(f"target {part!r}: write it like one of {EXAMPLE}") from None
    if bool(equals) != (kind == "rate") or (group and not equals):
        raise QuotaError(f"target {part!r}: write it like one of {EXAMPLE}")
    return Asked(kind, rest[-1], group, level)


def _sized(curve: QuotaCurve, asked: Asked, uptake: Uptake, replicates: int, *, seed: int) -> Sizing:
    value = asked.value
    if asked.kind == "cutoff":
        return quota_for_cutoff(curve, value, replicates=replicates, seed=seed)
    number = float(value)
    if asked.kind == "rate":
        group, level = asked.group, asked.level
        return quota_for_rate(curve, group, level, rate=number, replicates=replicates, seed=seed)
    if asked.kind == "backlog":
        return quota_for_backlog(curve, int(number), replicates=replicates, seed=seed)
    if asked.kind == "rounds":
        return quota_for_clearing(curve, number, replicates=replicates, seed=seed)
    return quota_for_population(curve, number, uptake, replicates=replicates, seed=seed)


def _round(people: float) -> int:
    """Round to two leading digits, as targets are set."""
    if people < 1:
        return 0
    unit = 10 ** max(0, math.floor(math.log10(people)) - 1)
    return int(round(people / unit) * unit)


def even(number: float) -> int:
    """Round to 1, 2 or 5 times a power of ten, at least 1."""
    if number < 1:
        return 1
    unit = 10 ** math.floor(math.log10(number))
    return int(unit * min((1, 2, 5, 10), key=lambda times: abs(times * unit - number)))
