"""Ten years of the queue beside other ways to run it: part of ``make bench``.

Alone: ``python -m tests.bench.queue``, with ``--quick`` for a first look.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import click
import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.queue import NOT_YET, Group, Line, Presence, admit

YEARS = tuple(range(2021, 2031))
POOL = 130_000
ENTRANTS = 20_000
QUOTA = 6_000
REPLICATIONS = 200
LEVELS = (11, 5, 10, 2, 8, 6)
"""Levels of six groups, 42 in all."""

GAINS = (350, 400, 600, 700)
ENTERS, LEAVES, WITHDRAWS = 0.5, 0.03, 0.01

JIFEN, AGAIN = "jifen", "jifen, another quota"
NUMPY, POLARS = "numpy, one replication", "polars, year by year"

MOST_OF_ONE = 25.0
LEAST_OF_POLARS = 35.0

Cutoffs = NDArray[np.int64]


@dataclass
class Way:
    """Hold a way of running the queue: how many replications it is given, and what its runs took."""

    name: str
    replications: int
    run: Callable[[], Cutoffs]
    seconds: list[float] = field(default_factory=list)
    cutoffs: Cutoffs | None = None

    def once(self) -> None:
        """Run once and keep the time and the cutoffs, int64 [years, replications]."""
        start = time.perf_counter()
        self.cutoffs = self.run()
        self.seconds.append(time.perf_counter() - start)

    @property
    def median(self) -> float:
        """The median of the runs, in seconds."""
        return median(self.seconds)


def line() -> Line:
    """Return a pool and as many entrants every year, who gain points at four rates."""
    random = np.random.default_rng(1)
    later = ENTRANTS * len(YEARS)
    start = np.concatenate([random.normal(7_500, 1_300, POOL), random.normal(7_200, 1_500, later)])
    people = len(start)
    gained = np.arange(len(YEARS))[:, None] * random.choice(GAINS, people)
    groups = {
        f"group {at}": Group(tuple(map(str, range(levels))), random.integers(0, levels, people))
        for at, levels in enumerate(LEVELS)
    }
    return Line(
        years=YEARS,
        totals=(start + gained).astype(np.int32),
        eligible=random.random((len(YEARS), people)) < 0.97,
        enters=np.array(ENTERS),
        leaves=np.array(LEAVES),
        applied_since=np.where(np.arange(people) < POOL, YEARS[0] - 1, NOT_YET),
        arrives=np.concatenate([np.full(POOL, YEARS[0] - 1), np.repeat(YEARS, ENTRANTS)]),
        withdraws=np.array(WITHDRAWS),
        children=random.integers(0, 3, people),
        groups=groups,
    )


@dataclass(frozen=True)
class Plain:
    """Run one replication after the other, with chance drawn as one would at first.

    They tell what the queue tells: the cutoff, who is where, who came, left, was admitted and withdrew, the
    children, the years waited, and the groups of the admitted.
    """

    line: Line
    frame: pl.DataFrame

    @classmethod
    def of(cls, line: Line) -> Plain:
        """Take a line as a frame, a column a year for what changes."""
        columns: dict[str, NDArray[Any]] = {
            name: group.codes[0].astype(np.uint8) for name, group in line.groups.items()
        }
        for at, year in enumerate(line.years):
            columns |= {f"total {year}": line.totals[at], f"eligible {year}": line.eligible[at]}
        rest = {"arrives": line.arrives, "children": line.children[0], "since": line.applied_since}
        return cls(line, pl.DataFrame({**columns, **rest}))

    def numpy(self, seed: int) -> Cutoffs:
        """Run one replication in arrays."""
        random, line = np.random.default_rng(seed), self.line
        since = line.applied_since.copy()
        pool = since != NOT_YET
        waiting = ~pool
        cutoffs = []
        for at, year in enumerate(line.years):
            stays = random.random(line.people) >= LEAVES
            there = line.arrives <= year
            enters = waiting & there & stays & (random.random(line.people) < ENTERS)
            left = pool & ~stays
            waiting &= ~enters & (stays | ~there)
            pool = (pool & stays) | enters
            since[enters] = year
            ranked = np.flatnonzero(pool & line.eligible[at])
            found = line.totals[at][ranked]
            cutoff = np.partition(found, len(found) - QUOTA)[len(found) - QUOTA]
            admitted = ranked[found >= cutoff]
            stay = random.random(len(admitted)) >= WITHDRAWS
            line.children[at][admitted[stay]].sum()
            np.bincount(year - since[admitted])
            for group in line.groups.values():
                np.bincount(group.codes[at][admitted], minlength=len(group.levels))
            for counted in (pool, enters, left, waiting & there, found == cutoff):
                np.count_nonzero(counted)
            pool[admitted] = False
            cutoffs.append(int(cutoff))
        return np.array(cutoffs)[:, None]

    def polars(self, seed: int) -> Cutoffs:
        """Run one replication in frames: filter, take the highest, count the groups of the admitted."""
        random, first = np.random.default_rng(seed), self.line.applied_since != NOT_YET
        people = self.frame.with_columns(pl.Series("pool", first), pl.Series("waiting", ~first))
        cutoffs = []
        for year in self.line.years:
            people = people.with_columns(
                stays=pl.Series(random.random(people.height)) >= LEAVES,
                lucky=pl.Series(random.random(people.height)) < ENTERS,
            )
            come, stays = pl.col("arrives") <= year, pl.col("stays")
            people = people.with_columns(enters=pl.col("waiting") & come & stays & pl.col("lucky"))
            people.select((pl.col("pool") & ~stays).sum())
            people = people.with_columns(
                pool=(pl.col("pool") & stays) | pl.col("enters"),
                waiting=pl.col("waiting") & ~pl.col("enters") & (stays | ~come),
                since=pl.when("enters").then(year).otherwise("since"),
            )
            people.select(pl.col("pool", "enters").sum(), there=(pl.col("waiting") & come).sum())
            total, ranked = pl.col(f"total {year}"), pl.col("pool") & pl.col(f"eligible {year}")
            cutoffs.append(people.filter(ranked).select(total.top_k(QUOTA).min()).item())
            taken = ranked & (total >= cutoffs[-1])
            admitted = people.filter(taken)
            stay = pl.Series(random.random(admitted.height)) >= WITHDRAWS
            admitted.select(stay.sum(), (total == cutoffs[-1]).sum(), pl.col("children").filter(stay).sum())
            for name in (*self.line.groups, "since"):
                admitted.group_by(name).len()
            people = people.with_columns(pool=pl.col("pool") & ~taken)
        return np.array(cutoffs)[:, None]


def ways(people: Line) -> dict[str, Way]:
    """Return the ways; polars gets two replications, and is compared by the time of one."""
    plain = Plain.of(people)
    drawn = Presence.draw(people, replications=REPLICATIONS, seed=7)

    def jifen() -> Cutoffs:
        presence = Presence.draw(people, replications=REPLICATIONS, seed=7)
        return admit(presence, QUOTA).cutoff.astype(np.int64)

    return {
        way.name: way
        for way in (
            Way(JIFEN, REPLICATIONS, jifen),
            Way(AGAIN, REPLICATIONS, lambda: admit(drawn, QUOTA - 500).cutoff.astype(np.int64)),
            Way(NUMPY, 1, lambda: plain.numpy(1)),
            Way(POLARS, 2, lambda: np.hstack([plain.polars(seed) for seed in (1, 2)])),
        )
    }


def differences(every: dict[str, Way]) -> float:
    """Return by how many points mean cutoffs of one replication lie from jifen's, at most, in any year."""
    jifen, other = (every[name].cutoffs for name in (JIFEN, NUMPY))
    assert jifen is not None
    assert other is not None
    return float(np.abs(jifen.mean(axis=1) - other[:, 0]).max() / 100)


