"""The ledger: what a sweep has counted so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.leaf import Count
from simulate.engine.packed import Packed
from simulate.engine.scores import Some, Whole
from simulate.engine.settle import Settled


@dataclass(frozen=True)
class Ledger:
    """Count the admitted by draw and by row; the arrays are written to.

    Attributes:
        members: of each row, people by level, those admitted at the baseline, and all.
        cutoff: int64 [draws].
        tied: int64 [draws], people at the cutoff.
        counts: int64 [draws, levels + 2], the admitted by level, those of them admitted at the baseline, all.
        row_counts: int64 [rows], in how many draws each row is admitted.

    """

    members: Packed
    cutoff: Whole
    tied: Whole
    counts: Whole
    row_counts: Whole

    @classmethod
    def begun(cls, members: Packed, draws: int) -> Ledger:
        """Begin with rows of some people, and nobody admitted."""
        cutoff, tied, row_counts = (
            np.zeros(length, dtype=np.int64) for length in (draws, draws, len(members.columns))
        )
        counts = np.zeros((draws, len(members.place)), dtype=np.int64)
        return cls(members, cutoff, tied, counts, row_counts)

    def admit(self, draws: int, rows: Some) -> Whole:
        """Enter rows that are admitted in all of so many draws; return their people, who are yet to enter."""
        self.row_counts[rows] += draws
        return self.members.people(rows)

    def enter(self, draws: Some, rows: Some, count: Count) -> None:
        """Enter who is at or above the guesses of some draws; nobody else will."""
        self.counts[draws] = count.counts
        self.row_counts[rows] += count.row_counts

    def correct(self, draws: Some, guess: Whole, settled: Settled) -> None:
        """Enter the cutoffs found, and move the rows that are on another side of them than of the guesses."""
        found = draws[settled.found]
        self.cutoff[found] = (settled.cutoff + guess)[settled.found]
        self.tied[found] = settled.tied[settled.found]
        if len(settled.moved_row):
            moving, first = np.unique(settled.moved_draw, return_index=True)
            moved = np.add.reduceat(self.members.columns[settled.moved_row], first, axis=0)
            self.counts[draws[moving]] += self.members.unpacked(moved.T) * settled.sign[first, None]
            np.add.at(self.row_counts, settled.moved_row, settled.sign)
