"""Effects: what each change of an indicator does to the cutoff, to who is admitted, and to each group.

Changes are made one at a time with everything else at the baseline, and every outcome is exact.
Intervals, where asked for, tell the sampling error: how far the number would differ had other people of the
same kind applied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl

from scoring.rulebook import INDICATORS
from simulate.distribution.intervals import ENDS, divided, wilson
from simulate.engine import UNIT, Draws, Outcomes
from simulate.engine.scores import Real, Whole
from simulate.sensitivity.errors import SensitivityError
from simulate.sensitivity.resampling import Sampled, interval, resample
from simulate.sensitivity.study import Study, Weights, one_at_a_time, ones

TO_POINTS = 100 * UNIT


@dataclass(frozen=True)
class Effects:
    """Hold what settings change, against the baseline.

    Attributes:
        outcomes: a row a setting: ``indicator``, ``weight``, ``cutoff`` and ``cutoff_change`` in points,
            ``admitted``, ``entered``, ``left``, ``share_changed`` (those who left, of all admitted at the
            baseline) and ``jaccard`` (people admitted in both, of people admitted in either).
        groups: a row a setting and level: ``indicator``, ``weight``, ``group``, ``level``, ``admitted``,
            ``share`` of the admitted and ``share_change``.

    Counts of people are what they are; points and shares have their ``_low`` and ``_high``, null where no
    resamples were asked for.

    """

    outcomes: pl.DataFrame
    groups: pl.DataFrame = field(repr=False)


def leave_one_out(study: Study, *, replicates: int = 0, seed: int = 0) -> Effects:
    """Leave out each indicator in turn: re-ranked at the same quota, and at the fixed cutoff.

    ``outcomes`` has two more numbers, ``below_old_cutoff`` and ``share_below_old_cutoff``: how many of the
    admitted would fall below the baseline's cutoff without the indicator's points, nobody re-ranked; the
    share's interval is Wilson's.
    The study deduction goes with ``education``; indicators that the rulebook adds come after the nine.

    Args:
        study: the prepared cohort.
        replicates: resamples of the cohort for intervals; 0 for none.
        seed: of the resampling.

    """
    effects = _effects(study, one_at_a_time(0), replicates=replicates, seed=seed)
    if added := range(len(INDICATORS), len(study.indicators)):
        others = _columns_changed(study, added, np.zeros_like, replicates=replicates, seed=seed)
        others = replace(others, outcomes=others.outcomes.with_columns(weight=pl.lit(0.0)))
        others = replace(others, groups=others.groups.with_columns(weight=pl.lit(0.0)))
        effects = Effects(
            pl.concat([effects.outcomes, others.outcomes]), pl.concat([effects.groups, others.groups])
        )
    below, admitted = _below_old_cutoff(study), int(study.admitted.sum())
    shares = (divided(below, admitted), *wilson(below, admitted))
    columns = [
        pl.Series(f"share_below_old_cutoff{end}", share).fill_nan(None)
        for end, share in zip(ENDS, shares, strict=True)
    ]
    counted = pl.Series("below_old_cutoff", below, dtype=pl.Int64)
    return replace(effects, outcomes=effects.outcomes.with_columns(counted, *columns))


def tornado(study: Study, *, spread: float = 0.1, replicates: int = 0, seed: int = 0) -> Effects:
    """Move each indicator's weight down and up by a share of itself, 10 % unless told.

    Weights are taken to the nearest 1/1024; ``weight`` tells the one used.

    Raises:
        SensitivityError: the spread is not above 0 and at most 1, or nothing on the grid of weights.

    """
    step = round(spread * UNIT)
    if not 0 < step <= UNIT:
        raise SensitivityError(f"a spread of {spread}: it must be from 1/{UNIT} to 1")
    return _effects(study, one_at_a_time(UNIT - step, UNIT + step), replicates=replicates, seed=seed)


def one_point_more(study: Study, *, replicates: int = 0, seed: int = 0) -> Effects:
    """Give one point more to everyone who has points in an indicator, indicator by indicator.

    Points below zero count as having some: a deduction becomes a point milder. Where everybody has points in
    an indicator, as in employment, the cutoff moves by the point and nobody moves.
    """
    everyone = range(len(study.indicators))
    return _columns_changed(study, everyone, _one_more, replicates=replicates, seed=seed)


def _one_more(points: Real) -> Real:
    more: Real = np.where(points != 0, points + 100, points)
    return more


def _columns_changed(
    study: Study, positions: Sequence[int], change: Callable[[Real], Real], *, replicates: int, seed: int
) -> Effects:
    """Change the points of one indicator at a time, all weights being 1."""
    engines = []
    for position in positions:
        columns = study.engine.points.columns.copy()
        columns[:, position] = change(columns[:, position])
        engines.append(replace(study.engine, points=replace(study.engine.points, columns=columns)))
    quota = np.array([study.quota], dtype=np.int64)
    outcomes = Outcomes.concat([engine.run(Draws(ones(1), quota)) for engine in engines])
    totals = [engine.points.columns.sum(axis=1).astype(np.int64) for engine in engines]
    sampled = sampled_effects(study, [study.totals, *totals], scale=100, replicates=replicates, seed=seed)
    names = [study.indicators[position] for position in positions]
    return told(study, outcomes, {"indicator": names, "weight": [1.0] * len(names)}, sampled)


def _below_old_cutoff(study: Study) -> Whole:
    if study.cutoff is None:
        return np.zeros(len(study.indicators), dtype=np.int64)
    admitted = study.admitted
    without = study.totals[admitted, None] - study.points[admitted]
    below: Whole = (without < study.cutoff).sum(axis=0)
    return below


def _effects(study: Study, weights: Weights, *, replicates: int, seed: int) -> Effects:
    sampled = None
    if replicates:
        totals = [study.totals_at(setting) for setting in (ones(1)[0], *weights)]
        sampled = sampled_effects(study, totals, scale=TO_POINTS, replicates=replicates, seed=seed)
    return _by_indicator(study, study.weighed(weights), weights, sampled)


def sampled_effects(
    study: Study, totals: list[Whole], *, scale: int, replicates: int, seed: int
) -> Sampled | None:
    """Resample the totals of the baseline and of settings; None without replicates or without a cutoff."""
    if not replicates or study.cutoff is None:
        return None
    return resample(study, totals, scale=scale, replicates=replicates, seed=seed)


def _by_indicator(study: Study, outcomes: Outcomes, weights: Weights, sampled: Sampled | None) -> Effects:
    indicators = [INDICATORS[number % len(INDICATORS)] for number in range(outcomes.draws)]
    moved = weights[np.arange(len(weights)), np.arange(len(weights)) % len(INDICATORS)] / UNIT
    return told(study, outcomes, {"indicator": indicators, "weight": moved}, sampled)


def told(
    study: Study, outcomes: Outcomes, names: Mapping[str, Any], sampled: Sampled | None = None
) -> Effects:
    """Put the outcomes of settings beside the baseline; *names* are columns that name each setting."""
    return Effects(
        pl.DataFrame({**names, **_outcomes(study, outcomes, sampled)}),
        _groups(study, outcomes, names, sampled),
    )


def _outcomes(study: Study, outcomes: Outcomes, sampled: Sampled | None) -> dict[str, pl.Series]:
    before = int(study.baseline.admitted[0])
    cutoff = _points(outcomes.cutoff_exact, outcomes.has_cutoff)
    base = pl.Series([np.nan if study.cutoff is None else study.cutoff / 100])
    either = before + outcomes.entered
    columns = {
        "cutoff": cutoff,
        "cutoff_change": (cutoff - base).fill_nan(None),
        "admitted": pl.Series(outcomes.admitted),
        "entered": pl.Series(outcomes.entered),
        "left": pl.Series(outcomes.left),
        "share_changed": _over(outcomes.left, before),
        "jaccard": _over(before - outcomes.left, either),
    }
    ends = (
        {}
        if sampled is None
        else {
            "cutoff": interval(sampled.cutoff[:, 1:]),
            "cutoff_change": interval(sampled.cutoff[:, 1:] - sampled.cutoff[:, :1]),
            "share_changed": interval(sampled.changed[:, 1:]),
            "jaccard": interval(sampled.jaccard[:, 1:]),
        }
    )
    for name in ("cutoff", "cutoff_change", "share_changed", "jaccard"):
        columns |= _ends(name, ends.get(name), outcomes.draws)
    return columns


def _groups(
    study: Study, outcomes: Outcomes, names: Mapping[str, Any], sampled: Sampled | None
) -> pl.DataFrame:
    levels = len(outcomes.levels)
    share = np.divide(
        outcomes.group_counts,
        outcomes.admitted[:, None],
        where=outcomes.admitted[:, None] > 0,
        out=np.full((outcomes.draws, levels), np.nan),
    )
    base = study.baseline.group_counts[0] / max(1, int(study.baseline.admitted[0]))
    ends: dict[str, Real] = {}
    if sampled is not None:
        drawn = {"share": sampled.share[:, 1:], "share_change": sampled.share[:, 1:] - sampled.share[:, :1]}
        ends = {name: interval(values).reshape(2, -1) for name, values in drawn.items()}
    height = outcomes.draws * levels
    return pl.DataFrame(
        {
            **{name: np.repeat(np.asarray(values), levels) for name, values in names.items()},
            "group": pl.Series([group for group, _ in outcomes.levels] * outcomes.draws, dtype=pl.String),
            "level": pl.Series([level for _, level in outcomes.levels] * outcomes.draws, dtype=pl.String),
            "admitted": outcomes.group_counts.ravel().astype(np.int64),
            "share": pl.Series(share.ravel()).fill_nan(None),
            "share_change": pl.Series((share - base).ravel()).fill_nan(None),
            **_ends("share", ends.get("share"), height),
            **_ends("share_change", ends.get("share_change"), height),
        }
    )


def _points(exact: Whole, known: np.ndarray) -> pl.Series:
    return pl.Series(np.where(known, exact / TO_POINTS, np.nan)).fill_nan(None)


def _over(people: Whole, of: int | Whole) -> pl.Series:
    share = np.divide(people, of, out=np.full(len(people), np.nan), where=np.asarray(of) > 0)
    return pl.Series(share).fill_nan(None)


def _ends(name: str, ends: Real | None, length: int) -> dict[str, pl.Series]:
    none = pl.Series([None] * length, dtype=pl.Float64)
    low, high = (none, none) if ends is None else map(pl.Series, ends)
    return {f"{name}_low": low, f"{name}_high": high}
