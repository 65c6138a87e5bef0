"""Facts as small integers: what the nine indicators read, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
        largest = frame.select(pl.col(*MONTHS, *COUNTS).max().fill_null(0)).row(0)
        return cls(months=max(largest[: len(MONTHS)]), counts=max(largest[len(MONTHS) :]))


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


@dataclass(frozen=True)
class Reader:
    """Read a frame of facts block by block as numpy columns of small integers.

    Dates are days since 1970-01-01, levels their position in the contract's order, a null year 0, a null
    date later than any, a null award or honour `ABSENT`, a missing ``employer_barred_through`` all null.
    Numbers without nulls are read where they lie; the others are prepared for a block at a time.
    """

    numbers: pl.DataFrame
    prepared: tuple[pl.Expr, ...]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Reader:
        """Look at the types of a frame and at where it has nulls, once for all its blocks."""
        columns = [frame.get_column(name) for name in READ if name in frame.columns]
        numbers = frame.select(column.name for column in columns).with_columns(
            pl.col(pl.Date).to_physical(), pl.col(pl.Enum).to_physical().cast(pl.UInt8)
        )
        return cls(numbers, tuple(prepared for column in columns for prepared in _prepared(column)))

    def block(self, start: int, rows: int) -> dict[str, Column]:
        """Return the columns of so many rows."""
        part = self.numbers.slice(start, rows)
        ready = part.select(self.prepared)
        columns = {
            column.name: column.to_numpy()
            for column in (*ready, *(column for column in part if column.name not in ready.columns))
        }
        if "employer_barred_through" not in columns:
            columns["employer_barred_through"] = np.zeros(part.height, dtype=np.int16)
        return columns


def as_integers(frame: pl.DataFrame) -> dict[str, Column]:
    """Return a whole frame of facts as numpy columns of small integers."""
    return Reader.of(frame).block(0, frame.height)


def _prepared(column: pl.Series) -> Iterator[pl.Expr]:
    kind = column.dtype.base_type()
    if kind == pl.Boolean:
        yield pl.col(column.name).cast(pl.UInt8)
    elif column.null_count():
        yield pl.col(column.name).fill_null({pl.Date: _NULL_DAY, pl.Enum: ABSENT}.get(kind, _NULL_YEAR))
