"""Outcomes: what each draw gave, and in how many draws each applicant was admitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

NO_CUTOFF = np.iinfo(np.int64).min
"""What ``cutoff_exact`` holds where a draw has no cutoff: the quota is 0 or nobody is in the pool."""

Level = tuple[str, str | None]
"""A group and one of its levels; None is the level of those whom the cohort does not place."""


@dataclass(frozen=True)
class Outcomes:
    """Hold the outcomes of *n* draws; outcomes of parts add up to those of the whole.

    Attributes:
        cutoff_exact: int64 [n], the cutoff in 1/102,400 of a point, `NO_CUTOFF` where there is none.
        admitted: int64 [n], people admitted, all those tied at the cutoff included.
        tied: int64 [n], people exactly at the cutoff.
        entered: int64 [n], admitted here and not at the baseline.
        left: int64 [n], admitted at the baseline and not here.
        group_counts: int32 [n, len(levels)], the admitted of each level.
        levels: the columns of ``group_counts``.
        person_counts: int32 [applicants], in how many draws each applicant of the cohort was admitted.

    """

    cutoff_exact: NDArray[np.int64]
    admitted: NDArray[np.int64]
    tied: NDArray[np.int64]
    entered: NDArray[np.int64]
    left: NDArray[np.int64]
    group_counts: NDArray[np.int32]
    levels: tuple[Level, ...]
    person_counts: NDArray[np.int32]

    @property
    def draws(self) -> int:
        """The number of draws."""
        return len(self.cutoff_exact)

    @property
    def has_cutoff(self) -> NDArray[np.bool_]:
        """Which draws have a cutoff, bool [n]: those that admit anybody."""
        return np.not_equal(self.cutoff_exact, NO_CUTOFF)

    @property
    def probability(self) -> NDArray[np.float64]:
        """The share of the draws that admit each applicant, float64 [applicants]; NaN without draws."""
        return self.person_counts / self.draws if self.draws else np.full(len(self.person_counts), np.nan)

    def __add__(self, other: Outcomes) -> Outcomes:
        return Outcomes.concat([self, other])

    @classmethod
    def in_order(cls, parts: Sequence[tuple[NDArray[np.intp], Outcomes]]) -> Outcomes:
        """Put parts together whose draws, given by position, are mixed; each draw is in one part."""
        whole = cls.concat([outcomes for _, outcomes in parts])
        order = np.argsort(np.concatenate([draws for draws, _ in parts]))
        return replace(
            whole,
            cutoff_exact=whole.cutoff_exact[order],
            admitted=whole.admitted[order],
            tied=whole.tied[order],
            entered=whole.entered[order],
            left=whole.left[order],
            group_counts=whole.group_counts[order],
        )

    @classmethod
    def concat(cls, parts: Sequence[Outcomes]) -> Outcomes:
        """Put the outcomes of consecutive draws of one engine together; there is at least one part."""

        def joined(name: str) -> NDArray[np.int64]:
            return np.concatenate([getattr(part, name) for part in parts])

        return cls(
            cutoff_exact=joined("cutoff_exact"),
            admitted=joined("admitted"),
            tied=joined("tied"),
            entered=joined("entered"),
            left=joined("left"),
            group_counts=np.concatenate([part.group_counts for part in parts]),
            levels=parts[0].levels,
            person_counts=reduce(np.add, (part.person_counts for part in parts)),
        )
