"""Admission: one round of many replications, by counting from the top until every quota is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.ranking import TotalCounts
from simulate.queue.bits import WORD, Counts, Words, packed
from simulate.queue.crowd import Crowd

NOBODY = np.iinfo(np.int32).max
"""The cutoff where nobody is admitted: the quota is 0, or nobody is ranked."""

_PIECE = 2048
"""Admitted people who are followed through all years at once."""

_SMALL = 1 << 16
"""Totals that span fewer values than these are sorted as 16-bit numbers, in linear time."""

Pieces = tuple[tuple[NDArray[np.intp], Words], ...]
"""People, by their positions, and words [words, people], piece by piece."""


@dataclass(frozen=True)
class Front:
    """Hold those at the head of one round's ranking, far enough down for every replication's quota.

    Attributes:
        people: int [rows], their positions in the line, highest total first.
        totals: int32 [rows].
        waiting: uint64 [words, rows], who stands in the pool and was not admitted before.

    """

    people: NDArray[np.intp]
    totals: NDArray[np.int32]
    waiting: Words

    @classmethod
    def joined(cls, parts: Sequence[Front]) -> Front:
        """Join parts of a ranking that follow one another."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            np.concatenate([part.people for part in parts]),
            np.concatenate([part.totals for part in parts]),
            np.concatenate([part.waiting for part in parts], axis=1),
        )

    @cached_property
    def crowd(self) -> Crowd:
        """Those who wait, in words of people."""
        return Crowd.of(self.waiting)

    def at_ranks(self, ranks: Counts) -> NDArray[np.int32]:
        """Return the total at some ranks, `NOBODY` for rank 0 or where the front does not reach that far.

        Args:
            ranks: int64 [asked, replications], 1 for the first.

        """
        found = (ranks > 0) & (ranks <= self.crowd.number)
        places = self.crowd.places(np.where(found, ranks, 0))
        totals = np.append(self.totals, np.int32(NOBODY))
        return totals[np.where(found, places, len(self.totals))]

    def taken(self, cutoffs: NDArray[np.int32]) -> Taken:
        """Take everybody at or above the cutoff of each replication (同分同落).

        Those above every cutoff are taken wherever they wait, so that only the others are compared with it.
        """
        falling, asked = -self.totals.astype(np.int64), -cutoffs.astype(np.int64)
        ends = np.where(cutoffs == NOBODY, 0, np.searchsorted(falling, asked, side="right"))
        starts = np.minimum(ends, np.searchsorted(falling, asked, side="left"))
        first, last = int(ends.min(initial=len(falling))), int(ends.max(initial=0))
        bits = self.waiting[:, :last].copy()
        bits[:, first:] &= packed(np.arange(first, last)[:, None] < ends)
        admitted = self.crowd.up_to(ends)
        tied = admitted - self.crowd.up_to(starts)
        return Taken(self.people[:last], bits, self.crowd.cut(ends), admitted, tied)


@dataclass(frozen=True)
class Taken:
    """Hold who is admitted in one round, and how many are exactly at the cutoff.

    Attributes:
        people: int [rows], positions in the line, down to the lowest cutoff.
        bits: uint64 [words, rows], in which replications they are taken.
        turned: uint64 [rows / 64, 64 x words], the same in words of people.
        admitted: int64 [64 x words].
        tied: int64 [64 x words].

    """

    people: NDArray[np.intp]
    bits: Words
    turned: NDArray[np.uint64]
    admitted: Counts
    tied: Counts

    def pieces(self) -> Pieces:
        """Return people and bits in the order of the line, in pieces that the processor's cache holds."""
        order = np.argsort(self.people.astype(np.int32))
        starts = range(0, max(len(order), 1), _PIECE)
        some = (order[start : start + _PIECE] for start in starts)
        return tuple((self.people[these], self.bits.take(these, axis=1)) for these in some)


@dataclass(frozen=True)
class Ranked:
    """Hold everybody who may be ranked in one round, and who of them is still waiting.

    Attributes:
        totals: int32 [line], in hundredths of a point.
        rankable: bool [line], who can be ranked in some replication.
        standing: uint64 [words, line], in the pool unless admitted before.
        admitted: uint64 [words, line], admitted in an earlier round.

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

    def front(self, needed: Counts, *, guess: int) -> Front:
        """Return the head of the ranking down to where every replication has so many waiting, ties included.

        Args:
            needed: int64 [replications], no more than are waiting.
            guess: how many people that may be.

        """
        everybody = int(self.reached[1].max(initial=0))
        wanted = min(max(guess, int(needed.max(initial=0))), everybody)
        parts = [self._between(0, wanted)]
        waiting = parts[0].crowd.number
        while wanted < everybody and (waiting < needed).any():
            short, before = int((needed - waiting).max()), sum(len(part.people) for part in parts)
            wanted = min(before + WORD + 2 * short, everybody)
            parts.append(self._between(before, wanted))
            waiting = waiting + parts[-1].crowd.number
        return Front.joined(parts)

    def _between(self, before: int, wanted: int) -> Front:
        """Return those who follow so many in the ranking, so far down, with those tied, in order."""
        some = self.rankable & (self.totals >= self._floor(wanted))
        if before:
            some &= self.totals < self._floor(before)
        people = np.flatnonzero(some)
        waiting = self.standing.take(people, axis=1)
        waiting &= ~self.admitted.take(people, axis=1)
        totals = self.totals[people].astype(np.int32)
        below = totals.max(initial=0) - totals.astype(np.int64)
        small = below.astype(np.uint16) if below.max(initial=0) < _SMALL else below
        order = np.argsort(small, kind="stable")
        return Front(people[order], totals[order], waiting.take(order, axis=1))

    def _floor(self, wanted: int) -> int:
        """Return the highest total that so many have or exceed; for nobody, one that nobody has."""
        lowest, reached = self.reached
        return lowest + int(np.searchsorted(-reached, -wanted, side="right")) - (wanted > 0)
