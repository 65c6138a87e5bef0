"""What a column of the contract may not hold: one condition a rule, true where a row breaks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from scoring.cohort.contract import FIRST_YEAR, LAST_YEAR, WHOLE_NUMBERS, Column, Kind, Table
from scoring.cohort.violations import Severity

FIRST_DAY, LAST_DAY = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)

# How a value that could not be read is called.
UNREAD = {
    **dict.fromkeys(WHOLE_NUMBERS, "not_whole"),
    Kind.DATE: "not_date",
    Kind.MONTH: "not_month",
    Kind.BOOL: "not_bool",
    Kind.LEVEL: "unknown_level",
    Kind.KEY: "unknown_key",
    Kind.POINTS: "not_points",
    Kind.HUNDREDTHS: "not_hundredths",
    Kind.FRACTION: "not_decimal",
    Kind.YUAN: "not_decimal",
}
DAYS = (Kind.DATE, Kind.MONTH)


@dataclass(frozen=True)
class Condition:
    """Name a rule and give the expression that is true where a row breaks it.

    It speaks of columns as parsed, and of columns as found under :func:`found`.
    """

    column: str
    rule: str
    broken: pl.Expr
    severity: Severity = "error"
    data: dict[str, Any] = field(default_factory=dict)


def found(name: str) -> str:
    """Name a column as it was found, beside the parsed one."""
    return f"found {name}"


def conditions(table: Table, present: list[str], reference: dt.date) -> list[Condition]:
    """Return what the columns present may not hold, column by column in the contract's order.

    ``reference`` is the day up to which everything counts (Art. 16).
    """
    columns = [column for column in table.columns if column.name in present]
    return [_marked(one, column) for column in columns for one in _of_column(column, reference)]


def _marked(condition: Condition, column: Column) -> Condition:
    """Let a condition on a column say what rules alone know of it: hundredths, and its categories."""
    if column.kind is Kind.HUNDREDTHS:
        return replace(condition, data={**condition.data, "hundredths": True})
    if column.kind is Kind.LEVEL and column.group and not column.districts:
        return replace(condition, data={**condition.data, "levels": column.levels})
    return condition


def _of_column(column: Column, reference: dt.date) -> Iterator[Condition]:
    name, value, cell = column.name, pl.col(column.name), pl.col(found(column.name))
    empty = cell.is_null() | (value == "") if column.kind is Kind.ID else cell.is_null()
    if not column.nullable:
        yield Condition(name, "empty", empty)
    if column.kind in UNREAD:
        yield Condition(name, UNREAD[column.kind], cell.is_not_null() & value.is_null())
    if column.kind is Kind.MONTH:
        yield Condition(name, "not_first_day", value.dt.day() != 1)
    if column.kind in DAYS:
        yield Condition(name, "too_early", value < FIRST_DAY)
    yield from _bounds(column, reference)


def _bounds(column: Column, reference: dt.date) -> Iterator[Condition]:
    name, value = column.name, pl.col(column.name)
    if column.low is not None:
        yield Condition(name, "negative" if column.low == 0 else "too_low", value < column.low)
    if column.high is not None:
        yield Condition(name, "positive" if column.high == 0 else "too_high", value > column.high)
    if column.until_reference:
        bound = reference if column.kind is Kind.DATE else reference.year
        yield Condition(name, "after_reference", value > bound, data={"reference": reference.isoformat()})
    elif column.kind in DAYS:
        yield Condition(name, "too_late", value > LAST_DAY)
