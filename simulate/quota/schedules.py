"""Quotas year by year, and where each schedule leads: cutoff, backlog, waiting and age, with bands.

All schedules run over the same drawn line: the same people enter and leave in the same replications, so that
two schedules differ by their places alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtri

from simulate.queue import Presence
from simulate.quota.drawn import Leads, Line, Values, as_lines, sets
from simulate.quota.errors import QuotaError

BANDS = {"p05": 0.05, "p10": 0.1, "median": 0.5, "p90": 0.9, "p95": 0.95}

_NUMBERS: dict[str, pl.DataType] = {
    **dict.fromkeys(("mean", "mean_low", "mean_high", *BANDS), pl.Float64()),
    "known": pl.Int64(),
}


@dataclass(frozen=True)
class Schedule:
    """Name the places of each year."""

    name: str
    places: tuple[int, ...]

    def __post_init__(self) -> None:
        if any(places < 0 for places in self.places):
            raise QuotaError(f"schedule {self.name}: places are whole numbers of people, 0 or more")

    @classmethod
    def read(cls, text: str, *, years: int) -> Schedule:
        """Read ``6000`` (every year), ``6000+500`` (more each year) or a list like ``6000,6500,7000``.

        Raises:
            QuotaError: it is none of these.

        """
        if listed := re.fullmatch(r"\d+(,\d+)+", text):
            return cls(text, tuple(map(int, listed[0].split(","))))
        if found := re.fullmatch(r"(\d+)([+-]\d+)?", text):
            base, step = int(found[1]), found[2]
            return (
                cls.constant(base, years=years) if step is None else cls.rising(base, int(step), years=years)
            )
        raise QuotaError(
            f"schedule {text!r}: write 6000 for the same every year, 6000+500 for so many more each year, "
            "or the places of every year like 6000,6500,7000"
        )

    @classmethod
    def constant(cls, places: int, *, years: int) -> Schedule:
        """Give the same places every year; the name says how many."""
        return cls(str(places), (places,) * years)

    @classmethod
    def rising(cls, base: int, step: int, *, years: int) -> Schedule:
        """Give *base* places in the first year and *step* more in each that follows; never fewer than 0."""
        return cls(f"{base}{step:+d}", tuple(max(0, base + step * year) for year in range(years)))

    def check(self, years: Sequence[int]) -> None:
        """Refuse to be run over other years.

        Raises:
            QuotaError: there are places for fewer or more of them.

        """
        if len(self.places) != len(years):
            raise QuotaError(
                f"schedule {self.name} has places for {len(self.places)} years, "
                f"and the line has {len(years)}, {years[0]} to {years[-1]}"
            )


def run(lines: Sequence[Line | Presence], schedule: Schedule) -> Leads:
    """Run a schedule over drawn lines of the same years, and put their replications side by side.

    Returns:
        What `simulate.quota.drawn.Line.lead` tells.

    Raises:
        QuotaError: there is no line, lines have other years, or the schedule has too few or too many.

    """
    found = as_lines(lines)
    schedule.check(found[0].years)
    each = [line.lead(np.array(schedule.places)) for line in found]
    return {name: np.concatenate([told[name] for told in each], axis=1) for name in each[0]}


def compare(lines: Sequence[Line | Presence], schedules: Sequence[Schedule]) -> pl.DataFrame:
    """Return where schedules lead, with bands over the replications of all lines.

    Columns: ``schedule``; ``year``; ``places``; ``quantity``, as `simulate.quota.drawn.Line.lead` names them;
    ``mean``, with ``mean_low`` and ``mean_high``, the 95 % interval that so many draws leave open; ``p05``,
    ``p10``, ``median``, ``p90``, ``p95``; ``known``, the replications that have a value.

    Raises:
        QuotaError: as `run`; or two schedules have one name.

    """
    if len({schedule.name for schedule in schedules}) < len(schedules):
        raise QuotaError("schedules: two have the same name")
    found = as_lines(lines)
    drawn = sets(found)
    rows = [
        (schedule.name, year, schedule.places[at], quantity, *_row(values[at], drawn))
        for schedule in schedules
        for quantity, values in run(found, schedule).items()
        for at, year in enumerate(found[0].years)
    ]
    head = {"schedule": pl.String(), "year": pl.Int64(), "places": pl.Int64(), "quantity": pl.String()}
    return pl.DataFrame(rows, schema={**head, **_NUMBERS}, orient="row")


def difference(lines: Sequence[Line | Presence], schedule: Schedule, baseline: Schedule) -> pl.DataFrame:
    """Return how far a schedule leads away from another one, replication by replication.

    Columns as `compare`, without ``places``. The same chance befalls the same people under both, so a
    schedule differs from itself by exactly zero.
    """
    found = as_lines(lines)
    drawn = sets(found)
    one, other = run(found, schedule), run(found, baseline)
    rows = [
        (schedule.name, year, quantity, *_row(one[quantity][at] - other[quantity][at], drawn))
        for quantity in one
        for at, year in enumerate(found[0].years)
    ]
    head = {"schedule": pl.String(), "year": pl.Int64(), "quantity": pl.String()}
    return pl.DataFrame(rows, schema={**head, **_NUMBERS}, orient="row")


def _row(values: Values, drawn: NDArray[np.intp]) -> tuple[float | int | None, ...]:
    there = ~np.isnan(values)
    known = values[there]
    if not len(known):
        return (*(None for _ in range(len(_NUMBERS) - 1)), 0)
    quantiles = map(float, np.quantile(known, list(BANDS.values())))
    return (float(known.mean()), *_mean_interval(known, drawn[there]), *quantiles, len(known))


def _mean_interval(values: Values, drawn: NDArray[np.intp]) -> tuple[float, float]:
    """Return the ends of a mean's 95 % interval, by how far the sets of draws differ from one another."""
    _, place, sizes = np.unique(drawn, return_inverse=True, return_counts=True)
    away = np.bincount(place, values - values.mean())
    number = len(sizes)
    error = np.sqrt((away**2).sum() * number / max(number - 1, 1)) / len(values)
    half = float(ndtri(0.975) * error)
    return float(values.mean()) - half, float(values.mean()) + half
