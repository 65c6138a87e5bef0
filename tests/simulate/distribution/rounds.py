"""Rounds of people with a group, a total, and who of them is not eligible."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

import scoring
from scoring.points import REASONS, chunks_of
from scoring.ranking import TotalCounts, rank
from tests.reports.rounds import frame, scored


def written(
    levels: Sequence[str | None], totals: Sequence[str], *, quota: int, eligible: Sequence[bool] | None = None
) -> scoring.Scored:
    """Score people whose employment points are their totals, in groups `area`; all eligible if not said."""
    people = frame({"employment": totals}).with_columns(pl.Series("area", levels, dtype=pl.String))
    round_ = scored(people, quota=quota)
    return round_ if eligible is None else with_ineligible(round_, eligible)


def with_ineligible(round_: scoring.Scored, eligible: Sequence[bool]) -> scoring.Scored:
    """Rank a round again with some people not eligible, as facts would have them."""
    failed = pl.Series(REASONS, [0 if may else 1 for may in eligible], dtype=pl.UInt8)
    points = round_.points.with_columns(failed)
    counts = TotalCounts.of(chunks_of(points))
    ranking = rank(counts, applicants=points.height, quota=round_.quota)
    return replace(round_, points=points, counts=counts, ranking=ranking)
