"""Draw the lines that schedules run over: people who do not exist, followed through the years.

One line would say how chance moves a known population under known rates. As neither is known, several are
drawn, so that bands hold what is not known as well as what is drawn: the members of the calibrated ensemble,
whose populations all give what is published; or, far from any calibration, plain synthetic populations under
assumed rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from scoring.rulebook import Rulebook
from simulate.calibrate.ensemble import load
from simulate.calibrate.pools import FIRST_POOL
from simulate.forecast import Drawing, weighted_line
from simulate.queue import Presence
from simulate.queue.behaviour import behaviour
from simulate.queue.people import line_of
from simulate.quota.drawn import CalibratedLine, Line, PlainLine
from simulate.quota.errors import QuotaError
from simulate.quota.uptake import Uptake
from synthetic_data import published
from synthetic_data.population import Parameters, draw
from synthetic_data.population.pool import applying

if TYPE_CHECKING:
    from scoring.scored import Scored

CALIBRATED, PLAIN = "calibrated", "plain"
KINDS = (CALIBRATED, PLAIN)

VARIED = ("leaving.leaves", "entering.skips")
"""Rates of `simulate.queue.behaviour` that differ from plain line to plain line; each is an assumption."""

FACTOR = 2.0
"""A rate lies between its value over this and its value times this, evenly on the scale of factors."""

REFERENCE = 2020
"""The round whose pool is published in most detail."""

PILOT = 40_000
"""People drawn to learn which share of a population applies in the reference round."""

MEMBERS, REPLICATIONS = 4, {CALIBRATED: 2, PLAIN: 64}
"""Plain lines that are drawn, and draws of chance in each line or member, where nothing is said."""


@dataclass(frozen=True)
class Population:
    """Say which people are followed, how many, and how often they are drawn.

    Attributes:
        kind: ``calibrated``, the members of the ensemble that `jifen forecast` rests on; ``plain``, synthetic
            people under assumed rates, whose numbers compare schedules and forecast nothing.
        applicants: people in the pool of the reference round. If None, as many as each member has, or for
            plain lines the published number.
        reference: the round whose pool has so many.
        members: members of the ensemble, all if None; or plain lines, each of other people under other rates.
        replications: draws of chance in each; for plain lines multiples of 64 cost no more than fewer.
        seed: 0 or more.

    """

    kind: str = CALIBRATED
    applicants: int | None = None
    reference: int = REFERENCE
    members: int | None = None
    replications: int | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UnknownName(
                f"no population {self.kind!r}{did_you_mean(self.kind, KINDS)} (there are {', '.join(KINDS)})"
            )
        if any(number is not None and number < 1 for number in (self.members, self.applicants, self.drawn)):
            raise QuotaError("a population has at least one line, one draw and one applicant")

    @classmethod
    def of(cls, scored: Scored, *, applicants: int = 0, kind: str = CALIBRATED, **drawn: int) -> Population:
        """Take as many applicants as a cohort has in its round.

        The cohort's own number is taken where *applicants* is 0, the cohort is no list of admitted alone, and
        its round is one of the population's.

        Args:
            scored: the cohort.
            applicants: in place of its number.
            kind: as the attribute.
            drawn: ``members``, ``replications`` and ``seed``; 0 members or replications are as many as usual.

        """
        rounds = published.rounds()["round"].to_list()
        known = scored.round_year in rounds and not scored.ranking.only_admitted
        known = known and (kind == PLAIN or scored.round_year >= FIRST_POOL)
        size = applicants or (scored.ranking.applicants if known else None)
        reference = scored.round_year if known else REFERENCE
        told: dict[str, int | None] = {
            name: number or None for name, number in drawn.items() if name != "seed"
        }
        return cls(kind, size, reference, seed=drawn.get("seed", 1), **told)

    @property
    def drawn(self) -> int:
        """Draws of chance in each line or member."""
        return REPLICATIONS[self.kind] if self.replications is None else self.replications

    @property
    def pool(self) -> int:
        """The applicants of the reference round, of plain lines.

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
    uptake: Uptake | None = None,
) -> tuple[Line, ...]:
    """Draw the lines of some years under a rulebook; the same population and seed give the same lines.

    Args:
        rules: the rulebook of all years.
        years: the rounds, one after the other.
        population: who is followed; the calibrated ensemble if None.
        uptake: what becomes of the admitted, each rate drawn from its range for every line or replication.

    Raises:
        QuotaError: the ensemble has fewer members.
        NoEnsemble: there is none for the round before the first year.
        ForecastError: the years are not among those that the ensemble knows of.
        QueueError: the years are not those of a plain line, or begin when it is not known who was admitted.

    """
    asked, settling = population or Population(), uptake or Uptake()
    if asked.kind == PLAIN:
        return tuple(_plain(rules, years, asked, settling))
    return (_calibrated(rules, years, asked, settling),)


def _calibrated(rules: Rulebook, years: Sequence[int], asked: Population, uptake: Uptake) -> CalibratedLine:
    drawing = Drawing(
        years=tuple(years),
        replications=asked.drawn,
        seed=asked.seed,
        applicants=asked.applicants,
        reference=asked.reference,
    )
    known = load(drawing.origin)
    wanted = len(known) if asked.members is None else asked.members
    if wanted > len(known):
        raise QuotaError(f"members = {wanted}: the ensemble of {drawing.origin} has {len(known)}")
    line = weighted_line(drawing, known[:wanted], rules)
    random, each = np.random.default_rng([asked.seed, 1]), uptake.children_per_settler
    settling = uptake.settling_drawn(random, line.replications)
    return CalibratedLine(line, settling, each if each is None else each.drawn(random, line.replications))


def _plain(rules: Rulebook, years: Sequence[int], asked: Population, uptake: Uptake) -> list[PlainLine]:
    how = Parameters.load()
    size = people_of(asked, how)
    lines = []
    for member in range(asked.members or MEMBERS):
        random = np.random.default_rng([asked.seed, member])
        seed = int(random.integers(1 << 31))
        rates = behaviour(_rates(random, uptake))
        line = line_of(draw(how, size=size, seed=seed), rules, years=years, rates=rates)
        each = uptake.children_per_settler
        lines.append(
            PlainLine(
                Presence.draw(line, replications=asked.drawn, seed=seed),
                each if each is None else float(each.drawn(random, 1)[0]),
            )
        )
    return lines


def _rates(random: np.random.Generator, uptake: Uptake) -> dict[str, float]:
    """Draw every varied rate, within the bounds that it has by itself, and what becomes of the admitted."""
    known = behaviour()
    factors = FACTOR ** random.uniform(-1, 1, len(VARIED))
    drawn = {path: known.number(path) * factor for path, factor in zip(VARIED, factors, strict=True)}
    drawn["settling.withdraws"] = float(uptake.withdrawal_rate.drawn(random, 1)[0])
    drawn["settling.lapses"] = float(uptake.lapse_rate.drawn(random, 1)[0])
    within = {path: float(np.clip(rate, known[path].low, known[path].high)) for path, rate in drawn.items()}
    # Whoever loses the right on an objection is among those who withdraw.
    return {**within, "notice.objected": 0.0}


def people_of(population: Population, parameters: Parameters) -> int:
    """Return how many people must be drawn, so that so many are in the pool of the reference round."""
    pilot = draw(parameters, size=PILOT, seed=population.seed)
    applying_now = int(np.count_nonzero(applying(pilot, population.reference)))
    if not applying_now:
        raise QuotaError(f"nobody of the population applies in the round of {population.reference}")
    return max(1, round(population.pool * PILOT / applying_now))
