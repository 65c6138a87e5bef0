"""The pool of a round under a calibration: drawn lives, resampled by what they weigh, as a cohort of facts.

With the published cutoffs it is settled who of the drawn lives stands in a round: whoever is eligible,
applies by then and was not admitted before. A member of the ensemble says how many people each of them is.
All members weigh the same lives, those on which they were fitted, and are resampled from the same place on,
so that nothing but their coefficients, and how many leave, tells their pools apart. On other lives, what
members say of a known round would be more chance than calibration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring import Cohort, Rulebook
from scoring.errors import JifenError
from simulate.calibrate.ensemble import Member
from simulate.calibrate.run import DRAWS, REDRAWN
from simulate.calibrate.sample import BLOCKS_AT_ONCE, Sample, Sampling, parts
from simulate.calibrate.targets import admitted_rounds
from simulate.calibrate.written import committed_seed
from synthetic_data.population import Lives, Parameters, facts_of
from synthetic_data.population.careers import CREDENTIAL_ROUND, cutoffs
from synthetic_data.population.chance import BLOCK

Column = NDArray[Any]
Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

FIRST_POOL = 2020
"""The first round whose whole pool is calibrated; of those before it, only who came near the line is."""
_FAR = 0.2
"""More are kept of those far from the front than a fit needs, so that each is fewer people."""


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


class NoPool(JifenError):
    """Refuse a round whose pool is not calibrated."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Say whose lives are drawn: those who stand in a round, as it is known at the origin.

    Attributes:
        round_year: the round.
        origin: the last round that is known.
        seed: of where resampling starts; 0 or more.
        draws: lives drawn, of whom some stand in the round; fewer than were fitted on are their beginning.

    Raises:
        NoPool: the pool of this round is not calibrated.

    """

    round_year: int
    origin: int
    seed: int
    draws: int = DRAWS

    def __post_init__(self) -> None:
        rounds = [year for year in sorted(cutoffs(self.origin)) if year >= FIRST_POOL]
        if self.round_year not in rounds:
            there = ", ".join(map(str, rounds))
            raise NoPool(
                f"no pool of the round of {self.round_year} is calibrated; there are those of {there}"
            )

    def people(self) -> Iterator[tuple[Sample, Column]]:
        """Yield them part by part, with how many rounds they have waited."""
        drawn = Sampling(
            draws=self.draws,
            seed=committed_seed() + REDRAWN,
            origin=self.origin,
            last=max(self.origin, CREDENTIAL_ROUND),
            far=_FAR,
        )
        for part in parts(drawn, Parameters.load()):
            careers, year = part.careers, self.round_year
            admitted = admitted_rounds(careers, self.origin)
            applies = careers.eligible[year] & (careers.lives.applies_from <= year)
            people = part.take(np.flatnonzero(applies & ((admitted == 0) | (admitted >= year))))
            yield people, np.maximum(year - people.careers.ready_from.astype(np.int32), 0)


@dataclass(frozen=True)
class Pools:
    """Hold the lives of a round, and what each member says they weigh.

    Attributes:
        standing: whose lives they are.
        lives: in ascending order of their totals in the round.
        totals: int16 [lives], in hundredths of a point.
        weights: float64 [members, lives], how many people each is; they sum to the member's applicants.

    """

    standing: Standing
    lives: Lives
    totals: Column
    weights: Floats

    @classmethod
    def of(cls, members: Sequence[Member], standing: Standing, *, progress: Progress = silent) -> Pools:
        """Draw the lives, and let the members weigh them; which others there are makes no difference.

        Args:
            members: of the ensemble of the origin, or its main fit.
            standing: whose lives are drawn.
            progress: told how many lives are drawn, and of how many.

        """
        lives, totals, weights = [], [], []
        for part, (people, waited) in enumerate(standing.people(), start=1):
            progress(min(part * BLOCK * BLOCKS_AT_ONCE, standing.draws), standing.draws)
            lives.append(people.careers.lives)
            totals.append(people.careers.totals[standing.round_year])
            weights.append(np.stack([_weights(people, waited, one) for one in members]))
        total = np.concatenate(totals)
        order = np.argsort(total, kind="stable")
        whole = np.concatenate(weights, axis=1)
        return cls(standing, Lives.concat(lives).take(order), total[order], whole[:, order])

    def applicants(self, member: int, size: int | None = None) -> Lives:
        """Draw the people of a member's pool, in the order in which lives are drawn, numbered from 0.

        One life may come several times, each time as somebody else.

        Args:
            member: its place among the members.
            size: how many people; as many as the member has if None, else the pool drawn to that scale.

        """
        weights = self.weights[member]
        size = round(float(weights.sum())) if size is None else size
        start = np.random.default_rng([self.standing.seed, self.standing.round_year]).random()
        drawn = resampled(weights, size=size, start=start)
        lives = self.lives.take(drawn[np.argsort(self.lives.person[drawn], kind="stable")])
        return replace(lives, person=np.arange(size, dtype=np.int32))

    def cohort(self, member: int, rules: Rulebook, *, applicants: int | None = None) -> Cohort:
        """Draw the people of a member's pool, and count their facts.

        Args:
            member: its place among the members.
            rules: facts are counted by its dates and windows.
            applicants: how many people, as for `applicants`.

        """
        year, lives = self.standing.round_year, self.applicants(member, applicants)
        return Cohort.from_frame(facts_of(lives, rules, year), rules=rules, round_year=year)


def _weights(people: Sample, waited: Column, member: Member) -> Floats:
    kept: Floats = (1 - member.future.leaves) ** waited
    return people.weights(member.vector(people.names)) * kept


def resampled(weights: Floats, *, size: int, start: float) -> Column:
    """Return places drawn at equal steps through the weights laid end to end.

    Each place comes as often as its share of the size says, rounded up or down; any stretch of places, too.

    Args:
        weights: 0 or more.
        size: how many are drawn.
        start: of the first step, from 0 to before 1.

    Returns:
        int [size], ascending.

    """
    ends = np.cumsum(weights)
    steps = (np.arange(size) + start) * (ends[-1] / size)
    places: Column = np.minimum(np.searchsorted(ends, steps, side="right"), ends.size - 1)
    return places
