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

from simulate.queue.bits import WORD, Adder, count, mask, words_of
from simulate.queue.chance import ONE, Chance, Event, Thresholds, reached_by
from simulate.queue.errors import QueueError
from simulate.queue.line import NOT_YET, Line

MOST_REPLICATIONS = 1 << 14

_THREADS = 2
"""Threads that draw; more would wait for each other's Python."""

_BLOCK = 1 << 14
"""Words of people who are drawn together: those of a year stay in the processor's cache."""

Counts = NDArray[np.int64]
Adders = dict[tuple[str, int], Adder]
"""Counts in the making, by name and the position of the year."""


@dataclass(frozen=True)
class Presence:
    """Hold the draws of a line: bits, and the counts that no quota changes.

    Attributes:
        line: who they are.
        replications: how many of the bits count.
        seed: from which all was drawn.
        standing: uint64 [years, words, people], in the pool unless admitted before.
        lasting: uint64 [3, words, people], if admitted: not removed; nor withdrawn; nor lapsed either.
        rankable: bool [years, people], eligible and, in some replications perhaps, in the pool.
        in_pool: int64 [years, 64 x words], how many would stand in the pool.
        reservoir: int64 [years, 64 x words], there and not yet applied.
        entered: int64 [years, 64 x words], first applications.

    """

    line: Line
    replications: int
    seed: int
    standing: NDArray[np.uint64] = field(repr=False)
    lasting: NDArray[np.uint64] = field(repr=False)
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
            standing=np.zeros((years, words, line.people), dtype=np.uint64),
            lasting=np.zeros((3, words, line.people), dtype=np.uint64),
            rankable=np.zeros((years, line.people), dtype=np.bool_),
            in_pool=np.zeros((years, bits), dtype=np.int64),
            reservoir=np.zeros((years, bits), dtype=np.int64),
            entered=np.zeros((years, bits), dtype=np.int64),
        )
        drawn._fill(words)
        return drawn

    @cached_property
    def barring(self) -> NDArray[np.bool_]:
        """Who would be barred in a year, bool [years, people]."""
        barring: NDArray[np.bool_] = self.line.barred & ~self.line.eligible
        return barring

    @cached_property
    def ranked(self) -> Counts:
        """How many of the pool would be ranked, int64 [years, 64 x words]."""
        return self.in_pool - self._of(~self.line.eligible)

    @cached_property
    def barred(self) -> Counts:
        """How many of the pool would be barred, int64 [years, 64 x words]."""
        return self._of(self.barring)

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
        return np.full(self.standing.shape[1] * WORD, known, dtype=np.int64)

    @property
    def earliest(self) -> int:
        """The first round in which anybody applied."""
        return int(min(self.line.years[0], self.line.applied_since.min(initial=NOT_YET)))

    def _of(self, some: NDArray[np.bool_]) -> Counts:
        """Count those of the pool whom a mask [years, people] names."""
        return np.stack([count(self.standing[year][:, these]) for year, these in enumerate(some)])

    def _fill(self, words: int) -> None:
        """Draw everybody, block by block, and count them."""
        size = max(1, _BLOCK // words)
        starts = range(0, self.line.people, size)
        runs = [[slice(start, start + size) for start in starts[at::_THREADS]] for at in range(_THREADS)]
        adders: Adders = defaultdict(Adder)
        with ThreadPoolExecutor(_THREADS) as threads:
            for some in threads.map(partial(self._fill_some, words), runs):
                for key, adder in some.items():
                    adders[key].join(adder)
        for (name, year), adder in adders.items():
            getattr(self, name)[year] = adder.total()

    def _fill_some(self, words: int, run: Sequence[slice]) -> Adders:
        entering, leaving, settling = (Chance.of(self.seed, event, words=words) for event in Event)
        most = max((some.stop - some.start for some in run), default=0)
        room = np.empty((2, len(self.line.years), words, most), dtype=np.uint64)
        adders: Adders = defaultdict(Adder)
        for some in run:
            odds = _Odds.of(self.line, some)
            people = np.arange(some.start, some.start + odds.people)
            there, waits = room[:, odds.first :, :, : odds.people]
            leaving.spare(people, odds.leaves, there)
            if odds.unknown.any():
                entering.spare(people, odds.enters, waits)
                _come(odds, there, waits, adders)
            settling.spare(people, odds.fates, self.lasting[..., some])
            self.standing[odds.first :, :, some] = there
            self.rankable[odds.first :, some] = self.line.eligible[odds.first :, some] & odds.may_stand
            for year, standing in enumerate(self.standing[odds.first :, :, some], odds.first):
                adders["in_pool", year].add(standing)
        return adders


def _come(odds: _Odds, there: NDArray[np.uint64], waits: NDArray[np.uint64], adders: Adders) -> None:
    """Let people come: leave who waits out of who is there, and count who applies and who has not yet."""
    unknown = mask(odds.unknown)
    waited = unknown
    for at, here in enumerate(odds.waiting):
        waiting = there[at] & waits[at]
        there[at] ^= waiting
        adders["entered", odds.first + at].add(there[at] & waited)
        waited = waits[at] & unknown
        waiting &= mask(here)
        adders["reservoir", odds.first + at].add(waiting)


@dataclass(frozen=True)
class _Odds:
    """Hold what may befall a block of people from the first year on in which any of them is there.

    Attributes:
        first: the position of that year.
        enters: the probabilities to have applied by each year, [years, people], or [years, 1] for all.
        leaves: the probabilities to have left by each year, likewise.
        fates: the probabilities of each fate or one before it, [fates, people], or [fates, 1] for all.
        unknown: bool [people], who had not applied at the start.
        waiting: bool [years, people], who of them is there.

    """

    first: int
    enters: Thresholds
    leaves: Thresholds
    fates: Thresholds
    unknown: NDArray[np.bool_]
    waiting: NDArray[np.bool_]

    @classmethod
    def of(cls, line: Line, some: slice) -> _Odds:
        there = _there(line, some)
        unknown = line.applied_since[some] == NOT_YET
        first = len(there) - int((there | ~unknown).any(axis=1).sum())
        years = slice(first, None)
        leaves = _alike(line.leaves[years, some] * there[years])
        enters = _alike(np.where(unknown, line.enters[years, some], 1.0) * (there[years] | ~unknown))
        fates = np.cumsum([line.removed[some], line.withdraws[some], line.lapses[some]], axis=0)
        reached = np.minimum(np.rint(_alike(fates) * ONE), ONE).astype(np.uint32)
        waiting = there[years] & unknown
        return cls(first, reached_by(enters), reached_by(leaves), reached, unknown, waiting)

    @property
    def people(self) -> int:
        """The number of people."""
        return len(self.unknown)

    @property
    def may_stand(self) -> NDArray[np.bool_]:
        """Who may stand in the pool, bool [years, people]."""
        return np.asarray((self.enters > 0) & (self.leaves < ONE))


def _alike(hazards: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the hazards of one person where all have the same."""
    return hazards[:, :1] if (hazards == hazards[:, :1]).all() else hazards


def _there(line: Line, some: slice) -> NDArray[np.bool_]:
    """Return who is there at all by each year, bool [years, people], of a block of people."""
    there: NDArray[np.bool_] = line.arrives[some] <= np.array(line.years)[:, None]
    return there
