"""The population's parameters: one TOML file, each number with unit, meaning, range and what it rests on."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.errors import JifenError, UnknownName
from scoring.nearest import did_you_mean

Number = float | tuple[float, ...]

_KEYS = {"value", "low", "high", "unit", "meaning", "basis"}


class ParameterError(JifenError):
    """Refuse a parameter that is out of its range or no number."""


@dataclass(frozen=True)
class Parameter:
    """Hold one parameter: its value, or several weights, each within its range, and where it comes from."""

    path: str
    value: Number
    low: float
    high: float
    unit: str
    meaning: str
    basis: str

    def with_value(self, value: Any) -> Parameter:
        """Return the parameter with another value.

        Raises:
            ParameterError: the value is no number within the range, or not as many as there are.

        """
        several = isinstance(self.value, tuple)
        numbers = tuple(float(one) for one in value) if several else (float(value),)
        if several and len(numbers) != len(np.atleast_1d(self.value)):
            raise ParameterError(f"{self.path}: {len(np.atleast_1d(self.value))} weights are needed")
        for one in numbers:
            if not (math.isfinite(one) and self.low <= one <= self.high):
                raise ParameterError(
                    f"{self.path} = {one:g} lies outside {self.low:g} to {self.high:g} {self.unit}"
                )
        return replace(self, value=numbers if several else numbers[0])


@dataclass(frozen=True)
class Parameters(Mapping[str, Parameter]):
    """Hold the parameters by dotted path, like ``home.buys``; a variant is a new value of the whole.

    >>> parameters = Parameters.load().with_values({"home.buys": 0.5})
    >>> parameters.number("home.buys")
    0.5
    """

    by_path: Mapping[str, Parameter] = field(repr=False)

    @classmethod
    def load(cls, path: str | Path | None = None) -> Parameters:
        """Load the parameters that come with jifen, or those of a file like it.

        Raises:
            ParameterError: a parameter lacks a key or is out of its range.

        """
        return _load(Path(path) if path else Path(__file__).parent / "population.toml")

    def __getitem__(self, path: str) -> Parameter:
        if path not in self.by_path:
            raise UnknownName(f"no parameter is called {path!r}{did_you_mean(path, self.by_path)}")
        return self.by_path[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_path)

    def __len__(self) -> int:
        return len(self.by_path)

    def number(self, path: str) -> float:
        """Return the value of a parameter that is one number."""
        value = self[path].value
        if isinstance(value, tuple):
            raise ParameterError(f"{path} is a list of weights")
        return value

    def weights(self, path: str) -> NDArray[np.float64]:
        """Return a list of weights, scaled to add up to 1."""
        weights = np.array(self[path].value, np.float64)
        if weights.ndim != 1 or not weights.sum() > 0:
            raise ParameterError(f"{path} is no list of weights of which one is above 0")
        return np.asarray(weights / weights.sum())

    def with_values(self, values: Mapping[str, Any]) -> Parameters:
        """Return the parameters with other values at some paths.

        Raises:
            UnknownName: no parameter has that path.
            ParameterError: a value is out of its range.

        """
        changed = {path: self[path].with_value(value) for path, value in values.items()}
        return Parameters({**self.by_path, **changed})


@cache
def _load(path: Path) -> Parameters:
    tables = tomllib.loads(path.read_text("utf-8"))
    found = {}
    for table, names in tables.items():
        for name, raw in names.items():
            where = f"{table}.{name}"
            if raw.keys() != _KEYS:
                raise ParameterError(f"{path}: {where} needs exactly {', '.join(sorted(_KEYS))}")
            value = tuple(raw["value"]) if isinstance(raw["value"], list) else raw["value"]
            found[where] = Parameter(where, **{**raw, "value": value}).with_value(value)
    return Parameters(found)
