"""Shares of a known number of people, told as bounds where they would single a few out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from reports.disclosure.threshold import Publishable, checked


def shares(
    frame: pl.DataFrame,
    *,
    counts: Mapping[str, str],
    of: int,
    threshold: int,
    ends: Mapping[str, Sequence[str]] | None = None,
) -> Publishable:
    """Keep shares that rest on enough people and leave enough others, and give bounds for the rest.

    *counts* names for each column of shares the column that counts its people, of whom there are *of* in all;
    *ends* names further columns that say as much as a share does, such as the ends of its interval, and
    which are hidden with it. Beside each share stands its bound, ``SHARE_bound``: ``exact``; ``below``, when
    it is fewer than the threshold and the share is the threshold's own; ``above``, when all but fewer than
    the threshold are; null where there are too few in all. The counts are dropped.
    """
    edge = checked(threshold) / of if of else 0.0
    told = frame
    for share, count in counts.items():
        few, most = pl.col(count) < threshold, pl.col(count) > of - threshold
        bound = pl.when(few).then(pl.lit("below")).when(most).then(pl.lit("above")).otherwise(pl.lit("exact"))
        bound = bound if of >= threshold else pl.lit(None, pl.String)
        told = told.with_columns(bound.alias(f"{share}_bound"))
        known = pl.col(f"{share}_bound")
        told = told.with_columns(
            pl.when(known == "exact")
            .then(share)
            .when(known == "below")
            .then(edge)
            .when(known == "above")
            .then(1 - edge)
            .alias(share),
            *(pl.when(known == "exact").then(end).alias(end) for end in (ends or {}).get(share, ())),
        )
    bounds = [bound for share in counts for bound in told[f"{share}_bound"]]
    kept = sum(bound == "exact" for bound in bounds)
    return Publishable(told.drop(set(counts.values())), threshold, hidden=len(bounds) - kept)
