"""Ten thousand what-ifs beside other ways to answer them: part of ``make bench``.

Alone: ``python -m tests.bench.draws``, with ``--quick`` for a first look.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from typing import Any
from unittest.mock import patch

import click
import numpy as np
import polars as pl
from numpy.typing import NDArray

import scoring
from scoring.rulebook import INDICATORS
from simulate.engine import UNIT, Draws, Engine, batch
from simulate.engine.blas import one_thread
from simulate.live import Workbench
from synthetic_data.population import facts

DRAWS = 10_000
ELIGIBLE = 130_000
QUOTA = 6_000
ROUND_YEAR = 2020
GROUPS = ("education_level", "age_band", "sector", "sex", "area", "wave")
OWN = {"area": "abcdefgh", "wave": "vwxyz"}
"""Two groups drawn at random, so that there are six with 40 levels."""

BLOCK = 16
"""Draws whose scores the plain ways of numpy form at once."""

Cutoffs = list[int]


@dataclass
class Way:
    """Hold a way of answering draws: how many it is given in a run, and what its runs took.

    ``run`` returns cutoffs in 1/102,400 of a point, or nothing if it finds none.
    """

    name: str
    draws: Draws
    run: Callable[[Draws], Cutoffs | None]
    seconds: list[float] = field(default_factory=list)
    cutoffs: Cutoffs | None = None

    def once(self) -> None:
        """Run once and keep the time."""
        start = time.perf_counter()
        self.cutoffs = self.run(self.draws)
        self.seconds.append(time.perf_counter() - start)

    @property
    def a_draw(self) -> float:
        """The median of the runs, in seconds a draw."""
        return median(self.seconds) / len(self.draws)


def cohort(rules: scoring.Rulebook) -> scoring.Cohort:
    """Return generated applicants, all of them eligible."""
    people = facts(rules, round_year=ROUND_YEAR, size=ELIGIBLE + ELIGIBLE // 20, seed=1)
    random = np.random.default_rng(1)
    own = {name: random.choice(list(levels), people.height) for name, levels in OWN.items()}
    people = people.with_columns(pl.Series(name, values) for name, values in own.items())
    every = scoring.Cohort.from_frame(people, rules=rules, round_year=ROUND_YEAR)
    eligible = scoring.score(every, rules, quota=QUOTA).frame.get_column("eligible")
    first = people.filter(eligible).head(ELIGIBLE)
    return scoring.Cohort.from_frame(first, rules=rules, round_year=ROUND_YEAR)


def weights_drawn(draws: int, spread: float, *, seed: int = 7) -> Draws:
    """Draw nine weights within *spread* of 1 and a quota within 5 % of the baseline's."""
    random = np.random.default_rng(seed)
    weights = np.rint(random.uniform(1 - spread, 1 + spread, (draws, len(INDICATORS))) * UNIT)
    quota = np.rint(random.uniform(0.95 * QUOTA, 1.05 * QUOTA, draws)).astype(np.int64)
    return Draws(weights.astype(np.int32), quota)


def rules_drawn(draws: int, rules: scoring.Rulebook, *, seed: int = 7) -> Draws:
    """Draw values of eight paths, rates to the quarter of a point and caps to the point; one quota."""
    random = np.random.default_rng(seed)
    ladders = [rules["age.ladder"], [{"up_to": 45, "points": 20}], [{"up_to": 50, "points": 20}]]
    pools: dict[str, Sequence[Any]] = {
        "employment.points_per_year": [quarter / 4 for quarter in range(8, 17)],
        "residence.own_home_points_per_year": [quarter / 4 for quarter in range(2, 7)],
        "residence.other_home_points_per_year": [quarter / 4 for quarter in range(1, 5)],
        "education.points.bachelor": range(12, 19),
        "education.points.master": range(20, 31),
        "job_housing_area.max_points": range(6, 16),
        "tax.points_per_award": range(1, 4),
        "age.ladder": ladders,
    }
    changes = tuple(
        {path: pool[int(random.integers(len(pool)))] for path, pool in pools.items()} for _ in range(draws)
    )
    ones = np.full((draws, len(INDICATORS)), UNIT, dtype=np.int32)
    return Draws(ones, np.full(draws, QUOTA), changes)


