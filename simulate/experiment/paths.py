"""What a lever may be: the quota, an indicator's weight, or a value of the rulebook by its dotted path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.errors import JifenError
from scoring.nearest import did_you_mean
from scoring.rulebook import INDICATORS, Rulebook
from scoring.rulebook.paths import parameter_at
from scoring.rulebook.schema import Parameter
from scoring.rulebook.values import parse_value
from simulate.engine.draws import HEAVIEST, UNIT
from simulate.experiment.errors import ExperimentError

QUOTA = "quota"
GROWTH = "quota.growth"
"""So many more places in each round than in the one before; over several rounds only."""

WEIGHTS = "weights."
MOST_PLACES = 100_000_000

Target = Literal["quota", "weight", "points", "count", "other"]

_TICKS: dict[Target, int] = {"quota": 1, "weight": UNIT, "points": 100, "count": 1, "other": 1}


@dataclass(frozen=True)
class Path:
    """Say what a lever's path leads to and on which exact grid its values lie."""

    name: str
    target: Target
    parameter: Parameter | None = None

    @property
    def per_unit(self) -> int:
        """The number of grid steps in 1: 1,024 for a weight, 100 for points, 1 for a count."""
        return _TICKS[self.target]

    def check(self, value: int | Decimal) -> None:
        """Refuse a number that the law, or a quota or weight, cannot bear.

        Raises:
            JifenError: it is out of bounds, or off the grid of its kind.

        """
        if self.parameter is not None:
            parse_value(value, self.parameter)
            return
        most = MOST_PLACES if self.target == "quota" else HEAVIEST // UNIT
        least = -most if self.name == GROWTH else 0
        if not least <= value <= most:
            raise ExperimentError(f"{value} is not between {least} and {most}")


def path_of(name: str, rules: Rulebook, rounds: Sequence[int] = ()) -> Path:
    """Return what a lever's path leads to under a rulebook, over several rounds if there are any.

    Raises:
        ExperimentError: no path has that name (the nearest is given), or facts have used its value up.

    """
    places = [QUOTA, *((GROWTH, *quotas(rounds)) if rounds else ())]
    if name in places:
        return Path(name, "quota")
    if name in _weights():
        return Path(name, "weight")
    if name.startswith(f"{QUOTA}.") and not rounds:
        raise ExperimentError(f"{name} is of several rounds, and this experiment is of one: say years")
    _refuse_unknown(name, [*places, *_weights(), *rules], rules)
    return rule_path(name, rules, rounds)


def quotas(rounds: Sequence[int]) -> list[str]:
    """Return the name of each round's own quota."""
    return [f"{QUOTA}.{year}" for year in rounds]


def rule_path(name: str, rules: Rulebook, rounds: Sequence[int] = ()) -> Path:
    """Return what a path of the rulebook leads to; see `path_of`."""
    try:
        parameter = parameter_at(name, rules.award_keys)
    except JifenError as error:
        raise ExperimentError(str(error)) from None
    if parameter.needs_histories and not rounds:
        raise ExperimentError(
            f'{name} is spent when facts are made from histories (needs = "histories"): '
            "on a cohort of facts it can change nothing"
        )
    if parameter.kind == "annex":
        raise ExperimentError(f"{name} names a whole annex; vary the values of its rows")
    target: Target = parameter.kind if parameter.kind in ("points", "count") else "other"
    return Path(name, target, parameter)


def _weights() -> tuple[str, ...]:
    return tuple(f"{WEIGHTS}{indicator}" for indicator in INDICATORS)


def _refuse_unknown(name: str, known: Iterable[str], rules: Rulebook) -> None:
    known = list(known)
    if name in known:
        return
    if inner := [path for path in known if path.startswith(f"{name}.")]:
        raise ExperimentError(f'{name} is no whole path; write one in quotes, like "{inner[0]}"')
    if name == f"{WEIGHTS}study_deduction":
        raise ExperimentError(f"{name}: the study deduction goes with {WEIGHTS}education")
    raise ExperimentError(f"{rules.name} has no value {name!r}{did_you_mean(name, known)}")
