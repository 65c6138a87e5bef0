"""A hundred thousand draws on one worker, on two, and on a Dask cluster: part of ``make bench``.

Alone: ``python -m tests.bench.executors``, with ``--quick`` for fewer draws.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import click
import polars as pl
from distributed import LocalCluster

import scoring
from scoring.rulebook import INDICATORS
from simulate.executor.cluster import HERE
from simulate.experiment import Experiment, Result, run
from tests.bench.draws import GROUPS, QUOTA, cohort

DRAWS = 100_000
REPEATS = 3
ONE, TWO, DASK = "one worker", "two workers", "Dask, two workers"
LEAST_GAIN, MOST_FOR_DASK = 1.3, 1.3


def experiment(people: scoring.Cohort, draws: int) -> Experiment:
    """Return draws of nine weights within 20 % and of the quota within 5 %, over a cohort at hand."""
    levers: dict[str, object] = {f"weights.{name}": {"low": 0.8, "high": 1.2} for name in INDICATORS}
    levers["quota"] = {"low": 95 * QUOTA // 100, "high": 105 * QUOTA // 100, "kind": "integer"}
    spec: dict[str, object] = {
        "rules": "beijing-2020",
        "draws": draws,
        "seed": 7,
        "design": "random",
        "baseline": {"quota": QUOTA},
        "levers": levers,
        "outcomes": {"groups": list(GROUPS)},
    }
    return Experiment.of(spec, cohort=people)


def report(draws: int = DRAWS) -> None:
    """Print the times, and whether the targets are reached; the cluster is there before the runs begin."""
    people = cohort(scoring.Rulebook.load("beijing-2020"))
    start = time.perf_counter()
    with LocalCluster(n_workers=2, threads_per_worker=1, host=HERE, dashboard_address=f"{HERE}:0") as dask:
        begun = time.perf_counter() - start
        seconds, outcomes = _timed(experiment(people, draws), dask.scheduler_address)
    click.echo(f"\n{draws:,} draws of weights and quota over {people.frame.height:,} eligible applicants.\n")
    for name, taken in seconds.items():
        click.echo(f"  {name:<20}{median(taken):>8.2f} s")
    click.echo(f"  {'starting Dask, once':<20}{begun:>8.2f} s\n")
    gain = median(seconds[ONE]) / median(seconds[TWO])
    dask = median(seconds[DASK]) / median(seconds[TWO])
    same = all(outcomes[ONE].equals(other) for other in outcomes.values())
    _told(gain >= LEAST_GAIN, f"two workers: {gain:.2f} times as fast as one (asked for: {LEAST_GAIN})")
    _told(dask <= MOST_FOR_DASK, f"Dask: {dask:.2f} times as long as threads (asked for: {MOST_FOR_DASK})")
    _told(same, "the same outcomes everywhere")


def _timed(asked: Experiment, address: str) -> tuple[dict[str, list[float]], dict[str, pl.DataFrame]]:
    """Let all ways take turns."""
    ways: dict[str, Callable[[], Result]] = {
        ONE: lambda: run(asked, workers=1),
        TWO: lambda: run(asked, workers=2),
        DASK: lambda: run(asked, cluster=address),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    outcomes = {}
    for _ in range(REPEATS):
        for name, way in ways.items():
            start = time.perf_counter()
            result = way()
            seconds[name].append(time.perf_counter() - start)
            outcomes[name] = result.outcomes.collect()
    return seconds, outcomes


def _told(reached: bool, what: str) -> None:
    click.echo(f"  {'reached' if reached else 'NOT reached':<12}{what}")


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="A fifth of the draws.")
def main(*, quick: bool) -> None:
    """Run alone."""
    report(DRAWS // 5 if quick else DRAWS)


if __name__ == "__main__":
    main()
