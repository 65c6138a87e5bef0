"""Admit year by year: the quota takes from the top, and who was taken is missing from every later round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulate.engine.blas import one_thread
from simulate.queue.admission import Front, Ranked, Taken
from simulate.queue.bits import WORD, count, count_runs, unpacked, words_of
from simulate.queue.errors import QueueError
from simulate.queue.line import Group
from simulate.queue.paths import COUNTS, Levels, Paths
from simulate.queue.presence import Presence

_FEW_LEVELS = 64
"""Levels up to which a product of matrices counts a group, and beyond which runs of people do."""

Row = NDArray[np.int64]
"""One count of every replication, int64 [64 x words]."""


def admit(presence: Presence, quota: ArrayLike, *, ranks: Sequence[int] = ()) -> Paths:
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

    Raises:
        QueueError: a quota that is negative, no whole number, or of the wrong shape; a rank below 1.

    """
    rounds = _Rounds(presence, _quotas(presence, quota), _ranks(ranks))
    for year in range(len(presence.line.years)):
        rounds.run(year)
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
    """Go through the rounds and keep what they give."""

    presence: Presence
    quota: NDArray[np.int64]
    ranks: tuple[int, ...]
    counts: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in COUNTS})
    cutoffs: list[NDArray[np.int32]] = field(default_factory=list)
    rank_totals: list[NDArray[np.int32]] = field(default_factory=list)
    groups: dict[str, list[NDArray[np.int64]]] = field(default_factory=dict)
    waited: list[NDArray[np.int64]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.admitted = np.zeros_like(self.presence.standing[0])
        self.done = np.zeros(self.presence.line.people, dtype=np.bool_)
        self.once = np.zeros(0, dtype=np.intp)
        self.groups = {name: [] for name in self.presence.line.groups}

    def run(self, year: int) -> None:
        """Run one round: who is there, how far the quota reaches, and who that takes."""
        drawn = self.presence
        pool, eligible = self._present(year)
        rankable = drawn.rankable[year] & ~self.done
        ranked = Ranked(drawn.line.totals[year], rankable, drawn.standing[year], self.admitted)
        furthest = np.maximum(self.quota[year], max(self.ranks, default=0))
        front = ranked.front(np.minimum(furthest, eligible))
        taken = front.taken(self._cutoffs(front, year, eligible))
        admitted = count(taken.bits)
        self._keep(pool=pool, eligible=eligible, admitted=admitted, backlog=eligible - admitted)
        self._keep(tied=taken.tied)
        self._fates(taken, year)
        self._groups(taken, year)
        self.waited.append(self._waits(taken, year))
        self._take(taken, year)

    def _present(self, year: int) -> tuple[Row, Row]:
        """Count pool and ranked: who would stand there, less those who were admitted before."""
        drawn, line = self.presence, self.presence.line
        missing = drawn.standing[year][self.once] & self.admitted[self.once]
        eligible = line.eligible[year][self.once]
        barred = line.barred[year][self.once] & ~eligible
        pool = drawn.in_pool[year] - count(missing)
        before = sum(self.counts["admitted"], np.zeros_like(pool))
        self._keep(entered=drawn.entered[year], reservoir=drawn.reservoir[year])
        self._keep(
            barred=drawn.barred[year] - count(missing[barred]),
            gone=drawn.gone[year] - (before - count(missing)),
            left=self._waiting_before() + drawn.entered[year] - pool,
        )
        return pool, drawn.ranked[year] - count(missing[eligible])

    def _waiting_before(self) -> Row:
        if not self.counts["pool"]:
            return self.presence.at_start
        return self.counts["pool"][-1] - self.counts["admitted"][-1]

    def _cutoffs(self, front: Front, year: int, eligible: Row) -> NDArray[np.int32]:
        asked = [np.minimum(self.quota[year], eligible)]
        asked += [np.full_like(eligible, rank) for rank in self.ranks]
        found = front.at_ranks(np.array(asked))
        self.cutoffs.append(found[0])
        self.rank_totals.append(found[1:].T)
        cutoffs: NDArray[np.int32] = found[0]
        return cutoffs

    def _fates(self, taken: Taken, year: int) -> None:
        removed, given_up, lost = (taken.bits & fate[taken.people] for fate in self.presence.fates)
        settled = taken.bits & ~lost
        children = self.presence.line.children[year][taken.people]
        moving = np.zeros(settled.shape[1] * WORD, dtype=np.int64)
        for number in np.unique(children[children > 0]):
            moving += int(number) * count(settled[children == number])
        first, second, third = count(removed), count(given_up), count(lost)
        self._keep(removed=first, withdrew=second - first, lapsed=third - second)
        self._keep(settled=count(settled), children=moving)

    def _groups(self, taken: Taken, year: int) -> None:
        bits = unpacked(taken.bits)
        groups = self.presence.line.groups
        few = {name: group for name, group in groups.items() if len(group.levels) <= _FEW_LEVELS}
        told = _by_product(bits, {name: group.codes[year][taken.people] for name, group in few.items()}, few)
        for name, group in groups.items():
            codes = group.codes[year][taken.people]
            counts = told[name] if name in told else _by_runs(bits, codes, len(group.levels))
            self.groups[name].append(counts.T)

    def _waits(self, taken: Taken, year: int) -> NDArray[np.int64]:
        """Count the admitted by years waited, int64 [64 x words, years waited]."""
        now, first = self.presence.line.years[year], self.presence.line.years[0]
        since = self.presence.line.applied_since[taken.people]
        at_least = []
        for waited in range(now - self.presence.earliest + 2):
            applied = now - waited
            if applied >= first:
                at_least.append(count(taken.bits & self.presence.standing[applied - first][taken.people]))
            else:
                at_least.append(count(taken.bits[since <= applied]))
        reached = np.array(at_least)
        return (reached[:-1] - reached[1:]).T

    def _take(self, taken: Taken, year: int) -> None:
        people = taken.people
        self.once = np.concatenate([self.once, people[~self.admitted[people].any(axis=1)]])
        admitted = self.admitted[people] | taken.bits
        self.admitted[people] = admitted
        later = self.presence.standing[year + 1 :, people] & ~admitted
        self.done[people] = ~later.any(axis=(0, 2))

    def _keep(self, **rows: Row) -> None:
        for name, row in rows.items():
            self.counts[name].append(row)

    def paths(self) -> Paths:
        """Return what was kept, without the bits that stand for no replication."""
        known = self.presence.replications
        longest = max(len(row[0]) for row in self.waited)
        waited = [np.pad(row, ((0, 0), (0, longest - row.shape[1]))) for row in self.waited]
        return Paths(
            years=self.presence.line.years,
            cutoff=np.stack(self.cutoffs)[:, :known],
            **{name: np.stack(rows)[:, :known] for name, rows in self.counts.items()},
            groups={
                name: Levels(self.presence.line.groups[name].levels, np.stack(rows)[:, :known])
                for name, rows in self.groups.items()
            },
            ranks=self.ranks,
            rank_totals=np.stack(self.rank_totals)[:, :known],
            waited=Levels(tuple(range(longest)), np.stack(waited)[:, :known]),
        )


def _by_product(
    bits: NDArray[np.uint8], codes: Mapping[str, NDArray[np.integer]], groups: Mapping[str, Group]
) -> dict[str, NDArray[np.int64]]:
    """Count bits by the levels of several groups at once, each int64 [levels, replications].

    Counts are far below 2^24, so that float32 holds them exactly.
    """
    sizes = [len(group.levels) for group in groups.values()]
    member = np.zeros((sum(sizes), len(bits)), dtype=np.float32)
    starts = np.cumsum([0, *sizes])
    for start, code in zip(starts, codes.values(), strict=False):
        member[start + code, np.arange(len(bits))] = 1
    with one_thread():
        counts = (member @ bits.astype(np.float32)).astype(np.int64)
    return {
        name: counts[start : start + size] for name, start, size in zip(groups, starts, sizes, strict=False)
    }


def _by_runs(bits: NDArray[np.uint8], codes: NDArray[np.integer], levels: int) -> NDArray[np.int64]:
    """Count bits by the many levels of a group, int64 [levels, replications]."""
    counts = np.zeros((levels, bits.shape[1]), dtype=np.int64)
    order = np.argsort(codes, kind="stable")
    present, starts = np.unique(codes[order], return_index=True)
    if len(present):
        counts[present] = count_runs(bits[order], starts)
    return counts
