"""Tell each level's chances: pool, admitted, admission rate, representation, and distance to the cutoff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.points import REASONS, TOTAL
from simulate.distribution.intervals import representation, wilson
from simulate.distribution.traits import Trait, trait

if TYPE_CHECKING:
    from scoring.scored import Scored

QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)

POINTS = pl.Decimal(12, 2)


def rates(scored: Scored, by: str) -> pl.DataFrame:
    """Return one row a level of a trait, in the order of telling; see ``distribution.md`` for every edge.

    Columns: ``level`` (null where the cohort does not say); ``applicants``; ``pool``, the eligible;
    ``admitted``; ``admission_rate`` of the pool with ``rate_low`` and ``rate_high`` (Wilson);
    ``representation``, the share of the admitted over the share of the pool, with ``representation_low`` and
    ``representation_high``. Null where a rate has nothing to rest on.

    Raises:
        UnknownName: the cohort has no such trait.

    """
    told = trait(scored, by)
    eligible, admitted = in_pool(scored), is_admitted(scored)
    every = np.ones(len(eligible), dtype=bool)
    applicants, pool, places = (told.counts(rows) for rows in (every, eligible, admitted))
    rate_low, rate_high = wilson(places, pool)
    ratio, ratio_low, ratio_high = representation(places, pool)
    frame = pl.DataFrame(
        {
            "level": levels_of(told),
            "applicants": applicants,
            "pool": pool,
            "admitted": places,
            "admission_rate": divided(places, pool),
            "rate_low": rate_low,
            "rate_high": rate_high,
            "representation": ratio,
            "representation_low": ratio_low,
            "representation_high": ratio_high,
        }
    )
    return frame.filter(pl.col("applicants") > 0).fill_nan(None)


def distances(scored: Scored, by: str, *, quantiles: Sequence[float] = QUANTILES) -> pl.DataFrame:
    """Return how far from the cutoff each level's pool is, in points, one row a level.

    Columns: ``level``; ``pool``; ``just_below``, the eligible less than one point under the cutoff; a column
    ``p50`` for each quantile, exact hundredths: the lowest distance that at least so large a part of the pool
    does not exceed. At or above zero is admitted. Null where there is no cutoff.

    Raises:
        UnknownName: the cohort has no such trait.

    """
    told, cutoff = trait(scored, by), scored.ranking.cutoff
    eligible = in_pool(scored)
    totals = scored.points.get_column(TOTAL).to_numpy().astype(np.int64)
    away = totals - (0 if cutoff is None else int(cutoff.scaleb(2)))
    rows = []
    for code, level in enumerate(told.levels):
        own = np.sort(away[eligible & (told.codes == code)])
        if len(own):
            places = [max(0, int(np.ceil(len(own) * part)) - 1) for part in quantiles]
            near = int(((own < 0) & (own > -100)).sum())
            rows.append((level, len(own), near, *(int(own[place]) for place in places)))
    names = [f"p{part * 100:g}" for part in quantiles]
    schema = {"level": pl.String, "pool": pl.Int64, "just_below": pl.Int64, **dict.fromkeys(names, pl.Int64)}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    if cutoff is None:
        nothing = [pl.lit(None, pl.Int64).alias(name) for name in ("just_below", *names)]
        frame = frame.with_columns(nothing)
    return frame.with_columns((pl.col(name).cast(pl.Decimal(18, 2)) / 100).cast(POINTS) for name in names)


def in_pool(scored: Scored) -> NDArray[np.bool_]:
    """Return who is eligible, in the cohort's order."""
    return np.asarray(scored.points.get_column(REASONS).to_numpy() == 0, dtype=bool)


def is_admitted(scored: Scored) -> NDArray[np.bool_]:
    """Return who is admitted, in the cohort's order."""
    cutoff = scored.ranking.cutoff
    if cutoff is None:
        return np.zeros(scored.points.height, dtype=bool)
    totals = scored.points.get_column(TOTAL).to_numpy()
    return np.asarray(in_pool(scored) & (totals >= int(cutoff.scaleb(2))), dtype=bool)


def levels_of(told: Trait) -> pl.Series:
    """Return a trait's levels as text."""
    return pl.Series("level", told.levels, dtype=pl.String)


def divided(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return shares, not a number where there is nobody to share among."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(part / whole, dtype=np.float64)
