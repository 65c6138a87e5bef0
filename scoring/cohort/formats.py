"""The formats that a table may come in, told by the suffix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scoring.cohort.csv_source import read_csv
from scoring.cohort.excel_source import read_excel
from scoring.cohort.parquet_source import read_parquet
from scoring.cohort.source import Raw, refuse

Reader = Callable[[Path], Raw]

FORMATS: dict[str, Reader] = {
    ".csv": read_csv,
    ".parquet": read_parquet,
    ".xlsx": read_excel,
    ".xlsm": read_excel,
}
WORKBOOKS = tuple(suffix for suffix, reader in FORMATS.items() if reader is read_excel)


def reader_of(path: Path) -> Reader:
    """Return what reads a file of that name.

    Raises:
        CohortError: the suffix is not known.

    """
    reader = FORMATS.get(path.suffix.lower())
    if reader is None:
        raise refuse("suffix", path, suffix=path.suffix, known=tuple(FORMATS))
    return reader


def with_rows(reader: Reader) -> Reader:
    """Return a reader that refuses a table without rows."""

    def read(path: Path) -> Raw:
        raw = reader(path)
        if not raw.frame.height:
            raise refuse("no_rows", path)
        return raw

    return read
