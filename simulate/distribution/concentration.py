"""Tell how unequal points and admission are, and how much of it lies between groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from scoring.points import TOTAL
from simulate.distribution.errors import DistributionError
from simulate.distribution.populations import ADMITTED, POOL
from simulate.distribution.rates import in_pool, is_admitted
from simulate.distribution.resampling import REPLICATES, SEED, Counts, middle_of, resampled
from simulate.distribution.traits import trait

if TYPE_CHECKING:
    from scoring.scored import Scored


@dataclass(frozen=True)
class Theil:
    """Hold Theil's index and its two parts; ``between`` and ``within`` sum to ``total``."""

    total: float
    between: float
    within: float


def gini(values: ArrayLike, counts: ArrayLike | None = None) -> float:
    """Return Gini's coefficient of values, each held by so many people; one each where not said.

    0 is equality; with n people, one of whom holds all, it is (n - 1) / n. Not a number where nobody holds
    anything.

    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 8])
    (0.0, 0.75)

    Raises:
        DistributionError: a value is below 0.

    """
    held, people = _valued(values, counts)
    order = np.argsort(held, kind="stable")
    held, people = held[order], people[order]
    owned = (held * people).cumsum()
    if not len(owned) or owned[-1] == 0:
        return float("nan")
    # Twice the area under Lorenz's curve, trapezium by trapezium.
    area = (people * (owned + np.concatenate([[0.0], owned[:-1]]))).sum()
    return float(1 - area / (people.sum() * owned[-1]))


def theil(values: ArrayLike, groups: ArrayLike, counts: ArrayLike | None = None) -> Theil:
    """Return Theil's T of values and how much of it lies between and within groups, exactly.

    Between groups is what would be left if everybody had their group's mean; within is each group's own
    index, weighted by what the group holds. A value of zero adds nothing. Not numbers where nobody holds
    anything.
    Source: H. Theil (1967), Economics and Information Theory.

    Raises:
        DistributionError: a value is below 0.

    """
    held, people = _valued(values, counts)
    codes = np.asarray(groups, dtype=np.int64)
    size, amount = np.bincount(codes, people), np.bincount(codes, held * people)
    if not amount.sum():
        return Theil(*[float("nan")] * 3)
    share = amount / amount.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        between = np.where(amount > 0, share * np.log(share / (size / size.sum())), 0.0).sum()
        relative = held / (amount / size)[codes]
        terms = np.where(held > 0, people * held / amount.sum() * np.log(relative), 0.0)
    within = terms.sum()
    return Theil(float(between + within), float(between), float(within))


def inequality(scored: Scored, by: str, *, replicates: int = REPLICATES, seed: int = SEED) -> pl.DataFrame:
    """Return Gini and Theil of points and of admission, with the part that lies between a trait's levels.

    Rows: ``outcome`` `points` for the pool and for the admitted, the totals; and `admission` for the pool, 1
    for who is admitted and 0 for who is not, whose part between levels is zero when all levels have one rate.
    Columns: ``outcome``, ``population``, ``people``, ``gini``, ``theil``, ``between``, ``within``,
    ``between_share`` of Theil; for each measure its ``_low`` and ``_high``, the middle 95 % over resampled
    populations. Null where nobody holds anything, or somebody less than zero points.

    Raises:
        UnknownName: the cohort has no such trait.

    """
    told = trait(scored, by)
    totals = scored.points.get_column(TOTAL).to_numpy().astype(np.int64)
    eligible, admitted = in_pool(scored), is_admitted(scored)
    asked = (
        ("points", POOL, totals, eligible),
        ("points", ADMITTED, totals, admitted),
        ("admission", POOL, admitted.astype(np.int64), eligible),
    )
    rows = []
    for number, (outcome, population, values, who) in enumerate(asked):
        both = values[who] * len(told.levels) + told.codes[who]
        cells, counts = np.unique(both, return_counts=True)
        drawn = resampled(counts, replicates, np.random.default_rng([seed, number]))
        rows.append(
            {
                "outcome": outcome,
                "population": population,
                **_measured(np.divmod(cells, len(told.levels)), counts, drawn),
            }
        )
    return pl.DataFrame(rows).fill_nan(None)


def _measured(cells: tuple[Counts, Counts], counts: Counts, drawn: Iterable[Counts]) -> dict[str, float]:
    """Measure a population told as cells of value and level, and the same drawn again."""
    measured = _measures(cells, counts)
    others = [_measures(cells, again) for some in drawn for again in some] or [measured]
    told: dict[str, float] = {"people": int(counts.sum())}
    for name, value in measured.items():
        told[name] = value
        low, high = middle_of([other[name] for other in others])
        told |= {f"{name}_low": float(low), f"{name}_high": float(high)}
    return told


def _measures(cells: tuple[Counts, Counts], counts: Counts) -> dict[str, float]:
    values, codes = cells
    if len(values) and values.min() < 0:
        parts, spread = Theil(*[float("nan")] * 3), float("nan")
    else:
        there = counts > 0
        parts = theil(values[there], codes[there], counts[there])
        spread = gini(values[there], counts[there])
    share = parts.between / parts.total if parts.total else float("nan")
    return {
        "gini": spread,
        "theil": parts.total,
        "between": parts.between,
        "within": parts.within,
        "between_share": share,
    }


def _valued(values: ArrayLike, counts: ArrayLike | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    held = np.asarray(values, dtype=np.float64)
    people = np.ones(len(held)) if counts is None else np.asarray(counts, dtype=np.float64)
    if len(held) and held.min() < 0:
        raise DistributionError(
            f"a value of {held.min():g}: inequality is measured of what people hold, from 0 up"
        )
    return held, people
