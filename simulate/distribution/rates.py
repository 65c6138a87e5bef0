"""Tell each level's chances: pool, admitted, admission rate and representation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.points import REASONS, TOTAL
from simulate.distribution.intervals import divided, representation, wilson
from simulate.distribution.traits import Trait, trait

if TYPE_CHECKING:
    from scoring.scored import Scored


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
