"""The tables of a result: outcomes by draw, admitted by level, and each applicant's probability."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.engine import NO_CUTOFF, UNIT, Level, Outcomes

MARK = "jifen.results"
"""The key in Parquet's metadata under which a table says what it is of."""

_ROWS_A_GROUP = 1 << 17
_BYTES_A_PAGE = 1 << 20
_POINTS = pl.Decimal(12, 2)


def joined(parts: Iterable[Outcomes]) -> Outcomes:
    """Put the outcomes of consecutive chunks together, holding one chunk's people at a time."""
    kept: list[Outcomes] = []
    people = np.zeros(1, dtype=np.int32)
    for part in parts:
        people = people + part.person_counts.astype(np.int32)
        kept.append(replace(part, person_counts=np.zeros(1, dtype=np.int32)))
    return replace(Outcomes.concat(kept), person_counts=people)


def outcomes_frame(outcomes: Outcomes) -> pl.DataFrame:
    """Return one row a draw; the cutoff to 0.01 (half away from zero) and exactly, null where none is."""
    return pl.DataFrame(
        {
            "draw": np.arange(outcomes.draws, dtype=np.int64),
            "cutoff_exact": outcomes.cutoff_exact,
            "admitted": outcomes.admitted,
            "tied": outcomes.tied,
            "entered": outcomes.entered,
            "left": outcomes.left,
        }
    ).select("draw", *cutoffs_of("cutoff_exact"), "admitted", "tied", "entered", "left")


def cutoffs_of(name: str) -> tuple[pl.Expr, pl.Expr]:
    """Return the cutoff to 0.01, half away from zero, and exactly; both null where there is none."""
    exact = pl.when(pl.col(name) != NO_CUTOFF).then(name)
    hundredths = (exact.abs() + UNIT // 2) // UNIT * exact.sign()
    return (hundredths.cast(_POINTS) / 100).cast(_POINTS).alias("cutoff"), exact


def groups_frame(outcomes: Outcomes) -> pl.DataFrame:
    """Return one row a draw and level: the admitted of the level and their share of all admitted."""
    draws = pl.DataFrame({"draw": np.arange(outcomes.draws, dtype=np.int64)})
    return levels_frame(draws, outcomes.group_counts, outcomes.levels, outcomes.admitted)


def levels_frame(
    rows: pl.DataFrame, counts: NDArray[np.int32], levels: Sequence[Level], total: NDArray[np.int64]
) -> pl.DataFrame:
    """Return rows level by level, with the admitted of the level and their share.

    Args:
        rows: what each row of the counts is of.
        counts: int32 [rows, levels].
        levels: a group and a level for each.
        total: int64 [rows], all admitted.

    """
    places = np.tile(np.arange(len(levels)), len(counts))
    names = {
        column: pl.Series(column, [level[part] for level in levels], dtype=pl.String).gather(places)
        for part, column in enumerate(("group", "level"))
    }
    repeated = rows[np.repeat(np.arange(rows.height), len(levels))]
    admitted, everyone = pl.col("admitted"), pl.Series(np.repeat(total, len(levels)))
    return repeated.with_columns(**names, admitted=counts.ravel()).with_columns(
        pl.when(everyone > 0).then(admitted / everyone).alias("share")
    )


def people_frame(applicants: pl.Series, outcomes: Outcomes) -> pl.DataFrame:
    """Return one row an applicant: in which share of the draws they are admitted."""
    return pl.DataFrame([applicants, pl.Series("probability", outcomes.person_counts / outcomes.draws)])


def parquet(frame: pl.DataFrame, told: Mapping[str, str]) -> bytes:
    """Return a table as Parquet: the same bytes on every machine and number of cores."""
    buffer = io.BytesIO()
    frame.rechunk().write_parquet(
        buffer,
        compression="zstd",
        compression_level=3,
        statistics=True,
        row_group_size=_ROWS_A_GROUP,
        data_page_size=_BYTES_A_PAGE,
        metadata={MARK: json.dumps(dict(told), sort_keys=True, ensure_ascii=False)},
    )
    return buffer.getvalue()


def mark_of(path: str | Path) -> dict[str, str]:
    """Return what a table of results says of itself, nothing if it is none.

    ``level`` is ``person`` or ``aggregate``: no report takes a table of persons.
    """
    told = pl.read_parquet_metadata(path).get(MARK)
    return {} if told is None else dict(json.loads(told))
