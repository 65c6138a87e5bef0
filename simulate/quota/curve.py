"""The quota curve: cutoff, admitted and groups at every quota, exact, from one count of the totals.

The cutoff is a falling staircase of the quota. Its steps are the distinct totals of the eligible: total *i*
is the cutoff for every quota above the people of the totals before it and up to those at or above it. So the
whole curve is the counts by total, summed from the top, and nothing is scored again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from scoring.points import REASONS, TOTAL
from simulate.distribution.intervals import wilson
from simulate.distribution.scores import whole_hundredths
from simulate.distribution.traits import Trait, trait
from simulate.quota.errors import QuotaError

if TYPE_CHECKING:
    from scoring.scored import Scored

Counts = NDArray[np.int64]

NOBODY = -1
"""The step of quota 0, and of every quota where nobody is eligible."""

_POINTS = pl.Decimal(12, 2)


@dataclass(frozen=True)
class GroupSteps:
    """Hold how many eligible of each level of a group reach each total: ``reached`` [levels, steps]."""

    levels: tuple[str | None, ...]
    reached: Counts = field(repr=False)

    @cached_property
    def pool(self) -> Counts:
        """The eligible of each level."""
        return self.reached[:, -1] if self.reached.shape[1] else np.zeros(len(self.levels), dtype=np.int64)

    def admitted(self, steps: Counts) -> Counts:
        """Return the admitted of each level at each of some steps, [levels, steps]."""
        with_nobody = np.concatenate([self.reached, np.zeros((len(self.levels), 1), np.int64)], axis=1)
        return with_nobody[:, steps]


@dataclass(frozen=True)
class QuotaCurve:
    """Answer every quota over one scored cohort; see `quota_curve`.

    Attributes:
        totals: the distinct totals of the eligible in hundredths of a point, highest first.
        reached: eligible applicants with each of them or more.
        children: the same counts by the number of minor children, or None where the cohort does not say.
        groups: the same counts by level, for each group asked for.

    """

    totals: Counts = field(repr=False)
    reached: Counts = field(repr=False)
    children: GroupSteps | None = field(default=None, repr=False)
    groups: Mapping[str, GroupSteps] = field(default_factory=dict)

    @property
    def eligible(self) -> int:
        """How many applicants the quota ranks."""
        return int(self.reached[-1]) if len(self.reached) else 0

    @cached_property
    def tied(self) -> Counts:
        """How many eligible applicants have exactly each total."""
        return np.diff(self.reached, prepend=0)

    def steps(self, quotas: ArrayLike) -> Counts:
        """Return the step at which each quota's cutoff lies, `NOBODY` where nobody is admitted.

        Raises QuotaError for a quota below 0 or one that is no whole number.
        """
        asked = np.asarray(quotas)
        if asked.size and (not np.issubdtype(asked.dtype, np.integer) or asked.min() < 0):
            raise QuotaError("a quota is a whole number of people, 0 or more")
        asked = asked.astype(np.int64).reshape(-1)
        steps = np.searchsorted(self.reached, np.minimum(asked, self.eligible))
        return np.where((asked == 0) | (self.eligible == 0), NOBODY, steps).astype(np.int64)

    def cutoff(self, quota: int) -> Decimal | None:
        """Return the cutoff at a quota in points, None where nobody is admitted."""
        (step,) = self.steps([quota])
        return None if step == NOBODY else Decimal(int(self.totals[step])).scaleb(-2)

    def admitted(self, quota: int) -> int:
        """Return how many are admitted at a quota, everyone tied at the cutoff included."""
        (step,) = self.steps([quota])
        return 0 if step == NOBODY else int(self.reached[step])

    def at(self, quotas: ArrayLike, *, width: Decimal | float | str = 1) -> pl.DataFrame:
        """Return one row a quota.

        Columns: ``quota``; ``cutoff`` in points, null where nobody is admitted; ``admitted``; ``tied``, the
        people exactly at the cutoff; ``people_per_point``, the curve's slope: the eligible from half of
        *width* points below the cutoff up to, and not at, half above it, divided by the width; ``backlog``,
        the eligible left over.
        """
        steps = self.steps(quotas)
        nobody = steps == NOBODY
        admitted = np.where(nobody, 0, taken(self.reached, steps))
        frame = pl.DataFrame(
            {
                "quota": np.asarray(quotas, dtype=np.int64).reshape(-1),
                "cutoff": taken(self.totals, steps),
                "admitted": admitted,
                "tied": np.where(nobody, 0, taken(self.tied, steps)),
                "people_per_point": self.density(steps, whole_hundredths(width)),
                "backlog": self.eligible - admitted,
            }
        )
        shown = pl.Series(~nobody)
        return frame.with_columns(
            pl.when(shown).then(as_points("cutoff")).alias("cutoff"),
            pl.when(shown).then("people_per_point").alias("people_per_point"),
        )

    def steps_table(self) -> pl.DataFrame:
        """Return the whole curve, one row a distinct total, highest first.

        Columns: ``cutoff``; ``first_quota`` and ``last_quota``, the quotas that have it; ``admitted``, the
        same as ``last_quota``; ``tied``.
        """
        return pl.DataFrame(
            {
                "cutoff": self.totals,
                "first_quota": self.reached - self.tied + 1,
                "last_quota": self.reached,
                "admitted": self.reached,
                "tied": self.tied,
            }
        ).with_columns(as_points("cutoff"))

    def groups_at(self, quotas: ArrayLike) -> pl.DataFrame:
        """Return one row a quota, group and level: ``pool``, ``admitted``, ``admission_rate``, ``share``.

        ``share`` is the level's part of all admitted, null where nobody is. ``rate_low`` and ``rate_high``
        are the ends of Wilson's 95 % interval of the rate, ``admitted_low`` and ``admitted_high`` the same in
        people of the level, and ``share_low`` and ``share_high`` those of the share.
        """
        asked = np.asarray(quotas, dtype=np.int64).reshape(-1)
        steps = self.steps(quotas)
        parts = [self._group_at(name, group, asked, steps) for name, group in self.groups.items()]
        schema = {"quota": pl.Int64, "group": pl.String, "level": pl.String, "pool": pl.Int64}
        if not parts:
            names = ("admission_rate", "rate_low", "rate_high", "admitted_low", "admitted_high")
            rates = dict.fromkeys((*names, "share", "share_low", "share_high"), pl.Float64)
            return pl.DataFrame(schema={**schema, "admitted": pl.Int64, **rates})
        return pl.concat(parts)

    def _group_at(self, name: str, group: GroupSteps, asked: Counts, steps: Counts) -> pl.DataFrame:
        admitted, size = group.admitted(steps), len(group.levels)
        low, high = wilson(admitted.T.reshape(-1), np.tile(group.pool, len(asked)))
        part_low, part_high = wilson(admitted.T.reshape(-1), np.repeat(admitted.sum(axis=0), size))
        return pl.DataFrame(
            {
                "quota": np.repeat(asked, size),
                "group": [name] * (size * len(asked)),
                "level": pl.Series(list(group.levels) * len(asked), dtype=pl.String),
                "pool": np.tile(group.pool, len(asked)),
                "admitted": admitted.T.reshape(-1),
            },
            schema_overrides={"group": pl.String},
        ).with_columns(
            admission_rate=pl.col("admitted") / pl.col("pool"),
            rate_low=pl.Series(low),
            rate_high=pl.Series(high),
            admitted_low=pl.Series(low) * pl.col("pool"),
            admitted_high=pl.Series(high) * pl.col("pool"),
            share=(pl.col("admitted") / pl.col("admitted").sum().over("quota")).fill_nan(None),
            share_low=pl.Series(part_low).fill_nan(None),
            share_high=pl.Series(part_high).fill_nan(None),
        )

    def density(self, steps: Counts, width: int) -> NDArray[np.float64]:
        """Return the people a point around each step's total, in a window of *width* hundredths."""
        if not len(self.totals):
            return np.zeros(len(steps))
        doubled = taken(self.totals, steps) * 2
        falling = -2 * self.totals
        first = np.searchsorted(falling, -(doubled + width), side="right")
        last = np.searchsorted(falling, -(doubled - width), side="right")
        people = np.concatenate([[0], self.reached])
        density: NDArray[np.float64] = (people[last] - people[first]) / (width / 100)
        return density


