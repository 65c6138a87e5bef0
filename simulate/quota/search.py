"""The smallest schedule that meets a target in the years to come, or the largest that keeps a budget.

A target that more places never break is found by halving, exactly; the mean wait of the admitted and the
people who settle by scanning, as closely as the resolution says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulate.queue import Presence
from simulate.quota.drawn import Line, as_lines, sets
from simulate.quota.errors import QuotaError
from simulate.quota.families import Family, ScheduleSizing, constant, rising
from simulate.quota.goals import Met, Target
from simulate.quota.halving import Range, interval, needed_by_all, probability_interval, quantile
from simulate.quota.scanning import Scan

MOST = 50_000
"""Places a year beyond which no schedule is looked for."""

Lines = Sequence[Line | Presence]


def smallest_constant(
    lines: Lines, target: Target, *, most: int = MOST, resolution: int = 1
) -> ScheduleSizing:
    """Find the fewest places, the same every year, that meet a target, among multiples of *resolution*.

    Raises:
        QuotaError: not even *most* places do, the lines cannot be told together, the target begins after
            their last year, or it is a budget.

    """
    _check_kind(target, budget=False)
    return _found(lines, target, None, Range(most, resolution))


def smallest_rising(
    lines: Lines, target: Target, *, base: int, most: int = MOST, resolution: int = 1
) -> ScheduleSizing:
    """Find the fewest places more each year, from *base* in the first, that meet a target.

    The answer is a multiple of *resolution*.

    Raises:
        QuotaError: not even *most* more each year do, or as `smallest_constant`.

    """
    _check_kind(target, budget=False)
    return _found(lines, target, base, Range(most, resolution))


def largest_constant(
    lines: Lines, target: Target, *, most: int = MOST, resolution: int = 1
) -> ScheduleSizing:
    """Find the most places, the same every year, that keep a budget, among multiples of *resolution*.

    Every number up to the answer that was looked at keeps it with the probability asked for.

    Raises:
        QuotaError: the lines cannot be told together, the budget ends after their last year, or the target
            is none.

    """
    _check_kind(target, budget=True)
    return _found(lines, target, None, Range(most, resolution))


def largest_rising(
    lines: Lines, target: Target, *, base: int, most: int = MOST, resolution: int = 1
) -> ScheduleSizing:
    """Find the most places more each year, from *base* in the first, that keep a budget.

    The answer is a multiple of *resolution*.

    Raises:
        QuotaError: not even the same places every year keep it, or as `largest_constant`.

    """
    _check_kind(target, budget=True)
    return _found(lines, target, base, Range(most, resolution))


def fitting_schedules(
    lines: Lines, targets: Sequence[Target], *, base: int, resolution: int = 1
) -> list[ScheduleSizing | None]:
    """Find for each target a constant schedule and a rising one, in this order.

    The smallest that meet it, or of a budget the largest that keep it. None stands where no schedule that is
    looked at does; a rising one cannot where the target begins in the first year, whose places are given.

    Raises:
        QuotaError: the lines cannot be told together, or a target lies after their last year.

    """
    found: list[ScheduleSizing | None] = []
    drawn = as_lines(lines)
    for target in targets:
        target.check(drawn[0].years)
        for first in (None, base):
            try:
                found.append(_found(drawn, target, first, Range(MOST, resolution)))
            except QuotaError:
                found.append(None)
    return found


def _found(lines: Lines, target: Target, base: int | None, within: Range) -> ScheduleSizing:
    """Find the constant schedule, or the one rising from a base."""
    drawn = as_lines(lines)
    target.check(drawn[0].years)
    years = len(drawn[0].years)
    if base is not None and base < 0:
        raise QuotaError(f"base = {base}: places are a number of people, 0 or more")
    if within.most < 0 or within.resolution < 1:
        raise QuotaError(f"most = {within.most}, resolution = {within.resolution}: at least 0 and 1")
    family = constant(years) if base is None else rising(years, base=base)
    if target.is_monotone:
        return _halved(drawn, target, family, within)
    return _scanned(drawn, target, family, within)


def _halved(lines: Sequence[Line], target: Target, family: Family, within: Range) -> ScheduleSizing:
    found, drawn = needed_by_all(lines, target, family, within), sets(lines)
    places = quantile(found, target.probability)
    if places > within.most:
        raise _out_of_reach(target, family, within, met=found <= within.most)
    low, high = interval(found, target.probability, drawn)
    high = high if high is not None and high <= within.most else None
    return _sizing(lines, target, family, places, ends=(low, high), met=found <= places)


def _scanned(lines: Sequence[Line], target: Target, family: Family, within: Range) -> ScheduleSizing:
    scan = Scan(lines, target, family, within)
    answer = scan.answer()
    if answer is None:
        best = max(scan.met.values(), key=lambda met: float(met.mean()))
        raise _out_of_reach(target, family, within, met=best)
    places, low, high = answer
    ends = low, high if high < within.most // within.resolution * within.resolution else None
    found = _sizing(lines, target, family, places, ends=ends, met=scan.met[places])
    return replace(found, holds_to=scan.holds_to(places))


def _sizing(
    lines: Sequence[Line],
    target: Target,
    family: Family,
    places: int,
    *,
    ends: tuple[int, int | None],
    met: Met,
) -> ScheduleSizing:
    low, high = probability_interval(met, sets(lines))
    return ScheduleSizing(
        target, family.named(places), places, *ends, float(met.mean()), low, high, replications=len(met)
    )


def _out_of_reach(target: Target, family: Family, within: Range, *, met: Met) -> QuotaError:
    asked = f"a {target.quantity} of at most {target.value:g}"
    when = f"up to {target.year}" if target.is_budget else f"from {target.year} on"
    who = (
        f"not even 0 {family.unit} keep" if target.is_budget else f"not even {within.most} {family.unit} meet"
    )
    if not target.is_monotone and not target.is_budget:
        who = f"no number up to {within.most} {family.unit} that was looked at meets"
    return QuotaError(
        f"{who} {asked} {when} with probability {target.probability:g}: "
        f"they do in {100 * float(met.mean()):g} % of the replications; "
        "ask for less, for later, or for less certainty"
    )


def _check_kind(target: Target, *, budget: bool) -> None:
    if target.is_budget != budget:
        which = "largest" if target.is_budget else "smallest"
        raise QuotaError(f"a target of {target.quantity} asks for the {which} schedule")
