"""The rounds of an experiment over several years, the places of each, and how many people there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from scoring.errors import JifenError
from scoring.nearest import did_you_mean
from scoring.rulebook import Rulebook
from simulate.calibrate.ensemble import load
from simulate.experiment.errors import ExperimentError
from simulate.experiment.paths import GROWTH, MOST_PLACES, QUOTA, quotas
from simulate.experiment.table import Table
from simulate.experiment.years.source import Calibrated, Plain, Source
from simulate.forecast.drawing import Drawing
from simulate.queue.people import check_start
from simulate.quota.lines import CALIBRATED, KINDS, PLAIN, Population, people_of
from simulate.quota.schedules import Schedule
from synthetic_data.population import Parameters
from synthetic_data.population.entry import FIRST_ROUND

LAST_ROUND = 2033
"""The last round: people who came after 2025 are not drawn, and seven years later they would apply."""

MOST_APPLICANTS = 10_000_000
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Horizon:
    """Hold the rounds of an experiment.

    Attributes:
        rounds: one after the other.
        places: the baseline's, of each round.
        population: who is followed, and how many.
        member: of the calibrated ensemble the only one, from 1 on; None for all of them.

    """

    rounds: tuple[int, ...]
    places: tuple[int, ...]
    population: Population
    member: int | None = None

    @property
    def is_calibrated(self) -> bool:
        """Whether people are those of the calibrated ensemble."""
        return self.population.kind == CALIBRATED

    @property
    def members(self) -> int:
        """How many members of the ensemble the draws are spread over; 1 where there is one population."""
        return len(load(self.rounds[0] - 1)) if self.is_calibrated and self.member is None else 1

    def source(self, seed: int) -> Source:
        """Draw the people."""
        if self.is_calibrated:
            return Calibrated.draw(self.drawing(seed), self.member)
        return Plain(_people_of(self.population), seed)

    def drawing(self, seed: int) -> Drawing:
        """Say how the people of the calibrated ensemble are drawn."""
        return Drawing(years=self.rounds, replications=1, seed=seed, applicants=self.population.applicants)

    def schedules(self, levers: Mapping[str, Places], draws: int) -> Places:
        """Return the places of each draw and round, int64 [draws, rounds], never below 0.

        ``quota`` sets those of every round in place of the baseline's, ``quota.growth`` adds so many more in
        each round than in the one before, and ``quota.2023`` sets those of one round in place of both.
        """
        places = np.tile(np.array(self.places, dtype=np.int64), (draws, 1))
        if QUOTA in levers:
            places[:] = levers[QUOTA][:, np.newaxis]
        if GROWTH in levers:
            places += levers[GROWTH][:, np.newaxis] * np.arange(len(self.rounds))
        for at, name in enumerate(quotas(self.rounds)):
            if name in levers:
                places[:, at] = levers[name]
        return np.maximum(places, 0)


def read_rounds(table: Table) -> tuple[int, ...]:
    """Read ``years``, the number of rounds from ``round`` on; no rounds where it is not given.

    Raises:
        ExperimentError: it is no number of rounds, or the people of a round are not known.

    """
    if "years" not in table:
        return ()
    first = table.whole("round", FIRST_ROUND, LAST_ROUND)
    rounds = tuple(range(first, first + table.whole("years", 1, LAST_ROUND - FIRST_ROUND + 1)))
    if rounds[-1] > LAST_ROUND:
        raise table.error(
            "years", f"reach to {rounds[-1]}, and people who would come after {LAST_ROUND} are not drawn"
        )
    try:
        check_start(rounds)
    except JifenError as error:
        raise ExperimentError(f"round = {first}: {error}") from None
    return rounds


def read_horizon(table: Table, rounds: tuple[int, ...], rules: Rulebook) -> Horizon:
    """Read what an experiment over several rounds says of people and places.

    Raises:
        ExperimentError: a cohort is given, or the population or the places cannot be.

    """
    if "cohort" in table:
        raise table.error(
            "cohort",
            "does not go with years: a cohort says what people have at one reference date, and nothing of "
            "the years after; leave it out, and synthetic people with whole careers are drawn, "
            "as many as [population] applicants says",
        )
    for column in rules.measures:
        raise ExperimentError(
            f"rules: {rules.name} looks at {column}, which no synthetic person has over the years"
        )
    return _horizon(table, rounds)


def _horizon(table: Table, rounds: tuple[int, ...]) -> Horizon:
    asked = Table.of("population", table.values.get("population", {}), ("kind", "applicants", "member"))
    kind = asked.text("kind") if "kind" in asked else PLAIN
    if kind not in KINDS:
        raise asked.error("kind", f"is none of {', '.join(KINDS)}{did_you_mean(kind, KINDS)}")
    applicants = asked.whole("applicants", 1, MOST_APPLICANTS) if "applicants" in asked else None
    horizon = Horizon(rounds, _places(table, len(rounds)), Population(kind, applicants))
    if horizon.is_calibrated:
        try:
            horizon.drawing(0)
            members = horizon.members
        except JifenError as error:
            raise ExperimentError(f"population: {error}") from None
    elif "member" in asked:
        raise asked.error("member", f'is one of the ensemble: say kind = "{CALIBRATED}"')
    return replace(horizon, member=asked.whole("member", 1, members)) if "member" in asked else horizon


@cache
def _people_of(population: Population) -> int:
    return people_of(population, Parameters.load())


def _places(table: Table, years: int) -> tuple[int, ...]:
    """Read ``baseline.quota``: a number, or a schedule as ``jifen quota years`` takes it, in quotes."""
    baseline = Table.of("baseline", table.raw("baseline"), (QUOTA,))
    if not isinstance(baseline.raw(QUOTA), str):
        return (baseline.whole(QUOTA, 0, MOST_PLACES),) * years
    try:
        places = Schedule.read(re.sub(r"\s", "", baseline.text(QUOTA)), years=years).places
    except JifenError as error:
        raise ExperimentError(f"baseline: {error}") from None
    if len(places) != years:
        raise baseline.error(QUOTA, f"has {len(places)} places for {years} rounds")
    if max(places) > MOST_PLACES:
        raise baseline.error(QUOTA, f"has more than {MOST_PLACES} places")
    return places
