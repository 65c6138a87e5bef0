"""What a schedule is to reach in the years to come, and whether it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from simulate.queue import NOBODY, Paths
from simulate.quota.errors import QuotaError

Met = NDArray[np.bool_]
Places = NDArray[np.int64]
"""Places, int64 [years, replications], or a number a replication."""


@dataclass(frozen=True)
class Target:
    """Say what a schedule is to reach, in each year from ``since`` on, with which probability.

    Attributes:
        quantity: ``cutoff``, at most so many points; ``backlog``, at most so many eligible applicants left
            over; ``years_to_clear``, the backlog at most so many times the places: the waiting time of a line
            that stays as it is. All three fall, or stay, when the quota rises.
        value: the most it may be.
        since: the first year in which it must hold; the last year of the line must be no earlier.
        probability: the share of replications in which it must hold in all those years.

    """

    quantity: str
    value: float
    since: int
    probability: float = 0.9

    def __post_init__(self) -> None:
        if self.quantity not in _MET:
            hint = did_you_mean(self.quantity, _MET)
            raise UnknownName(f"no target {self.quantity!r}{hint} (there are {', '.join(_MET)})")
        if not 0 < self.probability < 1:
            raise QuotaError(
                f"a probability of {self.probability:g}: nothing in a line is certain, "
                "so it lies between 0 and 1"
            )

    def met(self, paths: Paths, places: Places) -> Met:
        """Say in which replications the target is met, [replications]."""
        years = np.array(paths.years) >= self.since
        met = _MET[self.quantity](paths, places, self.value)[years]
        return np.asarray(met.all(axis=0), dtype=np.bool_)


def _cutoff(paths: Paths, places: Places, most: float) -> Met:  # noqa: ARG001  one signature
    """Whoever is left over has less than the target: with nobody left over, any cutoff is met."""
    reached = (paths.cutoff != NOBODY) & (paths.cutoff <= round(most * 100))
    met: Met = reached | (paths.backlog == 0)
    return met


def _backlog(paths: Paths, places: Places, most: float) -> Met:  # noqa: ARG001  one signature
    met: Met = paths.backlog <= most
    return met


def _years_to_clear(paths: Paths, places: Places, most: float) -> Met:
    met: Met = paths.backlog <= most * places
    return met


_MET: dict[str, Callable[[Paths, Places, float], Met]] = {
    "cutoff": _cutoff,
    "backlog": _backlog,
    "years_to_clear": _years_to_clear,
}
