"""Sobol' indices by picking and freezing: what share of an output's variance comes from which input.

Two independent samples A and B of the inputs are run, and for each input the sample A with that input taken
from B. The first-order index is the share of the variance that the input explains alone, estimated as Janon
et al. (2014) do; the total index is the share that would be left if all others were fixed, estimated as in
Jansen (1999). Intervals come from resampling the draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.scores import Real
from simulate.sensitivity.resampling import interval


@dataclass(frozen=True)
class Indices:
    """Hold the indices of inputs for outputs; NaN where an output does not vary.

    Attributes:
        first: float64 [inputs, outputs].
        total: float64 [inputs, outputs].
        first_ends: float64 [2, inputs, outputs], the interval.
        total_ends: float64 [2, inputs, outputs], the interval.

    """

    first: Real
    total: Real
    first_ends: Real
    total_ends: Real


def indices(a: Real, b: Real, mixed: Real, *, replicates: int = 400, seed: int = 0) -> Indices:
    """Estimate indices from runs.

    Args:
        a: float64 [draws, outputs].
        b: float64 [draws, outputs].
        mixed: float64 [inputs, draws, outputs], A with one input from B.
        replicates: resamples of the draws.
        seed: of the resampling.

    """
    centre = (a.mean(axis=0) + b.mean(axis=0)) / 2
    moments = _Moments.of(a - centre, b - centre, mixed - centre)
    random, draws = np.random.default_rng(seed), len(a)
    counts = np.stack(
        [np.bincount(random.integers(0, draws, draws), minlength=draws) for _ in range(replicates)]
    )
    first, total = moments.indices(np.full((1, draws), 1 / draws))
    firsts, totals = moments.indices(counts / draws)
    return Indices(first[0], total[0], interval(firsts), interval(totals))


@dataclass(frozen=True)
class _Moments:
    """Hold for each draw what the estimators take means of.

    Attributes:
        outputs: float64 [draws, 4, outputs]: of A and B the values and their squares.
        mixed: float64 [draws, 4, inputs, outputs]: of each mixed sample the value, its square, its product
            with B and its squared distance from A.

    """

    outputs: Real
    mixed: Real

    @classmethod
    def of(cls, a: Real, b: Real, mixed: Real) -> _Moments:
        return cls(
            np.stack([a, b, a**2, b**2], axis=1),
            np.stack([mixed, mixed**2, mixed * b, (mixed - a) ** 2], axis=1).transpose(2, 1, 0, 3),
        )

    def indices(self, weights: Real) -> tuple[Real, Real]:
        """Return first-order and total indices, float64 [weightings, inputs, outputs].

        Args:
            weights: float64 [weightings, draws], each line summing to 1.

        """
        a, b, a_squared, b_squared = self._means(weights, self.outputs)
        mixed, squared, product, distance = self._means(weights, self.mixed)
        middle = (b[:, None] + mixed) / 2
        spread = (b_squared[:, None] + squared) / 2 - middle**2
        variance = (a_squared + b_squared) / 2 - ((a + b) / 2) ** 2
        return _over(product - middle**2, spread), _over(distance / 2, variance[:, None])

    def _means(self, weights: Real, values: Real) -> Real:
        flat = weights @ values.reshape(len(values), -1)
        means: Real = np.moveaxis(flat.reshape(len(weights), *values.shape[1:]), 1, 0)
        return means


def _over(part: Real, whole: Real) -> Real:
    whole = np.broadcast_to(whole, part.shape)
    share: Real = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return share