@dataclass(frozen=True)
class Plain:
    """Answer draws of weights without bounds, predictions or whole people set aside."""

    points: pl.DataFrame
    groups: pl.DataFrame

    @cached_property
    def columns(self) -> NDArray[np.float64]:
        """The points, [9, people]."""
        return np.ascontiguousarray(self.points.to_numpy().T, dtype=np.float64)

    @cached_property
    def members(self) -> NDArray[np.float32]:
        """Who is in which level, [people, levels]."""
        return self.groups.to_dummies().to_numpy().astype(np.float32)

    @classmethod
    def of(cls, people: scoring.Cohort, rules: scoring.Rulebook) -> Plain:
        """Take the nine columns of points, in hundredths, and the groups."""
        frame = scoring.score(people, rules, quota=QUOTA).frame
        less = frame.with_columns(pl.col("education") + pl.col("study_deduction"))
        return cls(less.select((pl.col(INDICATORS) * 100).cast(pl.Int64)), frame.select(GROUPS))

    def scores(self, draws: Draws) -> None:
        """Form every score in float64, and nothing else."""
        for _ in self._blocks(draws):
            pass

    def partitions(self, draws: Draws) -> Cutoffs:
        """Form every score in float64, partition it at the quota, and count groups by a second product."""
        cutoffs = []
        people = np.zeros(len(self.columns[0]))
        with one_thread():
            for some, scores in self._blocks(draws):
                ranks = scores.shape[1] - draws.quota[some]
                found = [np.partition(row, rank)[rank] for row, rank in zip(scores, ranks, strict=True)]
                admitted = (scores >= np.array(found)[:, None]).astype(np.float32)
                admitted @ self.members
                people += admitted.sum(axis=0)
                cutoffs += [int(cutoff) for cutoff in found]
        return cutoffs

    def _blocks(self, draws: Draws) -> Iterator[tuple[slice, NDArray[np.float64]]]:
        """Yield scores, float64 [draws, people]: the faster way round."""
        out = np.empty((BLOCK, self.columns.shape[1]))
        for start in range(0, len(draws), BLOCK):
            some = slice(start, start + BLOCK)
            weights = draws.weights[some].astype(np.float64)
            with one_thread():
                np.matmul(weights, self.columns, out=out[: len(weights)])
            yield some, out[: len(weights)]

    def tuned(self, draws: Draws) -> Cutoffs:
        """Loop in polars: form the scores, take the highest, count the groups of the admitted."""
        cutoffs = []
        for draw, quota in enumerate(draws.quota.tolist()):
            total = self.points.select(self._total(draws, draw)).to_series()
            cutoffs.append(total.top_k(quota).sort().item(0))
            admitted = self.groups.filter(total >= cutoffs[-1])
            for name in GROUPS:
                admitted.get_column(name).value_counts(sort=False)
        return cutoffs

    def sorting(self, draws: Draws) -> Cutoffs:
        """Score anew in polars, sort everyone, and count the groups of the admitted."""
        cutoffs = []
        for draw, quota in enumerate(draws.quota.tolist()):
            total = self._total(draws, draw)
            ranked = pl.concat([self.points, self.groups], how="horizontal").with_columns(total=total)
            ranked = ranked.sort("total", descending=True)
            cutoffs.append(ranked.item(quota - 1, "total"))
            admitted = ranked.filter(pl.col("total") >= cutoffs[-1])
            for name in GROUPS:
                admitted.group_by(name).len()
        return cutoffs

    def _total(self, draws: Draws, draw: int) -> pl.Expr:
        weights = zip(INDICATORS, draws.weights[draw].tolist(), strict=True)
        return pl.sum_horizontal(pl.col(name) * weight for name, weight in weights).alias("total")


JIFEN, WIDER, SCORES = "jifen, weights +-20 %", "jifen, weights +-50 %", "one float64 pass of scores"
PARTITION, TUNED, SORTING = "GEMM + partition", "polars, tuned", "polars, sorting"
RULES, SINGLY = "jifen, any rule", "jifen, any rule, by brute force"
LIVE = "jifen, workbench"

TARGETS = (
    (JIFEN, SCORES, 1 / 0.25),
    (WIDER, SCORES, 1.0),
    (JIFEN, PARTITION, 40.0),
    (JIFEN, TUNED, 80.0),
    (JIFEN, SORTING, 400.0),
)
"""A way, another, and how many times longer that one has to take."""

MOST_SECONDS = {RULES: 0.4e-3, SINGLY: 2e-3, LIVE: 20e-3}
MOST_BYTES = 100_000_000


