"""Run the queue over the years to come, for one population of weighted lives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.calibrate.targets import admitted_rounds
from synthetic_data.population.careers import Careers, rules_of
from synthetic_data.population.points import points_of

Column = NDArray[Any]
Floats = NDArray[np.float64]

RANKS = tuple(range(1000, 7000, 1000))
FULL_AGE = 2000
TIERS = (0, 1050, 1500, 2600, 3700)


@dataclass(frozen=True)
class Round:
    """Hold one forecast round: points in hundredths, shares of the admitted.

    Attributes:
        year: the round.
        cutoff: total of the last one admitted.
        rank_scores: total by rank.
        education: share by points of education.
        area_share: share with points of the job-housing area.
        area_mean: mean points of it over all admitted, in points.
        tax_share: share with points of tax.
        mean_age: round less mean birth year.
        full_age_share: share with full points of age.
        birth_years: number by birth year.
        late_share: share of those who apply for the first time.

    """

    year: int
    cutoff: int
    rank_scores: Mapping[int, int]
    education: Mapping[int, float]
    area_share: float
    area_mean: float
    tax_share: float
    mean_age: float
    full_age_share: float
    birth_years: Mapping[int, float]
    late_share: float


class Rounds:
    """Hold the front of the queue in the order of points, for any weights.

    Who is a candidate in which order hangs on lives alone; only how many each stands for changes from one
    population of the ensemble to the next.
    """

    def __init__(self, careers: Careers, *, origin: int, last: int) -> None:
        self.careers = careers
        self.origin = origin
        self.gone = admitted_rounds(careers, origin) > 0
        self.years = range(origin + 1, last + 1)
        self._order = {year: self._candidates(year) for year in self.years}
        self._looks = {year: self._look(year) for year in self.years}
        self._born = np.floor(careers.lives.birth_day / 365.2425 + 1970 + 1e-4).astype(int)

    def _candidates(self, year: int) -> Column:
        applies = self.careers.eligible[year] & (self.careers.lives.applies_from <= year) & ~self.gone
        rows = np.flatnonzero(applies)
        return rows[np.argsort(-self.careers.totals[year][rows].astype(np.int32), kind="stable")]

    def _look(self, year: int) -> dict[str, Column]:
        points = points_of(self.careers.lives, rules_of(year), year)
        return {name: points[name] for name in ("education", "job_housing_area", "tax", "age")}

    def run(self, weights: Floats, *, leaves: float, quota: Mapping[int, int]) -> list[Round]:
        """Admit round by round; ties at the cutoff are all admitted.

        Args:
            weights: how many people each life stands for.
            leaves: share of the waiting who leave after each round.
            quota: by round.

        """
        there = ~self.gone
        ready = self.careers.ready_from
        found = []
        for year in self.years:
            rows = self._order[year][there[self._order[year]]]
            waited = np.clip(year - ready[rows].astype(np.int32), 0, None)
            people = weights[rows] * (1 - leaves) ** waited
            reached = np.cumsum(people)
            totals = self.careers.totals[year][rows]
            last = min(int(np.searchsorted(reached, quota[year])), rows.size - 1)
            last = int(np.searchsorted(-totals.astype(np.int32), -int(totals[last]), side="right"))
            found.append(self._round(year, rows[:last], people[:last], reached))
            there[rows[:last]] = False
        return found

    def _round(self, year: int, rows: Column, people: Floats, reached: Floats) -> Round:
        totals, look = self.careers.totals[year][rows], self._looks[year]
        everyone = people.sum()

        def share(where: Column) -> float:
            return float(people @ where / everyone)

        born = self._born[rows]
        births = np.bincount(born - 1900, people)
        education = look["education"][rows]
        places = np.minimum(np.searchsorted(reached, RANKS), rows.size - 1)
        return Round(
            year=year,
            cutoff=int(totals[-1]),
            rank_scores={rank: int(totals[place]) for rank, place in zip(RANKS, places, strict=True)},
            education={tier: share(education == tier) for tier in TIERS},
            area_share=share(look["job_housing_area"][rows] > 0),
            area_mean=share(look["job_housing_area"][rows] / 100),
            tax_share=share(look["tax"][rows] > 0),
            mean_age=year - share(born),
            full_age_share=share(look["age"][rows] == FULL_AGE),
            birth_years={1900 + one: float(number) for one, number in enumerate(births) if number > 0},
            late_share=share(self.careers.lives.applies_from[rows] == year),
        )
