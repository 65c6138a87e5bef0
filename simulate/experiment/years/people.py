"""The people of an experiment over several years, under whatever parameters their lives run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.rulebook import INDICATORS, Rulebook
from simulate.engine import UNIT
from simulate.queue import Line
from simulate.queue.behaviour import behaviour
from simulate.queue.common import Classes, Numbers
from simulate.queue.people import NAMED, Candidates
from synthetic_data.population import Parameters, draw

GROUPS = ("sex", "age_band", "education_level", "sector", "employer_size", "post")
"""The groups by which the admitted can be counted, all of which are counted where none are named."""

LEVELS = {name: NAMED[name] for name in GROUPS}

_COLUMNS = {**{name: (name,) for name in INDICATORS}, "education": ("education", "study_deduction")}

Totals = NDArray[np.int64]


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
    def draw(
        cls,
        parameters: Parameters,
        *,
        seed: int,
        numbers: Numbers,
        years: Sequence[int],
        groups: Sequence[str],
    ) -> People:
        """Draw as many people as there are numbers, and take those who may stand in the queue."""
        lives = draw(parameters, size=len(numbers.lots), seed=seed)
        found = Candidates.of(lives, years=years, groups=groups)
        order = Classes.of(found.lives, found.years).order
        candidates = replace(found, lives=found.lives.take(order))
        classes = Classes.of(candidates.lives, candidates.years)
        return cls(candidates, classes, numbers.take(candidates.lives.person))

    def told(self, rules: Rulebook, weighted: Sequence[str]) -> dict[str, NDArray[Any]]:
        """Score them under a rulebook; the columns of the indicators that are to be weighted are told too."""
        columns = [column for name in weighted for column in _COLUMNS[name]]
        return self.candidates.told(dict.fromkeys(self.candidates.years, rules), columns)

    def line(self, told: Mapping[str, NDArray[Any]]) -> Line:
        """Return the line of these people; what may befall them is in `classes`."""
        return self.candidates.line(dict(told), behaviour())


def weighted_totals(told: Mapping[str, NDArray[Any]], weights: NDArray[np.int32]) -> Totals:
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


def coded(totals: Totals) -> tuple[NDArray[np.int32], tuple[Totals, ...]]:
    """Return small numbers in the order of totals, int32 [years, people], and what they stand for by year."""
    codes, values = np.empty(totals.shape, dtype=np.int32), []
    for code, year in zip(codes, totals, strict=True):
        different = np.unique(year)
        code[:] = np.searchsorted(different, year)
        values.append(different)
    return codes, tuple(values)
