"""What a file gives before anything is checked: names, cells and where they came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import polars as pl

from scoring.cohort.errors import CohortError
from scoring.cohort.identity import shown
from scoring.cohort.violations import Violation, error, note

Origin = Literal["csv", "excel", "typed"]


@dataclass(frozen=True)
class Raw:
    """Hold a table as it was found.

    From CSV and Excel every column is text and an empty cell is null; Parquet and Python give typed columns.
    ``metadata`` is what a Parquet file says of itself.
    """

    frame: pl.DataFrame
    origin: Origin
    source: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Violation, ...] = ()


def refuse(rule: str, path: Path | None = None, **where: object) -> CohortError:
    """Make the error of a file that cannot be read at all."""
    return CohortError([error(rule, **({"path": str(path)} if path else {}), **where)])


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Turn what the system says about a file into an error of the door."""
    if path.is_dir():
        raise refuse("folder", path)
    try:
        yield
    except FileNotFoundError as failure:
        raise refuse("no_file", path) from failure
    except OSError as failure:
        raise refuse("unreadable", path, reason=failure.strerror or str(failure)) from failure


def named(names: Sequence[str | None], path: Path) -> list[str]:
    """Return the header, or refuse one that names two columns alike; a column without a name gets none."""
    header = [name or "" for name in names]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise CohortError(
            [
                error("duplicate_column", column=shown(name), path=str(path), count=header.count(name))
                for name in twice
            ]
        )
    return header


def trimmed(
    frame: pl.DataFrame, header: Sequence[str], path: Path
) -> tuple[pl.DataFrame, tuple[Violation, ...]]:
    """Name the columns of text, and drop what a spreadsheet leaves: empty rows below, empty unnamed columns.

    An unnamed column that holds something is an error.
    """
    unnamed = [i for i, name in enumerate(header) if not name]
    full = [i + 1 for i in unnamed if frame.to_series(i).null_count() < frame.height]
    if full:
        raise CohortError([error("unnamed_column", path=str(path), position=position) for position in full])
    kept = frame.select(frame.to_series(i).alias(name) for i, name in enumerate(header) if name)
    filled = (
        kept.select(pl.any_horizontal(pl.all().is_not_null()).arg_true().max()).item() if kept.width else None
    )
    rows = 0 if filled is None else filled + 1
    below = kept.height - rows
    notices = (note("empty_rows_below", rows=below),) if below else ()
    return kept.head(rows), notices
