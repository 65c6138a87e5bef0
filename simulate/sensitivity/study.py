"""The study: one cohort, its rulebook and quota, prepared once for every question about its levers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring import Cohort, Rulebook
from scoring.indicators import indicators_of
from scoring.rulebook import INDICATORS
from simulate.engine import UNIT, Draws, Engine, Outcomes
from simulate.engine.scores import Flags, Whole

Weights = NDArray[np.int32]


@dataclass(frozen=True)
class Study:
    """Hold what every analysis begins with; see `study`.

    Attributes:
        engine: the prepared cohort.
        quota: the baseline's places.
        baseline: the outcome with every weight 1.

    """

    engine: Engine
    quota: int
    baseline: Outcomes = field(repr=False)

    @cached_property
    def points(self) -> Whole:
        """Hundredths of a point by person and indicator, int64 [people, indicators].

        The nine, education less its deduction, and then those that the rulebook adds.
        """
        return self.engine.points.columns.astype(np.int64)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The names of the columns of ``points``: the nine, then those that the rulebook adds."""
        return indicators_of(self.engine.rules)

    @cached_property
    def totals(self) -> Whole:
        """Total hundredths of each person, int64 [people]."""
        totals: Whole = self.points.sum(axis=1)
        return totals

    @property
    def pool(self) -> Flags:
        """Who is eligible, bool [people]."""
        return self.engine.points.eligible

    @property
    def admitted(self) -> Flags:
        """Who is admitted at the baseline, bool [people]."""
        return self.engine.baseline

    @property
    def cutoff(self) -> int | None:
        """The baseline's cutoff in hundredths; None where nobody is admitted."""
        return int(self.baseline.cutoff_exact[0]) // UNIT if self.baseline.has_cutoff[0] else None

    def totals_at(self, weights: Weights) -> Whole:
        """Return totals at weights of the nine, int32 [9], in 1/102,400 of a point, int64 [people]."""
        moved = weights.astype(np.int64) - UNIT
        totals: Whole = self.totals * UNIT + self.points[:, : len(moved)] @ moved
        return totals

    def weighed(self, weights: Weights) -> Outcomes:
        """Answer settings of weights, int32 [settings, 9] in 1/1024, at the baseline's quota."""
        return self.engine.run(Draws(weights, np.full(len(weights), self.quota, dtype=np.int64)))


def study(cohort: Cohort, rules: Rulebook, *, quota: int, groups: Sequence[str] = ()) -> Study:
    """Prepare a cohort for the questions of `simulate.sensitivity`.

    >>> import scoring
    >>> from simulate import sensitivity
    >>> from synthetic_data.population import facts
    >>> rules = scoring.Rulebook.load("beijing-2020")
    >>> people = facts(rules, round_year=2020, size=2_000, seed=1)
    >>> cohort = scoring.Cohort.from_frame(people, rules=rules, round_year=2020)
    >>> prepared = sensitivity.study(cohort, rules, quota=100, groups=["age_band"])
    >>> sensitivity.leave_one_out(prepared).outcomes["indicator"].to_list()[:2]
    ['employment', 'residence']

    Args:
        cohort: checked facts, or points, of which only weights can vary.
        rules: the baseline's rulebook.
        quota: the baseline's places.
        groups: categorical columns of the scored cohort, such as ``age_band`` or the cohort's own.

    Raises:
        UnknownName: the cohort has no such group.
        EngineError: the column is no group, or the quota is below 0.

    """
    engine = Engine.prepare(cohort, rules, groups=groups, quota=quota)
    return Study(engine, quota, engine.run(Draws(ones(1), np.array([quota], dtype=np.int64))))


def ones(settings: int) -> Weights:
    """Return weights of 1, int32 [settings, 9] in 1/1024."""
    return np.full((settings, len(INDICATORS)), UNIT, dtype=np.int32)


def one_at_a_time(*weights: int) -> Weights:
    """Return settings that move one indicator each: all indicators at the first weight, then at the next.

    Args:
        weights: in 1/1024.

    Returns:
        int32 [9 x weights, 9], in 1/1024.

    """
    moved = ones(len(INDICATORS) * len(weights))
    for number, weight in enumerate(weights):
        for position in range(len(INDICATORS)):
            moved[number * len(INDICATORS) + position, position] = weight
    return moved
