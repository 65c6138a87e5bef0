"""Facts from records beside a plain polars group-by over the same rows: ``python -m tests.bench.histories``.

The group-by counts the records of every applicant in every table and finds the first and last month of
spells: the least that any count of facts has to do. Memory is measured in a fresh process that reads the
tables itself.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import click
import polars as pl

from scoring.histories import facts
from scoring.rulebook import Rulebook
from tests.bench.facts import ROUND_YEAR, RULES, SEED
from tests.bench.records import Tables, random_records

REPEATS = 5
GOAL = 6


def grouped(tables: Tables) -> list[pl.DataFrame]:
    """Group every table by the applicant, the spells of both kinds together."""
    months = ("applicant_id", "first_month", "last_month")
    spells = pl.concat([tables[name].select(months) for name in ("insurance", "dwellings")])
    first_and_last = (pl.len(), pl.col("first_month").min(), pl.col("last_month").max())
    others = [table for name, table in tables.items() if name not in ("applicants", "insurance", "dwellings")]
    return [
        spells.group_by("applicant_id").agg(first_and_last),
        *(table.group_by("applicant_id").agg(pl.len()) for table in others),
    ]


@click.command(help=__doc__)
@click.option("--size", type=int, default=1_000_000, show_default=True, help="Number of applicants.")
@click.option("--shuffled", is_flag=True, help="Records in no order.")
@click.option("--seed", type=int, default=SEED, show_default=True)
@click.option("--folder", type=Path, hidden=True, help="Count the tables there and print the peak memory.")
def main(size: int, shuffled: bool, seed: int, folder: Path | None) -> None:
    """Print both times, their ratio, and the peak memory."""
    rules = Rulebook.load(RULES)
    if folder is not None:
        facts(read(folder), rules, round_year=ROUND_YEAR)
        click.echo(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    tables = random_records(size, rules, seed=seed)
    if shuffled:
        tables = {name: table.sample(fraction=1, shuffle=True, seed=seed) for name, table in tables.items()}
    rows = sum(table.height for name, table in tables.items() if name != "applicants")
    plain, ours = in_turns(lambda: grouped(tables), lambda: facts(tables, rules, round_year=ROUND_YEAR))
    click.echo(f"{size:,} applicants, {rows:,} records{' in no order' if shuffled else ''}")
    click.echo(f"  group-by {plain:6.2f} s")
    click.echo(f"  facts    {ours:6.2f} s, {ours / plain:.1f} times that (goal: at most {GOAL})")
    click.echo(f"  peak memory, reading the tables included: {peak(tables) / 1e9:.2f} GB")


def read(folder: Path) -> Tables:
    """Read the tables of a folder."""
    return {path.stem: pl.read_parquet(path) for path in folder.glob("*.parquet")}


def in_turns(*ways: Callable[[], Any]) -> list[float]:
    """Run all ways in turn and return their median seconds, so that a busy moment falls on all of them."""
    seconds: list[list[float]] = [[] for _ in ways]
    for _ in range(REPEATS):
        for way, taken in zip(ways, seconds, strict=True):
            start = time.perf_counter()
            way()
            taken.append(time.perf_counter() - start)
    return [median(taken) for taken in seconds]


def peak(tables: Tables) -> int:
    """Return the most bytes held by a fresh process that reads the tables and counts the facts."""
    with tempfile.TemporaryDirectory() as folder:
        for name, table in tables.items():
            table.write_parquet(Path(folder) / f"{name}.parquet")
        command = [sys.executable, "-m", "tests.bench.histories", "--folder", folder]
        return 1024 * int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
