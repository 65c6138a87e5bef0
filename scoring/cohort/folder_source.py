"""Find the tables of histories: files of a folder, or sheets of a workbook, each named for its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from scoring.cohort.contract_histories import HISTORIES, NEEDED
from scoring.cohort.errors import CohortError
from scoring.cohort.excel_source import DATA_SHEETS, Workbook, other_sheets, read_excel
from scoring.cohort.formats import FORMATS, WORKBOOKS, Reader, reader_of
from scoring.cohort.identity import shown, words_of
from scoring.cohort.source import Raw, refuse
from scoring.cohort.violations import Violation, error, note
from scoring.nearest import nearest

NAMES = tuple(table.name for table in HISTORIES)
# What systems and open spreadsheets leave beside files.
HIDDEN = (".", "~$")


@dataclass(frozen=True)
class Histories:
    """Say where the tables of a cohort stand, to be read one by one, and what else was found there."""

    place: Path
    tables: Mapping[str, partial[Raw]]
    found: tuple[Violation, ...]


def in_folder(place: Path) -> Histories:
    """Find the tables of a folder: one file each, or one workbook with all of them.

    Raises:
        CohortError: the folder cannot be looked into.

    """
    try:
        paths = sorted(path for path in place.iterdir() if not path.name.startswith(HIDDEN))
    except OSError as failure:
        raise refuse("unreadable", place, reason=failure.strerror or str(failure)) from failure
    files = {name: [path for path in paths if path.stem == name] for name in NAMES}
    others = [path for path in paths if path.stem not in NAMES]
    books = [path for path in others if path.suffix.lower() in WORKBOOKS]
    if len(books) == 1 and not any(files.values()):
        return in_workbook(Workbook.open(books[0]))
    tables, found = {}, list(_others(place, others))
    for name, candidates in files.items():
        try:
            if candidates:
                tables[name] = partial(_one(place, name, candidates), candidates[0])
        except CohortError as failure:
            found += of_table(name, failure.violations)
    return Histories(place, tables, (*found, *_absent(place, [name for name in NAMES if not files[name]])))


def in_workbook(book: Workbook) -> Histories:
    """Find the tables of a workbook: one sheet each, as in the template."""
    tables = {name: partial(book.read, name) for name in NAMES if name in book.sheets}
    misnamed = {name: meant for name in book.sheets if name not in NAMES if (meant := _meant(name))}
    found = [
        *_misnamed(book.path, misnamed),
        *other_sheets([name for name in book.sheets if name not in misnamed], list(tables)),
        *_absent(book.path, [name for name in NAMES if name not in tables]),
    ]
    return Histories(book.path, tables, tuple(found))


def holds_histories(book: Workbook) -> bool:
    """Say whether a workbook holds tables of histories, and not a sheet of facts or points."""
    tables = [name for name in book.sheets if name in NAMES]
    return bool(tables) and not set(DATA_SHEETS) & set(book.sheets) and book.sheets[0] in NAMES


def of_table(name: str, found: Iterable[Violation]) -> list[Violation]:
    """Say of what was found in a file that it concerns a table."""
    return [replace(one, table=name) for one in found]


def _one(place: Path, name: str, candidates: Sequence[Path]) -> Reader:
    """Return what reads the one file of a table."""
    if len(candidates) > 1:
        files = tuple(path.name for path in candidates)
        raise CohortError([error("table_twice", table=name, path=str(place), files=files)])
    reader = reader_of(candidates[0])
    return partial(read_excel, wanted=[name]) if reader is read_excel else reader


def _others(place: Path, others: Sequence[Path]) -> list[Violation]:
    """Refuse files that may be misnamed tables, and say that the others are ignored."""
    misnamed = {
        path.name: meant for path in others if path.suffix.lower() in FORMATS and (meant := _meant(path.stem))
    }
    ignored = tuple(shown(path.name) for path in others if path.name not in misnamed)
    notes = [note("other_files", path=str(place), files=ignored)] if ignored else []
    return [*_misnamed(place, misnamed), *notes]


def _misnamed(place: Path, misnamed: Mapping[str, str]) -> list[Violation]:
    return [
        error("unknown_table", path=str(place), file=shown(name), nearest=meant)
        for name, meant in misnamed.items()
    ]


def _meant(name: str) -> str | None:
    """Return the table that was probably meant: by a name that is near, or that shares a word with it."""
    words = words_of(name)
    near = nearest(words, NAMES)
    shared = (table for table in NAMES if set(table.split("_")) & set(words.split("_")))
    return near or next(shared, None)


def _absent(place: Path, absent: Sequence[str]) -> list[Violation]:
    """Refuse to do without the tables that are needed, and say which others are taken to be empty."""
    needed = [table.name for table in NEEDED if table.name in absent]
    others = tuple(name for name in absent if name not in needed)
    return [
        *(error("no_table", table=name, path=str(place)) for name in needed),
        *([note("absent_tables", tables=others)] if others else []),
    ]