def report(*, repeats: int = 7) -> None:
    """Print a line for each way, and whether the targets are reached."""
    people = line()
    click.echo(
        f"\n{len(YEARS)} years x {REPLICATIONS} replications of the queue: {POOL:,} people in the pool and "
        f"{ENTRANTS:,} more each year, quota {QUOTA:,}, {len(LEVELS)} groups of {sum(LEVELS)} levels.\n"
        "Medians. All ways take turns; jifen draws in two threads, polars uses what it likes.\n"
    )
    every = ways(people)
    for _ in range(repeats):
        for way in every.values():
            way.once()
    for way in every.values():
        each = way.median / way.replications * 1e3
        click.echo(f"  {way.name:<26}{way.median:>8.3f} s{each:>10.1f} ms a replication")
    click.echo(
        f"  cutoffs of one numpy replication are within {differences(every):.2f} points of the means\n"
    )
    one = every[JIFEN].median / every[NUMPY].median
    slow = every[POLARS].median / every[POLARS].replications * REPLICATIONS / every[JIFEN].median
    for reached, text in (
        (one <= MOST_OF_ONE, f"{one:.1f} times one numpy replication (asked for: {MOST_OF_ONE:g} or less)"),
        (slow >= LEAST_OF_POLARS, f"{slow:.1f} times as fast as polars (asked for: {LEAST_OF_POLARS:g})"),
    ):
        click.echo(f"  {'reached' if reached else 'NOT reached':<12}jifen: {text}")


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="Three runs of each way instead of seven.")
def main(*, quick: bool) -> None:
    """Run alone."""
    report(repeats=3 if quick else 7)


if __name__ == "__main__":
    main()
