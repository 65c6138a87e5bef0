"""Count the pool by total, in bins and in bands; the cutoff is always an edge."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import polars as pl

from scoring.errors import JifenError
from simulate.distribution.populations import HUNDREDTHS, hundredths, pool

if TYPE_CHECKING:
    from scoring.scored import Scored


class WidthError(JifenError):
    """Refuse a width by which points cannot be counted."""


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
