"""年龄, age: Art. 15(7).

年龄计算时间截至积分落户申报工作启动的上一年度1月1日: completed years on 1 January of the year before
the round, and the step of the ladder they fall on.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.indicators.calendar import FIRST_DAY, births_until, completed_years
from scoring.indicators.facts import Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths
from scoring.rulebook import Rulebook

OLDEST = 300
"""More years than anybody can have under the contract's bounds of dates and rounds."""

BANDS = ((35, "<=35"), (40, "36-40"), (45, "41-45"), (50, "46-50"), (OLDEST, ">=51"))
"""The contract's age bands by their highest completed year."""


BAND = pl.Enum([band for _, band in BANDS])


def age_band(years: pl.Series) -> pl.Series:
    """Return the age band of completed years, null where they are."""
    bands = pl.Series(
        [next(band for last, band in BANDS if year <= last) for year in range(OLDEST + 1)], dtype=BAND
    )
    return bands.gather(years.clip(0, OLDEST).cast(pl.UInt32)).alias("age_band")


def completed_age(birth_date: dt.date, on: dt.date) -> int:
    """Return one person's completed years on a day."""
    return int(completed_years(np.array([birth_date], dtype="datetime64[D]"), on)[0])


@lru_cache(maxsize=8)
def _years_by_birth(rules: Rulebook, round_year: int) -> NDArray[np.int16]:
    births = births_until(rules.reference_date(round_year))
    return completed_years(births, rules.day_before_round("age.as_of", round_year))


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return the completed years of age."""
    return {"age": _years_by_birth(law.rules, law.round_year).take(facts["birth_date"] - FIRST_DAY)}


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points of every completed year of age."""
    points = np.zeros(OLDEST + 1, dtype=np.int64)
    for step in reversed(law.rules.ladder("age.ladder")):
        points[: OLDEST + 1 if step.up_to is None else step.up_to + 1] = int(step.points * 100)
    return {"age": law.rounding.whole(points)}
