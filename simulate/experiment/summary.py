"""The summary: means and quantiles of outcomes, each with its standard error and whether it converged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.engine import NO_CUTOFF, UNIT, Level, Outcomes
from simulate.experiment.convergence import (
    Values,
    error_of_mean,
    error_of_quantile,
    has_converged,
    tolerance,
)

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
PEOPLE = ("admitted", "tied", "entered", "left")
EXACT = 100 * UNIT
"""What ``cutoff_exact`` is a multiple of: 1/102,400 of a point."""

SCHEMA = {
    "quantity": pl.String,
    "group": pl.String,
    "level": pl.String,
    "statistic": pl.String,
    "value": pl.Float64,
    "standard_error": pl.Float64,
    "tolerance": pl.Float64,
    "converged": pl.Boolean,
}

Row = tuple[str, str | None, str | None, str, float | None, float | None, float, bool]


@dataclass(frozen=True)
class Counted:
    """Hold what is summarised of one round: ``people`` by quantity, each [n], the rest as `Outcomes`."""

    cutoff_exact: NDArray[np.int64]
    people: Mapping[str, NDArray[np.int64]]
    group_counts: NDArray[np.int32]
    levels: tuple[Level, ...]

    @classmethod
    def of(cls, outcomes: Outcomes) -> Counted:
        """Take the outcomes of an experiment over one round."""
        people = {name: getattr(outcomes, name) for name in PEOPLE}
        return cls(outcomes.cutoff_exact, people, outcomes.group_counts, outcomes.levels)


@dataclass(frozen=True)
class Summariser:
    """Summarise draws of one design; ``until`` is the error of the cutoff that was asked for, if any."""

    design: str
    until: float | None = None

    def frame(self, outcomes: Outcomes) -> pl.DataFrame:
        """Return a row for each mean and quantile of the cutoff, of people, and of each level's share."""
        return pl.DataFrame(self.rows(Counted.of(outcomes)), schema=SCHEMA, orient="row")

    def rows(self, counted: Counted) -> list[Row]:
        """Return the rows of one round.

        Draws without a cutoff have no part in the cutoff's and the shares' rows.
        """
        return [
            *self.of_one("cutoff", known_cutoffs(counted.cutoff_exact)),
            *(row for name, one in counted.people.items() for row in self.of_one(name, one.astype(float))),
            *self._shares(counted),
        ]

    def of_one(self, quantity: str, values: Values) -> Iterator[Row]:
        """Yield the rows of one quantity, float64 [n]: its mean and its quantiles."""
        if not len(values):
            yield self._row(quantity, "mean", np.nan, error=np.nan, draws=0)
            return
        mean, error = float(values.mean()), float(error_of_mean(values, self.design))
        yield self._row(quantity, "mean", mean, error=error, draws=len(values))
        for share in QUANTILES:
            value = float(np.quantile(values, share))
            error = error_of_quantile(values, share, self.design)
            yield self._row(quantity, f"p{share * 100:02.0f}", value, error=error, draws=len(values))

    def _shares(self, counted: Counted) -> Iterator[Row]:
        admitted = counted.people["admitted"]
        some = admitted > 0
        shares = counted.group_counts[some] / admitted[some, None]
        if not len(shares):
            return
        errors = error_of_mean(shares, self.design)
        for (group, level), value, error in zip(counted.levels, shares.mean(axis=0), errors, strict=True):
            row = self._row("share", "mean", float(value), error=float(error), draws=len(shares))
            yield (row[0], group, level, *row[3:])

    def _row(self, quantity: str, statistic: str, value: float, *, error: float, draws: int) -> Row:
        allowed = tolerance(quantity, value, self.until)
        converged = has_converged(error, allowed, draws=draws, design=self.design)
        return quantity, None, None, statistic, _known(value), _known(error), allowed, converged


def known_cutoffs(exact: NDArray[np.int64]) -> Values:
    """Return the cutoffs in points, float64, of the draws that have one."""
    return np.asarray(exact[exact != NO_CUTOFF] / EXACT)


def _known(number: float) -> float | None:
    return None if np.isnan(number) else number
