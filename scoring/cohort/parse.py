"""Turn cells into the contract's types, strictly: what is not written as the contract says becomes null.

A null here where the source holds something is what the check reports. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from scoring.cohort.contract import SHORT_DISTRICTS, Column, Kind
from scoring.cohort.source import Origin

DATE_SHAPE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
EXCEL_DATE_SHAPE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}( 00:00:00)?$"
POINTS_SHAPE = r"^-?[0-9]{1,12}(\.[0-9]{1,2}0*)?$"
DECIMAL_SHAPE = r"^-?[0-9]{1,15}(\.[0-9]+)?$"
# Beyond this a hundredth is no longer told apart in 64-bit floats.
MOST_EXACT = 10**12
# A 32-bit float tells hundredths apart only below this.
MOST_EXACT_32 = 1 << 16

NARROW: dict[Kind, pl.DataType] = {
    Kind.DATE: pl.Date(),
    Kind.MONTH: pl.Date(),
    Kind.MONTHS: pl.Int16(),
    Kind.COUNT: pl.Int16(),
    Kind.NUMBER: pl.Int32(),
    Kind.YEAR: pl.Int16(),
    Kind.BOOL: pl.Boolean(),
    Kind.POINTS: pl.Int32(),
    # Wider than any whole number of the contract, so that scoring knows hundredths by their type.
    Kind.HUNDREDTHS: pl.Int64(),
    Kind.FRACTION: pl.Float64(),
    Kind.YUAN: pl.Float64(),
}


def parsed(column: Column, dtype: pl.DataType, origin: Origin, keys: Sequence[str] = ()) -> pl.Expr | None:
    """Return an expression that parses a column of that type, or None when the type itself is wrong."""
    cell = pl.col(column.name)
    if dtype == pl.Null:
        return cell.cast(narrow_type(column, keys))
    if column.kind in (Kind.LEVEL, Kind.KEY):
        return _word(cell, dtype, column, keys)
    if origin != "typed":
        return _from_text(cell, column, excel=origin == "excel")
    return TYPED[column.kind](cell, dtype)


def narrow_type(column: Column, keys: Sequence[str] = ()) -> pl.DataType:
    """Return the type that a checked column has: the smallest that holds what the contract allows."""
    if column.kind is Kind.LEVEL:
        return pl.Enum(column.levels)
    return pl.Enum(keys) if column.kind is Kind.KEY else NARROW.get(column.kind, pl.String())


def _word(cell: pl.Expr, dtype: pl.DataType, column: Column, keys: Sequence[str]) -> pl.Expr | None:
    if not _is_text(dtype):
        return None
    text = cell.cast(pl.String)
    if column.districts:
        text = text.replace(SHORT_DISTRICTS)
    return text.cast(narrow_type(column, keys), strict=False)


def _is_text(dtype: pl.DataType) -> bool:
    return dtype == pl.String or isinstance(dtype, pl.Categorical | pl.Enum)


def _from_text(cell: pl.Expr, column: Column, *, excel: bool) -> pl.Expr:
    match column.kind:
        case Kind.MONTHS | Kind.COUNT | Kind.NUMBER | Kind.YEAR:
            return pl.when(~cell.str.starts_with("+")).then(cell.cast(pl.Int64, strict=False))
        case Kind.DATE | Kind.MONTH:
            written = cell.str.contains(EXCEL_DATE_SHAPE if excel else DATE_SHAPE)
            return pl.when(written).then(cell.str.head(10)).str.to_date("%Y-%m-%d", strict=False)
        case Kind.BOOL:
            lower = cell.str.to_lowercase()
            return pl.when(lower.is_in(["true", "false"])).then(lower == "true")
        case Kind.POINTS | Kind.HUNDREDTHS:
            written = pl.when(cell.str.contains(POINTS_SHAPE)).then(cell)
            return (written.cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64)
        case Kind.FRACTION | Kind.YUAN:
            return pl.when(cell.str.contains(DECIMAL_SHAPE)).then(cell).cast(pl.Float64, strict=False)
        case _:
            return cell


def _typed_id(cell: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    return cell.cast(pl.String) if _is_text(dtype) or dtype.is_integer() else None


def _typed_whole(cell: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    if dtype in (pl.Int16, pl.Int32, pl.Int64):
        return cell
    if dtype.is_integer():
        return cell.cast(pl.Int64, strict=False)
    if dtype.is_numeric():
        number = cell.cast(pl.Float64)
        return (
            pl.when(number.is_finite() & (number == number.round())).then(number).cast(pl.Int64, strict=False)
        )
    return None


def _typed_decimal(cell: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    if not dtype.is_numeric():
        return None
    number = cell.cast(pl.Float64)
    return pl.when(number.is_finite()).then(number)


def _typed_date(cell: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    if dtype == pl.Date:
        return cell
    if isinstance(dtype, pl.Datetime):
        return pl.when(cell.dt.truncate("1d") == cell).then(cell.dt.date())
    return None


def _typed_bool(cell: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    return cell if dtype == pl.Boolean else None


def _typed_points(cell: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    if dtype.is_integer():
        whole = cell.cast(pl.Int64, strict=False)
        return pl.when(whole.abs() <= MOST_EXACT).then(whole * 100)
    if isinstance(dtype, pl.Decimal):
        exact = cell.cast(pl.Decimal(38, 2)).cast(pl.Decimal(38, max(dtype.scale, 2))) == cell
        return pl.when(exact).then((cell.cast(pl.Float64) * 100).round()).cast(pl.Int64, strict=False)
    if not dtype.is_float():
        return None
    number = cell.cast(pl.Float64)
    hundredths = (number * 100).round()
    # Polars divides by a literal by way of its reciprocal, which is a bit off for a third of all hundredths.
    again = (hundredths / (hundredths * 0 + 100)).cast(dtype)
    most = MOST_EXACT if dtype == pl.Float64 else MOST_EXACT_32
    return pl.when((number.abs() <= most) & (again == cell)).then(hundredths).cast(pl.Int64, strict=False)


TYPED: Mapping[Kind, Callable[[pl.Expr, pl.DataType], pl.Expr | None]] = {
    Kind.ID: _typed_id,
    Kind.CATEGORY: _typed_id,
    Kind.DATE: _typed_date,
    Kind.MONTH: _typed_date,
    Kind.BOOL: _typed_bool,
    Kind.MONTHS: _typed_whole,
    Kind.COUNT: _typed_whole,
    Kind.NUMBER: _typed_whole,
    Kind.YEAR: _typed_whole,
    Kind.POINTS: _typed_points,
    Kind.HUNDREDTHS: _typed_points,
    Kind.FRACTION: _typed_decimal,
    Kind.YUAN: _typed_decimal,
}
