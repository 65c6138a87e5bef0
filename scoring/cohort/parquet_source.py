"""Read a Parquet file with its types and with what it says of itself, whole or in batches of rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl

from scoring.cohort.panics import is_panic, panics_unprinted
from scoring.cohort.source import Raw, opening, refuse

Result = TypeVar("Result")


def read_parquet(path: Path) -> Raw:
    """Read a whole Parquet file.

    Raises:
        CohortError: it is no Parquet file, or cut off.

    """
    metadata = read_metadata(path)
    frame = _reading(path, lambda: pl.read_parquet(path, glob=False))
    return Raw(frame, "typed", str(path), metadata=metadata)


def read_metadata(path: Path) -> dict[str, str]:
    """Read what a Parquet file says of itself."""
    return _reading(path, lambda: pl.read_parquet_metadata(path))


def count_rows(path: Path) -> int:
    """Count the rows of a Parquet file without reading them."""
    rows = _reading(path, lambda: pl.scan_parquet(path, glob=False).select(pl.len()).collect().item())
    return int(rows)


def is_empty(path: Path, column: str) -> bool:
    """Say whether a column of a Parquet file holds nothing at all."""
    filled = pl.scan_parquet(path, glob=False).select(pl.col(column).count())
    return bool(_reading(path, lambda: filled.collect().item()) == 0)


def read_rows(path: Path, start: int, length: int, *, columns: list[str] | None = None) -> pl.DataFrame:
    """Read some rows of a Parquet file, of some columns if they are named."""
    scan = pl.scan_parquet(path, glob=False)
    chosen = scan if columns is None else scan.select(columns)
    return _reading(path, lambda: chosen.slice(start, length).collect())


def read_schema(path: Path) -> pl.Schema:
    """Read the names and types of a Parquet file's columns."""
    return _reading(path, lambda: pl.scan_parquet(path, glob=False).collect_schema())


def _reading(path: Path, read: Callable[[], Result]) -> Result:
    with opening(path):
        try:
            with panics_unprinted():
                return read()
        except pl.exceptions.PolarsError as failure:
            raise refuse("not_parquet", path) from failure
        except BaseException as failure:
            if is_panic(failure):
                raise refuse("not_parquet", path) from failure
            raise
