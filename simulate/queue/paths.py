"""Paths: what became of a queue, year by year and replication by replication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from simulate.queue.admission import NOBODY

Counts = NDArray[np.int64]
"""People, int64 [years, replications]."""

COUNTS = (
    *("admitted", "tied", "pool", "eligible", "backlog", "barred", "entered", "left"),
    *("removed", "withdrew", "lapsed", "settled", "children", "reservoir", "gone"),
)
"""The counts of people, in the order in which they are told."""

BANDS = {"p05": 0.05, "p10": 0.1, "median": 0.5, "p90": 0.9, "p95": 0.95}

_POINTS = pl.Decimal(12, 2)

Key = TypeVar("Key", bound=str | int | None)


@dataclass(frozen=True)
class Levels:
    """Hold the admitted by the levels of a group: ``counts`` int64 [years, replications, levels]."""

    levels: tuple[str | int | None, ...]
    counts: NDArray[np.int64]

    def shares(self) -> NDArray[np.float64]:
        """Return the share of each level among the admitted, NaN where nobody is."""
        total = self.counts.sum(axis=2, keepdims=True)
        shares = np.full(self.counts.shape, np.nan)
        return np.asarray(np.divide(self.counts, total, out=shares, where=total > 0))

    def means(self) -> NDArray[np.float64]:
        """Return the mean of levels that are numbers, float64 [years, replications]; NaN where nobody is."""
        total = self.counts.sum(axis=2)
        summed = self.counts @ np.array(self.levels, dtype=np.float64)
        means = np.full(total.shape, np.nan)
        return np.asarray(np.divide(summed, total, out=means, where=total > 0))


@dataclass(frozen=True, kw_only=True)
class Paths:
    """Hold the outcomes of a queue; counts are int64 [years, replications].

    Attributes:
        years: the rounds.
        cutoff: int32, hundredths of a point, `NOBODY` where nobody was admitted.
        admitted: at or above the cutoff, everybody tied included.
        tied: exactly at the cutoff.
        pool: have applied, have not left, were not admitted in an earlier round.
        eligible: those of the pool who are ranked.
        backlog: eligible and not admitted.
        barred: those of the pool who are not ranked because of false material.
        entered: first applications of the year.
        left: gone from the pool since the round before.
        removed: admitted and removed after an objection; their places are not filled again (Art. 13).
        withdrew: admitted and gave the right up; likewise.
        lapsed: admitted and let the two years pass; likewise.
        settled: the rest of the admitted. These four are told in the year of admission.
        children: minor children who move with the settled.
        reservoir: there, and have not applied.
        gone: have left and were never admitted.
        groups: the admitted by the levels of each group.
        ranks: the ranks asked for.
        rank_totals: int32 [years, replications, ranks], the totals at them, `NOBODY` where nobody is.
        waited: the admitted by years since their first application.

    """

    years: tuple[int, ...]
    cutoff: NDArray[np.int32]
    admitted: Counts
    tied: Counts
    pool: Counts
    eligible: Counts
    backlog: Counts
    barred: Counts
    entered: Counts
    left: Counts
    removed: Counts
    withdrew: Counts
    lapsed: Counts
    settled: Counts
    children: Counts
    reservoir: Counts
    gone: Counts
    groups: Mapping[str, Levels] = field(repr=False)
    ranks: tuple[int, ...]
    rank_totals: NDArray[np.int32] = field(repr=False)
    waited: Levels = field(repr=False)

    @property
    def replications(self) -> int:
        """The number of replications."""
        return int(self.cutoff.shape[1])

    def group(self, name: str) -> Levels:
        """Return the admitted by the levels of a group.

        Raises:
            UnknownName: the line was not told that group; the nearest one is named.

        """
        if name not in self.groups:
            raise UnknownName(f"the queue has no group {name!r}{did_you_mean(name, self.groups)}")
        return self.groups[name]

    def outcomes(self) -> pl.DataFrame:
        """Return one row a year and replication: ``year, replication, cutoff`` and every count."""
        years, replications = self.cutoff.shape
        return pl.DataFrame(
            {
                "year": np.repeat(np.array(self.years, dtype=np.int32), replications),
                "replication": np.tile(np.arange(replications, dtype=np.int32), years),
                "cutoff": points(self.cutoff.ravel()),
                **{name: getattr(self, name).ravel() for name in COUNTS},
            }
        )

    def summary(self) -> pl.DataFrame:
        """Return the bands of every quantity by year: ``year, quantity, mean``, quantiles and ``known``.

        Quantities are the cutoff in points, every count, ``mean_waited`` in years; ``known`` is the number
        of replications that have a value.
        """
        every = {
            "cutoff": _in_points(self.cutoff),
            **{name: getattr(self, name).astype(np.float64) for name in COUNTS},
            "mean_waited": self.waited.means(),
        }
        return _bands(self.years, every, "quantity")

    def rank_scores(self) -> pl.DataFrame:
        """Return the bands of the total at each rank asked for, in points, by ``year`` and ``rank``."""
        told = {rank: _in_points(self.rank_totals[..., at]) for at, rank in enumerate(self.ranks)}
        return _bands(self.years, told, "rank")

    def composition(self, name: str) -> pl.DataFrame:
        """Return the bands of each level's share of the admitted, by ``year`` and ``level`` of a group."""
        group = self.group(name)
        shares = group.shares()
        told = {level: shares[..., at] for at, level in enumerate(group.levels)}
        return _bands(self.years, told, "level")

    def waiting(self) -> pl.DataFrame:
        """Return the bands of the share of the admitted by ``years_waited``, 0 for the first round."""
        shares = self.waited.shares()
        told = {level: shares[..., at] for at, level in enumerate(self.waited.levels)}
        return _bands(self.years, told, "years_waited")


def points(hundredths: NDArray[np.integer]) -> pl.Series:
    """Return hundredths as exact points, null for `NOBODY`."""
    series = pl.Series("cutoff", hundredths.astype(np.int64))
    known = pl.when(series != NOBODY).then(series)
    return pl.select((known.cast(_POINTS) / 100).cast(_POINTS).alias("cutoff")).to_series()


def _in_points(hundredths: NDArray[np.int32]) -> NDArray[np.float64]:
    return np.where(hundredths == NOBODY, np.nan, hundredths / 100)


def _bands(years: tuple[int, ...], told: Mapping[Key, NDArray[np.float64]], name: str) -> pl.DataFrame:
    """Return a row a year and key, with mean, quantiles and how many replications have a value."""
    rows = [(year, key, *_row(values[at])) for at, year in enumerate(years) for key, values in told.items()]
    numbers = dict.fromkeys(("mean", *BANDS), pl.Float64)
    schema = {"year": pl.Int32, name: None, **numbers, "known": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row", infer_schema_length=None)


def _row(values: NDArray[np.float64]) -> tuple[float | int | None, ...]:
    known = values[~np.isnan(values)]
    if not len(known):
        return (*(None for _ in range(len(BANDS) + 1)), 0)
    return (float(known.mean()), *map(float, np.quantile(known, list(BANDS.values()))), len(known))
