"""新增指标, indicators beyond the nine: what a reform adds to Art. 15.

Each looks at one column of the cohort, in whole numbers, in hundredths, in yes and no, or in categories: so
many points for each one, points by steps or by category, bounded on either side of zero. Its item has its own
name, and so has its column of points. What a part of one gives is rounded as the law rounds, from whole
numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring.errors import RulebookError
from scoring.indicators.facts import Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths
from scoring.rulebook import Step

MOST_POINTS = 1_000_000
"""In hundredths, as in the cohort contract: ranks come from counting totals, so these must stay countable."""


def codes(name: str, facts: Facts, law: Law) -> dict[str, Column]:
    """Return the position of each value among the different values of the cohort."""
    column, values = _values(name, law)
    return {name: np.searchsorted(values, facts[column]).astype(np.int32)}


def tables(name: str, law: Law) -> dict[str, Hundredths]:
    """Return the points of each of the different values.

    Raises:
        RulebookError: the cohort was read without the column, or a value of it gives more points than can be
            counted.

    """
    rules, path = law.rules, f"added.{name}"
    column, values = _values(name, law)
    unit = 100 if column in law.extent.hundredths else 1
    if f"{path}.points" in rules:
        points = _by_level(name, values, law)
    elif column in law.extent.levels:
        raise RulebookError(f"{path}: the column {column!r} holds categories; write points = {{ … }}")
    elif f"{path}.ladder" in rules:
        points = _by_step(values, rules.ladder(f"{path}.ladder"), unit) * unit
    else:
        points = rules.points(f"{path}.points_each") * values
    if f"{path}.max_points" in rules:
        most = rules.points(f"{path}.max_points") * unit
        points = points.clip(-most, most)
    if np.abs(points).max(initial=0) > MOST_POINTS * unit:
        raise RulebookError(
            f"{path}: a value of {column!r} gives more than {MOST_POINTS // 100} points; write max_points"
        )
    return {name: law.rounding.quotient(points, unit)}


def _values(name: str, law: Law) -> tuple[str, NDArray[np.int64]]:
    column = law.rules.text(f"added.{name}.column")
    if column not in law.extent.values:
        raise RulebookError(
            f"added.{name}.column: the cohort was read without the column {column!r};"
            " read it under rules that have the indicator"
        )
    return column, law.extent.values[column]


def _by_level(name: str, values: NDArray[np.int64], law: Law) -> NDArray[np.int64]:
    path, column = f"added.{name}.points", law.rules.text(f"added.{name}.column")
    if column not in law.extent.levels:
        raise RulebookError(f"{path}: the column {column!r} was not read as categories")
    given = {tier.level: int(tier.points * 100) for tier in law.rules.tiers(path)}
    levels = [law.extent.levels[column][value] for value in values]
    for level in levels:
        if level not in given:
            raise RulebookError(f"{path}: no points for {level!r}, which {column!r} holds")
    return np.array([given[level] for level in levels], dtype=np.int64)


def _by_step(values: NDArray[np.int64], steps: tuple[Step, ...], unit: int) -> NDArray[np.int64]:
    tops = np.array([step.up_to for step in steps[:-1]], dtype=np.int64) * unit
    points = np.array([int(step.points * 100) for step in steps], dtype=np.int64)
    return points[np.searchsorted(tops, values)]
