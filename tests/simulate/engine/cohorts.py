"""Cohorts for the engine: points of any shape, with ties as dense as one likes, and generated facts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

import scoring
from scoring.indicators import COLUMNS
from simulate.engine import UNIT, Draws
from synthetic_data.population import facts

RULES = scoring.Rulebook.load("beijing-2020")
ROUND = 2020
NINE = 9

# Hundredths that a column of the public lists may hold, lowest and highest.
RANGES = {
    "employment": (0, 6600),
    "residence": (0, 2200),
    "education": (0, 3700),
    "study_deduction": (-1400, 0),
    "job_housing_area": (0, 1200),
    "innovation": (0, 1200),
    "tax": (-1200, 600),
    "age": (0, 2000),
    "honours": (0, 2000),
    "law_abiding": (-3000, 0),
}


def points_cohort(
    size: int, *, seed: int, values: int | None = None, varied: Sequence[str] = COLUMNS
) -> scoring.Cohort:
    """Draw points: *values* different ones in each varied column, any hundredth if None, one elsewhere."""
    random = np.random.default_rng(seed)
    columns = {}
    for name in COLUMNS:
        low, high = RANGES[name]
        pool = np.arange(low, high + 1) if values is None else np.linspace(low, high, values).astype(int)
        drawn = random.choice(pool, size) if name in varied else np.full(size, low)
        columns[name] = pl.Series(name, drawn).cast(pl.Decimal(12, 2)) / 100
    frame = pl.DataFrame(columns).with_columns(
        pl.sum_horizontal(COLUMNS).alias("total"),
        pl.Series("sector", random.choice(["a", "b", "c"], size)),
        pl.Series("member", random.random(size) < 0.3),
    )
    return scoring.Cohort.from_frame(frame, rules=RULES, round_year=ROUND)


@cache
def facts_cohort(size: int, seed: int = 1) -> scoring.Cohort:
    """Generate facts of people who do not exist."""
    return scoring.Cohort.from_frame(
        facts(RULES, round_year=ROUND, size=size, seed=seed), rules=RULES, round_year=ROUND
    )


def around(
    draws: int, *, seed: int, spread: float, quotas: Sequence[int] | NDArray[np.int64], centre: float = 1.0
) -> Draws:
    """Draw weights within *spread* of the centre, and quotas among those given."""
    random = np.random.default_rng(seed)
    weights = np.rint(random.uniform(centre - spread, centre + spread, (draws, NINE)) * UNIT)
    return Draws(weights.astype(np.int32), random.choice(np.asarray(quotas, dtype=np.int64), draws))
