"""年龄, age: Art. 15(7).

年龄计算时间截至积分落户申报工作启动的上一年度1月1日: completed years on 1 January of the year before
the round, and the step of the ladder they fall on.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from scoring.indicators.calendar import FIRST_DAY, completed_years, years_by_birth
from scoring.indicators.facts import Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths

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


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return the completed years of age."""
    last = law.rules.reference_date(law.round_year)
    on = law.rules.day_before_round("age.as_of", law.round_year)
    return {"age": years_by_birth(last, on).take(facts["birth_date"] - FIRST_DAY)}


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points of every completed year of age."""
    points = np.zeros(OLDEST + 1, dtype=np.int64)
    for step in reversed(law.rules.ladder("age.ladder")):
        points[: OLDEST + 1 if step.up_to is None else step.up_to + 1] = int(step.points * 100)
    return {"age": law.rounding.whole(points)}
