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
SHORTEST = 1e-3
"""The share of a step below which it is taken as it is."""


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
    prior = equations.sample.mean if prior is None else prior
    aim = equations.published + (0 if noise is None else noise) * equations.spread
    search = _Search(equations, leaves, prior, aim)
    here = search.look(np.array(prior if start is None else start, np.float64))
    for _ in range(STEPS):
        step = search.step(here)
        here, length = search.go(here, step)
        watch(here.distance)
        if float(np.abs(step).max()) * length < close:
            return Fit(here.at, here.given, here.distance)
    raise NoFit(f"the calibration did not come to rest in {STEPS} steps")


@dataclass(frozen=True)
class _Look:
    """Hold coefficients, their distance, what they give for each target, and the slopes there."""

    at: Floats
    distance: float
    given: Floats
    slopes: Floats


@dataclass(frozen=True)
class _Search:
    """Search from one set of coefficients to the next.

    Attributes:
        equations: the targets.
        leaves: share of the waiting who leave after each round.
        prior: the middle of the coefficients.
        aim: the numbers to come close to.

    """

    equations: Problem
    leaves: float
    prior: Floats
    aim: Floats

    def look(self, at: Floats) -> _Look:
        """Look how far off coefficients are."""
        given, slopes = self.equations(at, self.leaves)
        off, away = (given - self.aim) / self.equations.spread, (at - self.prior) / self._spread
        return _Look(at, 0.5 * float(off @ off + away @ away), given, slopes)

    def step(self, here: _Look) -> Floats:
        """Return the step to where the targets would be met best if slopes stayed as they are, in spreads."""
        scaled = here.slopes / self.equations.spread[:, None] * self._spread
        away = (here.at - self.prior) / self._spread
        pull = scaled.T @ ((here.given - self.aim) / self.equations.spread) + away
        step = -np.linalg.solve(scaled.T @ scaled + np.eye(self._spread.size), pull)
        step *= min(1.0, LONGEST / float(np.abs(step[1:]).max()))
        return np.asarray(step, np.float64)

    def go(self, here: _Look, step: Floats) -> tuple[_Look, float]:
        """Go a step, halved until it brings the targets closer; return where that is, and its length."""
        length = 1.0
        while True:
            there = self.look(here.at + length * step * self._spread)
            if there.distance <= here.distance or length < SHORTEST:
                return there, length
            length /= 2

    @property
    def _spread(self) -> Floats:
        return self.equations.sample.spread
