"""The line as the calibrated ensemble sees it: lives that each stand for several people, however many places.

A replication draws, under one member of the ensemble, how many people each life stands for: so many as chance
makes of the member's weight (Poisson). Those who wait leave at the member's rate, by expectation. As in
`simulate.queue`, all is drawn before any place is given, so that two schedules differ by their places alone,
and a higher quota leaves nobody waiting who would not wait under a lower one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.engine.blas import one_thread
from simulate.queue import NOBODY

Column = NDArray[Any]
Floats = NDArray[np.float64]
Amounts = NDArray[np.float32]
Places = NDArray[np.int64]

_FEW = 256
"""Lives that are looked at at least, at the head of a round's ranking."""

_RUN = 64
"""Lives that are added up together before the place at which a quota is filled is looked for one by one."""

_AT_ONCE = 1 << 13
"""Lives added up at a time, so that memory stays small."""


@dataclass(frozen=True, kw_only=True)
class WeightedLine:
    """Hold lives, and how many people each stands for in every replication.

    Attributes:
        years: the rounds, one after the other.
        members: of the ensemble; the replications of one stand side by side, as many for each.
        people: uint16 [lives, replications], how many people each life is when it is first ranked, or in the
            first year.
        stays: float64 [replications], the share of those who wait who are still there a round later.
        totals: int32 [years, lives], hundredths of a point.
        ranked: bool [years, lives], who has applied and is eligible.
        ready: int16 [lives], the round in which a life is first ranked.
        applied: int16 [lives], the round of the first application.
        born: int16 [lives], the year of birth.
        children: int8 [years, lives], the minor children who would move along.

    """

    years: tuple[int, ...]
    members: int
    people: NDArray[np.uint16] = field(repr=False)
    stays: Floats = field(repr=False)
    totals: NDArray[np.int32] = field(repr=False)
    ranked: NDArray[np.bool_] = field(repr=False)
    ready: Column = field(repr=False)
    applied: Column = field(repr=False)
    born: Column = field(repr=False)
    children: Column = field(repr=False)

    @property
    def replications(self) -> int:
        """The number of replications."""
        return int(self.people.shape[1])

    @cached_property
    def pool(self) -> Floats:
        """How many would be ranked if nobody were ever admitted, float64 [years, replications]."""
        return np.stack([self._in_pool(year) for year in range(len(self.years))])

    @cached_property
    def order(self) -> tuple[Column, ...]:
        """The lives ranked in each year, highest total first."""
        every = [np.flatnonzero(ranked) for ranked in self.ranked]
        return tuple(
            rows[np.argsort(-totals[rows], kind="stable")]
            for rows, totals in zip(every, self.totals, strict=True)
        )

    @cached_property
    def still(self) -> Floats:
        """The share still there after so many rounds, float64 [rounds, replications]."""
        still: Floats = self.stays ** np.arange(len(self.years))[:, None]
        return still

    def waiting(self, rows: Column, year: int, people: NDArray[np.uint16]) -> Amounts:
        """Return how many of their people some lives still are in a year, float32 [rows, replications]."""
        waited = np.clip(self.years[year] - np.maximum(self.ready[rows], self.years[0]), 0, None)
        waiting: Amounts = self.still.astype(np.float32)[waited]
        waiting *= people[rows]
        return waiting

    def _in_pool(self, year: int) -> Floats:
        rows, found = self.order[year], np.zeros(self.replications)
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            found += self.waiting(some, year, self.people).sum(axis=0, dtype=np.float64)
        return found

    def run(self, places: Places) -> WeightedPaths:
        """Admit round by round; whoever ties with the last one admitted is admitted, too.

        Args:
            places: int64 [years], or [years, replications].

        """
        given = np.broadcast_to(places.T, (self.replications, len(self.years))).T
        running = _Running(self, self.people.copy())
        with one_thread():
            for year, quota in enumerate(given):
                running.admit(year, quota)
        return running.told()


@dataclass(frozen=True)
class WeightedPaths:
    """Hold where places lead, each [years, replications].

    Attributes:
        years: the rounds.
        cutoff: int32, hundredths of a point, `simulate.queue.NOBODY` where nobody is admitted.
        admitted: people at or above it.
        backlog: people ranked and not admitted.
        children: minor children of the admitted.
        born: the mean year of birth of the admitted; not a number where nobody is.
        applied: the mean round of their first application; likewise.

    """

    years: tuple[int, ...]
    cutoff: NDArray[np.int32]
    admitted: Floats
    backlog: Floats
    children: Floats
    born: Floats
    applied: Floats


