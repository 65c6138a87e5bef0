"""Admission: one round of many replications, by counting from the top until every quota is reached."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.queue.bits import Words, count, count_runs, packed, unpacked

NOBODY = np.iinfo(np.int32).max
"""The cutoff where nobody is admitted: the quota is 0, or nobody is ranked."""

_RUN = 128
"""Rows between which the places of ranks are counted before they are looked for one by one."""


@dataclass(frozen=True)
class Front:
    """Hold those at the head of one round's ranking, far enough down for every replication's quota.

    Attributes:
        people: int [rows], their positions in the line, highest total first.
        totals: int32 [rows].
        waiting: uint64 [rows, words], who stands in the pool and was not admitted before.

    """

    people: NDArray[np.intp]
    totals: NDArray[np.int32]
    waiting: Words

    def at_ranks(self, ranks: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the total at some ranks, `NOBODY` for rank 0 or where the front does not reach that far.

        Args:
            ranks: int64 [asked, replications], 1 for the first.

        """
        if not len(self.people):
            return np.full(ranks.shape, NOBODY, dtype=np.int32)
        bits = self._whole_runs()
        starts = np.arange(0, len(bits), _RUN)
        reached = count_runs(bits, starts).cumsum(axis=0)
        run = (reached[None] < ranks[:, None]).sum(axis=1)
        found = (run < len(starts)) & (ranks > 0)
        run = np.minimum(run, len(starts) - 1)
        replication = np.broadcast_to(np.arange(bits.shape[1]), run.shape)
        short = ranks - np.where(run > 0, reached[run - 1, replication], 0)
        within = bits.reshape(len(starts), _RUN, -1)[run, :, replication].cumsum(axis=2, dtype=np.int64)
        row = run * _RUN + (within < short[..., None]).sum(axis=2)
        return np.where(found, self.totals[np.minimum(row, len(self.totals) - 1)], NOBODY).astype(np.int32)

    def _whole_runs(self) -> NDArray[np.uint8]:
        """Return who is waiting, bit by bit, with rows of nobody up to a whole number of runs."""
        missing = -len(self.waiting) % _RUN
        return unpacked(np.pad(self.waiting, ((0, missing), (0, 0))))

    def admitted(self, cutoffs: NDArray[np.int32]) -> Words:
        """Return everybody at or above the cutoff of each replication (同分同落)."""
        return self.waiting & packed(self.totals[:, None] >= cutoffs)

    def tied(self, cutoffs: NDArray[np.int32]) -> Words:
        """Return everybody exactly at the cutoff of each replication."""
        return self.waiting & packed(self.totals[:, None] == cutoffs)


@dataclass(frozen=True)
class Ranked:
    """Hold everybody who may be ranked in one round, and who of them is still waiting.

    Attributes:
        order: int [people], positions in the line, highest total first.
        totals: int32 [line], by position.
        standing: uint64 [line, words], in the pool unless admitted before.
        admitted: uint64 [line, words], admitted in an earlier round.

    """

    order: NDArray[np.intp]
    totals: NDArray[np.integer]
    standing: Words
    admitted: Words

    def front(self, quota: NDArray[np.int64], waiting: NDArray[np.int64]) -> Front:
        """Return the head of the ranking down to every replication's cutoff, everybody tied there included.

        Args:
            quota: int64 [replications].
            waiting: int64 [replications], how many are ranked in all.

        """
        needed = np.minimum(quota, waiting)
        rows = min(2 * int(needed.max(initial=0)), len(self.order))
        while rows < len(self.order) and (self._count(rows) < needed).any():
            rows = min(2 * rows, len(self.order))
        if rows:
            last = self.totals[self.order[rows - 1]]
            rows = int(np.searchsorted(-self.totals[self.order], -last, side="right"))
        return self._front(rows)

    def _count(self, rows: int) -> NDArray[np.int64]:
        return count(self._front(rows).waiting)

    def _front(self, rows: int) -> Front:
        people = self.order[:rows]
        totals = self.totals[people].astype(np.int32)
        return Front(people, totals, self.standing[people] & ~self.admitted[people])
