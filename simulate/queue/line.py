"""The line: who could stand in the queue over some years, what each would have, and what may befall them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.queue.errors import QueueError

NOT_YET = np.iinfo(np.int32).max
"""The first application of those who have not applied before the first year."""

_CHANCES = ("enters", "leaves", "removed", "withdraws", "lapses")


@dataclass(frozen=True)
class Group:
    """Place people in the levels of a group: ``codes`` int [people], or [years, people] where it changes."""

    levels: tuple[str | int | None, ...]
    codes: NDArray[np.integer]


@dataclass(frozen=True, kw_only=True)
class Line:
    """Hold the people who could ever stand in the queue; how they were made does not matter.

    A person is in the reservoir from ``arrives`` on, in the pool from the first application on, and leaves
    either for good. What does not change over the years may be given as [people] or as one number.

    Attributes:
        years: the rounds, one after the other.
        totals: int32 [years, people], hundredths of a point under the rulebook of each round.
        eligible: bool [years, people]; who is not stands in the pool and is not ranked.
        enters: float [years, people], the probability to apply first in a year, of those in the reservoir.
        leaves: float [years, people], the probability to be gone from a year on, of reservoir and pool; who
            leaves in a year does not apply in it.
        applied_since: int32 [people], the first round of those who stand in the pool at the start, else
            `NOT_YET`.
        arrives: int32 [people], the first year in which a person is there at all.
        barred: bool [years, people], who may not be ranked in a year because of false material (Art. 17).
        removed: probability to be removed after an objection, of those admitted (Art. 13).
        withdraws: probability to give the right up.
        lapses: probability to let the two years pass (Art. 10).
        children: int [years, people], the minor children who move with a person who settles.
        groups: by which the admitted are counted.

    Raises:
        QueueError: a shape, a probability or a code that cannot be.

    """

    years: tuple[int, ...]
    totals: NDArray[np.integer]
    eligible: NDArray[np.bool_]
    enters: NDArray[np.floating] = field(default_factory=lambda: np.zeros(1))
    leaves: NDArray[np.floating] = field(default_factory=lambda: np.zeros(1))
    applied_since: NDArray[np.integer] = field(default_factory=lambda: np.array(NOT_YET))
    arrives: NDArray[np.integer] = field(default_factory=lambda: np.array(-NOT_YET))
    barred: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(1, dtype=np.bool_))
    removed: NDArray[np.floating] = field(default_factory=lambda: np.zeros(1))
    withdraws: NDArray[np.floating] = field(default_factory=lambda: np.zeros(1))
    lapses: NDArray[np.floating] = field(default_factory=lambda: np.zeros(1))
    children: NDArray[np.integer] = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    groups: Mapping[str, Group] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_years(self.years)
        totals = np.asarray(self.totals)
        if totals.ndim != 2 or len(totals) != len(self.years) or totals.dtype.kind not in "iu":
            raise QueueError(
                f"totals are {totals.dtype} {list(totals.shape)}: they must be whole hundredths, "
                f"[{len(self.years)} years, people]"
            )
        for name in ("eligible", "barred", "children", "enters", "leaves"):
            self._spread(name, totals.shape)
        for name in ("applied_since", "arrives", "removed", "withdraws", "lapses"):
            self._spread(name, totals.shape[1:])
        for name in _CHANCES:
            _check_chances(name, getattr(self, name))
        if (self.removed + self.withdraws + self.lapses > 1).any():
            raise QueueError("removed, withdraws and lapses together exceed 1 for somebody")
        if (self.children < 0).any():
            raise QueueError("children: somebody has fewer than 0")
        if ((self.applied_since > self.years[0]) & (self.applied_since != NOT_YET)).any():
            raise QueueError(
                f"applied_since: somebody in the pool at the start applied after {self.years[0]}"
            )
        spread = {name: _group(name, group, totals.shape) for name, group in self.groups.items()}
        object.__setattr__(self, "groups", spread)

    @property
    def people(self) -> int:
        """The number of people."""
        return int(self.totals.shape[1])

    def _spread(self, name: str, shape: tuple[int, ...]) -> None:
        given = np.asarray(getattr(self, name))
        object.__setattr__(self, name, _spread(name, given, shape))


def check_years(years: tuple[int, ...]) -> None:
    """Refuse years that are none or do not follow one another."""
    if not years or list(years) != list(range(years[0], years[0] + len(years))):
        raise QueueError(f"years = {list(years)}: they must follow one another, like 2021, 2022, 2023")


def _spread(name: str, given: NDArray[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    try:
        return np.broadcast_to(given, shape)
    except ValueError:
        raise QueueError(f"{name}: {list(given.shape)} does not fit {list(shape)}") from None


def _check_chances(name: str, chances: NDArray[Any]) -> None:
    if chances.size and not (chances.min() >= 0 and chances.max() <= 1):
        raise QueueError(f"{name}: a probability is not between 0 and 1")


def _group(name: str, group: Group, shape: tuple[int, ...]) -> Group:
    codes = np.asarray(group.codes)
    outside = codes.size and (codes.min() < 0 or codes.max() >= len(group.levels))
    if codes.dtype.kind not in "iu" or outside:
        raise QueueError(f"groups: {name}: a code is no position in its {len(group.levels)} levels")
    return Group(group.levels, _spread(f"groups: {name}", codes, shape))
