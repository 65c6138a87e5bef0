"""A pool of ten that can be worked out by hand, and pools drawn at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

import scoring
from scoring.indicators import COLUMNS

RULES = scoring.Rulebook.load("beijing-2020")
ROUND = 2020
QUOTA = 4

TEN = {
    "employment": [50, 45, 55, 60, 50, 40, 30, 45, 22, 40],
    "education": [15, 26, 10, 0, 15, 15, 26, 15, 37, 10],
    "study_deduction": [0, 0, 0, 0, 0, 0, 0, 0, -2, 0],
    "job_housing_area": [12, 0, 3, 6, 0, 9, 6, 0, 0, 3],
}
"""Totals 77, 71, 68, 66, 65, 64, 62, 60, 57, 53: with four places the cutoff is 66."""

HALVES = ["x", "y"] * 5


def points(columns: Mapping[str, Sequence[float]], **groups: Sequence[str]) -> scoring.Cohort:
    """Make a cohort of points; columns that are not given hold zeros."""
    height = len(next(iter(columns.values())))
    given = {
        name: pl.Series(name, columns.get(name, [0] * height), dtype=pl.Float64)
        .round(2)
        .cast(pl.Decimal(12, 2))
        for name in COLUMNS
    }
    frame = pl.DataFrame(given).with_columns(
        pl.sum_horizontal(COLUMNS).alias("total"),
        *(pl.Series(name, values) for name, values in groups.items()),
    )
    return scoring.Cohort.from_frame(frame, rules=RULES, round_year=ROUND)


def ten() -> scoring.Cohort:
    """Give the pool of ten, every other one in the half ``x``."""
    return points(TEN, half=HALVES)
