"""Read a department's export: a file of facts or points, or histories in a folder or a workbook.

The files are read by the cohort's own door, so that names, encodings and damage are judged alike.
What the door says of them is said again with every value masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from scoring.cohort import CohortError
from scoring.cohort.columns import TELLING
from scoring.cohort.contract import Table
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_histories import APPLICANTS, HISTORIES
from scoring.cohort.contract_points import POINTS
from scoring.cohort.excel_source import DATA_SHEETS, Workbook
from scoring.cohort.folder_source import Histories, holds_histories, in_folder, in_workbook
from scoring.cohort.formats import WORKBOOKS, reader_of
from scoring.cohort.sift import refused
from scoring.cohort.source import Raw
from scoring.cohort.violations import Violation
from synthetic_data.deidentify.errors import UnsafeExport
from synthetic_data.deidentify.masking import masked_lines

Level = Literal["facts", "points", "histories"]
TABLES: dict[str, Table] = {table.name: table for table in (FACTS, POINTS, *HISTORIES)}


@dataclass(frozen=True)
class Export:
    """Hold the tables of an export as they were found, by the contract's names, and what was left aside."""

    level: Level
    tables: Mapping[str, Raw] = field(repr=False)
    found: tuple[Violation, ...] = field(default=(), repr=False)

    @property
    def files_left(self) -> int:
        """How many files of a folder are no tables."""
        return sum(len(one.data["files"]) for one in self.found if one.rule == "other_files")

    @property
    def sheets_left(self) -> bool:
        """Whether a workbook has sheets that were not read."""
        notices = [*self.found, *(notice for raw in self.tables.values() for notice in raw.notices)]
        return any(notice.rule == "other_sheets" for notice in notices)


def read_export(path: str | Path) -> Export:
    """Read an export: CSV, Parquet or Excel.

    Raises:
        UnsafeExport: something cannot be read, or it cannot be told what it is.

    """
    place = Path(path)
    try:
        export = _histories(in_folder(place)) if place.is_dir() else _file(place)
    except CohortError as failure:
        raise UnsafeExport(masked_lines(failure.violations)) from None
    people = APPLICANTS.name if export.level == "histories" else export.level
    if not export.tables[people].frame.height:
        raise UnsafeExport(f"{place} has no rows of data")
    return export


def _file(place: Path) -> Export:
    if place.suffix.lower() not in WORKBOOKS:
        return _one_table(place, reader_of(place)(place))
    book = Workbook.open(place)
    return (
        _histories(in_workbook(book))
        if holds_histories(book)
        else _one_table(place, book.read_one(DATA_SHEETS))
    )


def _one_table(place: Path, raw: Raw) -> Export:
    """Tell facts and points apart, without repeating what stands where the header should."""
    told = [level for level, column in TELLING.items() if column in raw.frame.columns]
    if len(told) != 1:
        which = "both" if told else "neither"
        raise UnsafeExport(
            f"{place}: its first row names {which} of the columns insured_months (facts) and total (points), "
            "so it cannot be told what it holds"
        )
    return Export(told[0], {told[0]: raw})


def _histories(histories: Histories) -> Export:
    if refused(histories.found):
        raise CohortError(histories.found)
    return Export("histories", {name: read() for name, read in histories.tables.items()}, histories.found)
