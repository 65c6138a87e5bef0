"""Tell who gains and who loses by level, between a baseline and a reform over the same applicants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from simulate.distribution.errors import DistributionError
from simulate.distribution.intervals import ENDS, divided, paired_change, representation, wilson
from simulate.distribution.rates import in_pool, is_admitted, levels_of
from simulate.distribution.traits import trait

if TYPE_CHECKING:
    from scoring.scored import Scored


def change(baseline: Scored, reform: Scored, by: str) -> pl.DataFrame:
    """Return one row a level of a trait: who came in, who fell out, and what it does to the level's chances.

    Columns: ``level``, as the baseline tells it; ``pool`` and ``pool_reform``; ``admitted`` and
    ``admitted_reform``; ``entered``, ``left``, ``stayed`` and ``net``, people; ``admission_rate`` and
    ``admission_rate_reform`` (Wilson); ``change``, the net by people eligible under either (paired);
    ``representation`` and ``representation_reform``. Each of these five has its ``_low`` and ``_high``. An
    empty reform has zeros in every change and its ends.

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
    counts = [told.counts(rows) for rows in (pool, pool_reform, before, after)]
    sides = {"": (counts[2], counts[0]), "_reform": (counts[3], counts[1])}
    measured = {
        **{f"admission_rate{side}": (divided(*two), *wilson(*two)) for side, two in sides.items()},
        "change": paired_change(entered, left, told.counts(pool | pool_reform)),
        **{f"representation{side}": representation(*two) for side, two in sides.items()},
    }
    frame = pl.DataFrame(
        {
            "level": levels_of(told),
            **dict(zip(("pool", "pool_reform", "admitted", "admitted_reform"), counts, strict=True)),
            "entered": entered,
            "left": left,
            "stayed": told.counts(before & after),
            "net": entered - left,
            **{
                name + end: column
                for name, columns in measured.items()
                for end, column in zip(ENDS, columns, strict=True)
            },
        }
    )
    return frame.filter(pl.Series(told.counts(np.ones(len(pool), dtype=bool)) > 0)).fill_nan(None)


def _same_people(baseline: Scored, reform: Scored) -> bool:
    one, other = (scored.cohort.frame.get_column("applicant_id") for scored in (baseline, reform))
    return baseline.round_year == reform.round_year and one.equals(other)
