"""Count pool and admitted by the levels of a column: who the people are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from scoring.indicators import education
from scoring.indicators.age import BANDS
from simulate.distribution.intervals import ENDS, divided, wilson
from simulate.distribution.populations import ADMITTED, POOL, pool

if TYPE_CHECKING:
    from scoring.scored import Scored

#: The order in which the levels of a known column are told.
LEVELS: dict[str, tuple[str, ...]] = {
    "age_band": tuple(band for _, band in BANDS),
    "education_level": education.LEVELS,
    "sex": ("female", "male"),
}


def dimensions(scored: Scored) -> tuple[str, ...]:
    """Name the columns by which this cohort's composition can be told, in the order of telling.

    A points cohort knows no credential, so `education`, the points, stands in for `education_level`.
    """
    known = scored.frame.columns
    education = "education_level" if "education_level" in known else "education"
    return tuple(name for name in ("age_band", education, "sex", *scored.groups) if name in known)


def composition(scored: Scored, by: str) -> pl.DataFrame:
    """Count pool and admitted by the levels of a column.

    Columns: `level` (text; null where the cohort does not say), `pool`, `admitted`, their shares of all
    (`pool_share`, `admitted_share`) and `admission_rate`, each of the three with the ends of Wilson's
    interval (`pool_share_low`, `pool_share_high` and so on); `ordered`, the same in every row, says whether
    levels stand in an order of their own, as age bands and numbers do. Otherwise the largest comes first.
    """
    ordered = by in LEVELS or scored.frame.schema[by].is_numeric()
    counts = (
        pool(scored)
        .group_by(by)
        .agg(pl.len().cast(pl.Int64).alias(POOL), pl.col("admitted").sum().cast(pl.Int64))
    )
    rows = _in_order(counts, by, ordered=ordered)
    people, places = (rows.get_column(name).to_numpy() for name in (POOL, ADMITTED))
    shares = {
        "pool_share": (people, people.sum()),
        "admitted_share": (places, places.sum()),
        "admission_rate": (places, people),
    }
    told = {
        name + end: column
        for name, (part, whole) in shares.items()
        for end, column in zip(ENDS, (divided(part, whole), *wilson(part, whole)), strict=True)
    }
    return rows.select(
        _as_text(by, rows.schema[by]),
        POOL,
        ADMITTED,
        *(pl.Series(name, column).fill_nan(None) for name, column in told.items()),
        pl.lit(ordered).alias("ordered"),
    )


def _in_order(counts: pl.DataFrame, by: str, *, ordered: bool) -> pl.DataFrame:
    if by in LEVELS:
        order = (
            pl.col(by)
            .cast(pl.String)
            .replace_strict({level: n for n, level in enumerate(LEVELS[by])}, default=99)
        )
        return counts.sort(order, nulls_last=True)
    if ordered:
        return counts.sort(by, nulls_last=True)
    text = pl.col(by).cast(pl.String)
    return counts.sort(text.is_null(), -pl.col(POOL), text)


def _as_text(by: str, kind: pl.DataType) -> pl.Expr:
    """Write a level as text; numbers without needless zeros, so that 15.00 points read 15."""
    text = pl.col(by).cast(pl.String)
    if kind.is_decimal() or kind.is_float():
        text = text.str.replace(r"\.0+$", "").str.replace(r"(\.\d*?)0+$", "${1}")
    return text.alias("level")