def quota_curve(scored: Scored, *, groups: Sequence[str] = ()) -> QuotaCurve:
    """Count a scored cohort once, so that every quota can be answered.

    >>> import scoring
    >>> from synthetic_data.population import facts
    >>> rules = scoring.Rulebook.load("beijing-2020")
    >>> people = facts(rules, round_year=2020, size=2_000, seed=1)
    >>> cohort = scoring.Cohort.from_frame(people, rules=rules, round_year=2020)
    >>> round_ = scoring.score(cohort, rules, quota=100)
    >>> curve = quota_curve(round_, groups=["sex"])
    >>> curve.cutoff(100) == round_.ranking.cutoff
    True

    Args:
        scored: facts or points under any quota; the quota it was scored with plays no part.
        groups: columns of the cohort, or traits told from it as `simulate.distribution.traits` names them.

    Raises:
        UnknownName: a group is neither.

    """
    eligible = scored.points.get_column(REASONS).to_numpy() == 0
    totals = scored.points.get_column(TOTAL).to_numpy()[eligible].astype(np.int64)
    distinct = np.flatnonzero(scored.counts.counts)[::-1]
    step_of = np.zeros(len(scored.counts.counts), dtype=np.int64)
    step_of[distinct] = np.arange(len(distinct))
    steps = step_of[totals - scored.counts.lowest]

    def counted(name: str) -> GroupSteps:
        return _grouped(trait(scored, name), eligible, steps, len(distinct))

    people = scored.cohort.frame
    known = "minor_children" in people.columns and not people["minor_children"].null_count()
    return QuotaCurve(
        distinct + scored.counts.lowest,
        scored.counts.counts[distinct].cumsum(),
        counted("minor_children") if known else None,
        {name: counted(name) for name in groups},
    )


def as_points(column: str) -> pl.Expr:
    """Give a column of whole hundredths as exact decimal points."""
    return (pl.col(column).cast(pl.Decimal(18, 2)) / 100).cast(_POINTS).alias(column)


def taken(values: Counts, steps: Counts) -> Counts:
    """Return values at some steps, 0 where there are no steps at all."""
    return values[steps] if len(values) else np.zeros(len(steps), dtype=np.int64)


def _grouped(told: Trait, eligible: NDArray[np.bool_], steps: Counts, size: int) -> GroupSteps:
    levels = told.levels
    counts = np.bincount(told.codes[eligible] * size + steps, minlength=len(levels) * size)
    by_level = counts.reshape(len(levels), size)
    there = np.flatnonzero(by_level.any(axis=1))
    return GroupSteps(tuple(levels[level] for level in there), by_level[there].cumsum(axis=1))
