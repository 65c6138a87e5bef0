"""Elasticities: by how many per cent a number moves when an indicator's weight moves by one per cent."""

from __future__ import annotations

import numpy as np
import polars as pl

from scoring.rulebook import INDICATORS
from simulate.engine import UNIT
from simulate.engine.scores import Real
from simulate.sensitivity.effects import TO_POINTS
from simulate.sensitivity.resampling import interval, resample
from simulate.sensitivity.study import Study, one_at_a_time, ones

STEP = 10
"""Of the central difference, in 1/1024 of a weight: about 1 %.

Outcomes go in whole people and hundredths, so that a much smaller step would measure these, not the slope.
"""


def elasticities(study: Study, *, replicates: int = 0, seed: int = 0) -> pl.DataFrame:
    """Give the elasticity of the cutoff and of each level's share of the admitted in each weight.

    Central differences over `STEP` on both sides of 1, each side exact. An elasticity of 0.5 says that one
    per cent more weight raises the number by half a per cent.

    Args:
        study: the prepared cohort.
        replicates: resamples of the cohort for intervals; 0 for none.
        seed: of the resampling.

    Returns:
        A row an indicator and quantity: ``indicator``, ``quantity`` (``cutoff`` or ``share``), ``group``,
        ``level``, ``baseline`` (points, or the share), ``elasticity`` (null where the baseline is 0),
        ``elasticity_low``, ``elasticity_high`` and ``step``.

    """
    settings = one_at_a_time(UNIT - STEP, UNIT + STEP)
    outcomes = study.weighed(np.concatenate([ones(1), settings]))
    cutoff = np.where(outcomes.has_cutoff, outcomes.cutoff_exact / TO_POINTS, np.nan)
    admitted = np.where(outcomes.admitted > 0, outcomes.admitted, np.nan)
    values = np.column_stack([cutoff, outcomes.group_counts / admitted[:, None]])
    ends = np.full((2, len(INDICATORS), values.shape[1]), np.nan)
    if replicates and study.cutoff is not None:
        totals = [study.totals_at(setting) for setting in (ones(1)[0], *settings)]
        sampled = resample(study, totals, scale=TO_POINTS, replicates=replicates, seed=seed)
        drawn = np.concatenate([sampled.cutoff[..., None], sampled.share], axis=2)
        ends = interval(np.stack([_slopes(one) for one in drawn]))
    return _frame(study, values[0], _slopes(values), ends)


def _slopes(values: Real) -> Real:
    """Return elasticities, float64 [9, quantities], from the baseline, nine settings below, nine above."""
    base, below, above = values[0], values[1 : 1 + len(INDICATORS)], values[1 + len(INDICATORS) :]
    slopes: Real = np.divide(
        (above - below) * UNIT / (2 * STEP), base, out=np.full(below.shape, np.nan), where=base != 0
    )
    return slopes


def _frame(study: Study, base: Real, slopes: Real, ends: Real) -> pl.DataFrame:
    levels = study.baseline.levels
    height = len(INDICATORS) * (1 + len(levels))
    frame = pl.DataFrame(
        {
            "indicator": np.repeat(INDICATORS, 1 + len(levels)),
            "quantity": (["cutoff"] + ["share"] * len(levels)) * len(INDICATORS),
            "group": pl.Series([None, *(group for group, _ in levels)] * len(INDICATORS), dtype=pl.String),
            "level": pl.Series([None, *(level for _, level in levels)] * len(INDICATORS), dtype=pl.String),
            "baseline": np.tile(base, len(INDICATORS)),
            "elasticity": slopes.ravel(),
            "elasticity_low": ends[0].ravel(),
            "elasticity_high": ends[1].ravel(),
            "step": [STEP / UNIT] * height,
        }
    )
    return frame.with_columns(pl.col(pl.Float64).fill_nan(None))
