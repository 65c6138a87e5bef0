"""The tables of a result: outcomes by draw, admitted by level, and each applicant's probability."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from simulate.engine import NO_CUTOFF, UNIT, Outcomes

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
    exact = pl.when(pl.col("cutoff_exact") != NO_CUTOFF).then("cutoff_exact")
    hundredths = (exact.abs() + UNIT // 2) // UNIT * exact.sign()
    return pl.DataFrame(
        {
            "draw": np.arange(outcomes.draws, dtype=np.int64),
            "cutoff_exact": outcomes.cutoff_exact,
            "admitted": outcomes.admitted,
            "tied": outcomes.tied,
            "entered": outcomes.entered,
            "left": outcomes.left,
        }
    ).select(
        "draw",
        (hundredths.cast(_POINTS) / 100).cast(_POINTS).alias("cutoff"),
        exact,
        "admitted",
        "tied",
        "entered",
        "left",
    )


def groups_frame(outcomes: Outcomes) -> pl.DataFrame:
    """Return one row a draw and level: the admitted of the level and their share of all admitted."""
    n, levels = outcomes.group_counts.shape
    places = np.tile(np.arange(levels), n)
    names = {
        column: pl.Series(column, [level[part] for level in outcomes.levels], dtype=pl.String).gather(places)
        for part, column in enumerate(("group", "level"))
    }
    admitted, total = pl.col("admitted"), pl.col("total")
    return pl.DataFrame(
        {
            "draw": np.repeat(np.arange(n, dtype=np.int64), levels),
            **names,
            "admitted": outcomes.group_counts.ravel(),
            "total": np.repeat(outcomes.admitted, levels),
        }
    ).select("draw", "group", "level", "admitted", pl.when(total > 0).then(admitted / total).alias("share"))


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
