"""Tell who gains and who loses by level, between a baseline and a reform over the same applicants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from simulate.distribution.errors import DistributionError
from simulate.distribution.intervals import paired_change, representation
from simulate.distribution.rates import divided, in_pool, is_admitted, levels_of
from simulate.distribution.traits import trait

if TYPE_CHECKING:
    from scoring.scored import Scored


def change(baseline: Scored, reform: Scored, by: str) -> pl.DataFrame:
    """Return one row a level of a trait: who came in, who fell out, and what it does to the level's chances.

    Columns: ``level``, as the baseline tells it; ``pool`` and ``pool_reform``; ``admitted`` and
    ``admitted_reform``; ``entered``, ``left``, ``stayed`` and ``net``, people; ``admission_rate`` and
    ``admission_rate_reform``; ``change``, the net by people eligible under either, with ``change_low`` and
    ``change_high`` (paired); ``representation`` and ``representation_reform``. An empty reform has zeros in
    every change and its ends.

    Raises:
        DistributionError: the two are not the same applicants in the same order.
        UnknownName: the cohort has no such trait.

    """
    if not _same_people(baseline, reform):
        raise DistributionError(
            "baseline and reform are not the same applicants of one round: score one cohort under both, "
            "so that who came in and who fell out can be told person by person"
        )
    told = trait(baseline, by)
    pool, pool_reform = in_pool(baseline), in_pool(reform)
    before, after = is_admitted(baseline), is_admitted(reform)
    entered, left = told.counts(after & ~before), told.counts(before & ~after)
    moved, low, high = paired_change(entered, left, told.counts(pool | pool_reform))
    counts = [told.counts(rows) for rows in (pool, pool_reform, before, after)]
    frame = pl.DataFrame(
        {
            "level": levels_of(told),
            **dict(zip(("pool", "pool_reform", "admitted", "admitted_reform"), counts, strict=True)),
            "entered": entered,
            "left": left,
            "stayed": told.counts(before & after),
            "net": entered - left,
            "admission_rate": divided(counts[2], counts[0]),
            "admission_rate_reform": divided(counts[3], counts[1]),
            "change": moved,
            "change_low": low,
            "change_high": high,
            "representation": representation(counts[2], counts[0])[0],
            "representation_reform": representation(counts[3], counts[1])[0],
        }
    )
    return frame.filter(pl.Series(told.counts(np.ones(len(pool), dtype=bool)) > 0)).fill_nan(None)


def _same_people(baseline: Scored, reform: Scored) -> bool:
    one, other = (scored.cohort.frame.get_column("applicant_id") for scored in (baseline, reform))
    return baseline.round_year == reform.round_year and one.equals(other)
