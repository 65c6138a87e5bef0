"""Levers: what policy sets, each over an exact grid of numbers or a list of named choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.errors import JifenError
from scoring.nearest import did_you_mean
from scoring.rulebook import Rulebook
from scoring.rulebook.paths import check_together
from simulate.experiment.errors import ExperimentError
from simulate.experiment.paths import Path, path_of, rule_path
from simulate.experiment.table import Table

Unit = NDArray[np.float64]
"""Points of a design in one dimension, float64 [n] in [0, 1)."""

BASELINE = "baseline"
"""The choice that leaves the rulebook as it is."""

_NUMBER_KEYS = ("low", "high", "step", "kind", "choices")


@dataclass(frozen=True)
class NumberLever:
    """Vary a number over the values ``ticks[k] / per_unit``, each as likely as the others."""

    path: Path
    ticks: Sequence[int] = field(repr=False)
    has_step: bool = False

    @property
    def name(self) -> str:
        """The path."""
        return self.path.name

    @property
    def sets(self) -> frozenset[str]:
        """The paths that the lever moves."""
        return frozenset({self.name})

    def taken(self, points: Unit) -> NDArray[np.int64]:
        """Return the values, in grid steps, that points of a design fall on."""
        positions, ticks = _positions(points, len(self.ticks)), self.ticks
        if isinstance(ticks, range):
            return ticks.start + ticks.step * positions
        return np.asarray(ticks, dtype=np.int64)[positions]

    def column(self, taken: NDArray[np.int64]) -> pl.Series:
        """Return the values as used: places and counts as integers, weights and points as exact floats."""
        per_unit = self.path.per_unit
        return pl.Series(self.name, taken if per_unit == 1 else taken / per_unit)

    def change(self, taken: int) -> Mapping[str, object]:
        """Return what one value changes in the rulebook."""
        return {self.name: Decimal(taken).scaleb(-2) if self.path.target == "points" else taken}


@dataclass(frozen=True)
class ChoiceLever:
    """Vary values of the rulebook together, over named choices; ``bundles[k]`` is what choice *k* changes."""

    path: Path
    choices: tuple[str, ...]
    bundles: tuple[Mapping[str, object], ...] = field(repr=False)

    @property
    def name(self) -> str:
        """The path."""
        return self.path.name

    @property
    def sets(self) -> frozenset[str]:
        """The paths that the lever moves."""
        return frozenset({self.name}).union(*self.bundles)

    @property
    def ticks(self) -> Sequence[int]:
        """The positions of the choices."""
        return range(len(self.choices))

    def taken(self, points: Unit) -> NDArray[np.int64]:
        """Return the positions of the choices that points of a design fall on."""
        return _positions(points, len(self.choices))

    def column(self, taken: NDArray[np.int64]) -> pl.Series:
        """Return the names of the choices."""
        return pl.Series(self.choices, dtype=pl.String).gather(taken).alias(self.name)

    def change(self, taken: int) -> Mapping[str, object]:
        """Return what one choice changes in the rulebook."""
        return self.bundles[taken]


Lever = NumberLever | ChoiceLever


def _positions(points: Unit, count: int) -> NDArray[np.int64]:
    # The product of a float just below 1 may round up to the count itself.
    return np.minimum((points * count).astype(np.int64), count - 1)


def read_levers(
    raw: object, bundles: object, rules: Rulebook, rounds: Sequence[int] = ()
) -> tuple[Lever, ...]:
    """Read the tables ``[levers]`` and ``[choices]``, over several rounds if there are any.

    Raises:
        ExperimentError: an unknown path, key or choice, a range that cannot be, a choice that leaves the
            rulebook invalid, or two levers that move the same value.

    """
    if not isinstance(raw, Mapping):
        raise ExperimentError("levers is no table; write [levers] and below it a line for each lever")
    if not isinstance(bundles, Mapping):
        raise ExperimentError("choices is no table; write [choices.NAME] and below it the values it sets")
    choices = _Choices(bundles, rules, tuple(rounds))
    levers = tuple(_lever(path_of(name, rules, rounds), one, choices) for name, one in raw.items())
    moved: dict[str, str] = {}
    for lever in levers:
        for path in lever.sets:
            if path in moved:
                raise ExperimentError(f"{path} is moved by two levers, {moved[path]} and {lever.name}")
            moved[path] = lever.name
    _refuse_unused(bundles, levers)
    return levers


@dataclass(frozen=True)
class _Choices:
    """Hold the tables ``[choices]``, the rulebook they change, and the rounds if there are several."""

    bundles: Mapping[str, Any]
    rules: Rulebook
    rounds: tuple[int, ...]


def _lever(path: Path, raw: object, choices: _Choices) -> Lever:
    table = Table.of(f"levers: {path.name}", raw, _NUMBER_KEYS)
    if "choices" in table:
        return _choice_lever(path, table, choices)
    if path.target == "other":
        raise ExperimentError(f'levers: {path.name} is no number; write {{ choices = ["baseline", …] }}')
    return number_lever(path, table)


def number_lever(path: Path, table: Table) -> NumberLever:
    """Read a range: ``low`` and ``high``, both included, and ``step`` or ``kind = "integer"``.

    Without a step a range takes every value of its grid: 1/1024 for weights, 0.01 for points, 1 for the rest.
    """
    low, high = (_bound(path, table, key) for key in ("low", "high"))
    if low > high:
        raise table.error("low", f"is above high = {high}")
    step = _step(path, table)
    if step is None:
        return NumberLever(path, range(_ticks(low, path), _ticks(high, path) + 1))
    if (high - low) % step:
        raise table.error("high", f"is not low = {low} and a whole number of steps of {step}")
    if path.target != "weight":
        exact = range(_ticks(low, path), _ticks(high, path) + 1, _ticks(step, path))
        return NumberLever(path, exact, has_step=True)
    steps = range(int((high - low) / step) + 1)
    return NumberLever(path, tuple(_ticks(low + taken * step, path) for taken in steps), has_step=True)


def _bound(path: Path, table: Table, key: str) -> Decimal:
    number = table.number(key)
    if path.per_unit == 1 and number != int(number):
        raise table.error(key, "is no whole number")
    try:
        path.check(int(number) if path.per_unit == 1 else number)
    except JifenError as error:
        raise ExperimentError(f"{table.name}: {key}: {error}") from None
    return number


def _step(path: Path, table: Table) -> Decimal | None:
    kind = table.text("kind") if "kind" in table else None
    if kind not in (None, "integer"):
        raise table.error("kind", 'is unknown; there is kind = "integer"')
    if "step" not in table:
        if path.per_unit == 1:
            return Decimal(1)
        return _integers(table) if kind else None
    step = table.number("step")
    least = Decimal(1) if kind or path.per_unit == 1 else 1 / Decimal(path.per_unit)
    if step < least:
        raise table.error("step", f"is below {least}, the finest there is here")
    if path.target != "weight" and step % least:
        raise table.error("step", f"is no whole number of {least}")
    return step


def _integers(table: Table) -> Decimal:
    for key in ("low", "high"):
        if table.number(key) % 1:
            raise table.error(key, 'is no whole number, as kind = "integer" asks')
    return Decimal(1)


def _ticks(value: Decimal, path: Path) -> int:
    return int((value * path.per_unit).quantize(Decimal(1), ROUND_HALF_UP))


def _choice_lever(path: Path, table: Table, choices: _Choices) -> ChoiceLever:
    if path.parameter is None:
        raise ExperimentError(f"{table.name} takes numbers and no choices; write {{ low = …, high = … }}")
    if others := [key for key in table.values if key != "choices"]:
        raise table.error(others[0], "does not go with choices")
    names = table.names("choices")
    if not names:
        raise table.error("choices", "is empty")
    for name in names:
        if name != BASELINE and name not in choices.bundles:
            hint = did_you_mean(name, [*choices.bundles, BASELINE])
            raise ExperimentError(f"{table.name}: there is no [choices.{name}]{hint}")
    return ChoiceLever(path, names, tuple(_bundle(path, name, choices) for name in names))


def _bundle(path: Path, name: str, choices: _Choices) -> Mapping[str, object]:
    if name == BASELINE:
        return {}
    raw, rules = choices.bundles[name], choices.rules
    if not isinstance(raw, Mapping) or path.name not in raw:
        raise ExperimentError(f'choices.{name} has no value for "{path.name}", the lever that names it')
    try:
        for changed in raw:
            rule_path(changed, rules, choices.rounds)
        rulebook = rules.changed(raw)
        check_together(rulebook.values_by_path)
    except JifenError as error:
        raise ExperimentError(f"choices.{name}: {error}") from None
    return {changed: rulebook[changed] for changed in raw}


def _refuse_unused(bundles: Mapping[str, Any], levers: Sequence[Lever]) -> None:
    used = {name for lever in levers if isinstance(lever, ChoiceLever) for name in lever.choices}
    for name in bundles:
        if name == BASELINE:
            raise ExperimentError("choices.baseline: this name means the rulebook as it is")
        if name not in used:
            raise ExperimentError(f"choices.{name} is named by no lever")
