"""The engine: many draws of weights, rules and quotas over one cohort, each answered exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from scoring import Cohort, Rulebook
from scoring.scored import score
from simulate.engine.batch import Batch
from simulate.engine.blas import one_thread
from simulate.engine.brute import ranked
from simulate.engine.changes import Changed
from simulate.engine.draws import UNIT, Draws
from simulate.engine.errors import EngineError
from simulate.engine.groups import Groups
from simulate.engine.law import Casebook
from simulate.engine.lots import lots
from simulate.engine.outcomes import Outcomes
from simulate.engine.points import Points
from simulate.engine.presence import Condition, Presence
from simulate.engine.rows import Kinds
from simulate.engine.scores import Flags, Real, Some, Whole
from simulate.engine.tabled import Tabled
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
            Casebook.of(cohort.frame, cohort.round_year, cohort.measures)
            if cohort.level == "facts"
            else None,
            scored.frame.get_column("admitted").to_numpy(),
        )

    def run(self, draws: Draws) -> Outcomes:
        """Answer draws exactly, each by itself; the outcomes come in the draws' order.

        Raises:
            EngineError: rules are changed and the cohort holds points, or a value is spent in making facts.
            UnknownName, RulebookError: a change that the rulebook cannot bear; the message names the draw.

        """
        with one_thread():
            parts = [(case.draws, self._batch(case, draws[case.draws]).run()) for case in self._cases(draws)]
        return Outcomes.in_order(parts)

    def answer(self, draw: Draws) -> tuple[Outcomes, Whole, Whole]:
        """Answer one draw, and give what it was answered on.

        Raises as `run` does.

        Returns:
            The outcomes; int64 [rows], totals in 1/102,400 of a point; and int64 [rows], the people ranked
            with each of them.

        """
        (case,) = self._cases(draw)
        with one_thread():
            batch = self._batch(case, draw)
            totals, people = ranked(batch.pool, 0)
            return batch.run(), totals.astype(np.int64, copy=False), people

    def totals(self, draw: Draws) -> tuple[Whole, Flags]:
        """Return everyone's total in one draw, int64 [applicants] in 1/102,400 of a point, and who is ranked.

        Raises as `run` does.
        """
        (case,) = self._cases(draw)
        with one_thread():
            totals = case.scorer.totals(0).astype(np.int64, copy=False)
        return totals, Presence(case.eligible, self.lots, draw.applies).always()

    def _cases(self, draws: Draws) -> Iterator[_Case]:
        """Yield the draws in parts that one scorer serves each; no draws are one part."""
        changing = np.array([bool(one) for one in draws.changes or ()] or [False] * len(draws), dtype=bool)
        plain, changed = np.flatnonzero(~changing), np.flatnonzero(changing)
        yield from self._tabled(draws, changed)
        if len(plain) or not len(changed):
            eligible = Condition(self.points.eligible[None], np.zeros(len(plain), dtype=np.intp))
            added = np.full((len(plain), len(self.rules.added)), UNIT, dtype=np.int32)
            scorer = Weighted(self.points.columns.T, np.hstack([draws.weights[plain], added]))
            yield _Case(plain, scorer, self.points.kinds, (eligible,))

    def _tabled(self, draws: Draws, which: Some) -> Iterator[_Case]:
        if not len(which) or draws.changes is None:
            return
        if self.casebook is None:
            raise EngineError(f"draw {which[0]}: rules can be changed on facts, and this cohort holds points")
        changes = Changed.of(draws.changes, self.rules)
        for coded, those in self.casebook.batches(changes.some(which)):
            some = which[those]
            changed = changes.some(some)
            yield _Case(
                some,
                self.casebook.tabled(coded, changed, draws.weights[some]),
                coded.kinds,
                self.casebook.conditions(changed),
            )

    def _batch(self, case: _Case, draws: Draws) -> Batch:
        presence = Presence(case.eligible, self.lots, draws.applies)
        return Batch.of(
            case.scorer, case.kinds, presence, draws.quota, groups=self.groups, baseline=self.baseline
        )


@dataclass(frozen=True)
class _Case:
    """Hold draws, by position, whose scores come from one scorer, and what makes people alike in them."""

    draws: Some
    scorer: Tabled | Weighted
    kinds: Kinds
    eligible: tuple[Condition, ...]
