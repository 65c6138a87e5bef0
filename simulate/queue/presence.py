"""Presence: who would stand in the pool each year if nobody were ever admitted.

It hangs on chance and on the line, not on any quota: drawn once, it serves every quota that is tried, with
the same numbers for the same people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from simulate.queue.bits import WORD, Adder, count, words_of
from simulate.queue.chance import ONE, ROWS, Block, Chance, Event, blocks, reached_by
from simulate.queue.errors import QueueError
from simulate.queue.line import NOT_YET, Line

MOST_REPLICATIONS = 1 << 14

_THREADS = 2
"""Threads that draw; more are held up by the generators, of which one runs at a time."""

Counts = NDArray[np.int64]
Adders = dict[tuple[str, int], Adder]
"""Counts in the making, by name and by the first year of the blocks that are counted."""


@dataclass(frozen=True)
class Presence:
    """Hold the draws of a line: bits, and the counts that no quota changes.

    Attributes:
        line: who they are.
        replications: how many of the bits count.
        seed: from which all was drawn.
        standing: uint64 [people, years, words], in the pool unless admitted before.
        fates: uint64 [people, 3, words], if admitted: removed; removed or withdrawn; or lapsed as well.
        rankable: bool [years, people], eligible and, in some replications perhaps, in the pool.
        in_pool: int64 [years, 64 x words], how many would stand in the pool.
        reservoir: int64 [years, 64 x words], there and not yet applied.
        entered: int64 [years, 64 x words], first applications.

    """

    line: Line
    replications: int
    seed: int
    standing: NDArray[np.uint64] = field(repr=False)
    fates: NDArray[np.uint64] = field(repr=False)
    rankable: NDArray[np.bool_] = field(repr=False)
    in_pool: Counts = field(repr=False)
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
            standing=np.zeros((line.people, years, words), dtype=np.uint64),
            fates=np.zeros((line.people, 3, words), dtype=np.uint64),
            rankable=np.zeros((years, line.people), dtype=np.bool_),
            in_pool=np.zeros((years, bits), dtype=np.int64),
            reservoir=np.zeros((years, bits), dtype=np.int64),
            entered=np.zeros((years, bits), dtype=np.int64),
        )
        drawn._fill(words)
        return drawn

    @cached_property
    def ranked(self) -> Counts:
        """How many of the pool would be ranked, int64 [years, 64 x words]."""
        return self.in_pool - self._of(~self.line.eligible)

    @cached_property
    def barred(self) -> Counts:
        """How many of the pool would be barred, int64 [years, 64 x words]."""
        return self._of(self.line.barred & ~self.line.eligible)

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
        return np.full(self.standing.shape[-1] * WORD, known, dtype=np.int64)

    @property
    def earliest(self) -> int:
        """The first round in which anybody applied."""
        return int(min(self.line.years[0], self.line.applied_since.min(initial=NOT_YET)))

    def _of(self, some: NDArray[np.bool_]) -> Counts:
        """Count those of the pool whom a mask [years, people] names."""
        return np.stack([count(self.standing[mask, year]) for year, mask in enumerate(some)])

    def _fill(self, words: int) -> None:
        """Draw everybody; each thread has a run of blocks, whose numbers are those of their places."""
        every = list(blocks(self.line.people))
        size = max(1, -(-len(every) // _THREADS))
        runs = [every[start : start + size] for start in range(0, len(every), size)]
        with ThreadPoolExecutor(_THREADS) as threads:
            for adders in threads.map(partial(self._fill_some, words), runs):
                for (name, first), adder in adders.items():
                    getattr(self, name)[first:] += adder.total()

    def _fill_some(self, words: int, run: Sequence[slice]) -> Adders:
        entering, leaving, settling = (
            Chance.of(self.seed, event, words=words, first=run[0].start) for event in Event
        )
        room = np.empty((2, ROWS, len(self.line.years), words), dtype=np.uint64)
        adders: Adders = defaultdict(Adder)
        for some in run:
            odds = _Odds.of(self.line, some)
            applied, gone = room[:, : odds.people, odds.first :]
            entering.meet(odds.enters, applied)
            leaving.meet(odds.leaves, gone)
            settling.meet(odds.fates, self.fates[some])
            self._keep(some, odds, (applied, np.invert(gone, out=gone)), adders)
        return adders

    def _keep(
        self, some: slice, odds: _Odds, bits: tuple[NDArray[np.uint64], NDArray[np.uint64]], adders: Adders
    ) -> None:
        """Keep who of a block would stand in the pool, and count who applies and who has not yet."""
        applied, stay = bits
        standing = np.bitwise_and(applied, stay, out=self.standing[some, odds.first :])
        adders["in_pool", odds.first].add(standing)
        self.rankable[odds.first :, some] = self.line.eligible[odds.first :, some] & odds.may_stand
        if not odds.unknown.any():
            return
        new = np.where(odds.unknown[:, None, None], standing, np.uint64(0))
        new[:, 1:] &= ~applied[:, :-1]
        adders["entered", odds.first].add(new)
        stay &= ~applied
        adders["reservoir", odds.first].add(np.where(odds.waiting.T[..., None], stay, np.uint64(0)))


@dataclass(frozen=True)
class _Odds:
    """Hold what may befall a block of people from the first year on in which any of them is there.

    Attributes:
        first: the position of that year.
        enters: the probabilities to have applied.
        leaves: the probabilities to have left.
        fates: the probabilities of each fate or one before it.
        unknown: bool [people], who had not applied at the start.
        waiting: bool [years, people], who of them is there.

    """

    first: int
    enters: Block
    leaves: Block
    fates: Block
    unknown: NDArray[np.bool_]
    waiting: NDArray[np.bool_]

    @classmethod
    def of(cls, line: Line, some: slice) -> _Odds:
        there = _there(line, some)
        unknown = line.applied_since[some] == NOT_YET
        first = len(there) - int((there | ~unknown).any(axis=1).sum())
        years = slice(first, None)
        enters = np.full(there[years].shape, ONE, dtype=np.uint32)
        if unknown.any():
            enters[:, unknown] = reached_by((line.enters[years, some] * there[years])[:, unknown])
        leaves = reached_by(line.leaves[years, some] * there[years])
        fates = np.cumsum([line.removed[some], line.withdraws[some], line.lapses[some]], axis=0)
        reached = np.minimum(np.rint(fates * ONE), ONE).astype(np.uint32)
        waiting = there[years] & unknown
        return cls(first, Block(enters), Block(leaves), Block(reached), unknown, waiting)

    @property
    def people(self) -> int:
        """The number of people."""
        return len(self.unknown)

    @property
    def may_stand(self) -> NDArray[np.bool_]:
        """Who may stand in the pool, bool [years, people]."""
        return np.asarray((self.enters.reached > 0) & (self.leaves.reached < ONE))


def _people_first(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return words [words, years, people] as [people, years, words], in memory as well."""
    return np.ascontiguousarray(words.T)


def _there(line: Line, some: slice) -> NDArray[np.bool_]:
    """Return who is there at all by each year, bool [years, people], of a block of people."""
    there: NDArray[np.bool_] = line.arrives[some] <= np.array(line.years)[:, None]
    return there
