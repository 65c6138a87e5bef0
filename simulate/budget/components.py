"""Variance components of a crossed design, and how they are shared among the sources.

Every level of every source is run with every level of all others, once. Levels are a sample of what might
have been, so the variance of each subset of sources is estimated without bias from mean squares (Cornfield
and Tukey 1956); what several sources do only together is shared equally among them, which is the Shapley
value (Owen 2014). The shares sum to the whole; one may come out a little below zero, as an unbiased estimate
does.
"""

from __future__ import annotations

from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Subset = tuple[int, ...]

_Z = 1.959963984540054
"""Standard errors on each side that hold 95 % of a normal distribution."""


def attributed(values: Values) -> Values:
    """Return the variance that each source accounts for, float64 [sources, outputs].

    Args:
        values: float64 [levels of the first source, …, levels of the last, outputs].

    """
    sources = values.ndim - 1
    shares = np.zeros((sources, values.shape[-1]))
    for subset, variance in components(values).items():
        shares[list(subset)] += variance / len(subset)
    return shares


def components(values: Values) -> dict[Subset, Values]:
    """Return the variance component of each subset of the sources that vary, float64 [outputs]."""
    levels = values.shape[:-1]
    varying = [source for source, count in enumerate(levels) if count > 1]
    subsets = [subset for size in range(len(varying), 0, -1) for subset in combinations(varying, size)]
    found: dict[Subset, Values] = {}
    for subset in subsets:
        above = [wider for wider in found if set(subset) < set(wider)]
        shared = sum((_cells(levels, wider) * found[wider] for wider in above), np.zeros(values.shape[-1]))
        found[subset] = (_mean_square(values, subset) - shared) / _cells(levels, subset)
    return found


def standard_errors(values: Values) -> Values:
    """Return the error of each source's share of the variance, float64 [sources, outputs].

    A jackknife over the levels of each source; NaN where a source has two levels, of which none can be
    spared, or where nothing varies.
    """
    variance = np.zeros((values.ndim - 1, values.shape[-1]))
    for source, count in enumerate(values.shape[:-1]):
        if count == 1:
            continue
        if count == 2:
            return np.full_like(variance, np.nan)
        left = np.stack([shares_of(np.delete(values, level, axis=source)) for level in range(count)])
        variance += (count - 1) / count * ((left - left.mean(axis=0)) ** 2).sum(axis=0)
    errors: Values = np.sqrt(variance)
    return errors


def shares_of(values: Values) -> Values:
    """Return each source's share of the variance, float64 [sources, outputs]; NaN where nothing varies."""
    variance = attributed(values)
    whole = np.broadcast_to(variance.sum(axis=0), variance.shape)
    varies = np.ptp(values.reshape(-1, values.shape[-1]), axis=0) > 0
    shares: Values = np.divide(
        variance, whole, out=np.full(variance.shape, np.nan), where=varies & (whole > 0)
    )
    return shares


def intervals(values: Values) -> tuple[Values, Values]:
    """Return the ends of each share's interval, float64 [sources, outputs]."""
    shares, errors = shares_of(values), standard_errors(values)
    return shares - _Z * errors, shares + _Z * errors


def _mean_square(values: Values, subset: Subset) -> Values:
    """Return the mean square of what a subset of sources does beyond all smaller ones."""
    levels = values.shape[:-1]
    others = tuple(source for source in range(len(levels)) if source not in subset)
    effect = values.mean(axis=others, keepdims=True)
    for source in subset:
        effect = effect - effect.mean(axis=source, keepdims=True)
    freedom = prod(levels[source] - 1 for source in subset)
    squares = (effect**2).reshape(-1, values.shape[-1]).sum(axis=0)
    mean: Values = squares * _cells(levels, subset) / freedom
    return mean


def _cells(levels: tuple[int, ...], subset: Subset) -> int:
    """Return in how many cells of the design each combination of a subset's levels is."""
    return prod(count for source, count in enumerate(levels) if source not in subset)
