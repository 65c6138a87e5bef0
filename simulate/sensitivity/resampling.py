"""Resampling: how far a number would differ had other people of the same kind applied (Efron 1979).

Applicants are drawn anew with replacement, as many as there are in the pool, and the quota is filled again.
The same resample serves the baseline and every setting, so that what is common to both falls away.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from simulate.engine.scores import Real, Some, Whole
from simulate.sensitivity.study import Study

CONFIDENCE = 0.95
"""Of every interval: its ends are quantiles of the replicates."""


@dataclass(frozen=True)
class Sampled:
    """Hold replicates of the baseline, at position 0 of the second axis, and of settings after it.

    Attributes:
        cutoff: float64 [replicates, 1 + settings], points.
        share: float64 [replicates, 1 + settings, levels], of the admitted.
        changed: float64 [replicates, 1 + settings], share of the baseline's admitted who are not in.

    """

    cutoff: Real
    share: Real
    changed: Real


@dataclass(frozen=True)
class _Ranked:
    """Hold the people of the pool who may be admitted in a setting, highest total first.

    Attributes:
        people: intp, positions in the pool.
        totals: int64, their totals.
        base: int64, their totals at the baseline.
        places: int32 [people, groups], their levels.

    """

    people: Some
    totals: Whole
    base: Whole
    places: NDArray[np.int32]


def resample(study: Study, totals: list[Whole], *, scale: float, replicates: int, seed: int) -> Sampled:
    """Fill the quota anew from resampled applicants.

    Args:
        study: the cohort; somebody is admitted.
        totals: for the baseline and each setting the total of everyone, int64 [people].
        scale: units of these totals in a point.
        replicates: resamples.
        seed: of the resampling.

    """
    pool = np.flatnonzero(study.pool)
    ranked = [_ranked(study, pool, some, totals[0]) for some in totals]
    shape = (replicates, len(totals))
    whole = np.empty(shape), np.zeros((*shape, len(study.baseline.levels))), np.empty(shape)
    random = np.random.default_rng(seed)
    for replicate in range(replicates):
        counts = np.bincount(random.integers(0, len(pool), len(pool)), minlength=len(pool))
        _fill(ranked, counts, study.quota, _Row(*(part[replicate] for part in whole)))
    return Sampled(whole[0] / scale, whole[1], whole[2])


def interval(replicates: Real) -> Real:
    """Return the two ends of the interval along the first axis, float64 [2, ...]."""
    tail = (1 - CONFIDENCE) / 2
    ends: Real = np.quantile(replicates, (tail, 1 - tail), axis=0)
    return ends


def _reach(quota: int) -> int:
    """Return so many people that a resample fills the quota from among them, by ten standard errors."""
    return quota + 10 * isqrt(quota) + 100


def _ranked(study: Study, pool: Some, totals: Whole, base: Whole) -> _Ranked:
    own = totals[pool]
    first = np.argsort(-own, kind="stable")[: _reach(study.quota)]
    return _Ranked(first, own[first], base[pool[first]], study.engine.groups.places[pool[first]])


@dataclass(frozen=True)
class _Row:
    """One replicate's line of the three arrays, written to."""

    cutoff: Real
    share: Real
    changed: Real


def _fill(ranked: list[_Ranked], counts: Some, quota: int, row: _Row) -> None:
    floor, admitted = 0, 1
    for setting, one in enumerate(ranked):
        own = counts[one.people]
        last = min(int(np.searchsorted(np.cumsum(own), quota)), int(np.flatnonzero(own)[-1]))
        cutoff = int(one.totals[last])
        own = own[: int(np.searchsorted(-one.totals, -cutoff, side="right"))]
        if setting == 0:
            floor, admitted = cutoff, int(own.sum())
        row.cutoff[setting] = cutoff
        row.changed[setting] = 1 - own[one.base[: len(own)] >= floor].sum() / admitted
        for group in one.places[: len(own)].T:
            row.share[setting] += np.bincount(group, weights=own, minlength=row.share.shape[1])
        row.share[setting] /= own.sum()
