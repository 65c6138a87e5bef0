"""Convergence: the Monte Carlo standard error of every mean and quantile, and whether it is small enough.

How the error of a mean of n draws is estimated hangs on the design:

- ``random``: the standard deviation over the root of n.
- ``lhs``: the same, which is an upper bound: a Latin hypercube is never worse than n / (n - 1) times as many
  random draws (Owen 1997).
- ``sobol``: batch means. The sequence is cut into 16 to 31 stretches of a power of two points, each a
  scrambled net of its own, and what is left over into ever smaller ones; the variance of a stretch's mean is
  that among all stretches of its length. In the whole sequence the stretches balance each other, so that this
  is an upper bound too.
- ``grid``: 0. A grid is no sample: it holds every combination once.

The error of a quantile is that of the share of draws below it, carried over to the values (Woodruff 1952).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

BATCHES = 16
FEWEST = 100
"""Draws below which no standard error is trusted, so that nothing counts as converged."""

CUTOFF, SHARE, PEOPLE, RELATIVE = 0.02, 0.001, 1.0, 0.01
"""What counts as converged: 0.02 points, a tenth of a percentage point, one person or one in a hundred."""


def error_of_mean(values: Values, design: str) -> Any:
    """Return the standard error of the mean of draws, along the first axis; NaN for fewer than two draws."""
    n = len(values)
    if n < 2 or design == "grid":
        return np.full(values.shape[1:], 0.0 if design == "grid" and n else np.nan)[()]
    if design != "sobol" or n < 2 * BATCHES:
        return values.std(axis=0, ddof=1) / np.sqrt(n)
    size = 1 << ((n // BATCHES).bit_length() - 1)
    stretches = {1 << bit: 1 for bit in range(size.bit_length()) if n % size >> bit & 1} | {size: n // size}
    variances = (count * size**2 * _variance_of_means(values, size) for size, count in stretches.items())
    return np.sqrt(sum(variances)) / n


def _variance_of_means(values: Values, size: int) -> Values:
    count = len(values) // size
    means = values[: count * size].reshape(count, size, *values.shape[1:]).mean(axis=1)
    return np.asarray(means.var(axis=0, ddof=1))


def error_of_quantile(values: Values, share: float, design: str) -> float:
    """Return the standard error of the quantile of draws below which *share* of them lie."""
    below = (values <= np.quantile(values, share)).astype(np.float64)
    error = float(error_of_mean(below, design))
    if np.isnan(error):
        return error
    ends = np.quantile(values, np.clip([share - error, share + error], 0.0, 1.0))
    return float(ends[1] - ends[0]) / 2


def tolerance(quantity: str, value: float, until: float | None) -> float:
    """Return the largest standard error with which a number of this quantity counts as converged."""
    if quantity == "cutoff":
        return CUTOFF if until is None else until
    return SHARE if quantity == "share" else max(PEOPLE, RELATIVE * abs(value))


def has_converged(error: float, allowed: float, *, draws: int, design: str) -> bool:
    """Say whether a number may be reported: its error is known and no larger than allowed."""
    return (design == "grid" or draws >= FEWEST) and bool(error <= allowed)
