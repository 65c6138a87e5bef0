"""Penalties by the calendar years in which they were decided: what Art. 15(6), 15(9) and 17 count.

自积分落户申报工作启动前连续5个自然年度内: whole calendar years before the round, each record for itself.
"""

from __future__ import annotations

import polars as pl

from scoring.histories.records import ROW, Records


def counted(
    records: Records, penalties: pl.DataFrame, which: pl.Expr, *, years: int, round_year: int
) -> pl.Series:
    """Count each applicant's penalties of some kind, decided in so many calendar years before the round."""
    decided = pl.col("decided_on").dt.year().is_between(round_year - years, round_year - 1)
    found = penalties.filter(which, decided).group_by(ROW).agg(pl.len().cast(pl.Int16).alias("count"))
    return records.spread(found, "count").fill_null(0)
