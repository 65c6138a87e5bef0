"""Quotas year by year, and where each schedule leads: cutoff, backlog, waiting and age, with bands.

All schedules run over the same drawn line: the same people enter and leave in the same replications, so that
two schedules differ by their places alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.queue import NOBODY, Paths, Presence, admit
from simulate.quota.errors import QuotaError

Values = NDArray[np.float64]

BIRTH_YEAR = "birth_year"
"""The group of a line by which ages at admission are told."""

BANDS = {"p05": 0.05, "p10": 0.1, "median": 0.5, "p90": 0.9, "p95": 0.95}


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


def quantities(paths: Paths) -> dict[str, Values]:
    """Return what a schedule leads to, by year and replication, float64 [years, replications].

    ``cutoff`` in points; ``admitted``, ``backlog`` and ``population`` in people, the last those who settle
    and their minor children; ``years_to_clear``, the backlog by the places just filled; ``mean_waited``,
    years since the first application of the admitted; ``age``, the year less the mean year of birth of the
    admitted, where the line has the group `BIRTH_YEAR`. Not a number where nobody is admitted.
    """
    nobody = paths.cutoff == NOBODY
    with np.errstate(divide="ignore", invalid="ignore"):
        told = {
            "cutoff": np.where(nobody, np.nan, paths.cutoff / 100),
            "admitted": paths.admitted.astype(np.float64),
            "backlog": paths.backlog.astype(np.float64),
            "population": (paths.settled + paths.children).astype(np.float64),
            "years_to_clear": np.where(nobody, np.nan, paths.backlog / paths.admitted),
            "mean_waited": paths.waited.means(),
        }
    if BIRTH_YEAR in paths.groups:
        told["age"] = np.array(paths.years)[:, np.newaxis] - paths.groups[BIRTH_YEAR].means()
    return told


def run(lines: Sequence[Presence], schedule: Schedule) -> dict[str, Values]:
    """Run a schedule over drawn lines of the same years, and put their replications side by side.

    Raises:
        QuotaError: there is no line, lines have other years, or the schedule has too few or too many.

    """
    check(lines, schedule)
    each = [quantities(admit(line, np.array(schedule.places))) for line in lines]
    return {name: np.concatenate([told[name] for told in each], axis=1) for name in each[0]}


def compare(lines: Sequence[Presence], schedules: Sequence[Schedule]) -> pl.DataFrame:
    """Return where schedules lead, with bands over the replications of all lines.

    Columns: ``schedule``; ``year``; ``places``; ``quantity``, as `quantities` names them; ``mean``, ``p05``,
    ``p10``, ``median``, ``p90``, ``p95``; ``known``, the replications that have a value.

    Raises:
        QuotaError: as `run`; or two schedules have one name.

    """
    if len({schedule.name for schedule in schedules}) < len(schedules):
        raise QuotaError("schedules: two have the same name")
    rows = [
        (schedule.name, year, schedule.places[at], quantity, *_row(values[at]))
        for schedule in schedules
        for quantity, values in run(lines, schedule).items()
        for at, year in enumerate(lines[0].line.years)
    ]
    numbers = dict.fromkeys(("mean", *BANDS), pl.Float64)
    head = {"schedule": pl.String, "year": pl.Int64, "places": pl.Int64, "quantity": pl.String}
    return pl.DataFrame(rows, schema={**head, **numbers, "known": pl.Int64}, orient="row")


def difference(lines: Sequence[Presence], schedule: Schedule, baseline: Schedule) -> pl.DataFrame:
    """Return how far a schedule leads away from another one, replication by replication.

    Columns as `compare`, without ``places``. The same chance befalls the same people under both, so a
    schedule differs from itself by exactly zero.
    """
    one, other = run(lines, schedule), run(lines, baseline)
    rows = [
        (schedule.name, year, quantity, *_row(one[quantity][at] - other[quantity][at]))
        for quantity in one
        for at, year in enumerate(lines[0].line.years)
    ]
    numbers: Mapping[str, pl.DataType] = dict.fromkeys(("mean", *BANDS), pl.Float64())
    head = {"schedule": pl.String(), "year": pl.Int64(), "quantity": pl.String()}
    return pl.DataFrame(rows, schema={**head, **numbers, "known": pl.Int64()}, orient="row")


def check(lines: Sequence[Presence], schedule: Schedule | None = None) -> None:
    """Refuse lines that cannot be told together, and a schedule that is not of their years.

    Raises:
        QuotaError: there is no line, lines have other years, or the schedule has too few or too many.

    """
    if not lines:
        raise QuotaError("no line is given: a schedule runs over at least one")
    years = lines[0].line.years
    if any(line.line.years != years for line in lines):
        raise QuotaError("the lines are not of the same years")
    if schedule is not None and len(schedule.places) != len(years):
        raise QuotaError(
            f"schedule {schedule.name} has places for {len(schedule.places)} years, "
            f"and the line has {len(years)}, {years[0]} to {years[-1]}"
        )


def _row(values: Values) -> tuple[float | int | None, ...]:
    known = values[~np.isnan(values)]
    if not len(known):
        return (*(None for _ in range(len(BANDS) + 1)), 0)
    return (float(known.mean()), *map(float, np.quantile(known, list(BANDS.values()))), len(known))
