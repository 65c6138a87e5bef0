"""Scoring and ranking beside other ways to do it: part of ``make bench``.

Alone: ``python -m tests.bench.scored``, with ``--only 130000`` for a quick run.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version

import click

from scoring.rulebook import Rulebook
from tests.bench.facts import QUOTA, ROUND_YEAR, RULES, SEED, random_facts
from tests.bench.memory import WAYS, extra_bytes
from tests.bench.targets import Measured, verdicts
from tests.bench.ways import BY_HAND, COPY, JIFEN, OPENFISCA, POLARS, Way, run, ways

REPEATS = {130_000: (15, 5), 1_000_000: (9, 3), 10_000_000: (5, 1)}
"""Runs of each way, and of OpenFisca, by the number of facts."""

HEAD = ("", "median", "a fact", "times jifen", "wrong ranks", "extra bytes a fact", "runs")
WIDTHS = (12, 11, 11, 13, 13, 19, 5)


def report(only: Sequence[int] = (), seed: int = SEED) -> None:
    """Print a table for each number of facts, and a line for each target."""
    rules = Rulebook.load(RULES)
    _print_setting(rules)
    results = [_measure(size, rules, seed) for size in only or REPEATS]
    click.echo("Targets")
    for verdict in verdicts(results):
        click.echo(f"  {verdict}")


def _print_setting(rules: Rulebook) -> None:
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "polars", "openfisca-core"))
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    click.echo(
        f"Scoring and ranking random facts: {rules.name}, round {ROUND_YEAR}, quota {QUOTA:,}.\n"
        f"Python {platform.python_version()}, {packages}; {os.cpu_count()} cores{load}.\n"
        "Medians. All ways take turns in one process; memory is measured in a fresh one each.\n"
        "Ten million facts take some minutes and 8 GB, which is OpenFisca's part.\n"
        f"{COPY}: numpy copies one buffer of as many bytes as the facts' columns have, nothing more.\n"
        f"{JIFEN}: from the frame of facts to the ten columns, total, reasons, rank and admission.\n"
        f"{POLARS}: one lazy query in whole numbers, and its own rank.\n"
        f"{OPENFISCA}: its inputs converted beforehand, parameters by level read as it documents;\n"
        f"{BY_HAND}: the same, with levels and awards looked up in arrays by hand instead.\n"
    )


def _measure(size: int, rules: Rulebook, seed: int) -> Measured:
    extra = {way: extra_bytes(way, size) for way in WAYS}
    facts = random_facts(size, rules, seed=seed)
    repeats, openfisca_repeats = REPEATS.get(size, (5, 1))
    every = ways(facts, rules, repeats=repeats, openfisca_repeats=openfisca_repeats)
    run(every)
    measured = Measured(size, every, extra)
    click.echo(f"{size:,} facts of {facts.estimated_size() / size:.0f} bytes in {facts.width} columns")
    click.echo(_line(HEAD))
    for way in every.values():
        click.echo(_line(_cells(way, measured)))
    for note in measured.disagreements():
        click.echo(f"  {note}")
    click.echo()
    return measured


def _cells(way: Way, measured: Measured) -> tuple[str, ...]:
    extra = measured.extra_a_fact(way.name)
    return (
        way.name,
        f"{way.median * 1e3:,.1f} ms",
        f"{way.median / measured.facts * 1e9:,.1f} ns",
        f"{way.median / measured.ways[JIFEN].median:,.2f}",
        "" if way.last is None else f"{way.last.wrong_ranks:,}",
        "" if extra is None else f"{extra:,.1f}",
        str(way.repeats),
    )


def _line(cells: tuple[str, ...]) -> str:
    first, *rest = (cell.rjust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return "  " + first.strip().ljust(WIDTHS[0]) + "".join(rest)


@click.command(help=__doc__)
@click.option("--only", type=int, multiple=True, help="Number of facts; may be given more than once.")
@click.option("--seed", type=int, default=SEED, show_default=True)
def main(only: tuple[int, ...], seed: int) -> None:
    """Run alone."""
    report(only, seed)


if __name__ == "__main__":
    main()
