"""The uncertainty budget: how sure a headline number is, and what would make it surer.

Each level of each source is run with each level of all others through the exact engine. A reform is run on
the same resamples, populations, behaviours and policies as its baseline, so that an empty reform has an
effect of exactly zero, and what moves both alike is no part of the effect's variance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import polars as pl

from scoring import Rulebook
from simulate.budget import children
from simulate.budget.components import attributed, intervals, shares_of
from simulate.budget.sources import SOURCES, Policy, Sources, resampled
from simulate.engine import Draws, Engine, Outcomes
from simulate.engine.outcomes import Level
from simulate.engine.scores import Real

TO_POINTS = 102_400
"""Units of an exact cutoff in a point."""

PEOPLE = ("cutoff", "admitted", "settled")
"""The quantities of everyone, before the shares of levels."""

POPULATION = "population"
"""The settled and their minor children, told where it is known or assumed how many these are."""

Name = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Budget:
    """Hold the runs of a crossed design.

    Attributes:
        names: quantity, group and level of each output.
        values: float64 [samples, populations, behaviours, policies, outputs], at the baseline.
        effects: the same of the reform less the baseline; None without a reform.

    """

    names: tuple[Name, ...]
    values: Real = field(repr=False)
    effects: Real | None = field(repr=False)

    def frame(self) -> pl.DataFrame:
        """Give a row a quantity and source.

        Columns: ``quantity`` (``cutoff`` in points, ``admitted`` and ``settled`` people, ``population``,
        the settled with their minor children where their number is known or assumed, ``share`` of the
        admitted), ``group``, ``level``, ``of`` (``baseline`` or ``effect``), ``mean``, ``deviation`` (the
        square root of the whole variance), ``source``, ``assumed`` (whether its levels are assumptions),
        ``variance``, ``variance_share`` of the whole, and the ends of its interval, ``share_low`` and
        ``share_high``. Shares sum to 1; they are null where nothing varies. Where a run has no cutoff, the
        quantity has no numbers.
        """
        frames = [self._told(self.values, "baseline")]
        if self.effects is not None:
            frames.append(self._told(self.effects, "effect"))
        return pl.concat(frames)

    def _told(self, values: Real, of: str) -> pl.DataFrame:
        variance, shares, (low, high) = attributed(values), shares_of(values), intervals(values)
        outputs = len(self.names)
        whole = np.sqrt(np.maximum(variance.sum(axis=0), 0))
        names = {
            title: pl.Series([name[place] for name in self.names] * len(SOURCES), dtype=pl.String)
            for place, title in enumerate(("quantity", "group", "level"))
        }
        return pl.DataFrame(
            {
                **names,
                "of": [of] * (outputs * len(SOURCES)),
                "mean": np.tile(values.reshape(-1, outputs).mean(axis=0), len(SOURCES)),
                "deviation": np.tile(whole, len(SOURCES)),
                "source": np.repeat(SOURCES, outputs),
                "assumed": np.repeat(np.isin(SOURCES, ("behaviour", "policy")), outputs),
                "variance": variance.ravel(),
                "variance_share": shares.ravel(),
                "share_low": low.ravel(),
                "share_high": high.ravel(),
            }
        ).with_columns(pl.col(pl.Float64).fill_nan(None))


def budget(
    sources: Sources,
    rules: Rulebook,
    *,
    quota: int,
    groups: Sequence[str] = (),
    reform: Policy | None = None,
    seed: int = 0,
) -> Budget:
    """Run every combination of the sources' levels, with and without a reform.

    Args:
        sources: what may be other than it is; populations must have the same groups.
        rules: the baseline's rulebook.
        quota: places where a policy sets none.
        groups: categorical columns of the scored cohorts.
        reform: levers put in place of each policy's; None for the baseline alone.
        seed: of resamples, and of who applies when a share does.

    """
    cells = _Cells.of(sources, quota, reform)
    own = all(map(children.known, sources.populations))
    people_known = own or all(one.children is not None for one in sources.behaviours)
    people = (*PEOPLE, *([POPULATION] if people_known else []))
    asked = tuple(name for name in groups if not own or name != children.CHILDREN)
    counted = (*asked, *([children.CHILDREN] if own else []))
    cohorts = [children.grouped(one) if own else one for one in sources.populations]
    runs: list[_Run] = []
    for sample, cohort in product(range(sources.samples), cohorts):
        drawn, lots = np.random.SeedSequence([seed, sample]).spawn(2)
        there = resampled(cohort, drawn) if sources.samples > 1 else cohort
        lot = int(lots.generate_state(1, np.uint64)[0])
        engine = Engine.prepare(there, rules, groups=counted, quota=quota, seed=lot)
        runs.append(_Run.of(engine.run(cells.draws), cells, people=people))
    levels = tuple(dict.fromkeys(level for run in runs for level in run.levels))
    names = (*((quantity, None, None) for quantity in people), *(("share", *level) for level in levels))
    values = np.stack([run.outputs(levels) for run in runs]).reshape(
        *sources.levels, 1 if reform is None else 2, len(names)
    )
    effects = None if reform is None else values[..., 1, :] - values[..., 0, :]
    return Budget(names, values[..., 0, :], effects)


@dataclass(frozen=True)
class _Cells:
    """Hold the draws that each resample of each population is run with.

    Attributes:
        draws: behaviours, in each the policies, in each the baseline and, with a reform, the reform.
        settles: float64 [draws], the share of the admitted who settle.
        children: float64 [draws], minor children who move with one settler; not a number where each has
            their own.

    """

    draws: Draws
    settles: Real
    children: Real

    @classmethod
    def of(cls, sources: Sources, quota: int, reform: Policy | None) -> _Cells:
        pairs = [
            (behaviour, one)
            for behaviour, policy in product(sources.behaviours, sources.policies)
            for one in ((policy,) if reform is None else (policy, policy.under(reform)))
        ]
        return cls(
            Draws(
                np.stack([policy.row() for _, policy in pairs]),
                np.array([quota if policy.quota is None else policy.quota for _, policy in pairs]),
                tuple(policy.changes for _, policy in pairs),
                np.array([behaviour.applies for behaviour, _ in pairs], dtype=np.float64),
            ),
            np.array([behaviour.settles for behaviour, _ in pairs], dtype=np.float64),
            np.array([behaviour.children for behaviour, _ in pairs], dtype=np.float64),
        )


@dataclass(frozen=True)
class _Run:
    """Hold what one resample of one population gave in every cell.

    Attributes:
        people: float64 [draws, quantities], those of everyone.
        shares: float64 [draws, levels].
        levels: of the shares.

    """

    people: Real
    shares: Real
    levels: tuple[Level, ...]

    @classmethod
    def of(cls, outcomes: Outcomes, cells: _Cells, *, people: Sequence[str]) -> _Run:
        settled = outcomes.admitted * cells.settles
        each = np.where(np.isnan(cells.children), children.each(outcomes), cells.children)
        told = {
            "cutoff": np.where(outcomes.has_cutoff, outcomes.cutoff_exact / TO_POINTS, np.nan),
            "admitted": outcomes.admitted,
            "settled": settled,
            POPULATION: settled * (1 + each),
        }
        admitted = np.where(outcomes.admitted > 0, outcomes.admitted, np.nan)
        shown = children.without(outcomes.levels)
        return cls(
            np.column_stack([told[name] for name in people]),
            outcomes.group_counts[:, shown] / admitted[:, None],
            tuple(outcomes.levels[position] for position in shown),
        )

    def outputs(self, levels: tuple[Level, ...]) -> Real:
        """Return the quantities and the shares of some levels; one that nobody is in has a share of 0."""
        shares = np.zeros((len(self.people), len(levels)))
        for position, level in enumerate(levels):
            if level in self.levels:
                shares[:, position] = self.shares[:, self.levels.index(level)]
        return np.hstack([self.people, shares])
