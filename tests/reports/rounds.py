"""Small rounds for tests: people with points, drawn or written out, scored and ranked as real ones are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import polars as pl

import scoring
from reports.round_page import RoundPage
from scoring.indicators import COLUMNS

RULES = scoring.Rulebook.load("beijing-2020")
POINTS = pl.Decimal(12, 2)


def frame(columns: Mapping[str, Sequence[object]]) -> pl.DataFrame:
    """Write people out: the published columns that are given, zero in the others, and any other column."""
    size = len(next(iter(columns.values())))
    points = {
        name: pl.Series(name, [Decimal(str(value)) for value in columns.get(name, [0] * size)], dtype=POINTS)
        for name in COLUMNS
    }
    total = pl.Series("total", [sum(values) for values in zip(*points.values(), strict=True)], dtype=POINTS)
    others = {name: pl.Series(name, values) for name, values in columns.items() if name not in points}
    return pl.DataFrame([*points.values(), total, *others.values()])


def drawn(size: int, *, seed: int = 1, **groups: Sequence[object]) -> pl.DataFrame:
    """Draw people who do not exist, with birth years and the groups that are given."""
    draw = np.random.default_rng(seed)
    quarters = draw.integers(84, 260, size)
    return frame(
        {
            "employment": [str(Decimal(int(number)) / 4) for number in quarters],
            "residence": [str(Decimal(int(number)) / 8) for number in quarters],
            "education": draw.choice(
                ["0", "10.5", "15", "26", "37"], size, p=[0.05, 0.35, 0.4, 0.19, 0.01]
            ).tolist(),
            "tax": draw.choice(["0", "2", "6"], size, p=[0.8, 0.15, 0.05]).tolist(),
            "age": ["20"] * size,
            "birth_year": (1974 + draw.integers(0, 16, size)).tolist(),
            **groups,
        }
    )


def scored(people: pl.DataFrame, *, quota: int) -> scoring.Scored:
    """Score a round of 2020."""
    cohort = scoring.Cohort.from_frame(people, rules=RULES, round_year=2020)
    return scoring.score(cohort, RULES, quota=quota)


def page(round_: scoring.Scored, *, lang: str = "en", threshold: int = 10) -> RoundPage:
    """Open the page of a round."""
    return RoundPage.of(round_, cohort="people.csv", lang=lang, threshold=threshold)
