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
    people; ``population``, settled and children; ``population_low`` and ``population_high``, the middle 95 %
    when the pool is resampled and the rates are drawn from their ranges.
    """
    steps = curve.steps(quotas)
    admitted = np.where(steps == NOBODY, 0, curve.reached[steps]) if curve.eligible else np.zeros(len(steps))
    withdrawn = admitted * uptake.withdrawal_rate.value
    lapsed = admitted * uptake.lapse_rate.value
    population = _at(moving(curve, uptake), steps)
    settled = admitted - withdrawn - lapsed
    drawn = np.stack(
        [
            _at(people, np.where(steps == NOBODY, NOBODY, np.searchsorted(reached, _asked(curve, quotas))))
            for reached, people in moving_drawn(curve, uptake, replicates=replicates, seed=seed)
        ]
    )
    low, high = np.quantile(drawn, INTERVAL, axis=0)
    return pl.DataFrame(
        {
            "quota": np.asarray(quotas, dtype=np.int64).reshape(-1),
            "admitted": admitted.astype(np.int64),
            "withdrawn": withdrawn,
            "lapsed": lapsed,
            "settled": settled,
            "children": population - settled,
            "population": population,
            "population_low": low,
            "population_high": high,
        }
    )


def moving_drawn(
    curve: QuotaCurve, uptake: Uptake, *, replicates: int = REPLICATES, seed: int = SEED
) -> list[tuple[Counts, NDArray[np.float64]]]:
    """Draw pools and rates: for each replicate the eligible reaching each step, and the people who settle."""
    random = np.random.default_rng([seed, 1])
    settling = uptake.settling_drawn(random, replicates)
    assumed = uptake.children_per_settler
    if assumed is not None:
        each = assumed.drawn(random, replicates)
        pools = resampled(curve, replicates=replicates, seed=seed)
        return [
            (reached[0], reached[0] * (1 + children) * share)
            for reached, children, share in zip(pools, each, settling, strict=True)
        ]
    pools = resampled(curve, by=curve.children, replicates=replicates, seed=seed)
    return [
        (reached.sum(axis=0), (reached.sum(axis=0) + _children(curve, reached)) * share)
        for reached, share in zip(pools, settling, strict=True)
    ]


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


def _asked(curve: QuotaCurve, quotas: ArrayLike) -> Counts:
    return np.minimum(np.asarray(quotas, dtype=np.int64).reshape(-1), curve.eligible)


def _at(values: NDArray[np.float64], steps: Counts) -> NDArray[np.float64]:
    return np.append(values, 0.0)[np.where(steps == NOBODY, len(values), steps)]
