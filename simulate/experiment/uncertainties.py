"""Uncertainties: what policy does not set, drawn from a distribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

from scoring.nearest import did_you_mean
from simulate.experiment.errors import ExperimentError
from simulate.experiment.table import Table
from simulate.experiment.years.population import POPULATION, parameter_of, parted, varied

SHARE = "applicants.share"
"""Of the people, those who apply: in this round, or at all in any of several."""

MEMBER = f"{POPULATION}member"
"""Which member of the calibrated ensemble the people are those of."""

_KEYS: dict[str, tuple[str, ...]] = {
    "beta": ("a", "b"),
    "uniform": ("low", "high"),
    "normal": ("mean", "sd", "low", "high"),
    "triangular": ("low", "mode", "high"),
}
_OPTIONAL = {"normal": ("low", "high")}

# Values are used to six decimals, so that the last bit of a quantile, which hangs on the processor,
# never shows.
_DECIMALS = 6
_HALF_CELL = 2.0**-31


@dataclass(frozen=True)
class Range:
    """Say between which values something lies, and whose range that is."""

    low: float
    high: float
    told: str

    @classmethod
    def of(cls, name: str, *, several: bool) -> Range:
        """Return the range of an uncertainty.

        Raises:
            ExperimentError: nothing uncertain has that name, or only where several years are run.

        """
        if name == SHARE:
            return cls(0.0, 1.0, "and a share of the people is")
        if not name.startswith(POPULATION):
            hint = did_you_mean(name, [SHARE, *(varied() if several else ())])
            raise ExperimentError(f"no uncertainty is called {name!r}{hint or f'; there is {SHARE}'}")
        if not several:
            raise ExperimentError(
                f"{name} is uncertain over several years, and this experiment is of one round: "
                "say years, how many rounds from this one on"
            )
        parameter = parameter_of(name)
        return cls(parameter.low, parameter.high, f"the range of this {parameter.unit}")


@dataclass(frozen=True)
class Uncertainty:
    """Draw a value within a range from a distribution of `scipy.stats`, the normal one truncated."""

    name: str
    dist: str
    parameters: Mapping[str, float]
    low: float = 0.0
    high: float = 1.0

    def values(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the quantiles at points of a design, float64 [n], to six decimals.

        A design's point stands for a small cell, so that 0 is not the end of the distribution.
        """
        values = self._quantiles(np.clip(points, _HALF_CELL, 1 - _HALF_CELL))
        return np.clip(np.round(values, _DECIMALS), self.low, self.high)

    def column(self, values: NDArray[np.float64]) -> pl.Series:
        """Return the values as used."""
        return pl.Series(self.name, values)

    def _quantiles(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        given = self.parameters
        if self.dist == "beta":
            return np.asarray(stats.beta.ppf(points, given["a"], given["b"]))
        low, width = given["low"], given["high"] - given["low"]
        if self.dist == "uniform" or not width:
            return low + width * points
        if self.dist == "triangular":
            return np.asarray(stats.triang.ppf(points, (given["mode"] - low) / width, loc=low, scale=width))
        ends = ((given[end] - given["mean"]) / given["sd"] for end in ("low", "high"))
        return np.asarray(stats.truncnorm.ppf(points, *ends, loc=given["mean"], scale=given["sd"]))


@dataclass(frozen=True)
class Members:
    """Draw a member of the calibrated ensemble, numbered from 1, each as likely as the others."""

    count: int
    name: str = MEMBER

    def values(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the members that points of a design fall on."""
        return 1 + np.minimum((points * self.count).astype(np.int64), self.count - 1)


Uncertain = Uncertainty | Members


def refuse_lives(uncertainties: Sequence[Uncertainty]) -> None:
    """Refuse what is uncertain of lives that were fitted.

    Raises:
        ExperimentError: an uncertainty is of how lives run.

    """
    for one in uncertainties:
        if one.name != SHARE and parted({one.name: 0.0})[0]:
            raise ExperimentError(
                f"{one.name}: how the lives of calibrated people run is fitted and not free; "
                'take population kind = "plain" for it'
            )


def read_uncertainties(raw: object, *, several: bool = False) -> tuple[Uncertainty, ...]:
    """Read the table ``[uncertainties]``, of one round or of several.

    Raises:
        ExperimentError: an unknown name, distribution or parameter, or one that cannot be.

    """
    if not isinstance(raw, Mapping):
        raise ExperimentError("uncertainties is no table; write [uncertainties] and below it a line for each")
    return tuple(
        _uncertainty(str(name), one, Range.of(str(name), several=several)) for name, one in raw.items()
    )


def _uncertainty(name: str, raw: object, within: Range) -> Uncertainty:
    every = ("dist", *sorted({key for keys in _KEYS.values() for key in keys}))
    table = Table.of(f"uncertainties: {name}", raw, every)
    dist = table.text("dist")
    if dist not in _KEYS:
        raise table.error("dist", f"is none of {', '.join(_KEYS)}{did_you_mean(dist, _KEYS)}")
    known = _KEYS[dist]
    Table.of(f"{table.name} ({dist})", raw, ("dist", *known))
    optional = {key: getattr(within, key) for key in _OPTIONAL.get(dist, ())}
    given = {key: float(table.number(key)) for key in known if key in table or key not in optional}
    given = {**optional, **given}
    _check(table, given, within)
    return Uncertainty(name, dist, given, within.low, within.high)


def _check(table: Table, given: Mapping[str, float], within: Range) -> None:
    if table.text("dist") == "beta" and (within.low > 0 or within.high < 1):
        raise table.error(
            "dist",
            f"lies between 0 and 1, and {within.told} is {within.low:g} to {within.high:g}; "
            "take uniform, triangular or normal",
        )
    for key in ("a", "b", "sd"):
        if key in given and given[key] <= 0:
            raise table.error(key, "is not above 0")
    for key in ("low", "mode", "high"):
        if key in given and not within.low <= given[key] <= within.high:
            raise table.error(key, f"is not between {within.low:g} and {within.high:g}, {within.told}")
    ordered = [key for key in ("low", "mode", "high") if key in given]
    for below, above in pairwise(ordered):
        if given[below] > given[above]:
            raise table.error(below, f"is above {above} = {given[above]:g}")
