"""People who do not exist, into files and into facts, beside what is asked for: part of ``make bench``.

Alone: ``python -m tests.bench.people``, with ``--quick`` for fewer of them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

from scoring import Rulebook
from scoring.histories import facts as counted_from
from synthetic_data.population import Parameters, draw, facts_of, points_of
from synthetic_data.population.records import histories_of

APPLICANTS, MANY = 122_852, 1_000_000
ROUND_YEAR = 2020
REPEATS = 5
MOST_SECONDS = {"facts.parquet": 5.0, "histories": 15.0}
MOST_GROWTH = 1.3
"""How much more memory so many times as many people may take: hardly more than the same."""

_MEASURED = """
import resource, sys
from reports.cli import main
try:
    main(sys.argv[1:])
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_maxrss, used.ru_utime + used.ru_stime, file=sys.stderr)
"""


@dataclass(frozen=True)
class Run:
    """Hold what a process took: seconds from start to end, seconds of a processor, and the peak bytes."""

    seconds: float
    processor: float
    peak: int


def synth(name: str, size: int) -> Run:
    """Run ``jifen synth`` in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        size_and_seed = ("--round", str(ROUND_YEAR), "--size", str(size), "--seed", "1")
        command = [
            sys.executable,
            "-c",
            _MEASURED,
            "synth",
            *size_and_seed,
            "--out",
            str(Path(folder) / name),
        ]
        start = time.perf_counter()
        said = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds = time.perf_counter() - start
    peak, processor = said.stderr.split()[-2:]
    return Run(seconds, float(processor), 1024 * int(peak))


def report(applicants: int = APPLICANTS, many: int = MANY) -> None:
    """Print times and memory, and whether the targets are reached."""
    click.echo(f"\njifen synth, {applicants:,} applicants of {ROUND_YEAR}, in a process of its own.\n")
    runs = {name: synth(name, applicants) for name in MOST_SECONDS}
    for name, run in runs.items():
        took = f"{run.seconds:.1f} s, {run.processor:.1f} s of a processor"
        most = MOST_SECONDS[name]
        _told(run.seconds <= most, f"{name}: {took} (asked for: {most:g} s or less)")
    for name, few in runs.items():
        run = synth(name, many)
        took = f"{run.seconds:.1f} s, {run.processor:.1f} s of a processor"
        held = f"{run.peak / 1e6:.0f} MB, {few.peak / 1e6:.0f} MB for {applicants:,}"
        _told(run.peak <= MOST_GROWTH * few.peak, f"{name}, {many:,} applicants: {held}; {took}")
    _in_this_process(applicants)


def _in_this_process(people: int) -> None:
    """Print what a round's facts take by dates in closed form, and by counting the records behind them."""
    rules = Rulebook.load("beijing-2020")
    lives = draw(Parameters.load(), size=people, seed=1)
    records = histories_of(lives, rules, ROUND_YEAR)
    ways: dict[str, Callable[[], object]] = {
        "draw lives": lambda: draw(Parameters.load(), size=people, seed=1),
        "points of a round": lambda: points_of(lives, rules, ROUND_YEAR),
        "facts of a round": lambda: facts_of(lives, rules, ROUND_YEAR),
        "records of a round": lambda: histories_of(lives, rules, ROUND_YEAR),
        "facts counted from records": lambda: counted_from(records, rules, round_year=ROUND_YEAR),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(REPEATS):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    click.echo(f"\n{people:,} people in memory.\n")
    for name, taken in seconds.items():
        click.echo(f"  {name:<28}{1000 * median(taken):>8.0f} ms")
    times = median(seconds["facts counted from records"]) / median(seconds["facts of a round"])
    click.echo(
        f"\n  facts by dates {times:.1f} times as fast as counted from records, which are the same facts"
    )


def _told(reached: bool, what: str) -> None:
    click.echo(f"  {'reached' if reached else 'NOT reached':<12}{what}")


@click.command(help=__doc__)
@click.option("--quick", is_flag=True, help="Fewer people.")
def main(quick: bool) -> None:
    """Print what was measured."""
    report(many=300_000) if quick else report()


if __name__ == "__main__":
    main()
