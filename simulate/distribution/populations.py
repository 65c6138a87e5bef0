"""The pool and the admitted, and their totals as whole hundredths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from simulate.distribution.intervals import ranks_around

if TYPE_CHECKING:
    from scoring.scored import Scored

POOL, ADMITTED = "pool", "admitted"

HUNDREDTHS = pl.Decimal(18, 2)


def hundredths(column: str) -> pl.Expr:
    """Give points as whole hundredths, so that no float decides which bin a total falls into."""
    return pl.col(column).cast(HUNDREDTHS).to_physical().cast(pl.Int64)


def pool(scored: Scored) -> pl.DataFrame:
    """Give the eligible applicants, whom the quota ranks."""
    return scored.frame.filter("eligible")


def medians(scored: Scored) -> pl.DataFrame:
    """Return the middle totals of the pool and of the admitted, a row each.

    Columns: ``population``; ``people``; ``median``, in points, between the two middle ones where there are
    two; ``median_low`` and ``median_high``, somebody's totals each: an exact interval by order. Null where
    there are too few people.
    """
    people = pool(scored).select(hundredths("total").alias("total"), "admitted").sort("total")
    rows = []
    for name, totals in ((POOL, people["total"]), (ADMITTED, people.filter("admitted")["total"])):
        ranks = ranks_around(0.5, len(totals))
        told = [totals.median(), *(None if rank is None else totals[rank - 1] for rank in ranks)]
        points = [None if one is None else float(one) / 100 for one in told]  # type: ignore[arg-type]
        rows.append((name, len(totals), *points))
    numbers = dict.fromkeys(("median", "median_low", "median_high"), pl.Float64)
    return pl.DataFrame(rows, schema={"population": pl.String, "people": pl.Int64, **numbers}, orient="row")
