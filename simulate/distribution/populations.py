"""The pool and the admitted, and their totals as whole hundredths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

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


def medians(scored: Scored) -> dict[str, float | None]:
    """Give the median total of the pool and of the admitted, None where there is nobody."""
    people = pool(scored).select(hundredths("total").alias("total"), "admitted")
    middle = {POOL: people["total"].median(), ADMITTED: people.filter("admitted")["total"].median()}
    return {name: None if value is None else float(value) / 100 for name, value in middle.items()}  # type: ignore[arg-type]
