"""Find the coefficients that come closest to the targets without going far from what was thought before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scoring.errors import JifenError

Floats = NDArray[np.float64]

STEPS = 80
CLOSE = 1e-5
"""A step, in spreads of the coefficients, below which nothing changes that is written."""
LONGEST = 2.0
"""No coefficient moves by more than so many spreads in a step."""


class NoFit(JifenError):
    """Refuse a calibration that does not come to rest."""


class Thought(Protocol):
    """What is thought of the coefficients before anything is fitted."""

    @property
    def mean(self) -> Floats:
        """The middle of each."""

    @property
    def spread(self) -> Floats:
        """The standard deviation of each."""


class Problem(Protocol):
    """Published numbers, and what coefficients give for them; `Equations` is one."""

    @property
    def sample(self) -> Thought:
        """What is thought of the coefficients."""

    @property
    def published(self) -> Floats:
        """The numbers."""

    @property
    def spread(self) -> Floats:
        """How far each may be missed."""

    def __call__(self, coefficients: Floats, leaves: float) -> tuple[Floats, Floats]:
        """Return what coefficients give for each number, and the slopes."""


@dataclass(frozen=True)
class Fit:
    """Hold fitted coefficients and what they give for each target."""

    coefficients: Floats
    given: Floats
    distance: float


def fit(
    equations: Problem,
    *,
    leaves: float,
    start: Floats | None = None,
    prior: Floats | None = None,
    noise: Floats | None = None,
    close: float = CLOSE,
    watch: Callable[[float], None] = lambda _: None,
) -> Fit:
    """Minimise squared distances to the targets and to the prior, each in its spread (ridge Gauss-Newton).

    Args:
        equations: the targets.
        leaves: share of the waiting who leave after each round.
        start: coefficients to start from; the prior if None.
        prior: the middle of the coefficients; the traits' own if None.
        noise: added to the targets, in spreads: a bootstrap of what is published.
        close: the step, in spreads, at which to stop.
        watch: told the distance after each step.

    Raises:
        NoFit: the steps do not become small.

    """
    spread = equations.sample.spread
    prior = equations.sample.mean if prior is None else prior
    aim = equations.published + (0 if noise is None else noise) * equations.spread
    here = np.array(prior if start is None else start, np.float64)

    def look(at: Floats) -> tuple[float, Floats, Floats]:
        given, slopes = equations(at, leaves)
        off, away = (given - aim) / equations.spread, (at - prior) / spread
        return 0.5 * float(off @ off + away @ away), given, slopes

    distance, given, slopes = look(here)
    for _ in range(STEPS):
        scaled = slopes / equations.spread[:, None] * spread
        away = (here - prior) / spread
        pull = scaled.T @ ((given - aim) / equations.spread) + away
        step = -np.linalg.solve(scaled.T @ scaled + np.eye(spread.size), pull)
        step *= min(1.0, LONGEST / float(np.abs(step[1:]).max()))
        length = 1.0
        while True:
            there = look(here + length * step * spread)
            if there[0] <= distance or length < 1e-3:
                break
            length /= 2
        here, (distance, given, slopes) = here + length * step * spread, there
        watch(distance)
        if float(np.abs(step).max()) * length < close:
            return Fit(here, given, distance)
    raise NoFit(f"the calibration did not come to rest in {STEPS} steps")
