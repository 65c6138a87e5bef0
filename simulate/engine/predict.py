"""Predict each draw's cutoff from the cutoffs of pilot draws: a guess that later counting makes exact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.scores import Real, Some

_SQUARED = (6, 10, 14)
"""Numbers of the strongest coordinates that a quadratic is tried in; more would need too many pilots."""

_RIDGE = 1e-6


@dataclass(frozen=True)
class Prediction:
    """Hold the predicted value of every draw, and how far off it is, as the pilots tell when left out."""

    values: Real
    error: float


def predict(coordinates: Real, pilots: Some, found: Real) -> Prediction:
    """Fit the values *found* in pilot draws and predict those of all draws.

    Args:
        coordinates: float64 [draws, any], numbers that tell draws apart.
        pilots: intp [pilots], which draws were looked at.
        found: float64 [pilots], what was found there.

    Returns:
        The best of a constant fit, a linear one, and some that are quadratic in the strongest coordinates,
        judged by the root mean square of pilots that are left out one at a time.

    """
    low, spread = coordinates.min(axis=0), np.ptp(coordinates, axis=0)
    told = spread > 0
    scaled = 2 * (coordinates[:, told] - low[told]) / spread[told] - 1
    constant = np.ones((len(scaled), 1))
    linear = np.hstack([constant, scaled])
    designs = [constant, linear]
    for most in _SQUARED[: 1 + int(np.searchsorted(_SQUARED, scaled.shape[1]))]:
        strongest = scaled[:, _strongest(linear[pilots], found)[:most]]
        first, second = np.triu_indices(strongest.shape[1])
        designs.append(np.hstack([linear, strongest[:, first] * strongest[:, second]]))
    fits = [_fit(design, pilots, found) for design in designs if design.shape[1] < len(pilots)]
    return min(fits, key=lambda fit: fit.error)


def _strongest(own: Real, found: Real) -> Some:
    """Return the coordinates, the strongest in a linear fit first; all range from -1 to 1."""
    return np.argsort(-np.abs(_solved(own)[1:] @ (own.T @ found)), kind="stable")


def _solved(own: Real) -> Real:
    """Return what turns products with a design into coefficients."""
    return np.linalg.inv(own.T @ own + _RIDGE * len(own) * np.eye(own.shape[1])).astype(np.float64)


def _fit(design: Real, pilots: Some, found: Real) -> Prediction:
    own = design[pilots]
    inverse = _solved(own)
    coefficients = inverse @ (own.T @ found)
    leverage = np.minimum(((own @ inverse) * own).sum(axis=1), 0.99)
    left_out = (found - own @ coefficients) / (1 - leverage)
    return Prediction(design @ coefficients, float(np.sqrt(np.mean(left_out**2))))
