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
    own, every, nothing = scaled[pilots], np.arange(scaled.shape[1]), np.arange(0)
    linear = _Design(every, nothing)
    strongest = _strongest(linear.of(own), found)
    squared = _SQUARED[: 1 + int(np.searchsorted(_SQUARED, len(every)))]
    designs = [_Design(nothing, nothing), linear, *(_Design(every, strongest[:most]) for most in squared)]
    fits = [(*_fit(design.of(own), found), design) for design in designs if len(design) < len(pilots)]
    coefficients, error, best = min(fits, key=lambda fit: fit[1])
    return Prediction(best.of(scaled) @ coefficients, error)


@dataclass(frozen=True)
class _Design:
    """Say in which coordinates a fit is linear, intp, and in which of them it is quadratic, intp."""

    linear: Some
    squared: Some

    def __len__(self) -> int:
        return 1 + len(self.linear) + len(self.squared) * (len(self.squared) + 1) // 2

    def of(self, scaled: Real) -> Real:
        """Return the design of some draws, float64 [draws, coefficients]."""
        first, second = np.triu_indices(len(self.squared))
        strong = scaled[:, self.squared]
        constant = np.ones((len(scaled), 1))
        return np.hstack([constant, scaled[:, self.linear], strong[:, first] * strong[:, second]])


def _strongest(own: Real, found: Real) -> Some:
    """Return the coordinates, the strongest in a linear fit first; all range from -1 to 1."""
    return np.argsort(-np.abs(_solved(own)[1:] @ (own.T @ found)), kind="stable")


def _solved(own: Real) -> Real:
    """Return what turns products with a design into coefficients."""
    return np.linalg.inv(own.T @ own + _RIDGE * len(own) * np.eye(own.shape[1])).astype(np.float64)


def _fit(own: Real, found: Real) -> tuple[Real, float]:
    """Return the coefficients of a design of the pilots, and how far off it is where a pilot is left out."""
    inverse = _solved(own)
    coefficients = inverse @ (own.T @ found)
    leverage = np.minimum(((own @ inverse) * own).sum(axis=1), 0.99)
    left_out = (found - own @ coefficients) / (1 - leverage)
    return coefficients, float(np.sqrt(np.mean(left_out**2)))
