"""What a lever may be: the quota, an indicator's weight, or a value of the rulebook by its dotted path."""

from __future__ import annotations

from collections.abc import Iterable
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
        if not 0 <= value <= most:
            raise ExperimentError(f"{value} is not between 0 and {most}")


def path_of(name: str, rules: Rulebook) -> Path:
    """Return what a lever's path leads to under a rulebook.

    Raises:
        ExperimentError: no path has that name (the nearest is given), or facts have used its value up.

    """
    if name == QUOTA:
        return Path(name, "quota")
    if name in _weights():
        return Path(name, "weight")
    _refuse_unknown(name, [QUOTA, *_weights(), *rules], rules)
    return rule_path(name, rules)


def rule_path(name: str, rules: Rulebook) -> Path:
    """Return what a path of the rulebook leads to; see `path_of`."""
    try:
        parameter = parameter_at(name, rules.award_keys)
    except JifenError as error:
        raise ExperimentError(str(error)) from None
    if parameter.needs_histories:
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
