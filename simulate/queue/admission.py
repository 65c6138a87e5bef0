"""Admission: one round of many replications, by counting from the top until every quota is reached."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.ranking import TotalCounts
from simulate.queue.bits import WORD, Words, count, packed

NOBODY = np.iinfo(np.int32).max
"""The cutoff where nobody is admitted: the quota is 0, or nobody is ranked."""

_RUN = 128
"""Rows between which the places of ranks are counted before they are looked for one by one."""


_SMALL = 1 << 16
"""Totals that span fewer values than these are sorted as 16-bit numbers, in linear time."""


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
        runs = self._runs()
        reached = count(runs).cumsum(axis=0)
        run = (reached[None] < ranks[:, None]).sum(axis=1)
        found = (run < len(reached)) & (ranks > 0)
        run = np.minimum(run, len(reached) - 1)
        replication = np.broadcast_to(np.arange(ranks.shape[1]), run.shape)
        short = ranks - np.where(run > 0, reached[run - 1, replication], 0)
        words = runs[:, run, replication // WORD] >> (replication % WORD).astype(np.uint64)
        within = (words & np.uint64(1)).cumsum(axis=0)
        row = run * _RUN + (within < short).sum(axis=0)
        return np.where(found, self.totals[np.minimum(row, len(self.totals) - 1)], NOBODY).astype(np.int32)

    def _runs(self) -> Words:
        """Return who is waiting, uint64 [people, runs, words], with rows of nobody up to a whole run."""
        missing = -len(self.waiting) % _RUN
        runs = np.pad(self.waiting, ((0, missing), (0, 0))).reshape(-1, _RUN, self.waiting.shape[1])
        return np.ascontiguousarray(runs.swapaxes(0, 1))

    def taken(self, cutoffs: NDArray[np.int32]) -> Taken:
        """Take everybody at or above the cutoff of each replication (同分同落).

        Those above every cutoff are taken wherever they wait, so that only the others are compared with it.
        """
        known = cutoffs[cutoffs != NOBODY]
        if not len(known):
            return Taken(self.people[:0], self.waiting[:0], np.zeros(len(cutoffs), dtype=np.int64))
        falling = -self.totals
        first = int(np.searchsorted(falling, -known.max(), side="left"))
        last = int(np.searchsorted(falling, -known.min(), side="right"))
        bits = self.waiting[:last] & packed((cutoffs != NOBODY)[None])
        near = self.totals[first:last, None]
        tied = count(bits[first:] & packed(near == cutoffs))
        bits[first:] &= packed(near >= cutoffs)
        some = bits.any(axis=1)
        return Taken(self.people[:last][some], bits[some], tied)


@dataclass(frozen=True)
class Taken:
    """Hold who is admitted in one round, and how many are exactly at the cutoff.

    Attributes:
        people: int [rows], positions in the line; nobody is listed whom no replication takes.
        bits: uint64 [rows, words], in which replications they are taken.
        tied: int64 [64 x words].

    """

    people: NDArray[np.intp]
    bits: Words
    tied: NDArray[np.int64]


@dataclass(frozen=True)
class Ranked:
    """Hold everybody who may be ranked in one round, and who of them is still waiting.

    Attributes:
        totals: int32 [line], in hundredths of a point.
        rankable: bool [line], who can be ranked in some replication.
        standing: uint64 [line, words], in the pool unless admitted before.
        admitted: uint64 [line, words], admitted in an earlier round.

    """

    totals: NDArray[np.integer]
    rankable: NDArray[np.bool_]
    standing: Words
    admitted: Words

    @cached_property
    def reached(self) -> tuple[int, NDArray[np.int64]]:
        """The lowest total, and how many have each total or a higher one."""
        counts = TotalCounts.of([(self.totals, self.rankable)])
        return counts.lowest, counts.at_or_above()

    def front(self, needed: NDArray[np.int64], *, guess: int) -> Front:
        """Return the head of the ranking down to where every replication has so many waiting, ties included.

        Args:
            needed: int64 [replications], no more than are waiting.
            guess: how many people that may be.

        """
        everybody, wanted = int(self.rankable.sum()), max(guess, int(needed.max(initial=0)))
        front = self._front(np.zeros(0, dtype=np.intp))
        while len(front.people) < everybody and (count(front.waiting) < needed).any():
            front = self._front(self._highest(wanted))
            wanted += wanted // 4 + 1
        return front

    def _highest(self, wanted: int) -> NDArray[np.intp]:
        """Return the people with the highest totals, so many and those tied with the last, in order."""
        lowest, reached = self.reached
        floor = lowest + int(np.flatnonzero(reached >= min(wanted, reached[0]))[-1])
        people = np.flatnonzero(self.rankable & (self.totals >= floor))
        below = int(self.totals[people].max()) - self.totals[people].astype(np.int64)
        small = below.astype(np.uint16) if below.max() < _SMALL else below
        return people[np.argsort(small, kind="stable")]

    def _front(self, people: NDArray[np.intp]) -> Front:
        totals = self.totals[people].astype(np.int32)
        return Front(people, totals, self.standing[people] & ~self.admitted[people])
