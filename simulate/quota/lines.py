"""Draw the lines that schedules run over: people who do not exist, followed through the years.

One line would say how chance moves a known population under known rates. As neither is known, several are
drawn: each has other people and other rates, so that bands hold what is assumed and not what is drawn alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from scoring.rulebook import Rulebook
from simulate.queue import Presence
from simulate.queue.behaviour import behaviour
from simulate.queue.people import line_of
from simulate.quota.errors import QuotaError
from synthetic_data import published
from synthetic_data.population import Parameters, draw
from synthetic_data.population.pool import applying

if TYPE_CHECKING:
    from scoring.scored import Scored

VARIED = ("leaving.leaves", "entering.skips", "settling.withdraws", "settling.lapses")
"""Rates of `simulate.queue.behaviour` that differ from line to line; each is an assumption."""

FACTOR = 2.0
"""A rate lies between its value over this and its value times this, evenly on the scale of factors."""

REFERENCE = 2020
"""The round whose pool is published in most detail."""

PILOT = 40_000
"""People drawn to learn which share of a population applies in the reference round."""


@dataclass(frozen=True)
class Population:
    """Say how large the lines are and how many there are.

    Attributes:
        applicants: people in the pool of the reference round; the published number if None.
        reference: the round whose pool has so many.
        members: lines, each of other people under other rates.
        replications: draws of chance in each line; multiples of 64 cost no more than fewer.
        seed: 0 or more.

    """

    applicants: int | None = None
    reference: int = REFERENCE
    members: int = 4
    replications: int = 64
    seed: int = 1

    def __post_init__(self) -> None:
        if self.members < 1 or (self.applicants is not None and self.applicants < 1):
            raise QuotaError("a population has at least one line and one applicant")

    @classmethod
    def of(
        cls, scored: Scored, *, applicants: int = 0, members: int = 4, replications: int = 64, seed: int = 1
    ) -> Population:
        """Take as many applicants as a cohort has in its round, or the published number of 2020.

        The cohort's own number is taken where *applicants* is 0, the cohort is no list of admitted alone, and
        its round is one of the population's.
        """
        rounds = published.rounds()["round"].to_list()
        known = scored.round_year in rounds and not scored.ranking.only_admitted
        size = applicants or (scored.ranking.applicants if known else None)
        reference = scored.round_year if known else REFERENCE
        return cls(size, reference, members=members, replications=replications, seed=seed)

    @property
    def pool(self) -> int:
        """The applicants of the reference round.

        Raises:
            QuotaError: none are given, and none are published for that round.

        """
        if self.applicants is not None:
            return self.applicants
        told = published.rounds().filter(pl.col("round") == self.reference)["applicants"].drop_nulls()
        if told.is_empty():
            raise QuotaError(f"no number of applicants is published for {self.reference}: give one")
        return int(told[0])


def draw_lines(
    rules: Rulebook,
    *,
    years: Sequence[int],
    population: Population | None = None,
    parameters: Parameters | None = None,
) -> tuple[Presence, ...]:
    """Draw the lines of some years under a rulebook; the same population and seed give the same lines.

    The people of each line are those of `synthetic_data.population`, their ways those of
    `simulate.queue.behaviour`, each rate of `VARIED` times a factor of its own.

    Raises:
        QuotaError: the population is no number of people.
        QueueError: the years are not those of a line, or begin when it is not known who was admitted before.

    """
    asked, how = population or Population(), parameters or Parameters.load()
    size = people_of(asked, how)
    lines = []
    for member in range(asked.members):
        random = np.random.default_rng([asked.seed, member])
        seed = int(random.integers(1 << 31))
        rates = behaviour(_drawn(random))
        line = line_of(draw(how, size=size, seed=seed), rules, years=years, rates=rates)
        lines.append(Presence.draw(line, replications=asked.replications, seed=seed))
    return tuple(lines)


def _drawn(random: np.random.Generator) -> dict[str, float]:
    """Draw every varied rate, within the bounds that it has by itself."""
    known = behaviour()
    factors = FACTOR ** random.uniform(-1, 1, len(VARIED))
    return {
        path: float(np.clip(known.number(path) * factor, known[path].low, known[path].high))
        for path, factor in zip(VARIED, factors, strict=True)
    }


def people_of(population: Population, parameters: Parameters) -> int:
    """Return how many people must be drawn, so that so many are in the pool of the reference round."""
    pilot = draw(parameters, size=PILOT, seed=population.seed)
    applying_now = int(np.count_nonzero(applying(pilot, population.reference)))
    if not applying_now:
        raise QuotaError(f"nobody of the population applies in the round of {population.reference}")
    return max(1, round(population.pool * PILOT / applying_now))
