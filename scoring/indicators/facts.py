"""Facts as small integers: what the nine indicators read, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

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
_FILLED = {pl.Date: np.iinfo(np.int32).max, pl.Enum: ABSENT}
"""What stands for a null, where a column is no year."""


@dataclass(frozen=True)
class Extent:
    """Bound what a cohort holds, so that tables stay small.

    Attributes:
        months: the most months.
        counts: the highest count.
        values: for each column of the user's that an added indicator looks at, its different values in order.
        hundredths: those of the columns whose values are hundredths.
        levels: of those that are categories, the names; their values are positions in these.

    """

    months: int
    counts: int
    values: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)
    hundredths: frozenset[str] = frozenset()
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: pl.DataFrame, measures: Iterable[str] = ()) -> Extent:
        """Find the largest months and counts of a frame of facts, and the values of some other columns."""
        months, counts = (
            max(cast("int | None", frame.get_column(name).max()) or 0 for name in names)
            for names in (MONTHS, COUNTS)
        )
        return cls.of_measures(frame, measures, months=months, counts=counts)

    @classmethod
    def of_measures(
        cls, frame: pl.DataFrame, measures: Iterable[str], *, months: int = 0, counts: int = 0
    ) -> Extent:
        """Find the values of some columns of the user's; yes counts 1 and no 0."""
        columns = [frame.get_column(name) for name in measures]
        values = {one.name: as_whole(one).unique().sort().to_numpy() for one in columns}
        fine = frozenset(one.name for one in columns if in_hundredths(one.dtype))
        levels = {one.name: tuple(one.dtype.categories) for one in columns if isinstance(one.dtype, pl.Enum)}
        return cls(months, counts, values, fine, levels)


def as_whole(column: pl.Series) -> pl.Series:
    """Return a column of the user's as whole numbers: a category is its position, yes 1 and no 0."""
    return column.to_physical().cast(pl.Int64)


def in_hundredths(kind: pl.DataType) -> bool:
    """Say whether a checked column holds numbers of two decimals: the door gives no other 64 bits."""
    return kind == pl.Int64


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
    standing: tuple[str, ...]
    prepared: tuple[pl.Expr, ...]

    @classmethod
    def of(cls, frame: pl.DataFrame, measures: Iterable[str] = ()) -> Reader:
        """Look at the types of a frame and at where it has nulls, once for all its blocks.

        ``measures`` are further columns of whole numbers, or of yes and no, that indicators look at.
        """
        read = {*READ, *measures}
        kinds = {name: kind.base_type() for name, kind in frame.schema.items() if name in read}
        physical = [
            pl.col(name).to_physical().cast(pl.UInt8 if kind == pl.Enum else pl.Int32)
            for name, kind in kinds.items()
            if kind in _FILLED
        ]
        prepared = {
            name: pl.col(name).cast(pl.UInt8)
            if kind == pl.Boolean
            else pl.col(name).fill_null(_FILLED.get(kind, _NULL_YEAR))
            for name, kind in kinds.items()
            if kind == pl.Boolean or frame.get_column(name).null_count()
        }
        standing = tuple(name for name in kinds if name not in prepared)
        return cls(frame.with_columns(physical), standing, tuple(prepared.values()))

    def block(self, start: int, rows: int) -> dict[str, Column]:
        """Return the columns of so many rows."""
        part = self.numbers.slice(start, rows)
        columns = {name: part.get_column(name).to_numpy() for name in self.standing}
        columns |= {column.name: column.to_numpy() for column in part.select(self.prepared)}
        if "employer_barred_through" not in columns:
            columns["employer_barred_through"] = np.zeros(part.height, dtype=np.int16)
        return columns


def as_integers(frame: pl.DataFrame, measures: Iterable[str] = ()) -> dict[str, Column]:
    """Return a whole frame of facts as numpy columns of small integers."""
    return Reader.of(frame, measures).block(0, frame.height)
