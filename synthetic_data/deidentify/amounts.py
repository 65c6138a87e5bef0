"""Read months, amounts of money and shares of the histories, strictly."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from scoring.cohort.contract import Column, Kind
from scoring.cohort.identity import masked
from scoring.cohort.parse import parsed
from scoring.cohort.source import Raw
from scoring.cohort.violations import Violation, error

AMOUNT = r"^[0-9]{1,15}(?:\.([0-9]{1,18}))?$"


def parse_others(raw: Raw, columns: Sequence[Column], table: str) -> tuple[list[pl.Series], list[Violation]]:
    """Parse columns of months, money and shares, and say which cells are none; nothing is guessed."""
    parsed_columns: list[pl.Series] = []
    violations: list[Violation] = []
    for column in columns:
        cells = raw.frame.get_column(column.name)
        expression = _expression(column, cells, raw)
        if expression is None:
            violations.append(error("wrong_type", table=table, column=column.name, type=str(cells.dtype)))
            continue
        values = raw.frame.select(expression.alias(column.name)).to_series()
        parsed_columns.append(values)
        violations += _wrong(column, cells, values, table)
    return parsed_columns, violations


def _expression(column: Column, cells: pl.Series, raw: Raw) -> pl.Expr | None:
    if column.kind is Kind.MONTH:
        return parsed(column, cells.dtype, raw.origin)
    cell = pl.col(column.name)
    if cells.dtype == pl.Null:
        return cell.cast(pl.Float64)
    if raw.origin != "typed":
        written = pl.when(cell.str.contains(AMOUNT)).then(cell)
        return written.cast(pl.Decimal(38, _decimals(cells)), strict=False)
    if not cells.dtype.is_numeric():
        return None
    number = cell.cast(pl.Float64)
    return pl.when(number.is_finite() & (number >= 0)).then(cell)


def _decimals(cells: pl.Series) -> int:
    """Return how many decimals are written at most: as binary floats, sums would fall short of a line."""
    return cells.str.extract(AMOUNT).str.len_chars().cast(pl.Int64).max() or 0  # type: ignore[return-value]


def _wrong(column: Column, cells: pl.Series, values: pl.Series, table: str) -> list[Violation]:
    found = {"unread": cells.is_not_null() & values.is_null()}
    if not column.nullable:
        found["empty"] = cells.is_null()
    if column.high is not None:
        found["too_high"] = values > column.high
    return [
        error(rule, table=table, column=column.name, row=row + 1, value=value, count=int(rows.sum()))
        for rule, rows in found.items()
        if rows.any()
        for row in (int(rows.fill_null(value=False).arg_true()[0]),)
        for value in (None if cells[row] is None else masked(str(cells[row])),)
    ]
