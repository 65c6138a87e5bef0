"""Sources: what may be other than it is, each as a sequence of levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from scoring import Cohort
from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from scoring.rulebook import INDICATORS
from simulate.budget.errors import BudgetError
from simulate.engine import UNIT
from simulate.sensitivity.study import Weights, ones

SOURCES = ("sampling", "population", "behaviour", "policy")
"""The sources in the order of the design's axes."""

FEWEST = 3
"""Levels of a source that varies: its error is estimated by leaving one out in turn."""


@dataclass(frozen=True)
class Behaviour:
    """Assume how people behave; no published figure tells.

    Attributes:
        applies: share of the cohort that applies, 0 to 1.
        withdraws: share of the admitted who give their place up or lose it on an objection.
        lapses: share of the admitted who let the two years for settling pass; places are never refilled.
        children: minor children who move with one settler; None where each has their own.

    """

    applies: float = 1.0
    withdraws: float = 0.0
    lapses: float = 0.0
    children: float | None = None

    def __post_init__(self) -> None:
        for name in ("applies", "withdraws", "lapses"):
            if not 0 <= getattr(self, name) <= 1:
                raise BudgetError(f"behaviour: {name} = {getattr(self, name)}: a share is from 0 to 1")
        if self.withdraws + self.lapses > 1:
            raise BudgetError("behaviour: withdraws and lapses together are a share of people, at most 1")
        if self.children is not None and self.children < 0:
            raise BudgetError(f"behaviour: children = {self.children}: a number of children is 0 or more")

    @property
    def settles(self) -> float:
        """The share of the admitted who settle."""
        return 1 - self.withdraws - self.lapses


@dataclass(frozen=True)
class Policy:
    """Set levers: whatever is not named is as at the baseline.

    Attributes:
        weights: by indicator, taken to the nearest 1/1024.
        changes: values of the rulebook by dotted path.
        quota: places.

    """

    weights: Mapping[str, float] = field(default_factory=dict)
    changes: Mapping[str, object] = field(default_factory=dict)
    quota: int | None = None

    def __post_init__(self) -> None:
        for name in self.weights:
            if name not in INDICATORS:
                raise UnknownName(f"no indicator is called {name!r}{did_you_mean(name, INDICATORS)}")

    def under(self, reform: Policy) -> Policy:
        """Return this policy with a reform's levers put in place of its own."""
        return Policy(
            {**self.weights, **reform.weights},
            {**self.changes, **reform.changes},
            self.quota if reform.quota is None else reform.quota,
        )

    def row(self) -> Weights:
        """Return the nine weights, int32 [9] in 1/1024."""
        row: Weights = ones(1)[0]
        for name, weight in self.weights.items():
            row[INDICATORS.index(name)] = round(weight * UNIT)
        return row


@dataclass(frozen=True)
class Sources:
    """Hold the levels of every source; a source of one level does not vary.

    Attributes:
        populations: cohorts, one a set of the population's parameters, as of a calibrated ensemble.
        samples: resamples of each cohort; 1 takes cohorts as they are.
        behaviours: assumptions.
        policies: what the levers may be set to.

    Raises:
        BudgetError: a source has no level, or two.

    """

    populations: Sequence[Cohort]
    samples: int = 12
    behaviours: Sequence[Behaviour] = (Behaviour(),)
    policies: Sequence[Policy] = (Policy(),)

    def __post_init__(self) -> None:
        check_levels(self.levels)

    @property
    def levels(self) -> tuple[int, int, int, int]:
        """How many levels each source has, in the order of `SOURCES`."""
        return self.samples, len(self.populations), len(self.behaviours), len(self.policies)


def check_levels(levels: Sequence[int]) -> None:
    """Check how many levels each source has, before any of them is drawn.

    Raises:
        BudgetError: a source has no level, or two.

    """
    for name, count in zip(SOURCES, levels, strict=True):
        if not count or 1 < count < FEWEST:
            raise BudgetError(f"{name}: {count} levels; one is as it is, and to vary takes {FEWEST} or more")


def resampled(cohort: Cohort, seed: np.random.SeedSequence) -> Cohort:
    """Draw as many applicants anew, with replacement."""
    people = cohort.frame.height
    drawn = np.random.default_rng(seed).integers(0, people, people)
    return replace(cohort, frame=cohort.frame[drawn], notices=())
