"""The engine: many draws of weights, rules and quotas over one cohort, each answered exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from scoring import Cohort, Rulebook
from scoring.scored import score
from simulate.engine.batch import Batch
from simulate.engine.blas import one_thread
from simulate.engine.changes import Changed
from simulate.engine.draws import Draws
from simulate.engine.errors import EngineError
from simulate.engine.groups import Groups
from simulate.engine.law import Casebook
from simulate.engine.lots import lots
from simulate.engine.outcomes import Outcomes
from simulate.engine.points import Points
from simulate.engine.presence import Condition, Presence
from simulate.engine.scores import Flags, Real, Scorer, Some
from simulate.engine.weighted import Weighted


@dataclass(frozen=True)
class Engine:
    """Answer draws over one cohort and one baseline: a rulebook, weights of 1, a quota, everyone applying."""

    cohort: Cohort
    rules: Rulebook
    groups: Groups = field(repr=False)
    points: Points = field(repr=False)
    lots: Real = field(repr=False)
    casebook: Casebook | None = field(repr=False)
    baseline: Flags = field(repr=False)

    @classmethod
    def prepare(
        cls, cohort: Cohort, rules: Rulebook, *, groups: Sequence[str] = (), quota: int, seed: int = 0
    ) -> Engine:
        """Prepare a cohort for draws.

        Args:
            cohort: checked facts, or points, of which only weights and quotas can vary.
            rules: the baseline's rulebook.
            groups: categorical columns of the scored cohort, such as ``age_band`` or the cohort's own.
            quota: the baseline's places.
            seed: of the lots that decide who applies, 0 or more.

        Raises:
            UnknownName: the cohort has no such group.
            EngineError: the column is no group.

        """
        scored = score(cohort, rules, quota=quota)
        return cls(
            cohort,
            rules,
            Groups.of(scored.frame, groups),
            Points.of(scored.points),
            lots(seed, cohort.frame.height),
            Casebook.of(cohort.frame, cohort.round_year) if cohort.level == "facts" else None,
            scored.frame.get_column("admitted").to_numpy(),
        )

    def run(self, draws: Draws) -> Outcomes:
        """Answer draws exactly, each by itself; the outcomes come in the draws' order.

        Raises:
            EngineError: rules are changed and the cohort holds points, or a value is spent in making facts.
            UnknownName, RulebookError: a change that the rulebook cannot bear; the message names the draw.

        """
        changing = np.array([bool(one) for one in draws.changes or ()] or [False] * len(draws), dtype=bool)
        plain, changed = np.flatnonzero(~changing), np.flatnonzero(changing)
        with one_thread():
            parts = list(self._tabled(draws, changed))
            if len(plain) or not parts:
                parts.append((plain, self._weighted(draws[plain]).run()))
        return Outcomes.in_order(parts)

    def _tabled(self, draws: Draws, which: Some) -> Iterator[tuple[Some, Outcomes]]:
        """Yield the outcomes of draws that change rules, and which draws they are."""
        if not len(which) or draws.changes is None:
            return
        if self.casebook is None:
            raise EngineError(f"draw {which[0]}: rules can be changed on facts, and this cohort holds points")
        changes = Changed.of(draws.changes, self.rules)
        for coded, those in self.casebook.batches(changes.some(which)):
            some = which[those]
            changed = changes.some(some)
            yield (
                some,
                self._batch(
                    self.casebook.tabled(coded, changed, draws.weights[some]),
                    coded.alike,
                    self.casebook.conditions(changed),
                    draws[some],
                ).run(),
            )

    def _weighted(self, draws: Draws) -> Batch:
        eligible = Condition(self.points.eligible[None], np.zeros(len(draws), dtype=np.intp))
        scorer = Weighted(self.points.columns, draws.weights)
        return self._batch(scorer, self.points.alike, (eligible,), draws)

    def _batch(self, scorer: Scorer, alike: Some, eligible: tuple[Condition, ...], draws: Draws) -> Batch:
        presence = Presence(eligible, self.lots, draws.applies)
        return Batch.of(scorer, alike, presence, draws.quota, groups=self.groups, baseline=self.baseline)
