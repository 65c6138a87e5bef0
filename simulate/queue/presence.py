"""Presence: who would stand in the pool each year if nobody were ever admitted.

It hangs on chance and on the line, not on any quota: drawn once, it serves every quota that is tried, with
the same numbers for the same people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.queue.bits import WORD, count, words_of
from simulate.queue.chance import ONE, Block, Chance, Event, blocks, reached_by
from simulate.queue.errors import QueueError
from simulate.queue.line import NOT_YET, Line

MOST_REPLICATIONS = 1 << 14

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Presence:
    """Hold the draws of a line: bits, and the counts that no quota changes.

    Attributes:
        line: who they are.
        replications: how many of the bits count.
        seed: from which all was drawn.
        standing: uint64 [years, people, words], in the pool unless admitted before.
        fates: uint64 [3, people, words], if admitted: removed; removed or withdrawn; or lapsed as well.
        rankable: bool [years, people], eligible and, in some replications perhaps, in the pool.
        reservoir: int64 [years, 64 x words], there and not yet applied.
        entered: int64 [years, 64 x words], first applications.

    """

    line: Line
    replications: int
    seed: int
    standing: NDArray[np.uint64] = field(repr=False)
    fates: NDArray[np.uint64] = field(repr=False)
    rankable: NDArray[np.bool_] = field(repr=False)
    reservoir: Counts = field(repr=False)
    entered: Counts = field(repr=False)

    @classmethod
    def draw(cls, line: Line, *, replications: int, seed: int) -> Presence:
        """Draw a line; the same seed gives the same bits, and replication r the same for any number of them.

        Raises:
            QueueError: no replications or too many, or a seed below 0.

        """
        if not 1 <= replications <= MOST_REPLICATIONS:
            raise QueueError(f"replications = {replications}: there are 1 to {MOST_REPLICATIONS}")
        if seed < 0:
            raise QueueError(f"seed = {seed}: it must be 0 or more")
        words = words_of(replications)
        years, bits = len(line.years), words * WORD
        drawn = cls(
            line,
            replications,
            seed,
            standing=np.zeros((years, line.people, words), dtype=np.uint64),
            fates=np.zeros((3, line.people, words), dtype=np.uint64),
            rankable=np.zeros((years, line.people), dtype=np.bool_),
            reservoir=np.zeros((years, bits), dtype=np.int64),
            entered=np.zeros((years, bits), dtype=np.int64),
        )
        drawn._fill(words)
        return drawn

    @cached_property
    def in_pool(self) -> Counts:
        """How many would stand in the pool, int64 [years, 64 x words]."""
        return np.stack([count(year) for year in self.standing])

    @cached_property
    def ranked(self) -> Counts:
        """How many of them would be ranked, int64 [years, 64 x words]."""
        unranked = [
            count(year[~eligible]) for year, eligible in zip(self.standing, self.line.eligible, strict=True)
        ]
        return self.in_pool - np.stack(unranked)

    @cached_property
    def barred(self) -> Counts:
        """How many would stand in the pool barred, int64 [years, 64 x words]."""
        held = zip(self.standing, self.line.barred, self.line.eligible, strict=True)
        return np.stack([count(year[barred & ~eligible]) for year, barred, eligible in held])

    @cached_property
    def gone(self) -> Counts:
        """How many have left, from the reservoir or from the pool, int64 [years, 64 x words]."""
        came = (_there(self.line, slice(None)) | (self.line.applied_since != NOT_YET)).sum(axis=1)
        gone: Counts = came[:, None] - self.reservoir - self.in_pool
        return gone

    @cached_property
    def at_start(self) -> Counts:
        """How many stand in the pool before the first year, int64 [64 x words]."""
        known = int((self.line.applied_since != NOT_YET).sum())
        return np.full(self.standing.shape[2] * WORD, known, dtype=np.int64)

    @property
    def earliest(self) -> int:
        """The first round in which anybody applied."""
        return int(min(self.line.years[0], self.line.applied_since.min(initial=NOT_YET)))

    def _fill(self, words: int) -> None:
        chances = [[Chance.of(self.seed, event, word) for event in Event] for word in range(words)]
        for some in blocks(self.line.people):
            enters, leaves, fates = _odds(self.line, some)
            shape = (*enters.reached.shape, words)
            applied, gone = np.empty(shape, dtype=np.uint64), np.empty(shape, dtype=np.uint64)
            for word, (entering, leaving, settling) in enumerate(chances):
                entering.meet(enters, applied[..., word])
                leaving.meet(leaves, gone[..., word])
                settling.meet(fates, self.fates[:, some, word])
            stay = np.invert(gone, out=gone)
            np.bitwise_and(applied, stay, out=self.standing[:, some])
            possible = (enters.reached > 0) & (leaves.reached < ONE)
            self.rankable[:, some] = self.line.eligible[:, some] & possible
            self._count(some, applied, stay)

    def _count(self, some: slice, applied: NDArray[np.uint64], stay: NDArray[np.uint64]) -> None:
        """Count, of those of a block who had not applied at the start, who applies and who has not yet."""
        unknown = np.flatnonzero(self.line.applied_since[some] == NOT_YET)
        if not len(unknown):
            return
        if len(unknown) < applied.shape[1]:
            applied, stay = applied[:, unknown], stay[:, unknown]
        entered = applied & stay
        entered[1:] &= ~applied[:-1]
        self.entered[:] += count(entered.swapaxes(0, 1))
        there = _there(self.line, some)[:, unknown, None]
        self.reservoir[:] += count(np.where(there, stay & ~applied, np.uint64(0)).swapaxes(0, 1))


def _there(line: Line, some: slice) -> NDArray[np.bool_]:
    """Return who is there at all by each year, bool [years, people], of a block of people."""
    there: NDArray[np.bool_] = line.arrives[some] <= np.array(line.years)[:, None]
    return there


def _odds(line: Line, some: slice) -> tuple[Block, Block, Block]:
    """Return the probabilities to have entered, to have left, and of each fate, for a block of people."""
    there = _there(line, some)
    enters = reached_by(line.enters[:, some] * there)
    enters[:, line.applied_since[some] != NOT_YET] = ONE
    fates = np.cumsum([line.removed[some], line.withdraws[some], line.lapses[some]], axis=0)
    reached = np.minimum(np.rint(fates * ONE), ONE).astype(np.uint32)
    return Block(enters), Block(reached_by(line.leaves[:, some] * there)), Block(reached)
