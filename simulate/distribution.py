"""Describe a scored cohort in counts: which totals, which points, and who the people are.

Every function takes a `Scored` and gives a small frame of counts, means and shares; none knows a picture.
The *pool* is the eligible applicants, those whom a quota ranks; the *admitted* are part of it.
Counts are exact and unprotected here: what may be published is decided in `reports.disclosure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import polars as pl

from scoring.errors import JifenError
from scoring.indicators import COLUMNS, education
from scoring.indicators.age import BANDS

if TYPE_CHECKING:
    from scoring.scored import Scored

POOL, ADMITTED = "pool", "admitted"

#: The two published columns that only take points away: having some means being below zero.
DEDUCTIONS = ("study_deduction", "law_abiding")

#: The order in which the levels of a known column are told.
LEVELS: dict[str, tuple[str, ...]] = {
    "age_band": tuple(band for _, band in BANDS),
    "education_level": education.LEVELS,
    "sex": ("female", "male"),
}

HUNDREDTHS = pl.Decimal(18, 2)


class WidthError(JifenError):
    """Refuse a width by which points cannot be counted."""


def hundredths(column: str) -> pl.Expr:
    """Give points as whole hundredths, so that no float decides which bin a total falls into."""
    return pl.col(column).cast(HUNDREDTHS).to_physical().cast(pl.Int64)


def whole_hundredths(points: Decimal | float | str) -> int:
    """Give a width in points as whole hundredths.

    Raises WidthError for a width of zero or less, or finer than a hundredth of a point.
    """
    try:
        exact = Decimal(str(points)) * 100
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite() or exact != exact.to_integral_value() or exact <= 0:
        raise WidthError(f"a width of {points!r} points: it must be a positive number of hundredths")
    return int(exact)


def pool(scored: Scored) -> pl.DataFrame:
    """Give the eligible applicants, whom the quota ranks."""
    return scored.frame.filter("eligible")


def medians(scored: Scored) -> dict[str, float | None]:
    """Give the median total of the pool and of the admitted, None where there is nobody."""
    people = pool(scored).select(hundredths("total").alias("total"), "admitted")
    middle = {POOL: people["total"].median(), ADMITTED: people.filter("admitted")["total"].median()}
    return {name: None if value is None else float(value) / 100 for name, value in middle.items()}  # type: ignore[arg-type]


def score_bins(scored: Scored, *, width: Decimal | float | str = 1) -> pl.DataFrame:
    """Count the pool by total, in bins of *width* points with the cutoff as one more edge.

    Columns: `lower` (in the bin) and `upper` (no longer in it), Decimal points; `people`; `admitted`, which
    is true of everyone in the bin or of no one, since the cutoff is an edge. Empty bins between the lowest
    and the highest total are kept, so that the bins tile the axis.
    """
    step = whole_hundredths(width)
    people = pool(scored).select(hundredths("total").alias("total"))
    if people.is_empty():
        return _as_points(
            pl.DataFrame(schema={"lower": pl.Int64, "upper": pl.Int64, "people": pl.Int64}), None
        )
    first, last = (
        total // step for total in people.select(pl.col("total").min(), high=pl.col("total").max()).row(0)
    )
    cutoff = scored.ranking.cutoff
    edges = {number * step for number in range(first, last + 2)}
    edges |= set() if cutoff is None else {int(cutoff * 100)}
    bins = _intervals(sorted(edges))
    counts = (
        people.sort("total")
        .join_asof(bins, left_on="total", right_on="lower")
        .group_by("lower")
        .len("people")
    )
    counted = bins.join(counts, on="lower", how="left").with_columns(
        pl.col("people").cast(pl.Int64).fill_null(0)
    )
    return _as_points(counted.sort("lower"), cutoff)


def score_bands(scored: Scored, *, width: Decimal | float | str = 5) -> pl.DataFrame:
    """Count the pool by bands of *width* points from the highest down, with everyone at or above each.

    Columns as `score_bins`, and `cumulative`: the people in this band and in all higher ones.
    """
    bands = score_bins(scored, width=width).reverse()
    return bands.with_columns(pl.col("people").cum_sum().alias("cumulative"))


def indicators(scored: Scored) -> pl.DataFrame:
    """Give each of the ten columns' mean points and how many people have some, for pool and admitted.

    Columns: `indicator`, `population` (`pool` or `admitted`), `people`, `mean_points`, `counted`, `share`.
    `counted` are the people above zero; in the two columns that only take points away (study deduction,
    law-abiding) they are the people with a deduction, that is whose points are not zero.
    """
    everyone = pool(scored)
    parts = [
        _indicators(everyone, population=POOL),
        _indicators(everyone.filter("admitted"), population=ADMITTED),
    ]
    return pl.concat(parts)


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
    (`pool_share`, `admitted_share`) and `admission_rate`; `ordered`, the same in every row, says whether
    levels stand in an order of their own, as age bands and numbers do. Otherwise the largest comes first.
    """
    ordered = by in LEVELS or scored.frame.schema[by].is_numeric()
    counts = (
        pool(scored)
        .group_by(by)
        .agg(pl.len().cast(pl.Int64).alias(POOL), pl.col("admitted").sum().cast(pl.Int64))
    )
    rows = _in_order(counts, by, ordered=ordered)
    return rows.select(_as_text(by, rows.schema[by]), POOL, ADMITTED).with_columns(
        (pl.col(POOL) / pl.col(POOL).sum()).alias("pool_share"),
        (pl.col(ADMITTED) / pl.col(ADMITTED).sum()).fill_nan(None).alias("admitted_share"),
        (pl.col(ADMITTED) / pl.col(POOL)).alias("admission_rate"),
        pl.lit(ordered).alias("ordered"),
    )


def _intervals(edges: Sequence[int]) -> pl.DataFrame:
    return pl.DataFrame(
        {"lower": edges[:-1], "upper": edges[1:]}, schema={"lower": pl.Int64, "upper": pl.Int64}
    )


def _as_points(bins: pl.DataFrame, cutoff: Decimal | None) -> pl.DataFrame:
    above = pl.lit(False) if cutoff is None else pl.col("lower") >= int(cutoff * 100)
    admitted = above.alias("admitted")
    points = [
        (pl.col(name).cast(HUNDREDTHS) / 100).cast(HUNDREDTHS).alias(name) for name in ("lower", "upper")
    ]
    return bins.with_columns(admitted).with_columns(points)


def _indicators(people: pl.DataFrame, *, population: str) -> pl.DataFrame:
    total = people.height
    rows = []
    for name in COLUMNS:
        points = people.select(hundredths(name)).to_series()
        counted = (points != 0 if name in DEDUCTIONS else points > 0).sum()
        mean = points.sum() / total / 100 if total else None
        rows.append((name, population, total, mean, counted, counted / total if total else None))
    schema = {
        "indicator": pl.String,
        "population": pl.String,
        "people": pl.Int64,
        "mean_points": pl.Float64,
        "counted": pl.Int64,
        "share": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


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
