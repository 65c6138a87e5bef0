"""What people would score in every round, past and to come, whether they apply or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.rulebook import Rulebook
from synthetic_data import published
from synthetic_data.population.entry import FIRST_ROUND
from synthetic_data.population.lives import NEVER, Lives
from synthetic_data.population.points import points_of

Column = NDArray[Any]

LATE_FROM = 2021
"""From this round on, who applies for the first time comes late: the rules were new in 2020."""
CREDENTIAL_ROUND = 2022
"""The round in which the credential claimed, the deduction and the award are looked at."""
RISE = 360
"""What the cutoff is expected to rise a year beyond the last one that is known, in hundredths; no forecast,
only a line along which late comers of all years are alike."""


@dataclass(frozen=True)
class Careers:
    """Hold people and their points, as whole hundredths, for the rounds from the first to the last.

    Attributes:
        lives: the people.
        totals: by round, the total.
        eligible: by round, whether they are.
        education: points of the credential claimed.
        deduction: points taken back for study while insured, 0 or less.
        innovation: points of the award.
        line: by round, the cutoff, or what is expected.

    """

    lives: Lives
    totals: Mapping[int, Column]
    eligible: Mapping[int, Column]
    education: Column
    deduction: Column
    innovation: Column
    line: Mapping[int, int]

    def __len__(self) -> int:
        return len(self.lives)

    @classmethod
    def of(cls, lives: Lives, *, origin: int, last: int) -> Careers:
        """Score people for all rounds up to the last.

        Args:
            lives: the people; that their insurance ends is left aside, since who leaves leaves the queue.
            origin: the last round whose cutoff may be known.
            last: the last round to score.

        """
        lives = Lives(**{**lives.columns(), "insured_last": np.full(len(lives), NEVER, np.int16)})
        totals, eligible = {}, {}
        for year in range(FIRST_ROUND, last + 1):
            points = points_of(lives, rules_of(year), year)
            totals[year], eligible[year] = points["total"], points["reasons"] == 0
            if year == CREDENTIAL_ROUND:
                claimed = {name: points[name] for name in ("education", "study_deduction", "innovation")}
        education, deduction, innovation = claimed.values()
        return cls(lives, totals, eligible, education, deduction, innovation, expected_line(origin, last))

    def total(self, year: int) -> Column:
        """Return the totals of a round in points."""
        return np.asarray(self.totals[year] / 100)

    def take(self, rows: Column) -> Careers:
        """Return some people, by position or mask."""
        return Careers(
            self.lives.take(rows),
            {year: values[rows] for year, values in self.totals.items()},
            {year: values[rows] for year, values in self.eligible.items()},
            self.education[rows],
            self.deduction[rows],
            self.innovation[rows],
            self.line,
        )

    @classmethod
    def concat(cls, parts: Sequence[Careers]) -> Careers:
        """Return the people of several parts, one part after the other."""
        years = parts[0].totals
        return cls(
            Lives.concat([part.lives for part in parts]),
            {year: np.concatenate([part.totals[year] for part in parts]) for year in years},
            {year: np.concatenate([part.eligible[year] for part in parts]) for year in years},
            np.concatenate([part.education for part in parts]),
            np.concatenate([part.deduction for part in parts]),
            np.concatenate([part.innovation for part in parts]),
            parts[0].line,
        )

    @cached_property
    def ready_from(self) -> Column:
        """The first round in which they apply and are eligible; 9999 if none."""
        first: Column = np.full(len(self), 9999, np.int16)
        for year in sorted(self.totals, reverse=True):
            first = np.where(self.eligible[year] & (self.lives.applies_from <= year), np.int16(year), first)
        return first

    @cached_property
    def rounds_above(self) -> Column:
        """For those who come late: the earlier rounds in which they would have been admitted."""
        rounds = np.zeros(len(self))
        for year in self.totals:
            before = (year < self.lives.applies_from) & self.eligible[year]
            rounds += before & (self.totals[year] >= self.line[year])
        return np.where(self.lives.applies_from >= LATE_FROM, np.minimum(rounds, 8), 0)

    @cached_property
    def below(self) -> Column:
        """For those who come late: how many points below the line, in their first round."""
        below = np.zeros(len(self))
        for year in self.totals:
            short = np.clip(self.line[year] - self.totals[year].astype(np.int32), 0, 4000) / 100
            below = np.where(self.lives.applies_from == year, short, below)
        return below


def rules_of(year: int) -> Rulebook:
    """Return the rulebook of a round."""
    return Rulebook.load("beijing-2018-trial" if year < 2020 else "beijing-2020")


def cutoffs(origin: int) -> dict[int, int]:
    """Return the published cutoffs up to a round, in hundredths of a point."""
    known = published.rounds().select("round", "cutoff").iter_rows()
    return {year: cutoff for year, cutoff in known if year <= origin}


def expected_line(origin: int, last: int) -> dict[int, int]:
    """Return the cutoffs up to the origin, and a straight line beyond it."""
    known = cutoffs(origin)
    beyond = {year: known[origin] + RISE * (year - origin) for year in range(origin + 1, last + 1)}
    return {**known, **beyond}