def ways(people: scoring.Cohort, rules: scoring.Rulebook, engine: Engine) -> dict[str, Way]:
    """Return the ways; slow ones get fewer draws, and are compared by the time of a draw."""
    plain = Plain.of(people, rules)

    def jifen(draws: Draws) -> Cutoffs:
        return list(engine.run(draws).cutoff_exact)

    def singly(draws: Draws) -> Cutoffs:
        with patch.object(batch, "_FEWEST", DRAWS + 1):
            return jifen(draws)

    live = Workbench(engine, QUOTA, engine.run(rules_drawn(1, rules)))

    def asked(draws: Draws) -> None:
        for changes in draws.changes or ():
            live.ask(changes=changes)

    narrow, wide = weights_drawn(DRAWS, 0.2), weights_drawn(DRAWS, 0.5)
    changing = rules_drawn(DRAWS, rules)
    return {
        way.name: way
        for way in (
            Way(JIFEN, narrow, jifen),
            Way(SCORES, narrow[:640], plain.scores),
            Way(PARTITION, narrow[:160], plain.partitions),
            Way(TUNED, narrow[:30], plain.tuned),
            Way(SORTING, narrow[:15], plain.sorting),
            Way(WIDER, wide, jifen),
            Way(RULES, changing, jifen),
            Way(SINGLY, changing[:400], singly),
            Way(LIVE, changing[:20], asked),
        )
    }


def disagreements(every: dict[str, Way]) -> int:
    """Count the cutoffs that differ from jifen's of the same draw."""
    pairs = [(JIFEN, name) for name in (PARTITION, TUNED, SORTING)] + [(RULES, SINGLY)]
    return sum(
        one != other
        for first, second in pairs
        for one, other in zip(every[first].cutoffs or [], every[second].cutoffs or [], strict=False)
    )


def extra_bytes(way: Way) -> int:
    """Return the most bytes that a run held at once beyond what was there before."""
    tracemalloc.start()
    way.run(way.draws)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def verdicts(every: dict[str, Way]) -> list[tuple[bool, str]]:
    """Say of each target whether it is reached, and what was measured."""
    told = []
    for name, other, least in TARGETS:
        times = every[other].a_draw / every[name].a_draw
        told.append((times >= least, f"{name}: {times:.1f} times as fast as {other} (asked for: {least:g})"))
    for name, most in MOST_SECONDS.items():
        milliseconds = every[name].a_draw * 1e3
        text = f"{name}: {milliseconds:.2f} ms a draw (asked for: {most * 1e3:g} or less)"
        told.append((every[name].a_draw <= most, text))
    for name in (JIFEN, WIDER, RULES):
        extra = extra_bytes(every[name])
        told.append((extra <= MOST_BYTES, f"{name}: {extra / 1e6:.0f} MB extra (asked for: 100 or less)"))
    wrong = disagreements(every)
    return [*told, (not wrong, f"{wrong} cutoffs of the same draw that differ (asked for: none)")]


def report(repeats: int = 7) -> None:
    """Print the times and whether the targets are reached."""
    rules = scoring.Rulebook.load("beijing-2020")
    people = cohort(rules)
    engine = Engine.prepare(people, rules, groups=GROUPS, quota=QUOTA)
    click.echo(
        f"\n{DRAWS:,} draws over {people.frame.height:,} eligible applicants, quota {QUOTA:,} +-5 %, "
        f"{len(GROUPS)} groups of {len(engine.groups.levels)} levels.\n"
        "Medians. All ways take turns; slow ones are given fewer draws, and times are those of 10,000.\n"
        "numpy's products run in one thread, polars in as many as it likes.\n"
    )
    every = ways(people, rules, engine)
    for _ in range(repeats):
        for way in every.values():
            way.once()
    for way in every.values():
        seconds = way.a_draw * DRAWS
        times = seconds / (every[JIFEN].a_draw * DRAWS)
        click.echo(f"  {way.name:<30}{seconds:>9.2f} s {times:>9.1f} x{len(way.draws):>9,} draws a run")
    click.echo()
    for reached, text in verdicts(every):
        click.echo(f"  {'reached' if reached else 'NOT reached':<12}{text}")


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="Three runs of each way instead of seven.")
def main(*, quick: bool) -> None:
    """Run alone."""
    report(repeats=3 if quick else 7)


if __name__ == "__main__":
    main()
