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
        jaccard: float64 [replicates, 1 + settings], people in both, of people in either.

    """

    cutoff: Real
    share: Real
    changed: Real
    jaccard: Real


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
    ranked = [_highest(one[pool], _reach(study.quota)) for one in totals]
    needed = np.unique(np.concatenate(ranked))
    counts = _counts(len(pool), needed, replicates, seed)
    parts, floor = [], np.zeros(replicates, dtype=np.int64)
    for setting, (first, own) in enumerate(zip(ranked, totals, strict=True)):
        chosen = _Chosen.of(own[pool[first]], counts[:, np.searchsorted(needed, first)], study.quota)
        if not setting:
            floor = chosen.cutoff
        stayed = chosen.stayed(totals[0][pool[first]], floor)
        parts.append((chosen.cutoff / scale, chosen.by_level(study, pool[first]), stayed, chosen.people))
    cutoff, levels, stay, people = (np.stack(part, axis=1) for part in zip(*parts, strict=True))
    either = people[:, :1] + people - stay
    return Sampled(cutoff, levels / people[..., None], 1 - stay / people[:, :1], stay / either)


def interval(replicates: Real) -> Real:
    """Return the two ends of the interval along the first axis, float64 [2, ...]."""
    tail = (1 - CONFIDENCE) / 2
    ends: Real = np.quantile(replicates, (tail, 1 - tail), axis=0)
    return ends


def _highest(totals: Whole, count: int) -> Some:
    """Return the positions of the highest totals and of their equals, highest first."""
    if count >= len(totals):
        return np.argsort(-totals, kind="stable")
    near = np.flatnonzero(totals >= np.partition(totals, -count)[-count])
    return near[np.argsort(-totals[near], kind="stable")]


def _counts(pool: int, needed: Some, replicates: int, seed: int) -> NDArray[np.int32]:
    """Return how often each of the needed is drawn, int32 [replicates, needed]."""
    random = np.random.default_rng(seed)
    counts = np.empty((replicates, len(needed)), dtype=np.int32)
    for replicate in range(replicates):
        counts[replicate] = np.bincount(random.integers(0, pool, pool), minlength=pool)[needed]
    return counts


@dataclass(frozen=True)
class _Chosen:
    """Hold the admitted of one setting in every replicate.

    Attributes:
        counts: float32 [replicates, ranked], how often each is admitted.
        cutoff: int64 [replicates].

    """

    counts: NDArray[np.float32]
    cutoff: Whole

    @classmethod
    def of(cls, totals: Whole, counts: NDArray[np.int32], quota: int) -> _Chosen:
        """Fill the quota; *totals* fall, and *counts* [replicates, ranked] belong to them."""
        above = np.cumsum(counts, axis=1, dtype=np.int32)
        places = np.minimum(quota, above[:, -1])
        cutoff = totals[(above < places[:, None]).sum(axis=1)]
        return cls(np.where(totals >= cutoff[:, None], counts, 0).astype(np.float32), cutoff)

    @property
    def people(self) -> Real:
        """The admitted of each replicate, float64 [replicates]."""
        people: Real = self.counts.sum(axis=1, dtype=np.float64)
        return people

    def stayed(self, base: Whole, floor: Whole) -> Real:
        """Count those at or above the baseline's cutoff in the same replicate, by their totals there."""
        stayed: Real = (self.counts * (base >= floor[:, None])).sum(axis=1, dtype=np.float64)
        return stayed

    def by_level(self, study: Study, people: Some) -> Real:
        """Count the admitted of each level, float64 [replicates, levels]."""
        places = study.engine.groups.places[people]
        member = np.zeros((len(people), len(study.baseline.levels)), dtype=np.float32)
        for group in places.T:
            member[np.arange(len(people)), group] = 1
        counted: Real = (self.counts @ member).astype(np.float64)
        return counted


def _reach(quota: int) -> int:
    """Return so many people that a resample fills the quota from among them, by ten standard errors."""
    return quota + 10 * isqrt(quota) + 100
