"""The rounds of an experiment over several years, the places of each, and how many people there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.errors import JifenError
from scoring.rulebook import Rulebook
from simulate.experiment.errors import ExperimentError
from simulate.experiment.paths import GROWTH, MOST_PLACES, QUOTA, quotas
from simulate.experiment.table import Table
from simulate.queue.people import check_start
from simulate.quota.lines import Population
from simulate.quota.schedules import Schedule
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
        population: how many people there are.

    """

    rounds: tuple[int, ...]
    places: tuple[int, ...]
    population: Population

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
    if rules.measures:
        raise ExperimentError(
            f"rules: {rules.name} looks at {rules.measures[0]}, which no synthetic person has over the years"
        )
    return Horizon(rounds, _places(table, len(rounds)), _population(table))


def _population(table: Table) -> Population:
    if "population" not in table:
        return Population("plain")
    asked = Table.of("population", table.raw("population"), ("applicants",))
    return Population("plain", asked.whole("applicants", 1, MOST_APPLICANTS))


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
