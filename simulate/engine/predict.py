"""Predict each draw's cutoff from the cutoffs of pilot draws: a guess that later counting makes exact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.scores import Real, Some

_MOST_SQUARED = 14
"""Up to so many coordinates a quadratic is tried; more would need more pilots than they save."""

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
        The best of a constant, a linear and a quadratic fit, judged by the root mean square of pilots that
        are left out one at a time.

    """
    low, spread = coordinates.min(axis=0), np.ptp(coordinates, axis=0)
    told = spread > 0
    scaled = 2 * (coordinates[:, told] - low[told]) / spread[told] - 1
    constant = np.ones((len(scaled), 1))
    designs = [constant, np.hstack([constant, scaled])]
    if scaled.shape[1] <= _MOST_SQUARED:
        first, second = np.triu_indices(scaled.shape[1])
        designs.append(np.hstack([constant, scaled, scaled[:, first] * scaled[:, second]]))
    fits = [_fit(design, pilots, found) for design in designs if design.shape[1] < len(pilots)]
    return min(fits, key=lambda fit: fit.error)


def _fit(design: Real, pilots: Some, found: Real) -> Prediction:
    own = design[pilots]
    inverse = np.linalg.inv(own.T @ own + _RIDGE * len(own) * np.eye(own.shape[1]))
    coefficients = inverse @ (own.T @ found)
    leverage = np.minimum(((own @ inverse) * own).sum(axis=1), 0.99)
    left_out = (found - own @ coefficients) / (1 - leverage)
    return Prediction(design @ coefficients, float(np.sqrt(np.mean(left_out**2))))
