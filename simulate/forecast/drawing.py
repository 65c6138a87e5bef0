"""Draw the line of the rounds to come from the calibrated ensemble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.points import REASONS, TOTAL
from scoring.rulebook import Rulebook
from simulate.calibrate.ensemble import Member
from simulate.calibrate.pools import FIRST_POOL
from simulate.calibrate.targets import admitted_rounds
from simulate.forecast.forecast import DRAWS, LAST, ForecastError
from simulate.forecast.people import ToCome
from simulate.forecast.weighted import WeightedLine
from synthetic_data import published
from synthetic_data.population import Lives, points_of
from synthetic_data.population.careers import Careers, cutoffs
from synthetic_data.population.chance import BLOCK
from synthetic_data.population.counting import Spans, minor_children
from synthetic_data.population.entry import FIRST_ROUND

Column = NDArray[Any]
Floats = NDArray[np.float64]

_PUBLISHED = 122_852
"""Applicants of 2020, beside whom a smaller population is small."""

_FEWEST = 12 * BLOCK
"""Lives drawn at least."""
_SPARE = 4
"""How many times as many lives as a smaller population needs are drawn, so that few stand for several."""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Say which line is to be drawn.

    Attributes:
        years: the rounds; the first is the one after a round of which there is an ensemble.
        replications: of each member.
        seed: of how many people each life stands for; 0 or more.
        applicants: people in the pool of a known round; as many as the members have if None.
        reference: that round.

    Raises:
        ForecastError: the years do not begin after a round whose pool is calibrated, or end too far ahead.

    """

    years: tuple[int, ...]
    replications: int
    seed: int
    applicants: int | None = None
    reference: int = 2020

    def __post_init__(self) -> None:
        first, last = FIRST_POOL, max(cutoffs(9999))
        if not first <= self.origin <= last:
            raise ForecastError(
                f"the years begin in {self.years[0]}: they can begin after the rounds of {first} to {last}, "
                "whose pools are calibrated"
            )
        if self.years[-1] > LAST:
            raise ForecastError(
                f"the round of {self.years[-1]} lies too far ahead; {LAST} is the last that can be forecast"
            )
        if not FIRST_POOL <= self.reference <= self.origin:
            raise ForecastError(
                f"the pool of {self.reference} is not known; there are those of {FIRST_POOL} to {self.origin}"
            )

    @property
    def origin(self) -> int:
        """The last round that is known."""
        return self.years[0] - 1

    @property
    def draws(self) -> int:
        """How many lives are drawn."""
        share = 1.0 if self.applicants is None else self.applicants / _PUBLISHED
        return int(np.clip(round(_SPARE * share * DRAWS), _FEWEST, DRAWS))


def weighted_line(drawing: Drawing, members: Sequence[Member], rules: Rulebook) -> WeightedLine:
    """Draw the line of some rounds under members of the ensemble; the same seed gives the same line.

    Args:
        drawing: which line.
        members: of the ensemble of the round before the first year.
        rules: the rulebook of all years.

    """
    drawn = ToCome.of(members, origin=drawing.origin, last=drawing.years[-1], draws=drawing.draws, near=False)
    return line_of(drawn, drawing, members, rules)


def line_of(to_come: ToCome, drawing: Drawing, members: Sequence[Member], rules: Rulebook) -> WeightedLine:
    """Draw the line of people who are drawn already, as `weighted_line` does."""
    careers = to_come.people.careers
    stays = np.array([1 - member.future.leaves for member in members])
    rows, weights = expected(to_come, drawing, members)
    people = _people(weights, drawing)
    some = people.any(axis=1)
    rows, people = rows[some], people[some]
    return WeightedLine(
        years=drawing.years,
        members=len(members),
        people=people,
        stays=np.repeat(stays, drawing.replications),
        ready=careers.ready_from[rows],
        **_lives(careers.lives.take(rows), rules, drawing.years),
    )


def expected(to_come: ToCome, drawing: Drawing, members: Sequence[Member]) -> tuple[Column, Floats]:
    """Return the positions of those who may be ranked, and how many people each is when it is first ranked.

    Returns:
        int [lives]; and float64 [members, lives], for those ranked before the first year how many are left.

    """
    first, last, careers = drawing.years[0], drawing.years[-1], to_come.people.careers
    stays = np.array([1 - member.future.leaves for member in members])
    weights = np.stack(list(to_come.weights(members)))
    weights *= _scale(drawing, careers, weights, stays)
    weights *= stays[:, None] ** np.clip(first - careers.ready_from.astype(np.int32), 0, None)
    waiting = admitted_rounds(careers, drawing.origin) == 0
    rows = np.flatnonzero(waiting & (careers.lives.applies_from <= last))
    return rows, weights[:, rows]


def _lives(lives: Lives, rules: Rulebook, years: tuple[int, ...]) -> dict[str, Column]:
    """Return what lives have in each year, and what stays."""
    totals, ranked, children = [], [], []
    for year in years:
        points = points_of(lives, rules, year)
        totals.append(points[TOTAL].astype(np.int32))
        ranked.append((points[REASONS] == 0) & (lives.applies_from <= year))
        children.append(minor_children(lives, Spans(lives, rules, year).end).astype(np.int8))
    born = lives.birth_day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int16) + 1970
    return {
        "totals": np.stack(totals),
        "ranked": np.stack(ranked),
        "children": np.stack(children),
        "born": born.astype(np.int16),
        "applied": np.maximum(lives.applies_from, FIRST_ROUND),
    }


def _scale(drawing: Drawing, careers: Careers, weights: Floats, stays: Floats) -> float:
    """Return by what weights are multiplied, so that the pool is as large as asked.

    The members were fitted to the published numbers of applicants: asked for as many, they are left as they
    are. Where none is published, it is the mean of the members' pools that is to be as large.
    """
    if drawing.applicants is None:
        return 1.0
    known = dict(published.rounds().select("round", "applicants").iter_rows())[drawing.reference]
    return drawing.applicants / (known or _pool(drawing, careers, weights, stays))


def _pool(drawing: Drawing, careers: Careers, weights: Floats, stays: Floats) -> float:
    """Return how many applicants the members have in the round of reference, on average."""
    year = drawing.reference
    admitted = admitted_rounds(careers, drawing.origin)
    there = careers.eligible[year] & (careers.lives.applies_from <= year)
    there &= (admitted == 0) | (admitted >= year)
    waited = year - careers.ready_from[there].astype(np.int32)
    pools = (weights[:, there] * stays[:, None] ** waited).sum(axis=1)
    return float(pools.mean())


def _people(weights: Floats, drawing: Drawing) -> NDArray[np.uint16]:
    """Draw how many people each life stands for, uint16 [lives, members x replications]."""
    most = np.iinfo(np.uint16).max
    drawn = np.empty((weights.shape[1], len(weights), drawing.replications), dtype=np.uint16)
    for member, expected in enumerate(weights):
        random = np.random.default_rng([drawing.seed, drawing.origin, member])
        found = random.poisson(expected[:, None], (len(expected), drawing.replications))
        drawn[:, member] = np.minimum(found, most)
    return drawn.reshape(len(drawn), -1)
