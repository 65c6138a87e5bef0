"""Admit year by year: the quota takes from the top, and who was taken is missing from every later round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulate.queue.admission import Front, Pieces, Ranked, Taken
from simulate.queue.bits import WORD, Adder, Words, mask, words_of
from simulate.queue.crowd import count_masked
from simulate.queue.errors import QueueError
from simulate.queue.paths import COUNTS, Levels, Paths
from simulate.queue.presence import Presence
from simulate.queue.tally import by_group, fates

Row = NDArray[np.int64]
"""One count of every replication, int64 [64 x words]."""


Watch = Callable[[Taken], None]
"""Told whom each round takes, one round after the other."""


def admit(
    presence: Presence, quota: ArrayLike, *, ranks: Sequence[int] = (), watch: Watch | None = None
) -> Paths:
    """Run the queue under a quota.

    Everybody at or above the total at rank *quota* is admitted. Nobody admitted comes back: those removed,
    withdrawn or lapsed free no place and do not apply again in these years.

    So a higher quota, in any years, never raises a later bar. Those who wait under it are, at every round,
    among those who wait under the lower one: chance brings and takes the same people under both, the bar is
    no higher, and whoever is taken under the lower quota is then taken under the higher one by that round.
    The *bar* is the cutoff, except that it is below everybody when the quota exhausts the ranked, and above
    everybody when it is 0. A cutoff is reported as the lowest admitted total, so that it may be higher
    under a quota that takes everybody who is left: then it says who was left, and no longer how far the quota
    reached.

    Args:
        presence: the line, drawn.
        quota: int [years], or [years, replications], or one for all.
        ranks: ranks at which the totals are told.
        watch: told whom each round takes.

    Raises:
        QueueError: a quota that is negative, no whole number, or of the wrong shape; a rank below 1.

    """
    with ThreadPoolExecutor(1) as beside:
        rounds = _Rounds(presence, _quotas(presence, quota), _ranks(ranks), beside)
        for year in range(len(presence.line.years)):
            taken = rounds.run(year)
            if watch:
                watch(taken)
    return rounds.paths()


def _quotas(presence: Presence, quota: ArrayLike) -> NDArray[np.int64]:
    given = np.asarray(quota)
    years, replications = len(presence.line.years), presence.replications
    if given.dtype.kind not in "iu" or (given.size and given.min() < 0):
        raise QueueError("quota: a quota is a whole number of people, 0 or more")
    if given.ndim == 1:
        given = given[:, None]
    try:
        spread = np.broadcast_to(given.astype(np.int64), (years, replications))
    except ValueError:
        raise QueueError(
            f"quota: {list(given.shape)} does not fit {years} years and {replications} replications"
        ) from None
    return np.pad(spread, ((0, 0), (0, words_of(replications) * WORD - replications)), mode="edge")


def _ranks(ranks: Sequence[int]) -> tuple[int, ...]:
    if any(rank < 1 for rank in ranks):
        raise QueueError(f"ranks = {list(ranks)}: the first rank is 1")
    return tuple(ranks)


@dataclass
class _Rounds:
    """Go through the rounds and keep what they give.

    What becomes of the admitted is counted beside, while they are taken out of all later years.
    ``pool``, ``ranked`` and ``barred`` [years, 64 x words] begin as what they would be if nobody were ever
    admitted; whoever is admitted is taken out of all later years at once.
    """

    drawn: Presence
    quota: NDArray[np.int64]
    ranks: tuple[int, ...]
    beside: ThreadPoolExecutor
    counts: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in COUNTS})
    cutoffs: list[NDArray[np.int32]] = field(default_factory=list)
    rank_totals: list[NDArray[np.int32]] = field(default_factory=list)
    groups: dict[str, list[NDArray[np.int64]]] = field(default_factory=dict)
    waited: list[NDArray[np.int64]] = field(default_factory=list)
    guess: int = 0

    def __post_init__(self) -> None:
        self.pool, self.ranked = self.drawn.in_pool.copy(), self.drawn.ranked.copy()
        self.barred = self.drawn.barred.copy()
        self.admitted = np.zeros_like(self.drawn.standing[0])
        self.done = np.zeros(self.drawn.line.people, dtype=np.bool_)
        self.groups = {name: [] for name in self.drawn.line.groups}

    def run(self, year: int) -> Taken:
        """Run one round: who is there, how far the quota reaches, and who that takes."""
        drawn, eligible = self.drawn, self.ranked[year]
        rankable = drawn.rankable[year] & ~self.done
        ranked = Ranked(drawn.line.totals[year], rankable, drawn.standing[year], self.admitted)
        furthest = np.maximum(self.quota[year], max(self.ranks, default=0))
        front = ranked.front(np.minimum(furthest, eligible), guess=self.guess)
        taken = front.taken(self._cutoffs(front, year))
        self._present(year)
        self._keep(eligible=eligible, backlog=eligible - taken.admitted)
        self._keep(admitted=taken.admitted, tied=taken.tied)
        pieces = taken.pieces()
        told = self.beside.submit(fates, taken, pieces, drawn, year)
        groups = self.beside.submit(by_group, taken, drawn, year)
        self._take(taken, pieces, year)
        self._keep(**told.result())
        for name, counts in groups.result().items():
            self.groups[name].append(counts)
        self.guess = len(front.people) + len(front.people) // 8
        return taken

    def _cutoffs(self, front: Front, year: int) -> NDArray[np.int32]:
        asked = [np.minimum(self.quota[year], self.ranked[year])]
        asked += [np.full_like(self.ranked[year], rank) for rank in self.ranks]
        found = front.at_ranks(np.array(asked))
        self.cutoffs.append(found[0])
        self.rank_totals.append(found[1:].T)
        cutoffs: NDArray[np.int32] = found[0]
        return cutoffs

    def _present(self, year: int) -> None:
        """Keep who is where before anybody is admitted in a year."""
        drawn, kept = self.drawn, self.counts
        before = kept["pool"][-1] - kept["admitted"][-1] if kept["pool"] else drawn.at_start
        missing = drawn.in_pool[year] - self.pool[year]
        admitted = sum(kept["admitted"], np.zeros_like(missing))
        self._keep(pool=self.pool[year], barred=self.barred[year])
        self._keep(entered=drawn.entered[year], reservoir=drawn.reservoir[year])
        self._keep(left=before + drawn.entered[year] - self.pool[year])
        self._keep(gone=drawn.gone[year] - (admitted - missing))

    def _take(self, taken: Taken, pieces: Pieces, year: int) -> None:
        """Take the admitted out of all later years, and count how long they have stood in the pool."""
        later = slice(year + 1, None)
        stood, ineligible, barred = Adder(), Adder(), Adder()
        for people, bits in pieces:
            standing = self._admit(people, bits, later)
            stood.add(standing)
            _add_some(ineligible, standing[later], ~self.drawn.line.eligible[later, people])
            _add_some(barred, standing[later], self.drawn.barring[later, people])
        there = stood.total()
        self.waited.append(self._waited(there[year::-1], taken))
        self.pool[later] -= there[later]
        self.ranked[later] -= there[later] - ineligible.total()
        self.barred[later] -= barred.total()

    def _admit(self, people: NDArray[np.intp], bits: Words, later: slice) -> Words:
        """Note who is admitted, and return when they stood or would stand in the pool, by year."""
        standing = self.drawn.standing.take(people, axis=-1)
        admitted = self.admitted.take(people, axis=1)
        admitted |= bits
        self.admitted[:, people] = admitted
        waiting = np.bitwise_or.reduce(standing[later], axis=0)
        waiting &= ~admitted
        self.done[people] = ~waiting.any(axis=0)
        standing &= bits
        return standing

    def _waited(self, there: NDArray[np.int64], taken: Taken) -> NDArray[np.int64]:
        """Count the admitted by years waited, int64 [64 x words, years waited].

        ``there`` counts those who stood in the pool in this round, in the one before, and so on to the first.
        """
        first = self.drawn.line.years[0]
        since = self.drawn.line.applied_since[taken.people]
        earlier = [
            count_masked(taken.turned, since <= round_)
            for round_ in range(first - 1, self.drawn.earliest - 2, -1)
        ]
        reached = np.concatenate([there, earlier])
        return np.asarray((reached[:-1] - reached[1:]).T)

    def _keep(self, **rows: Row) -> None:
        for name, row in rows.items():
            self.counts[name].append(row)

    def paths(self) -> Paths:
        """Return what was kept, without the bits that stand for no replication."""
        known, line = self.drawn.replications, self.drawn.line
        longest = max(row.shape[1] for row in self.waited)
        waited = [np.pad(row, ((0, 0), (0, longest - row.shape[1]))) for row in self.waited]
        return Paths(
            years=line.years,
            cutoff=np.stack(self.cutoffs)[:, :known],
            **{name: np.stack(rows)[:, :known] for name, rows in self.counts.items()},
            groups={
                name: Levels(line.groups[name].levels, np.stack(rows)) for name, rows in self.groups.items()
            },
            ranks=self.ranks,
            rank_totals=np.stack(self.rank_totals)[:, :known],
            waited=Levels(tuple(range(longest)), np.stack(waited)[:, :known]),
        )


def _add_some(adder: Adder, words: Words, some: NDArray[np.bool_]) -> None:
    """Count words [years, words, people] where a mask [years, people] says so."""
    people = np.flatnonzero(some.any(axis=0))
    adder.add(words.take(people, axis=-1) & mask(some[:, people])[:, None])
