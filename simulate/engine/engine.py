"""The engine: many draws of weights, rules and quotas over one cohort, each answered exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring import Cohort, Rulebook
from scoring.rulebook import INDICATORS
from scoring.scored import points_of, score
from simulate.engine.draws import Changes, Draws
from simulate.engine.errors import EngineError
from simulate.engine.groups import Groups
from simulate.engine.lots import lots
from simulate.engine.outcomes import NO_CUTOFF, Outcomes


@dataclass(frozen=True)
class Engine:
    """Answer draws over one cohort and one baseline: a rulebook, weights of 1, a quota, everyone applying."""

    cohort: Cohort
    rules: Rulebook
    groups: Groups
    lots: NDArray[np.float64]
    baseline: NDArray[np.bool_]

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
            lots(seed, cohort.frame.height),
            scored.frame.get_column("admitted").to_numpy(),
        )

    def run(self, draws: Draws) -> Outcomes:
        """Answer draws exactly, each by itself; the outcomes come in the draws' order.

        Raises:
            EngineError: rules are changed and the cohort holds points.
            UnknownName, RulebookError: a change that the rulebook cannot bear; the message names the draw.

        """
        n, people = len(draws), self.cohort.frame.height
        cutoff = np.full(n, NO_CUTOFF, dtype=np.int64)
        tallies = np.zeros((n, 4), dtype=np.int64)
        group_counts = np.zeros((n, len(self.groups.levels)), dtype=np.int32)
        person_counts = np.zeros(people, dtype=np.int32)
        for draw in range(n):
            columns, eligible = self._columns({} if draws.changes is None else draws.changes[draw])
            pool = eligible if draws.applies is None else eligible & (self.lots < draws.applies[draw])
            total = columns @ draws.weights[draw].astype(np.int64)
            quota = min(int(draws.quota[draw]), int(pool.sum()))
            admitted = np.zeros(people, dtype=bool)
            if quota:
                cutoff[draw] = np.sort(total[pool])[-quota]
                admitted = pool & (total >= cutoff[draw])
            tallies[draw] = (
                admitted.sum(),
                (total[admitted] == cutoff[draw]).sum(),
                (admitted & ~self.baseline).sum(),
                (self.baseline & ~admitted).sum(),
            )
            group_counts[draw] = self.groups.counts(admitted)
            person_counts += admitted
        return Outcomes(
            cutoff,
            admitted=tallies[:, 0],
            tied=tallies[:, 1],
            entered=tallies[:, 2],
            left=tallies[:, 3],
            group_counts=group_counts,
            levels=self.groups.levels,
            person_counts=person_counts,
        )

    def _columns(self, changes: Changes) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        if changes and self.cohort.level == "points":
            raise EngineError("rules cannot be changed on a cohort of points: facts are needed")
        points = points_of(self.cohort, self.rules.changed(changes) if changes else self.rules)
        columns = points.select(
            *(
                pl.col(name).cast(pl.Int64)
                + (pl.col("study_deduction").cast(pl.Int64) if name == "education" else 0)
                for name in INDICATORS
            )
        )
        return columns.to_numpy(), points.get_column("reasons").to_numpy() == 0
