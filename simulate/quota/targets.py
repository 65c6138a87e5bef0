"""The inverse questions: which quota meets a target, over one round.

Each answer is exact on the pool as it stands: with one place fewer the target is missed (or, for a budget,
with one more it is). The interval says how far the answer would move on another pool from the same
population.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import numpy as np
import polars as pl

from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from simulate.quota.curve import NOBODY, Counts, GroupSteps, QuotaCurve
from simulate.quota.errors import QuotaError
from simulate.quota.resampling import REPLICATES, SEED, interval, resampled
from simulate.quota.uptake import Uptake, moving, pools_drawn


@dataclass(frozen=True)
class Sizing:
    """Say which quota meets a target, and what it gives.

    Attributes:
        target: what was asked, in words of the question: ``cutoff``, ``admission_rate``, ``backlog``,
            ``clearing`` or ``population``.
        value: the target's value: points, a share, people, or rounds.
        quota: places.
        cutoff: points at that quota; None where nobody is admitted.
        admitted: people, everyone tied at the cutoff included.
        quota_low: lower end of the 95 % interval of the quota over resampled pools.
        quota_high: its upper end.
        cutoff_low: lower end of that of the cutoff at that quota; None where nobody is admitted.
        cutoff_high: its upper end.
        admitted_low: lower end of that of the admitted at that quota.
        admitted_high: its upper end.
        of: whose rate it is, like ``sex = female``; empty elsewhere.

    """

    target: str
    value: Decimal | float | int
    quota: int
    cutoff: Decimal | None
    admitted: int
    quota_low: int
    quota_high: int
    cutoff_low: Decimal | None
    cutoff_high: Decimal | None
    admitted_low: int
    admitted_high: int
    of: str = ""


def sizing_table(sizings: Sequence[Sizing]) -> pl.DataFrame:
    """Return one row an answer, with the columns of `Sizing`; the value of a target is a plain number."""
    whole, points = pl.Int64(), pl.Decimal(12, 2)
    kinds: dict[str, pl.DataType] = {"target": pl.String(), "of": pl.String(), "value": pl.Float64()}
    for name, kind in (("quota", whole), ("cutoff", points), ("admitted", whole)):
        kinds |= dict.fromkeys((name, f"{name}_low", f"{name}_high"), kind)
    columns = {
        name: [float(one.value) if name == "value" else getattr(one, name) for one in sizings]
        for name in kinds
    }
    return pl.DataFrame(columns, schema=kinds)


def quota_for_cutoff(
    curve: QuotaCurve, cutoff: Decimal | float | str, *, replicates: int = REPLICATES, seed: int = SEED
) -> Sizing:
    """Find the smallest quota whose cutoff is at or below *cutoff* points.

    Raises:
        QuotaError: nobody in the pool has so few points, or *cutoff* is no number of hundredths.

    """
    asked = _points(cutoff)
    step = int(np.searchsorted(-curve.totals, -int(asked * 100)))
    if step == len(curve.totals):
        if not curve.eligible:
            raise QuotaError("no quota has a cutoff: nobody is eligible")
        lowest = Decimal(int(curve.totals[-1])).scaleb(-2)
        raise QuotaError(f"no quota brings the cutoff to {asked}: the lowest total of the pool is {lowest}")
    pools = resampled(curve, replicates=replicates, seed=seed)
    others = ((reached[0], _least(reached[0], step)) for reached in pools)
    return _sizing(curve, "cutoff", asked, quota=_least(curve.reached, step), others=others)


def quota_for_rate(
    curve: QuotaCurve,
    group: str,
    level: str | None,
    *,
    rate: float,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Sizing:
    """Find the smallest quota at which a level's admission rate is at least *rate*, a share from 0 to 1.

    Raises:
        UnknownName: the curve was not counted by that group, or the group has no such level in the pool.
        QuotaError: *rate* is no share.

    """
    if not 0 <= rate <= 1:
        raise QuotaError(f"an admission rate of {rate:g}: a rate is a share of the level's pool, from 0 to 1")
    of_level = _level(curve, group, level)
    quota = _least_for(curve.reached, of_level, _needed(rate, int(of_level[-1])))
    split = GroupSteps(("level", "others"), np.stack([of_level, curve.reached - of_level]))
    others = (
        (everybody, _least_for(everybody, of_level, _needed(rate, int(of_level[-1]))))
        for of_level, everybody in (
            (reached[0], reached.sum(axis=0))
            for reached in resampled(curve, by=split, replicates=replicates, seed=seed)
        )
    )
    found = _sizing(curve, "admission_rate", rate, quota=quota, others=others)
    return replace(found, of=f"{group} = {level}")


def quota_for_backlog(
    curve: QuotaCurve, backlog: int, *, replicates: int = REPLICATES, seed: int = SEED
) -> Sizing:
    """Find the smallest quota that leaves at most *backlog* eligible applicants over.

    The pool's size is held, so that only ties move the answer between replicates; how many enter the pool in
    later years is a question for a schedule.

    Raises:
        QuotaError: *backlog* is below 0.

    """
    if backlog < 0:
        raise QuotaError(f"a backlog of {backlog}: it is a number of people, 0 or more")
    needed = max(0, curve.eligible - backlog)
    quota = _least_for(curve.reached, curve.reached, needed)
    pools = resampled(curve, replicates=replicates, seed=seed)
    others = ((reached[0], _least_for(reached[0], reached[0], needed)) for reached in pools)
    return _sizing(curve, "backlog", backlog, quota=quota, others=others)


def quota_for_clearing(
    curve: QuotaCurve, rounds: float, *, replicates: int = REPLICATES, seed: int = SEED
) -> Sizing:
    """Find the smallest quota of which *rounds* more would take in everybody left over.

    That is the waiting time of a line that nobody joins or leaves; schedules over years ask the line itself.

    Raises:
        QuotaError: *rounds* is below 0.

    """
    if not rounds >= 0:
        raise QuotaError(f"{rounds:g} rounds to clear the pool: a number of 0 or more is needed")
    quota = _least_clearing(curve.reached, rounds)
    pools = resampled(curve, replicates=replicates, seed=seed)
    others = ((reached[0], _least_clearing(reached[0], rounds)) for reached in pools)
    return _sizing(curve, "clearing", rounds, quota=quota, others=others)


def quota_for_population(
    curve: QuotaCurve,
    budget: float,
    uptake: Uptake,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Sizing:
    """Find the largest quota that settles at most *budget* people, minor children included.

    The quota is the one at the likeliest rates; its interval resamples the pool and draws the rates.

    Raises:
        QuotaError: *budget* is below 0, or nothing says how many children there are.

    """
    if not budget >= 0:
        raise QuotaError(f"a budget of {budget:g} people: it is 0 or more")
    quota = _most(curve.reached, np.searchsorted(moving(curve, uptake), budget, side="right"))
    others = (
        (pool.reached, _most(pool.reached, np.searchsorted(pool.people, budget, side="right")))
        for pool in pools_drawn(curve, uptake, replicates=replicates, seed=seed)
    )
    return _sizing(curve, "population", budget, quota=quota, others=others)


def _sizing(
    curve: QuotaCurve,
    target: str,
    value: Decimal | float,
    *,
    quota: int,
    others: Iterable[tuple[Counts, int]],
) -> Sizing:
    """Say what a quota gives; of each other pool come the people reaching each total, and its own answer."""
    answers, steps, admitted = [], [], []
    for reached, answer in others:
        (step,) = QuotaCurve(curve.totals, reached).steps([quota])
        answers.append(answer)
        steps.append(step)
        admitted.append(0 if step == NOBODY else int(reached[step]))
    # A later step is a lower total.
    last, first = interval(np.array(steps))
    return Sizing(
        target,
        value,
        quota,
        curve.cutoff(quota),
        curve.admitted(quota),
        *interval(np.array(answers)),
        _total(curve, first),
        _total(curve, last),
        *interval(np.array(admitted)),
    )


def _total(curve: QuotaCurve, step: int) -> Decimal | None:
    return None if step == NOBODY else Decimal(int(curve.totals[step])).scaleb(-2)


def _points(points: Decimal | float | str) -> Decimal:
    try:
        asked = Decimal(str(points))
    except InvalidOperation:
        asked = Decimal("NaN")
    if not asked.is_finite() or asked * 100 != (asked * 100).to_integral_value():
        raise QuotaError(f"a cutoff of {points!r}: it is a number of points with at most two decimals")
    return asked


def _level(curve: QuotaCurve, group: str, level: str | None) -> Counts:
    """Return the eligible of a level at or above each total."""
    if group not in curve.groups:
        hint = did_you_mean(group, curve.groups)
        raise UnknownName(f"the curve was not counted by {group!r}{hint}")
    levels = curve.groups[group].levels
    if level not in levels:
        known = ", ".join(str(one) for one in levels)
        hint = did_you_mean(str(level), [one for one in levels if one is not None])
        raise UnknownName(f"nobody in the pool has {group} = {level!r}{hint} (there are {known})")
    counts: Counts = curve.groups[group].reached[levels.index(level)]
    return counts


def _needed(rate: float, pool: int) -> int:
    """Return the fewest of a pool who are a share of at least *rate*, as the rate is told: by division."""
    needed = max(0, int(rate * pool) - 1)
    while pool and needed / pool < rate:
        needed += 1
    return needed


def _least(reached: Counts, step: int) -> int:
    """Return the smallest quota whose cutoff lies at a step or below: one more than the people above it."""
    above = int(reached[step - 1]) if step else 0
    return min(above + 1, int(reached[-1]))


def _least_for(reached: Counts, counted: Counts, needed: int) -> int:
    """Return the smallest quota at which at least *needed* of those counted are admitted."""
    return 0 if needed <= 0 else _least(reached, int(np.searchsorted(counted, needed)))


def _least_clearing(reached: Counts, rounds: float) -> int:
    """Return the smallest quota whose backlog is at most so many times itself.

    At one step of the curve the backlog stays while the quota grows, so each step has a smallest quota of its
    own, if that is still on the step.
    """
    if not len(reached) or not reached[-1]:
        return 0
    backlog = reached[-1] - reached
    first = np.concatenate([[0], reached[:-1]]) + 1
    own = np.ceil(np.round(backlog / rounds, 9)) if rounds else np.where(backlog > 0, np.inf, 0.0)
    quotas = np.maximum(own, first)
    return int(quotas[np.argmax(quotas <= reached)])


def _most(reached: Counts, steps: np.intp) -> int:
    """Return the largest quota that admits no more than the first so many steps."""
    return int(reached[steps - 1]) if steps else 0
