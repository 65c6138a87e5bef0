"""A round under one subset of a reform's parts, and who is moved between none and all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring import Ranking
from scoring.ranking import TotalCounts, rank
from simulate.displacement.columns import Coalitions, Flags, Whole
from simulate.displacement.shapley import shapley

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Round:
    """Hold how a round ends under some rules: totals in hundredths, who is eligible, and who admitted."""

    ranking: Ranking
    totals: Whole
    eligible: Flags
    admitted: Flags

    @classmethod
    def of(cls, coalitions: Coalitions, subset: int, quota: int) -> Round:
        """Rank a cohort under some parts of a reform."""
        totals, eligible = coalitions.totals(subset)
        ranking = rank(TotalCounts.of([(totals, eligible)]), applicants=len(totals), quota=quota)
        if ranking.cutoff is None:
            return cls(ranking, totals, eligible, np.zeros(len(totals), dtype=bool))
        return cls(ranking, totals, eligible, eligible & (totals >= int(ranking.cutoff.scaleb(2))))


@dataclass(frozen=True)
class Moves:
    """Hold who is moved by a reform, and by which of its parts.

    Attributes:
        before: the round under the baseline.
        after: the round under the reform.
        rows: intp [moved], positions in the cohort.
        entered: bool [moved], who enters; the others leave.
        shares: int64 [parts, moved], each part's share in moving each person that way, in units of
            1 / parts!; a person's shares sum to parts!, one that works against the move is below 0.
        alone: bool [parts, moved], whether the part by itself moves the person so.
        cutoff: int64 [parts], each part's share of the cutoff's change in hundredths, in the same units; None
            where some parts leave no cutoff.

    """

    before: Round
    after: Round
    rows: NDArray[np.intp]
    entered: Flags
    shares: Counts
    alone: Flags
    cutoff: Counts | None

    @classmethod
    def of(cls, coalitions: Coalitions, quota: int) -> Moves:
        """Rank a cohort under every subset of a reform's parts, and keep whom all of them move."""
        count = len(coalitions.parts)
        before, after = (Round.of(coalitions, subset, quota) for subset in (0, (1 << count) - 1))
        rows = np.flatnonzero(before.admitted != after.admitted)
        status = np.zeros((1 << count, len(rows)), dtype=bool)
        cutoffs: list[Ranking] = []
        for subset in range(1 << count):
            one = before if not subset else Round.of(coalitions, subset, quota)
            status[subset] = one.admitted[rows]
            cutoffs.append(one.ranking)
        entered = after.admitted[rows]
        return cls(
            before,
            after,
            rows,
            entered,
            shapley(status) * np.where(entered, 1, -1),
            status[1 << np.arange(count)] == entered,
            _cutoff(cutoffs),
        )


def _cutoff(rankings: list[Ranking]) -> Counts | None:
    values = [one.cutoff for one in rankings]
    if any(value is None for value in values):
        return None
    hundredths = np.array([[int(value.scaleb(2))] for value in values if value is not None])
    return shapley(hundredths)[:, 0]
