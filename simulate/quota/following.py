"""Follow schedules through the years to come: draw the lines once, compare schedules, and size targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from scoring.rulebook import Rulebook
from simulate.quota.asked import even, read_targets, usual_schedules, usual_targets
from simulate.quota.drawn import Line
from simulate.quota.errors import QuotaError
from simulate.quota.families import ScheduleSizing
from simulate.quota.goals import Target
from simulate.quota.lines import Population, draw_lines
from simulate.quota.schedules import Schedule, compare
from simulate.quota.search import fitting_schedules
from simulate.quota.uptake import Uptake
from synthetic_data import published

if TYPE_CHECKING:
    from scoring.scored import Scored


@dataclass(frozen=True)
class Followed:
    """Hold schedules and where they lead, over lines of people who do not exist.

    Attributes:
        rules: the rulebook of all years.
        quota: the present quota, with which rising schedules begin.
        population: how large the lines are, how many, and the seed.
        lines: the drawn lines.
        schedules: those compared; the first is the one that the others are held against.
        paths: `simulate.quota.compare` of them.

    """

    rules: Rulebook
    quota: int
    population: Population
    lines: tuple[Line, ...] = field(repr=False)
    schedules: Sequence[Schedule]
    paths: pl.DataFrame = field(repr=False)

    @property
    def resolution(self) -> int:
        """The places by which schedules are told apart: about a hundredth of the quota, 50 of 6,000."""
        return even(self.quota / 120)

    @property
    def members(self) -> int:
        """How many populations are followed."""
        return sum(line.members for line in self.lines)

    @property
    def replications(self) -> int:
        """How often chance is drawn in each of them."""
        return sum(line.replications for line in self.lines) // self.members

    def targets(self, text: str, *, probability: float) -> list[Target]:
        """Return the targets that are written, or the usual ones where nothing is.

        Raises:
            UnknownName: a quantity that there is not.
            QuotaError: a target that is not written as it must be.

        """
        if text.strip():
            return read_targets(text, probability=probability)
        return usual_targets(self.paths, schedule=self.schedules[0].name, probability=probability)

    def fitting(self, targets: Sequence[Target]) -> list[ScheduleSizing | None]:
        """Find a constant and a rising schedule for each target.

        None stands where there is none; see `simulate.quota.fitting_schedules`.
        """
        return fitting_schedules(self.lines, targets, base=self.quota, resolution=self.resolution)


def follow(
    scored: Scored, *, schedules: str, last_year: int, population: Population, uptake: Uptake | None = None
) -> Followed:
    """Follow schedules from the year after the last published round on, under the rules of a scored cohort.

    Args:
        scored: whose rulebook and quota are taken; its people are not followed, since nothing tells what
            becomes of them.
        schedules: separated by semicolons, as `Schedule.read` takes them; the usual ones where empty.
        last_year: the last round.
        population: the people who are followed instead.
        uptake: what becomes of the admitted.

    Raises:
        QuotaError: the last year lies before the first, or a schedule is not written as it must be.

    """
    known = max(published.rounds()["round"].to_list())
    if last_year <= known:
        raise QuotaError(f"last_year = {last_year}: the years to come begin in {known + 1}")
    years = range(known + 1, last_year + 1)
    asked = [one.strip() for one in schedules.split(";") if one.strip()] or usual_schedules(scored.quota)
    named = [Schedule.read(one, years=len(years)) for one in dict.fromkeys(asked)]
    for schedule in named:
        schedule.check(years)
    lines = draw_lines(scored.rules, years=years, population=population, uptake=uptake)
    return Followed(scored.rules, scored.quota, population, lines, named, compare(lines, named))
