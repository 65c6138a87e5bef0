"""Facts as small integers: what the nine indicators read, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Column = NDArray[np.integer]
Facts = Mapping[str, Column]

MONTHS = (
    "insured_months",
    "own_home_months",
    "spouse_home_months",
    "presumed_tenancy_months",
    "leased_months",
    "dormitory_months",
    "study_insured_months",
    "suburban_home_months",
    "suburban_home_and_job_months",
)
COUNTS = ("tax_penalties", "detentions")
ABSENT = 255
"""Code of a null award or honour: nobody holds the 256th row of an annex."""

_NULL_YEAR = 0
_NULL_DAY = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Extent:
    """Bound what a cohort holds, the most months and the highest count, so that tables stay small."""

    months: int
    counts: int

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Extent:
        """Find the largest months and counts of a frame of facts."""
        largest = frame.select(
            pl.max_horizontal(pl.col(MONTHS).max()).cast(pl.Int64).fill_null(0).alias("months"),
            pl.max_horizontal(pl.col(COUNTS).max()).cast(pl.Int64).fill_null(0).alias("counts"),
        )
        return cls(*largest.row(0))


READ = (
    "birth_date",
    "sex",
    "post",
    "residence_permit_date",
    "continuous_insured_months",
    "back_paid_months",
    "insurance_in_order",
    "criminal_record",
    "barred_through",
    *MONTHS,
    "education",
    "suburban_home_in_december",
    "innovation_award",
    "taxed_100k_years",
    "tax_penalties",
    "honour",
    "detentions",
    "employer_barred_through",
)


def as_integers(frame: pl.DataFrame) -> dict[str, Column]:
    """Return a frame of facts as numpy columns of small integers.

    Dates are days since 1970-01-01, levels their position in the contract's order, a null year 0, a null
    date later than any, a null award or honour `ABSENT`, a missing ``employer_barred_through`` all null.
    """
    integers = frame.select(_integers(frame.get_column(name)) for name in READ if name in frame.columns)
    columns = {series.name: series.to_numpy() for series in integers}
    if "employer_barred_through" not in columns:
        columns["employer_barred_through"] = np.zeros(frame.height, dtype=np.int16)
    return columns


def _integers(series: pl.Series) -> pl.Expr:
    kind = series.dtype.base_type()
    plain = pl.col(series.name)
    if kind in (pl.Date, pl.Enum):
        plain = plain.to_physical()
    if kind == pl.Enum:
        plain = plain.cast(pl.UInt8)
    if series.null_count():
        plain = plain.fill_null({pl.Date: _NULL_DAY, pl.Enum: ABSENT}.get(kind, _NULL_YEAR))
    return plain
