"""Public totals of the rounds of 2018 to 2022: counts and statistics with sources, no row of a person."""

from synthetic_data.published.tables import (
    Source,
    admitted_area_by_tax,
    admitted_birth_years,
    admitted_counts,
    admitted_statistics,
    pool_2020,
    rank_scores,
    returns,
    rounds,
    sources,
)

__all__ = [
    "Source",
    "admitted_area_by_tax",
    "admitted_birth_years",
    "admitted_counts",
    "admitted_statistics",
    "pool_2020",
    "rank_scores",
    "returns",
    "rounds",
    "sources",
]
