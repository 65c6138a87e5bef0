"""Keep money and shares as exact as they were written: binary floats may add up to less than a line."""

from __future__ import annotations

import polars as pl

from scoring.cohort.contract import Kind, Table
from scoring.cohort.source import Raw

AMOUNTS = (Kind.FRACTION, Kind.YUAN)
DECIMALS = r"^[0-9]+\.([0-9]+)$"
MOST_DECIMALS = 18


def exact_amounts(raw: Raw, table: Table) -> list[pl.Series]:
    """Return the checked columns of money and shares: decimals from text, from Parquet as they stand."""
    columns = [raw.frame.get_column(column.name) for column in table.columns if column.kind in AMOUNTS]
    return [cells if raw.origin == "typed" else _decimals(cells) for cells in columns]


def _decimals(cells: pl.Series) -> pl.Series:
    """Read amounts with as many decimals as the longest has, or as floats beyond what decimals hold."""
    written = cells.cast(pl.String)
    longest = written.str.extract(DECIMALS).str.len_chars().fill_null(0).max()
    scale = longest if isinstance(longest, int) else 0
    return written.cast(pl.Decimal(38, scale) if scale <= MOST_DECIMALS else pl.Float64())
