"""Order, ties, quota, cutoff: Art. 10 and 13, settled edge by edge in ``ranking.md``.

Totals are whole hundredths, so ranks come from counting them: no sort, and no float decides a tie.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.errors import RankingError

Totals = NDArray[np.integer]
Eligible = NDArray[np.bool_]


@dataclass(frozen=True)
class Ranking:
    """Say how a round ended: who was counted, the cutoff in points, and how many got in."""

    applicants: int
    eligible: int
    quota: int
    cutoff: Decimal | None
    admitted: int
    tied_at_cutoff: int

    @property
    def only_admitted(self) -> bool:
        """Whether everybody in the cohort was admitted, so that it holds no pool to compare with."""
        return self.applicants > 0 and self.admitted == self.applicants


@dataclass(frozen=True)
class TotalCounts:
    """Count the eligible at every total: ``counts[i]`` have ``lowest + i`` hundredths.

    Counts of parts of a cohort add up to those of the whole, so that a cohort larger than memory is ranked
    like a small one.
    """

    lowest: int
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, parts: Iterable[tuple[Totals, Eligible | None]]) -> TotalCounts:
        """Count totals in hundredths, part by part; where eligibility is None, everybody is eligible."""
        counted = cls(0, np.zeros(0, dtype=np.int64))
        for totals, eligible in parts:
            counted += cls._of_part(totals, np.True_ if eligible is None else eligible)
        return counted

    @classmethod
    def _of_part(cls, totals: Totals, eligible: Eligible | np.bool) -> TotalCounts:
        if not len(totals):
            return cls(0, np.zeros(0, dtype=np.int64))
        below = int(totals.min()) - 1
        # The ineligible are counted below every total: a product takes a fifth of what a selection takes.
        places = np.bincount((totals - np.int32(below)) * eligible)
        places[0] = 0
        counted = np.flatnonzero(places)
        if not len(counted):
            return cls(0, places[:0])
        return cls(below + int(counted[0]), places[counted[0] : counted[-1] + 1])

    def __add__(self, other: TotalCounts) -> TotalCounts:
        if not len(self.counts) or not len(other.counts):
            return self if len(self.counts) else other
        lowest = min(self.lowest, other.lowest)
        highest = max(self.lowest + len(self.counts), other.lowest + len(other.counts))
        counts = np.zeros(highest - lowest, dtype=np.int64)
        for part in (self, other):
            start = part.lowest - lowest
            counts[start : start + len(part.counts)] += part.counts
        return TotalCounts(lowest, counts)

    def at_or_above(self) -> NDArray[np.int64]:
        """Return how many eligible have each total or a higher one."""
        return self.counts[::-1].cumsum()[::-1]

    def ranks(self) -> NDArray[np.uint32]:
        """Return the competition rank of each total: one more than the eligible strictly above it."""
        return self._ranks

    @cached_property
    def _ranks(self) -> NDArray[np.uint32]:
        return (self.at_or_above() - self.counts + 1).astype(np.uint32)

    def place(self, totals: Totals) -> NDArray[np.uint32]:
        """Return the rank of each of some totals; what an ineligible applicant's total gets means nothing."""
        ranks = self.ranks()
        if not len(ranks):
            return np.zeros(len(totals), dtype=np.uint32)
        return ranks.take(totals - np.int64(self.lowest), mode="clip")


def rank(counts: TotalCounts, *, applicants: int, quota: int) -> Ranking:
    """Rank by total, highest first; the cutoff is the total at rank *quota*, and everyone at it is in.

    Raises:
        RankingError: the quota is negative.

    """
    if quota < 0:
        raise RankingError(f"quota = {quota!r}: a quota is a whole number of people, 0 or more")
    eligible = int(counts.counts.sum())
    if quota == 0 or eligible == 0:
        return Ranking(applicants, eligible, quota, cutoff=None, admitted=0, tied_at_cutoff=0)
    reached = counts.at_or_above()
    position = int(np.flatnonzero(reached >= min(quota, eligible))[-1])
    return Ranking(
        applicants,
        eligible,
        quota,
        cutoff=Decimal(counts.lowest + position).scaleb(-2),
        admitted=int(reached[position]),
        tied_at_cutoff=int(counts.counts[position]),
    )
