"""What a schedule is to reach in the years to come, and whether it did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from simulate.quota.drawn import Leads, Places
from simulate.quota.errors import QuotaError

Met = NDArray[np.bool_]

_NOBODY = 0.5
"""Fewer people than these are nobody, where lives are people by expectation."""


@dataclass(frozen=True)
class Target:
    """Say what a schedule is to reach, with which probability.

    Attributes:
        quantity: in each year from ``year`` on, ``cutoff``, at most so many points; ``backlog``, at most so
            many eligible applicants left over; ``years_to_clear``, the backlog at most so many times the
            places: the waiting time of a line that stays as it is; ``mean_waited``, the admitted have waited
            at most so many years on average since their first application. Or ``population``, a budget: at
            most so many people, minor children included, settle from the first year of the line up to
            ``year``.
        value: the most it may be.
        year: from which it must hold, or for a population up to which it is counted; no later than the last.
        probability: the share of replications in which it must hold.

    """

    quantity: str
    value: float
    year: int
    probability: float = 0.9

    def __post_init__(self) -> None:
        if self.quantity not in _KINDS:
            hint = did_you_mean(self.quantity, _KINDS)
            raise UnknownName(f"no target {self.quantity!r}{hint} (there are {', '.join(_KINDS)})")
        if not 0 < self.probability < 1:
            raise QuotaError(
                f"a probability of {self.probability:g}: nothing in a line is certain, "
                "so it lies between 0 and 1"
            )

    def check(self, years: Sequence[int]) -> None:
        """Refuse to be asked of other years.

        Raises:
            QuotaError: the target lies after them, or a budget ends before them.

        """
        if self.year > years[-1]:
            raise QuotaError(f"the target lies in {self.year}, and the line ends in {years[-1]}")
        if self.is_budget and self.year < years[0]:
            raise QuotaError(f"the budget ends in {self.year}, and the line begins in {years[0]}")

    @property
    def is_budget(self) -> bool:
        """Whether more places may break it, so that the largest schedule is asked for."""
        return _KINDS[self.quantity].budget

    @property
    def is_monotone(self) -> bool:
        """Whether a replication that meets it under some places surely does under more."""
        return _KINDS[self.quantity].monotone

    def met(self, leads: Leads, places: Places, years: tuple[int, ...]) -> Met:
        """Say in which replications the target is met, [replications]."""
        kind = _KINDS[self.quantity]
        counted = np.array(years) == self.year if kind.budget else np.array(years) >= self.year
        met = kind.met(leads, places, self.value)[counted]
        return np.asarray(met.all(axis=0), dtype=np.bool_)


def _cutoff(leads: Leads, places: Places, most: float) -> Met:  # noqa: ARG001  one signature
    """Whoever is left over has less than the target: with nobody left over, any cutoff is met."""
    reached: Met = np.rint(100 * leads["cutoff"]) <= round(100 * most)
    return reached | (leads["backlog"] < _NOBODY)


def _backlog(leads: Leads, places: Places, most: float) -> Met:  # noqa: ARG001  one signature
    return np.asarray(leads["backlog"] <= most)


def _years_to_clear(leads: Leads, places: Places, most: float) -> Met:
    return np.asarray(leads["backlog"] <= most * places)


def _mean_waited(leads: Leads, places: Places, most: float) -> Met:  # noqa: ARG001  one signature
    """Where nobody is admitted, nobody's wait is short."""
    return np.asarray(leads["mean_waited"] <= most)


def _population(leads: Leads, places: Places, most: float) -> Met:  # noqa: ARG001  one signature
    return np.asarray(leads["population_so_far"] <= most)


class _Kind(NamedTuple):
    """Hold how a target is judged, and what more places do to it."""

    met: Callable[[Leads, Places, float], Met]
    monotone: bool = True
    budget: bool = False


_KINDS = {
    "cutoff": _Kind(_cutoff),
    "backlog": _Kind(_backlog),
    "years_to_clear": _Kind(_years_to_clear),
    # More places reach people who have waited longer or shorter, as it comes.
    "mean_waited": _Kind(_mean_waited, monotone=False),
    # Who is admitted earlier brings the children of an earlier year, who may be fewer.
    "population": _Kind(_population, monotone=False, budget=True),
}
