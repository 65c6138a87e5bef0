"""Read a cohort larger than memory: a Parquet file, checked and given out batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from scoring.cohort.check import LISTED, Door, duplicate
from scoring.cohort.cohort import Cohort, inspect
from scoring.cohort.columns import TABLES, column_errors, level_of
from scoring.cohort.contract import Table
from scoring.cohort.errors import CohortError
from scoring.cohort.groups import Extra, extra_names
from scoring.cohort.measures import with_measures
from scoring.cohort.parquet_source import count_rows, is_empty, read_metadata, read_rows, read_schema
from scoring.cohort.provenance import Rules
from scoring.cohort.source import Raw, refuse
from scoring.cohort.violations import Violation, merged
from scoring.rulebook.held import Held

BATCH_ROWS = 500_000
# So many 64-bit hashes of pseudonyms are compared in one pass: 400 MB.
HASHES_AT_ONCE = 50_000_000


def read_batches(
    path: str | Path, *, rules: Rules, round_year: int, batch_rows: int = BATCH_ROWS, listed: int = LISTED
) -> Iterator[Cohort]:
    """Read a Parquet file of any length as checked cohorts of at most *batch_rows* rows, in order.

    Row numbers, groups and duplicate pseudonyms are those of the whole file. Memory holds one batch and eight
    bytes a row. When a batch breaks the contract, no more cohorts come, the rest is checked all the same, and
    the error at the end says what is wrong with the whole file.

    Raises:
        CohortError: the file cannot be read or breaks the contract; ``violations`` says all that is wrong.

    """
    place = Path(path)
    if place.suffix.lower() != ".parquet":
        raise refuse("batches_need_parquet", place)
    survey = _survey(place, batch_rows, listed, rules.measures)
    parts: list[tuple[Violation, ...]] = [survey.duplicates]
    sound = not survey.duplicates
    for start in range(0, survey.rows, batch_rows):
        rows = read_rows(place, start, batch_rows, columns=survey.columns)
        raw = Raw(rows, "typed", str(place), metadata=survey.metadata)
        door = Door.of(rules, round_year, listed=listed, first_row=start + 1, unique_ids=True)
        cohort, found = inspect(raw, rules, door, extras=survey.extras)
        parts.append(found)
        sound = sound and cohort is not None
        if sound and cohort is not None:
            yield cohort
    if not sound:
        raise CohortError(merged(parts, limit=listed))


@dataclass(frozen=True)
class _Survey:
    rows: int
    columns: list[str]
    metadata: dict[str, str]
    extras: dict[str, Extra]
    duplicates: tuple[Violation, ...]


def _survey(path: Path, batch_rows: int, listed: int, measures: Mapping[str, Held]) -> _Survey:
    """Look through the whole file for what no single batch can tell: groups and duplicates."""
    metadata, rows, schema = read_metadata(path), count_rows(path), read_schema(path)
    if not rows:
        raise refuse("no_rows", path)
    table = with_measures(TABLES[level_of(schema.names())], measures, read_rows(path, 0, 1))
    names = extra_names(schema.names(), table, column_errors(schema.names(), table))
    extras = {name: Extra(name, schema[name], of_contract=name in table.names) for name in names}
    for start in range(0, rows, batch_rows) if extras else ():
        frame = read_rows(path, start, batch_rows, columns=list(extras))
        for name, extra in extras.items():
            extra.feed(frame.get_column(name), start + 1)
    columns = [name for name in schema.names() if name != "applicant_id" or _told(path, table)]
    duplicates = _duplicates(path, rows, batch_rows, table=table, listed=listed)
    return _Survey(rows, columns, metadata, extras, duplicates)


def _told(path: Path, table: Table) -> bool:
    """Say whether pseudonyms are to be read: an empty column is as good as none where none is needed."""
    return "applicant_id" in table.required or not is_empty(path, "applicant_id")


def _duplicates(
    path: Path, rows: int, batch_rows: int, *, table: Table, listed: int
) -> tuple[Violation, ...]:
    if "applicant_id" not in read_schema(path).names():
        return ()
    passes = -(-rows // HASHES_AT_ONCE)
    suspects = np.concatenate([_twice(path, rows, batch_rows, (turn, passes)) for turn in range(passes)])
    if not suspects.size:
        return ()
    first: dict[str, int] = {}
    again: list[tuple[int, str]] = []
    for start in range(0, rows, batch_rows):
        ids = _ids(path, start, batch_rows)
        for row in np.flatnonzero(np.isin(ids.hash().to_numpy(), suspects)):
            value = ids[int(row)]
            if value is not None and first.setdefault(value, start + int(row)) != start + int(row):
                again.append((start + int(row), value))
    return tuple(
        duplicate(table, value, row=row + 1, first=first[value] + 1, count=len(again))
        for row, value in again[:listed]
    )


def _twice(path: Path, rows: int, batch_rows: int, turn: tuple[int, int]) -> npt.NDArray[np.uint64]:
    """Return the hashes that occur more than once among those that fall to this pass."""
    share, passes = turn
    some = [_share(_ids(path, start, batch_rows), share, passes) for start in range(0, rows, batch_rows)]
    ordered = np.concatenate(some)
    ordered.sort()
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


def _share(ids: pl.Series, share: int, passes: int) -> npt.NDArray[np.uint64]:
    hashes = ids.drop_nulls().hash().to_numpy()
    return hashes[hashes % passes == share] if passes > 1 else hashes


def _ids(path: Path, start: int, length: int) -> pl.Series:
    return read_rows(path, start, length, columns=["applicant_id"]).to_series().cast(pl.String, strict=False)
