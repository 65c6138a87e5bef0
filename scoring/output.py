"""Write a scored cohort: Parquet, CSV or Excel by suffix; Parquet to Parquet when larger than memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import polars as pl
import xlsxwriter
from polars.io.plugins import register_io_source
from xlsxwriter.exceptions import FileCreateError

from scoring.cohort import read_batches
from scoring.cohort.atomic import check_place, replacing
from scoring.cohort.check import LISTED
from scoring.cohort.template import MADE
from scoring.cohort.violations import Violation, merged
from scoring.errors import JifenError
from scoring.nearest import did_you_mean
from scoring.points import chunks_of
from scoring.ranking import Ranking, TotalCounts, rank
from scoring.rulebook import Rulebook
from scoring.scored import Scored, points_of, scored_frame

MOST_EXCEL_ROWS = 1_048_575
"""Rows of an Excel sheet under its header."""


class OutputError(JifenError):
    """Refuse a file that a scored cohort cannot be written to."""


def write_scored(scored: Scored, path: str | Path) -> None:
    """Write the contract's "Scored" to a ``.parquet``, ``.csv`` or ``.xlsx`` file, whole or not at all.

    Points are ``Decimal(scale 2)`` in Parquet and plain ``97.13`` elsewhere; reasons are a list in Parquet
    and joined by ``;`` elsewhere. Parquet records round, rulebook and quota.

    Raises:
        OutputError: the suffix is none of the three, or rows or names do not fit an Excel sheet.

    """
    target = Path(path)
    writer = _writer(target)
    with replacing(target) as beside:
        writer(scored, beside)


def check_output(path: str | Path, *, source: str | Path) -> None:
    """Refuse a place that cannot be written to, and the cohort's own files, before any work is done.

    Raises:
        OutputError: the suffix is none of the three, or *path* is the file that is read.
        CannotWrite: *path* is a folder, or lies in none.

    """
    target = Path(path)
    check_place(target)
    _writer(target)
    place = Path(source)
    own = place.iterdir() if place.is_dir() else [place] if place.exists() else []
    if target.exists() and any(target.samefile(one) for one in own):
        raise OutputError(f"cannot write {target}: it is the cohort itself")


def score_parquet(
    source: str | Path,
    target: str | Path,
    rules: Rulebook,
    *,
    round_year: int,
    quota: int,
    batch_rows: int = 500_000,
) -> tuple[Ranking, tuple[Violation, ...]]:
    """Score a Parquet file of any length into another, batch by batch, in memory that does not grow with it.

    The first pass counts totals, the second writes rows with their rank among all. What is written is what
    `scoring.scored.score` and `write_scored` would write.

    Returns:
        How the round ended, and what the cohort's check had to remark.

    Raises:
        CohortError: the cohort breaks its contract; nothing is written.

    """
    counts, applicants, notices = TotalCounts.of([]), 0, list[tuple[Violation, ...]]()
    for cohort in read_batches(source, rules=rules, round_year=round_year, batch_rows=batch_rows):
        points = points_of(cohort, rules)
        counts += TotalCounts.of(chunks_of(points))
        applicants += points.height
        notices.append(cohort.notices)
    ranking = rank(counts, applicants=applicants, quota=quota)

    def frames() -> Iterator[pl.DataFrame]:
        for cohort in read_batches(source, rules=rules, round_year=round_year, batch_rows=batch_rows):
            yield scored_frame(cohort, points_of(cohort, rules), counts, ranking)

    with replacing(target) as beside:
        _sink(frames(), beside, _metadata(rules, round_year, quota))
    return ranking, merged(notices, limit=LISTED)


def _sink(frames: Iterator[pl.DataFrame], path: Path, metadata: dict[str, str]) -> None:
    first = next(frames)

    def source(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        for frame in chain([first], frames):
            part = frame if columns is None else frame.select(columns)
            yield part if predicate is None else part.filter(predicate)
            if rows is not None:
                rows -= part.height
                if rows <= 0:
                    return

    register_io_source(source, schema=first.schema).sink_parquet(path, metadata=metadata)


def _metadata(rules: Rulebook, round_year: int, quota: int) -> dict[str, str]:
    return {
        "jifen.scored": json.dumps(
            {"round": round_year, "rulebook": rules.name, "digest": rules.digest, "quota": quota}
        )
    }


def _parquet(scored: Scored, path: Path) -> None:
    scored.frame.write_parquet(path, metadata=_metadata(scored.rules, scored.round_year, scored.quota))


def _joined(scored: Scored) -> pl.DataFrame:
    return scored.frame.with_columns(pl.col("ineligible_because").list.join(";"))


def _csv(scored: Scored, path: Path) -> None:
    _joined(scored).write_csv(path)


def _excel(scored: Scored, path: Path) -> None:
    frame = _joined(scored)
    if frame.height > MOST_EXCEL_ROWS:
        raise OutputError(
            f"{frame.height} rows do not fit an Excel sheet, which holds {MOST_EXCEL_ROWS} under its header;"
            " write .parquet or .csv"
        )
    if alike := _alike(frame.columns):
        raise OutputError(
            f"{alike} are one name to Excel; rename the cohort's column, or write .parquet or .csv"
        )
    try:
        _workbook(frame, path)
    except FileCreateError as error:
        (refusal,) = error.args
        raise refusal from None


def _alike(names: Sequence[str]) -> str:
    """Name two columns that differ in upper and lower case alone: a table of Excel takes them for one."""
    first: dict[str, str] = {}
    for name in names:
        if first.setdefault(name.lower(), name) != name:
            return f"{first[name.lower()]} and {name}"
    return ""


def _workbook(frame: pl.DataFrame, path: Path) -> None:
    # A text that begins with "=" stays a text: a cohort's words are never formulas.
    points = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Decimal)]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": MADE})
        frame.write_excel(
            book, "scored", column_formats=dict.fromkeys(points, "0.00"), autofit=True, freeze_panes=(1, 0)
        )


_WRITERS: dict[str, Callable[[Scored, Path], None]] = {".parquet": _parquet, ".csv": _csv, ".xlsx": _excel}


def _writer(path: Path) -> Callable[[Scored, Path], None]:
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        hint = did_you_mean(path.suffix.lower(), _WRITERS)
        raise OutputError(f"cannot write {path}: its suffix must be .parquet, .csv or .xlsx{hint}")
    return writer
