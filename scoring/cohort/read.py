"""Read a cohort of facts or points from a file: CSV, Parquet or Excel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scoring.cohort.check import LISTED, Door
from scoring.cohort.cohort import Cohort, admit
from scoring.cohort.csv_source import read_csv
from scoring.cohort.excel_source import read_excel
from scoring.cohort.parquet_source import read_parquet
from scoring.cohort.provenance import Rules
from scoring.cohort.source import Raw, refuse

READERS: dict[str, Callable[[Path], Raw]] = {
    ".csv": read_csv,
    ".parquet": read_parquet,
    ".xlsx": read_excel,
    ".xlsm": read_excel,
}


def read(path: str | Path, *, rules: Rules, round_year: int, listed: int = LISTED) -> Cohort:
    """Read and check a cohort of facts or points.

    The level is told by columns: ``total`` means points, ``insured_months`` facts. The format is told by
    the suffix: ``.csv`` (UTF-8, also with byte-order mark, or GB18030), ``.parquet``, ``.xlsx``. Nothing is
    guessed or filled in; what is ignored is said in ``notices``. ``listed`` is how many rows are listed for
    each rule that is broken in a column.

    Raises:
        CohortError: the file cannot be read or breaks the contract; ``violations`` says all that is wrong.

    """
    place = Path(path)
    if place.is_dir():
        raise refuse("folder", place)
    reader = READERS.get(place.suffix.lower())
    if reader is None:
        raise refuse("suffix", place, suffix=place.suffix, known=tuple(READERS))
    return admit(reader(place), rules, Door.of(rules, round_year, listed=listed))
