"""The number that meets a target which more places may break again, by looking at many.

Neither the mean wait of the admitted nor, strictly, the people who settle rise or fall with the places in
every replication, so nothing may be halved. The share of replications that meet the target is looked at for
numbers from none to the most, each about a third more than the one before, and between those where it crosses
the probability at ever closer ones. What lies between numbers that were not looked at is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulate.quota.drawn import Line, sets
from simulate.quota.families import Family
from simulate.quota.goals import Met, Target
from simulate.quota.halving import INTERVAL, Range, met_by, redrawn

FIRST, RATIO = 64, 4 / 3
"""The first number looked at is the most over this, and each later one is the one before times the ratio."""

_ROUNDING = 1e-9
"""By so much may a share of replications be off, by how it is added up."""

BETWEEN = 3
"""Numbers that are looked at between two, until none are left between."""


@dataclass
class Scan:
    """Look at numbers, and remember which replications met the target.

    Attributes:
        lines: drawn lines.
        target: what is to be met.
        family: the schedules that the numbers stand for.
        within: the numbers that there are.
        met: by number, bool [replications] of all lines.

    """

    lines: Sequence[Line]
    target: Target
    family: Family
    within: Range
    met: dict[int, Met] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.drawn = sets(self.lines)
        size = len(self.drawn)
        self.again = np.stack([np.bincount(rows, minlength=size) / size for rows in redrawn(self.drawn)])
        self._look(self._first())
        self.coarse = np.array(sorted(self.met))

    def _first(self) -> NDArray[np.int64]:
        most, resolution = self.within.most // self.within.resolution, self.within.resolution
        steps = 1 + int(np.ceil(np.log(FIRST) / np.log(RATIO)))
        numbers = np.rint(np.geomspace(max(most / FIRST, 1), max(most, 1), steps)).astype(np.int64)
        return np.unique(np.minimum(np.append(numbers, 0), most)) * resolution

    def _look(self, numbers: NDArray[np.int64]) -> None:
        for number in numbers.tolist():
            if number not in self.met:
                tried = [np.full(line.replications, number) for line in self.lines]
                found = [
                    met_by(line, self.target, self.family, each)
                    for line, each in zip(self.lines, tried, strict=True)
                ]
                self.met[number] = np.concatenate(found)

    def answer(self) -> tuple[int, int, int] | None:
        """Return the number and the ends of its interval; None where no number that was looked at will do."""
        while True:
            numbers = np.array(sorted(self.met))
            met = np.stack([self.met[number] for number in numbers.tolist()]).astype(np.float64)
            found, *again = self._edges(numbers, np.vstack([met.mean(axis=1), self.again @ met.T]))
            if found < 0:
                return None
            beyond = numbers[0] if self.target.is_budget else numbers[-1]
            # Where draws had no answer, it lies beyond what was looked at, or for a budget at nothing.
            ends = [one if one >= 0 else beyond for one in again]
            low, high = map(int, np.quantile(ends, INTERVAL, method="inverted_cdf"))
            fine = max(self.within.resolution, (high - low) // 8)
            gaps = [(int(found), self.within.resolution), (low, fine), (high, fine)]
            between = np.concatenate([self._between(numbers, edge, width) for edge, width in gaps])
            if not len(between):
                return int(found), low, high
            self._look(between)

    def _edges(self, numbers: NDArray[np.int64], shares: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return where shares [draws, numbers] reach the probability; -1 where they never do.

        That is from which number on they do without a break up to one of the first numbers; or for a budget
        the last one before they fall below.
        """
        enough = shares >= self.target.probability - _ROUNDING
        place = np.arange(len(numbers))
        if self.target.is_budget:
            kept = np.where(enough.all(axis=1), len(numbers), enough.argmin(axis=1))
            return np.where(kept > 0, numbers[kept - 1], -1)
        known = enough & np.isin(numbers, self.coarse)
        first = known.argmax(axis=1)
        missed = np.where(~enough & (place < first[:, None]), place, -1).max(axis=1)
        return np.where(known.any(axis=1), numbers[missed + 1], -1)

    def _between(self, numbers: NDArray[np.int64], edge: int, width: int) -> NDArray[np.int64]:
        """Return numbers to look at between an edge and its neighbour on the other side."""
        place = int(np.searchsorted(numbers, edge))
        other = place + 1 if self.target.is_budget else place - 1
        if not 0 <= other < len(numbers):
            return np.zeros(0, dtype=np.int64)
        ends = sorted((edge, int(numbers[other])))
        resolution = self.within.resolution
        if ends[1] - ends[0] <= max(width, resolution):
            return np.zeros(0, dtype=np.int64)
        steps = np.linspace(ends[0], ends[1], BETWEEN + 2)[1:-1]
        found = np.unique(np.rint(steps / resolution).astype(np.int64)) * resolution
        return found[(found > ends[0]) & (found < ends[1])]

    def holds_to(self, number: int) -> int | None:
        """Return up to which of the first numbers the target goes on to be met; None if up to the last."""
        later: list[int] = self.coarse[self.coarse >= number].tolist()
        enough = [bool(self.met[one].mean() >= self.target.probability) for one in later]
        if self.target.is_budget or all(enough):
            return None
        return max([number, *later[: enough.index(False)]])
