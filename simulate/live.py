"""A live handle on one cohort: a changed weight, value or quota is answered while a slider moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring import Cohort, Rulebook
from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from scoring.rulebook import INDICATORS
from simulate.distribution.scores import whole_hundredths
from simulate.engine import UNIT, Draws, Engine, Outcomes

_TO_POINTS = Decimal(100 * UNIT)


@dataclass(frozen=True)
class Answer:
    """Say what one what-if gives, beside the baseline.

    Attributes:
        cutoff: points, to 0.01; None where nobody is admitted.
        cutoff_exact: points with nothing rounded.
        admitted: people, all those tied at the cutoff included.
        tied: people exactly at the cutoff.
        entered: people admitted here and not at the baseline.
        left: people displaced: admitted at the baseline and not here.
        groups: ``group``, ``level``, ``admitted``, ``share`` of the admitted, and the baseline's two.
        is_admitted: bool [applicants], in the cohort's order.
        totals: int64, in 1/102,400 of a point.
        people: int64, how many are ranked with each of ``totals``.

    """

    cutoff: Decimal | None
    cutoff_exact: Decimal | None
    admitted: int
    tied: int
    entered: int
    left: int
    groups: pl.DataFrame = field(repr=False)
    is_admitted: NDArray[np.bool_] = field(repr=False)
    totals: NDArray[np.int64] = field(repr=False)
    people: NDArray[np.int64] = field(repr=False)

    def score_bins(self, *, width: Decimal | float | str = 1) -> pl.DataFrame:
        """Count those who are ranked by total, in bins of *width* points and with the cutoff an edge.

        Columns as `simulate.distribution.score_bins`; the edges are floats here, since a weighted cutoff may
        lie between hundredths, but no float decides which bin a total falls into.

        Raises:
            WidthError: a width of 0 or less, or finer than a hundredth of a point.

        """
        there = self.people > 0
        cutoff = None if self.cutoff_exact is None else int(self.cutoff_exact * _TO_POINTS)
        step = whole_hundredths(width) * UNIT
        return _bins(self.totals[there], self.people[there], step=step, cutoff=cutoff)


@dataclass(frozen=True)
class Workbench:
    """Answer what-ifs over one cohort, one at a time; see `workbench`."""

    engine: Engine
    quota: int
    baseline: Outcomes

    def ask(
        self,
        *,
        weights: Mapping[str, float] | None = None,
        changes: Mapping[str, object] | None = None,
        quota: int | None = None,
    ) -> Answer:
        """Answer one what-if; whatever is not given is as at the baseline.

        Args:
            weights: by indicator, taken to the nearest 1/1024; a weight multiplies the published points, 0
                leaves the indicator out.
            changes: values of the rulebook by dotted path.
            quota: places.

        Raises:
            UnknownName: there is no such indicator or path; the message names the nearest.
            RulebookError: a value that the law cannot bear.
            EngineError: a weight or quota below 0, or a rule changed on a cohort of points.

        """
        drawn = Draws(
            _weights(weights or {}),
            np.array([self.quota if quota is None else quota], dtype=np.int64),
            (changes,) if changes else None,
        )
        outcome, totals, people = self.engine.answer(drawn)
        return self._answer(outcome, totals, people)

    def _answer(self, outcome: Outcomes, totals: NDArray[np.int64], people: NDArray[np.int64]) -> Answer:
        exact = Decimal(int(outcome.cutoff_exact[0])) / _TO_POINTS if outcome.has_cutoff[0] else None
        return Answer(
            cutoff=None if exact is None else exact.quantize(Decimal("0.01"), ROUND_HALF_UP),
            cutoff_exact=exact,
            admitted=int(outcome.admitted[0]),
            tied=int(outcome.tied[0]),
            entered=int(outcome.entered[0]),
            left=int(outcome.left[0]),
            groups=_groups(outcome, self.baseline),
            is_admitted=outcome.person_counts > 0,
            totals=totals,
            people=people,
        )


def workbench(cohort: Cohort, rules: Rulebook, *, quota: int, groups: Sequence[str] = ()) -> Workbench:
    """Prepare a cohort for what-ifs that are answered at once.

    >>> import scoring, simulate
    >>> from synthetic_data.population import facts
    >>> rules = scoring.Rulebook.load("beijing-2020")
    >>> people = facts(rules, round_year=2020, size=2_000, seed=1)
    >>> cohort = scoring.Cohort.from_frame(people, rules=rules, round_year=2020)
    >>> bench = simulate.workbench(cohort, rules, quota=100, groups=["age_band"])
    >>> bench.ask().left
    0
    >>> bench.ask(weights={"age": 0.5}, changes={"employment.points_per_year": 4}, quota=90).left > 10
    True

    Args:
        cohort: checked facts, or points, of which only weights and the quota can vary.
        rules: the baseline's rulebook.
        quota: the baseline's places.
        groups: categorical columns of the scored cohort, such as ``age_band`` or the cohort's own.

    """
    engine = Engine.prepare(cohort, rules, groups=groups, quota=quota)
    baseline = engine.run(Draws(_weights({}), np.array([quota], dtype=np.int64)))
    return Workbench(engine, quota, baseline)


def _weights(by_indicator: Mapping[str, float]) -> NDArray[np.int32]:
    weights = np.full((1, len(INDICATORS)), UNIT, dtype=np.int32)
    for name, weight in by_indicator.items():
        if name not in INDICATORS:
            hint = did_you_mean(name, INDICATORS)
            raise UnknownName(f"no indicator is called {name!r}{hint} (there are {', '.join(INDICATORS)})")
        weights[0, INDICATORS.index(name)] = round(weight * UNIT)
    return weights


def _groups(outcome: Outcomes, baseline: Outcomes) -> pl.DataFrame:
    admitted, before = outcome.group_counts[0], baseline.group_counts[0]
    return pl.DataFrame(
        {
            "group": pl.Series([group for group, _ in outcome.levels], dtype=pl.String),
            "level": pl.Series([level for _, level in outcome.levels], dtype=pl.String),
            "admitted": admitted,
            "baseline": before,
            "share": _share(admitted, int(outcome.admitted[0])),
            "baseline_share": _share(before, int(baseline.admitted[0])),
        }
    )


def _share(people: NDArray[np.int32], of: int) -> pl.Series:
    return pl.Series(people / of if of else [None] * len(people), dtype=pl.Float64)


def _bins(
    totals: NDArray[np.int64], size: NDArray[np.int64], *, step: int, cutoff: int | None
) -> pl.DataFrame:
    """Count people by total in bins of *step*, in 1/102,400 of a point; the bin of the cutoff is parted."""
    bins = totals // step
    first, last = (int(bins.min()), int(bins.max())) if len(bins) else (0, -1)
    counted = np.bincount(bins - first, weights=size, minlength=last - first + 1)
    people = counted.astype(np.int64).tolist()
    edges = [step * number for number in range(first, last + 2)] if people else []
    if cutoff is not None and cutoff % step:
        number = cutoff // step - first
        above = int(size[(bins == cutoff // step) & (totals >= cutoff)].sum())
        edges.insert(number + 1, cutoff)
        people[number : number + 1] = [people[number] - above, above]
    lower = np.array(edges[:-1], dtype=np.int64)
    return pl.DataFrame(
        {
            "lower": lower / (100 * UNIT),
            "upper": np.array(edges[1:], dtype=np.int64) / (100 * UNIT),
            "people": pl.Series(people, dtype=pl.Int64),
            "admitted": lower >= cutoff if cutoff is not None else np.zeros(len(lower), dtype=bool),
        }
    )
