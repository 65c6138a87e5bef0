"""Applicants drawn anew, with replacement, and the same reform put to them (Efron 1979).

A replicate draws as many applicants as there are, and fills the quota under the baseline and under the reform
from the same draw, so that what is common to both falls away: an empty reform moves exactly nobody. Only
people near enough to a place in one of the rounds are told apart; all others are drawn as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from simulate.displacement.columns import Coalitions
from simulate.displacement.ledger import Displacement
from simulate.engine.groups import Groups

REPLICATES, SEED = 500, 1
INTERVAL = (0.025, 0.975)
"""The middle 95 % of the replicates; each end is one of them."""

_AT_ONCE = 2_000_000
"""Draws held at a time."""
_NOBODY = np.iinfo(np.int64).min // 2
"""The total of the ineligible: below any other."""

Totals = NDArray[np.int64]
Counts = NDArray[np.float64]
"""How often each is drawn: whole numbers, as floats for the sake of sums over people."""


@dataclass(frozen=True)
class Sample:
    """Hold whoever may get a place in a replicate.

    Attributes:
        rows: intp, their positions in the cohort.
        applicants: everyone, among whom replicates are drawn.
        quota: places.
        totals: int64 [rounds, rows], in hundredths, of the rounds under some subsets of the reform's parts.
        groups: the levels of the ledger.

    """

    rows: NDArray[np.intp]
    applicants: int
    quota: int
    totals: Totals
    groups: Groups

    @classmethod
    def of(cls, ledger: Displacement, subsets: Sequence[int]) -> Sample | None:
        """Take those within reach of a place in any of the rounds; None where a round has no places."""
        if any(one.ranking.cutoff is None for one in (ledger.moves.before, ledger.moves.after)):
            return None
        near, reach = np.zeros(len(ledger.ids), dtype=bool), _reach(ledger.quota)
        for subset in subsets:
            totals = _totals(ledger.coalitions, subset)
            near |= totals >= max(_nth(totals, reach), _NOBODY + 1)
        rows = np.flatnonzero(near)
        held = np.stack([_totals(ledger.coalitions, subset)[rows] for subset in subsets])
        return cls(rows, len(near), ledger.quota, held, ledger.places)

    def draws(self, replicates: int, seed: int) -> Iterator[Counts]:
        """Yield how often each is drawn, float64 [some replicates, rows]."""
        generator, rest = np.random.default_rng(seed), self.applicants - len(self.rows)
        shares = np.full(len(self.rows) + 1, 1 / self.applicants)
        shares[-1] = rest / self.applicants
        chunk = max(1, _AT_ONCE // len(shares))
        for start in range(0, replicates, chunk):
            size = min(chunk, replicates - start)
            drawn = generator.multinomial(self.applicants, shares, size=size)[:, :-1]
            yield drawn.astype(np.float64)

    @property
    def fillable(self) -> NDArray[np.bool_]:
        """Whether anybody is eligible, bool [rounds]."""
        return np.asarray((self.totals > _NOBODY).any(axis=1))

    def cutoffs(self, counts: Counts) -> Totals:
        """Return the cutoff of each round in each replicate, int64 [rounds, replicates]."""
        return np.stack([one.cutoff(counts) for one in self.ranked])

    @cached_property
    def ranked(self) -> tuple[Ranked, ...]:
        """Each round in the order of its totals."""
        return tuple(Ranked.of(one, self.quota) for one in self.totals)

    @property
    def member(self) -> NDArray[np.float64]:
        """Who is in which level, behind a column for everyone: float64 [rows, 1 + levels]."""
        member = np.zeros((len(self.rows), 1 + len(self.groups.levels)))
        member[:, 0] = 1
        for places in self.groups.places[self.rows].T:
            member[np.arange(len(self.rows)), 1 + places] = 1
        return member


@dataclass(frozen=True)
class Ranked:
    """Hold one round in the order of its totals, as far as that decides the cutoff of any draw.

    Attributes:
        quota: places.
        highest: float64 [rows], 1 for whoever has a place in every draw and need not be ranked.
        order: intp, the others from the highest down, but those who have a place in none.
        totals: int64, theirs.

    """

    quota: int
    highest: NDArray[np.float64]
    order: NDArray[np.intp]
    totals: Totals

    @classmethod
    def of(cls, totals: Totals, quota: int) -> Ranked:
        """Rank totals, int64 [rows]."""
        order = np.argsort(-totals, kind="stable")
        order = order[totals[order] > _NOBODY]
        sure, highest = max(0, 2 * quota - _reach(quota)), np.zeros(len(totals))
        highest[order[:sure]] = 1
        order = order[sure : _reach(quota)]
        return cls(quota, highest, order, totals[order])

    def cutoff(self, counts: Counts) -> Totals:
        """Return the total at rank quota where each is there so many times, int64 [replicates].

        Where fewer than that are there and eligible, it is the lowest total of those who are; where none is,
        it is above any total.
        """
        if not len(self.order):
            return np.full(len(counts), -_NOBODY)
        reached = (counts @ self.highest)[:, None] + counts[:, self.order].cumsum(axis=1)
        places = np.minimum(self.quota, reached[:, -1])
        cutoffs: Totals = self.totals[(reached < places[:, None]).sum(axis=1)]
        return cutoffs


def _totals(coalitions: Coalitions, subset: int) -> Totals:
    totals, eligible = coalitions.totals(subset)
    return np.where(eligible, totals.astype(np.int64), _NOBODY)


def _nth(totals: Totals, place: int) -> int:
    """Return the total at a place from the top, the lowest where there are fewer."""
    return int(np.partition(totals, -min(place, len(totals)))[-min(place, len(totals))])


def _reach(quota: int) -> int:
    """Return so many people that a draw fills the quota from among them, by ten standard errors."""
    return quota + 10 * isqrt(quota) + 100
