"""What becomes of the admitted: who withdraws, who lets the right lapse, and the children who move along.

Places are not refilled (Art. 13), so a quota settles fewer people than it admits, and minor children move
with the parent, so that it moves more. How many is in no source at hand: every rate here is an assumption,
with a range, and every number that rests on one carries it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from simulate.quota.curve import NOBODY, Counts, QuotaCurve
from simulate.quota.errors import QuotaError
from simulate.quota.resampling import INTERVAL, REPLICATES, SEED, resampled


@dataclass(frozen=True)
class Assumed:
    """Hold an assumed rate and the range it may lie in; the value is the likeliest in it."""

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.value <= self.high:
            raise QuotaError(
                f"an assumed rate of {self.value:g} between {self.low:g} and {self.high:g}: "
                "the range must hold the value and not reach below 0"
            )

    @classmethod
    def read(cls, text: str) -> Assumed:
        """Read one number, or LOW:LIKELY:HIGH.

        Raises:
            QuotaError: it is neither, or no range.

        """
        parts = text.split(":")
        try:
            low, likely, high = map(float, parts * 3 if len(parts) == 1 else parts)
        except ValueError:
            raise QuotaError(
                f"rate {text!r}: give one number, or LOW:LIKELY:HIGH like 0:0.005:0.02"
            ) from None
        return cls(likely, low, high)

    def drawn(self, random: np.random.Generator, size: int) -> NDArray[np.float64]:
        """Draw from the triangle over the range whose top is the value."""
        if self.low == self.high:
            return np.full(size, self.value)
        return random.triangular(self.low, self.value, self.high, size)


@dataclass(frozen=True)
class Uptake:
    """State the rates by which the admitted become people who settle; all are assumptions.

    The likeliest values are those that the queue takes (`simulate.queue.behaviour`).

    Attributes:
        withdrawal_rate: of the admitted, the share who give the right up or lose it on an objection, 0 to 1.
        lapse_rate: of the admitted, the share who let the two years for settling pass, 0 to 1.
        children_per_settler: minor children who move with one settled applicant; None takes the number each
            applicant has from the cohort.

    """

    withdrawal_rate: Assumed = Assumed(0.0036, 0.0, 0.02)
    lapse_rate: Assumed = Assumed(0.005, 0.0, 0.02)
    children_per_settler: Assumed | None = None

    def __post_init__(self) -> None:
        if self.withdrawal_rate.high + self.lapse_rate.high > 1:
            raise QuotaError("withdrawal_rate and lapse_rate: together they are a share of people, at most 1")

    @cached_property
    def settling(self) -> float:
        """The share of the admitted who settle, at the likeliest rates."""
        return 1 - self.withdrawal_rate.value - self.lapse_rate.value

    def settling_drawn(self, random: np.random.Generator, size: int) -> NDArray[np.float64]:
        """Draw the share of the admitted who settle."""
        return 1 - self.withdrawal_rate.drawn(random, size) - self.lapse_rate.drawn(random, size)


def moving(curve: QuotaCurve, uptake: Uptake) -> NDArray[np.float64]:
    """Return the people who settle at each step of the curve, applicants and children, [steps].

    Raises:
        QuotaError: neither the cohort nor the uptake says how many children there are.

    """
    assumed = uptake.children_per_settler
    children = _children(curve, None) if assumed is None else curve.reached * assumed.value
    return np.asarray((curve.reached + children) * uptake.settling, dtype=np.float64)


def population_effect(
    curve: QuotaCurve,
    quotas: ArrayLike,
    uptake: Uptake,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> pl.DataFrame:
    """Return one row a quota: from the admitted to the people who settle, children included.

    Columns: ``quota``; ``admitted``; ``withdrawn``, ``lapsed``, ``settled`` and ``children``, expected
    people; ``population``, settled and children. Each but the quota has ends ``_low`` and ``_high``, the
    middle 95 % when the pool is resampled and the rates are drawn from their ranges.
    """
    asked = np.asarray(quotas, dtype=np.int64).reshape(-1)
    steps = curve.steps(quotas)
    likely = (uptake.withdrawal_rate.value, uptake.lapse_rate.value)
    told = _way(curve.reached, moving(curve, uptake), steps, lost=likely)
    ends = np.quantile(
        [
            _way(pool.reached, pool.people, _steps(pool.reached, asked, steps), lost=pool.lost)
            for pool in pools_drawn(curve, uptake, replicates=replicates, seed=seed)
        ],
        INTERVAL,
        axis=0,
    )
    columns: dict[str, NDArray[np.number]] = {"quota": asked}
    for name, row, low, high in zip(WAY, told, *ends, strict=True):
        columns |= {name: row, f"{name}_low": low, f"{name}_high": high}
    return pl.DataFrame(columns).with_columns(pl.col("admitted").cast(pl.Int64))


WAY = ("admitted", "withdrawn", "lapsed", "settled", "children", "population")
"""The way from the admitted to the people who settle."""


def _way(
    reached: Counts, people: NDArray[np.float64], steps: Counts, *, lost: tuple[float, float]
) -> NDArray[np.float64]:
    """Return the numbers of `WAY` at some steps, [6, steps]; ``lost`` are the shares that go each way."""
    admitted, population = _at(reached.astype(np.float64), steps), _at(people, steps)
    withdrawn, lapsed = (admitted * rate for rate in lost)
    settled = admitted - withdrawn - lapsed
    return np.stack([admitted, withdrawn, lapsed, settled, population - settled, population])


def _steps(reached: Counts, asked: Counts, steps: Counts) -> Counts:
    """Return the steps of some quotas in another pool of the same size."""
    most = int(reached[-1]) if len(reached) else 0
    return np.where(steps == NOBODY, NOBODY, np.searchsorted(reached, np.minimum(asked, most)))


@dataclass(frozen=True)
class Pool:
    """Hold a pool and rates that are drawn.

    Attributes:
        reached: the eligible at or above each total.
        people: the people who settle of them, children included.
        lost: the shares of the admitted who withdraw, and who let the right lapse.

    """

    reached: Counts
    people: NDArray[np.float64]
    lost: tuple[float, float]


def pools_drawn(
    curve: QuotaCurve, uptake: Uptake, *, replicates: int = REPLICATES, seed: int = SEED
) -> list[Pool]:
    """Draw pools and rates, one of each a replicate."""
    random = np.random.default_rng([seed, 1])
    lost = [rate.drawn(random, replicates) for rate in (uptake.withdrawal_rate, uptake.lapse_rate)]
    assumed = uptake.children_per_settler
    each = None if assumed is None else assumed.drawn(random, replicates)
    by = curve.children if assumed is None else None
    found = []
    for number, reached in enumerate(resampled(curve, by=by, replicates=replicates, seed=seed)):
        everybody = reached.sum(axis=0)
        children = _children(curve, reached) if each is None else everybody * each[number]
        withdraws, lapses = (float(rates[number]) for rates in lost)
        people = (everybody + children) * (1 - withdraws - lapses)
        found.append(Pool(everybody, people, (withdraws, lapses)))
    return found


def _children(curve: QuotaCurve, reached: Counts | None) -> Counts:
    """Sum the minor children of those who reach each step."""
    if curve.children is None:
        raise QuotaError(
            "the cohort does not say how many minor children each applicant has; "
            "give children_per_settler (--children), or a cohort of facts with a column minor_children"
        )
    each = np.array([int(str(level)) for level in curve.children.levels], dtype=np.int64)
    children: Counts = each @ (curve.children.reached if reached is None else reached)
    return children


def _at(values: NDArray[np.float64], steps: Counts) -> NDArray[np.float64]:
    return np.append(values, 0.0)[np.where(steps == NOBODY, len(values), steps)]
