"""Rates: the numbers of a rulebook that give points, each on its exact grid of hundredths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring import Rulebook
from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from scoring.rulebook.paths import parameter_at
from scoring.rulebook.values import Step

_ROUNDING = "rounding."
"""What items are rounded to is kept as points, and is no rate."""


@dataclass(frozen=True)
class Rate:
    """Name one number, with the least and the most that the law can bear while all others stay.

    Attributes:
        name: the path, for a step of a ladder with the step behind it, like ``age.ladder[<=45]``.
        path: the path alone.
        baseline: hundredths of a point.
        low: hundredths.
        high: hundredths.
        steps: the ladder, if it is one.
        step: the position in the ladder.

    """

    name: str
    path: str
    baseline: int
    low: int
    high: int
    steps: tuple[Step, ...] = ()
    step: int = 0

    @property
    def sides(self) -> tuple[tuple[str, int], ...]:
        """Both sides of the baseline, with the law's own bound on each."""
        return (("down", self.low), ("up", self.high))

    def change(self, hundredths: int) -> Mapping[str, object]:
        """Return what a rulebook must change for the rate to be so many hundredths."""
        points = Decimal(hundredths).scaleb(-2)
        if not self.steps:
            return {self.path: points}
        steps = list(self.steps)
        steps[self.step] = replace(steps[self.step], points=points)
        return {self.path: tuple(steps)}


def rates_of(rules: Rulebook) -> tuple[Rate, ...]:
    """Return every rate of a rulebook, in the rulebook's order."""
    return tuple(_rates(rules))


def chosen(rates: Sequence[Rate], names: Sequence[str] | None) -> tuple[Rate, ...]:
    """Return the rates of some names, in the order asked for; all of them if none are named.

    Raises:
        UnknownName: no rate has that name; the message names the nearest.

    """
    by_name = {rate.name: rate for rate in rates}
    for name in names or ():
        if name not in by_name:
            raise UnknownName(f"no rate is called {name!r}{did_you_mean(name, by_name)}")
    return tuple(rates) if names is None else tuple(by_name[name] for name in names)


def _rates(rules: Rulebook) -> Iterator[Rate]:
    for path in rules:
        parameter = parameter_at(path, rules.award_keys)
        if parameter.needs_histories or path.startswith(_ROUNDING):
            continue
        low, high = (int((bound or 0) * 100) for bound in (parameter.low, parameter.high))
        if parameter.kind == "points":
            yield Rate(path, path, rules.points(path), low, high)
        elif parameter.kind == "ladder":
            yield from _steps(path, rules.ladder(path), (low, high), falling=parameter.falling)


def _steps(path: str, steps: tuple[Step, ...], bounds: tuple[int, int], *, falling: bool) -> Iterator[Rate]:
    """Yield each step of a ladder; where the ladder may not rise, a step lies between its neighbours."""
    points = [int(step.points * 100) for step in steps]
    for position, step in enumerate(steps):
        least, most = bounds
        if falling:
            least = points[position + 1] if position + 1 < len(steps) else least
            most = points[position - 1] if position else most
        where = f"<={step.up_to}" if step.up_to is not None else f">{step.over}"
        yield Rate(f"{path}[{where}]", path, points[position], least, most, steps, position)
