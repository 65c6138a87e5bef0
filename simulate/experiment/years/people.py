"""The people of an experiment over several years, under whatever parameters their lives run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scoring.rulebook import INDICATORS, Rulebook
from simulate.engine import UNIT
from simulate.experiment.errors import ExperimentError
from simulate.queue import Line
from simulate.queue.common_numbers import Classes, Numbers
from simulate.queue.people import NAMED, Candidates, Told
from synthetic_data.population import Lives

GROUPS = ("sex", "age_band", "education_level", "sector", "employer_size", "post")
"""The groups by which the admitted can be counted, all of which are counted where none are named."""

LEVELS = {name: NAMED[name] for name in GROUPS}

_COLUMNS = {**{name: (name,) for name in INDICATORS}, "education": ("education", "study_deduction")}

Totals = NDArray[np.int64]

TOO_FEW = np.iinfo(np.int64).min + 1
"""A cutoff that lies below those of whom totals are known."""


@dataclass(frozen=True)
class People:
    """Hold the people who may stand in the queue, those whom the same may befall next to one another.

    Attributes:
        candidates: who they are.
        classes: what may befall whom.
        numbers: their chance, the same for the same person in every population.

    """

    candidates: Candidates
    classes: Classes
    numbers: Numbers

    @classmethod
    def of(cls, lives: Lives, *, numbers: Numbers, years: Sequence[int], groups: Sequence[str]) -> People:
        """Take those of some people who may stand in the queue.

        Raises:
            ExperimentError: nobody may.

        """
        found = Candidates.of(lives, years=years, groups=groups)
        if not len(found.lives):
            raise ExperimentError(
                f"population: of the {len(lives)} people drawn nobody would apply from {years[0]} to "
                f"{years[-1]}; take more applicants"
            )
        order = Classes.of(found.lives, found.years).order
        candidates = replace(found, lives=found.lives.take(order))
        classes = Classes.of(candidates.lives, candidates.years)
        return cls(candidates, classes, numbers.take(candidates.lives.person))

    def told(self, rules: Rulebook, weighted: Sequence[str], facts: Sequence[Told] | None = None) -> Told:
        """Score them under a rulebook, by facts that may have been counted already.

        The columns of the indicators that are to be weighted are told, too.
        """
        columns = [column for name in weighted for column in _COLUMNS[name]]
        return self.candidates.told(dict.fromkeys(self.candidates.years, rules), columns, facts)

    def line(self, told: Told) -> Line:
        """Return the line of these people; what may befall them is in `classes`."""
        return self.candidates.standing(told)


def weighted_totals(told: Told, weights: NDArray[np.int32]) -> Totals:
    """Return totals of weighted columns, int64 [years, people] in 1/102,400 of a point.

    Args:
        told: as `People.told` gives it for every indicator whose weight is not 1.
        weights: int32 [9], in 1/1024.

    """
    totals = told["totals"].astype(np.int64) * UNIT
    for name, weight in zip(INDICATORS, weights.tolist(), strict=True):
        if weight != UNIT:
            for column in _COLUMNS[name]:
                totals += (weight - UNIT) * told[column].astype(np.int64)
    return totals


def coded(totals: Totals, highest: int) -> tuple[NDArray[np.int32], tuple[Totals, ...]]:
    """Return small numbers in the order of totals, int32 [years, people], and what they stand for by year.

    So many of the highest have numbers of their own, 1 for the lowest of them; all below share 0, which
    stands for `TOO_FEW`.
    """
    codes, values = np.zeros(totals.shape, dtype=np.int32), []
    for code, year in zip(codes, totals, strict=True):
        low = year.size - min(highest, year.size)
        floor = np.partition(year, low)[low] if year.size else 0
        high = np.flatnonzero(year >= floor)
        different, places = np.unique(year[high], return_inverse=True)
        code[high] = places + 1
        values.append(np.append(TOO_FEW, different))
    return codes, tuple(values)
