"""Read a department's export: a file of facts or points, or a folder of histories, one file a table.

The files are read by the cohort's own door, so that encodings, spreadsheets and damage are judged alike. What
the door says of them is said again with every value masked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import polars as pl

from scoring.cohort import CohortError
from scoring.cohort.columns import TELLING
from scoring.cohort.contract import Table
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_histories import HISTORIES
from scoring.cohort.contract_points import POINTS
from scoring.cohort.read import READERS
from scoring.cohort.source import Raw
from scoring.nearest import did_you_mean
from synthetic_data.deidentify.errors import UnsafeExport
from synthetic_data.deidentify.masking import masked_lines

Level = Literal["facts", "points", "histories"]
TABLES: dict[str, Table] = {table.name: table for table in (FACTS, POINTS, *HISTORIES)}


@dataclass(frozen=True)
class Export:
    """Hold the tables of an export as they were found, by the contract's names, and files left aside."""

    level: Level
    tables: Mapping[str, Raw] = field(repr=False)
    other_files: int = 0


def read_export(path: str | Path) -> Export:
    """Read an export: CSV, Parquet or Excel.

    Raises:
        UnsafeExport: a file cannot be read, names nobody, or it cannot be told which table it is.

    """
    place = Path(path)
    return _folder(place) if place.is_dir() else _file(place)


def _file(place: Path) -> Export:
    raw = _with_rows(place)
    told = [level for level, column in TELLING.items() if column in raw.frame.columns]
    if len(told) != 1:
        which = "both" if told else "neither"
        raise UnsafeExport(
            f"{place}: its first row names {which} of the columns insured_months (facts) and total (points), "
            "so it cannot be told what it holds"
        )
    return Export(told[0], {told[0]: raw})


def _folder(place: Path) -> Export:
    """Read the tables of a folder; an empty one is as good as none, but for the applicants."""
    files = _tables_in(place)
    if "applicants" not in files:
        raise UnsafeExport(
            f"{place} holds no table of applicants: a file applicants.csv, .parquet or .xlsx is needed, "
            "and every other table under its name in `jifen template histories`"
        )
    tables = {"applicants": _with_rows(files["applicants"])}
    for name in files:
        if name not in tables and (raw := _read(files[name])).frame.height:
            tables[name] = raw
    return Export("histories", tables, len(list(place.iterdir())) - len(files))


def _tables_in(place: Path) -> dict[str, Path]:
    names = [table.name for table in HISTORIES]
    files: dict[str, Path] = {}
    for path in sorted(path for path in place.iterdir() if path.suffix.lower() in READERS):
        if path.stem in files:
            raise UnsafeExport(f"{place} holds two tables {path.stem}: {files[path.stem].name}, {path.name}")
        if path.stem in names:
            files[path.stem] = path
        elif meant := did_you_mean(path.stem, names):
            raise UnsafeExport(f"{path} is no table of the histories{meant}")
    return files


def _read(path: Path) -> Raw:
    """Read a table; one with a header alone has no rows."""
    try:
        return _reader(path)(path)
    except CohortError as failure:
        if {violation.rule for violation in failure.violations} == {"no_rows"}:
            return Raw(pl.DataFrame(), "typed", str(path))
        raise UnsafeExport(masked_lines(failure.violations)) from None


def _with_rows(path: Path) -> Raw:
    raw = _read(path)
    if not raw.frame.height:
        raise UnsafeExport(f"{path} has no rows of data")
    return raw


def _reader(path: Path) -> Callable[[Path], Raw]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnsafeExport(f"{path}: its suffix is none of {', '.join(READERS)}")
    return reader
