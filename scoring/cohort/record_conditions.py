"""What a table of dated records may not hold besides: people unknown, spells backwards, days before birth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl

from scoring.cohort.conditions import DAYS, Condition, found
from scoring.cohort.contract import Column, Kind, Table
from scoring.cohort.contract_histories import INCOME_TAX, PENALTIES

BIRTH, KNOWN = "birth of the applicant", "row of the applicant"
"""What the table of applicants says of each record: columns beside its own."""


def record_conditions(table: Table, counting_from: dt.date, reference: dt.date) -> list[Condition]:
    """Return what the records of a table may not hold; what does not count is a note, and no error.

    Overlapping, touching, nested and duplicated spells are no fault: a month counts once. Nor is it one to
    tell a credential, a title or a holding twice. Payments and penalties add up: equal rows are a warning.
    """
    if not table.of_records:
        return []
    unknown = pl.col(KNOWN).is_null() & (pl.col("applicant_id") != "")
    days = [column for column in table.columns if column.kind in DAYS and column.name != "last_month"]
    return [
        Condition("applicant_id", "unknown_applicant", unknown),
        Condition("last_month", "reversed_spell", pl.col("last_month") < pl.col("first_month")),
        *map(_before_birth, days),
        *_of_one_kind(),
        *_told_twice(table),
        *_clipped(counting_from, reference),
    ]


def _before_birth(column: Column) -> Condition:
    name, born = column.name, pl.col(BIRTH)
    since = born.dt.month_start() if column.kind is Kind.MONTH else born
    return Condition(name, "before_birth", pl.col(name) < since, "warning")


def _of_one_kind() -> Iterator[Condition]:
    """Warn where a cell may be empty for other kinds of record, but not for this one."""
    unfiled = (pl.col("dwelling") == "rented") & pl.col(found("lease_filed")).is_null()
    yield Condition("lease_filed", "lease_unknown", unfiled, "warning")
    unpriced = (pl.col("kind") == "tax_fine") & pl.col(found("fine_yuan")).is_null()
    yield Condition("fine_yuan", "fine_unknown", unpriced, "warning")


def _told_twice(table: Table) -> Iterator[Condition]:
    if table in (INCOME_TAX, PENALTIES):
        again = ~pl.struct(table.names).is_first_distinct()
        yield Condition("applicant_id", "same_row", again, "warning")


def _clipped(counting_from: dt.date, reference: dt.date) -> Iterator[Condition]:
    first, last = pl.col("first_month"), pl.col("last_month")
    since, until = {"since": f"{counting_from:%Y-%m}"}, {"reference": reference.isoformat()}
    yield Condition("first_month", "before_counting", first < counting_from, "note", since)
    yield Condition("last_month", "past_reference", last > reference, "note", until)
