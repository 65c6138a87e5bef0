"""The ledger: what a sweep has counted so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.leaf import Count
from simulate.engine.scores import Floats, Some, Whole
from simulate.engine.settle import Settled


@dataclass(frozen=True)
class Ledger:
    """Count the admitted by draw and by row; the arrays are written to.

    Attributes:
        members: [rows, levels + 2], people by level, those admitted at the baseline, and all.
        cutoff: int64 [draws].
        tied: int64 [draws], people at the cutoff.
        counts: int64 [draws, levels + 2], the admitted by level, those of them admitted at the baseline, all.
        row_counts: int64 [rows], in how many draws each row is admitted.

    """

    members: Floats
    cutoff: Whole
    tied: Whole
    counts: Whole
    row_counts: Whole

    @classmethod
    def begun(cls, members: Floats, always: Whole, draws: int) -> Ledger:
        """Begin with those who are admitted in every draw, int64 [levels + 2], and are no row here."""
        cutoff, tied, row_counts = (
            np.zeros(length, dtype=np.int64) for length in (draws, draws, len(members))
        )
        return cls(members, cutoff, tied, np.tile(always, (draws, 1)), row_counts)

    def admit(self, draws: Some, rows: Some) -> None:
        """Enter rows that are admitted in all of some draws."""
        chosen = np.zeros(len(self.members), dtype=self.members.dtype)
        chosen[rows] = 1
        self.counts[draws] += (chosen @ self.members).astype(np.int64)
        self.row_counts[rows] += len(draws)

    def enter(self, draws: Some, rows: Some, count: Count) -> None:
        """Enter who is at or above the guesses of some draws."""
        self.counts[draws] += count.counts.astype(np.int64)
        self.row_counts[rows] += count.row_counts

    def correct(self, draws: Some, guess: Whole, settled: Settled) -> None:
        """Enter the cutoffs found, and move the rows that are on another side of them than of the guesses."""
        found = draws[settled.found]
        self.cutoff[found] = (settled.cutoff + guess)[settled.found]
        self.tied[found] = settled.tied[settled.found]
        if len(settled.moved_row):
            moving, first = np.unique(settled.moved_draw, return_index=True)
            moved = np.add.reduceat(self.members[settled.moved_row], first, axis=0).astype(np.int64)
            self.counts[draws[moving]] += moved * settled.sign[first, None]
            np.add.at(self.row_counts, settled.moved_row, settled.sign)