@dataclass
class _Running:
    """Go through the rounds: who is still there, and how many of later rounds' ranked are missing.

    Attributes:
        line: the lives.
        there: how many people each life is, 0 once it is admitted.

    """

    line: WeightedLine
    there: NDArray[np.uint16]

    def __post_init__(self) -> None:
        self.left = self.there.mean(axis=1)
        self.missing = np.zeros_like(self.line.pool)
        self.cutoffs: list[NDArray[np.int32]] = []
        self.sums: list[Floats] = []
        self.backlog: list[Floats] = []

    def admit(self, year: int, quota: Places) -> None:
        """Take everybody at or above the total at which the places are filled."""
        line = self.line
        rows, waiting = self._front(year, quota)
        totals = line.totals[year, rows]
        last, some = _filled(waiting, quota)
        cutoff = np.where(some, totals[last] if len(rows) else 0, NOBODY).astype(np.int32)
        admitted = totals[:, None] >= cutoff
        waiting *= admitted
        self.there[rows] *= ~admitted
        self.left[rows] = self.there[rows].mean(axis=1)
        told = (np.ones(len(rows)), line.children[year, rows], line.born[rows], line.applied[rows])
        kinds = np.stack([*told, *line.ranked[year + 1 :, rows]]).astype(np.float32)
        sums = (kinds @ waiting).astype(np.float64)
        self.missing[year + 1 :] += sums[len(told) :] * line.still[1 : len(line.years) - year]
        self.cutoffs.append(cutoff)
        self.sums.append(sums[: len(told)])
        self.backlog.append(line.pool[year] - self.missing[year] - sums[0])

    def _front(self, year: int, quota: Places) -> tuple[Column, Amounts]:
        """Return the head of a round's ranking, down to where every replication's places are filled."""
        rows = self.line.order[year]
        rows = rows[self.left[rows] > 0]
        falling = -self.line.totals[year, rows]
        # Where they are filled on average, and from there on by steps.
        size = int(np.searchsorted(self.left[rows].cumsum(), quota.max(initial=0))) + _FEW
        done, reached, pieces = 0, np.zeros(self.line.replications), []
        while True:
            size = min(size, len(rows))
            size = int(np.searchsorted(falling, falling[size - 1], side="right")) if size else 0
            pieces.append(self.line.waiting(rows[done:size], year, self.there))
            reached += pieces[-1].sum(axis=0)
            if size == len(rows) or (reached >= quota).all():
                return rows[:size], np.concatenate(pieces)
            done, size = size, size + size // 4

    def told(self) -> WeightedPaths:
        """Return what was kept."""
        admitted, children, born, applied = np.stack(self.sums, axis=1)
        some = np.where(admitted > 0, admitted, np.nan)
        return WeightedPaths(
            self.line.years,
            np.stack(self.cutoffs),
            admitted,
            np.stack(self.backlog),
            children,
            born / some,
            applied / some,
        )


def _filled(waiting: Amounts, quota: Places) -> tuple[Column, NDArray[np.bool_]]:
    """Return the row at which each replication's places are filled, and whether there is one.

    Where there are fewer people than places it is the last row that has any.
    """
    missing = -len(waiting) % _RUN
    runs = np.pad(waiting, ((0, missing), (0, 0))).reshape(-1, _RUN, waiting.shape[1])
    reached = runs.sum(axis=1, dtype=np.float64).cumsum(axis=0)
    needed = np.minimum(quota, reached[-1] if len(reached) else 0.0)
    run = np.minimum((reached < needed).sum(axis=0), max(len(reached) - 1, 0))
    if not len(reached):
        return run, needed > 0
    each = np.arange(waiting.shape[1])
    before = np.where(run > 0, reached[run - 1, each], 0.0)
    within = before + runs[run, :, each].cumsum(axis=1, dtype=np.float64).T
    least = np.minimum(needed, within[-1])
    return run * _RUN + (within < least).sum(axis=0), needed > 0
