"""Points of life courses, without a table in between: what the queue asks for again and again."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from scoring.indicators.facts import COUNTS, MONTHS, Column, Extent
from scoring.indicators.item import Law
from scoring.points import BLOCK, REASONS, TOTAL, Scorer
from scoring.rulebook import Rulebook
from synthetic_data.population.counting import counted
from synthetic_data.population.lives import Lives

Points = dict[str, NDArray[np.integer]]


def points_of(lives: Lives, rules: Rulebook, round_year: int) -> Points:
    """Score every person for a round, exactly as `scoring` scores their facts.

    Returns:
        The ten columns and ``total`` in hundredths of a point, and ``reasons``, the mask of failed
        conditions of eligibility; 0 is eligible.

    """
    return scored(counted(lives, rules, round_year), rules, round_year)


def scored(numbers: Mapping[str, Column], rules: Rulebook, round_year: int) -> Points:
    """Score facts that are counted already, as `points_of` does."""
    people = len(numbers["birth_date"])
    facts = {**numbers, "employer_barred_through": np.zeros(people, np.int16)}
    months, counts = (max(int(facts[name].max(initial=0)) for name in names) for names in (MONTHS, COUNTS))
    scorer = Scorer.of(Law(rules, round_year, Extent(months, counts)))
    result = {name: np.empty(people, kind) for name, kind in scorer.kinds.items()}
    for start in range(0, people, BLOCK):
        rows = slice(start, start + BLOCK)
        for name, values in scorer.block({name: values[rows] for name, values in facts.items()}).items():
            result[name][rows] = values
    return result


def reaches(lives: Lives, rules: Rulebook, round_year: int, *, cutoff: int) -> NDArray[np.bool_]:
    """Say who is eligible and has at least a total, in hundredths of a point."""
    points = points_of(lives, rules, round_year)
    enough: NDArray[np.bool_] = (points[REASONS] == 0) & (points[TOTAL] >= cutoff)
    return enough
