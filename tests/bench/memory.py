"""Measure what a way of scoring holds beside the facts, in a process of its own.

``python -m tests.bench.memory jifen 130000`` prints the most bytes held at once while scoring and ranking,
what comes out included, less the bytes held before. Linux alone lets a process set its highest mark back.
"""

from __future__ import annotations

import ctypes
import gc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import polars as pl

from scoring.rulebook import Rulebook
from tests.bench import by_jifen, by_openfisca, by_polars
from tests.bench.facts import QUOTA, ROUND_YEAR, RULES, random_facts
from tests.bench.openfisca_rules import documented

WAYS = ("jifen", "polars", "OpenFisca")
STATUS = Path("/proc/self/status")
SET_BACK = Path("/proc/self/clear_refs")

Run = Callable[[pl.DataFrame], Any]


def extra_bytes(way: str, size: int) -> int | None:
    """Return the extra bytes of one way over so many facts, or None where the system does not tell."""
    if not SET_BACK.exists():
        return None
    command = [sys.executable, "-m", "tests.bench.memory", way, str(size)]
    return int(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def runs(rules: Rulebook) -> dict[str, Run]:
    """Return each way as a function of the facts, in the order of `WAYS`."""

    def jifen(facts: pl.DataFrame) -> Any:
        return by_jifen.score(facts, rules, year=ROUND_YEAR, quota=QUOTA)

    def polars(facts: pl.DataFrame) -> Any:
        return by_polars.score(facts, rules, year=ROUND_YEAR, quota=QUOTA)

    def openfisca(facts: pl.DataFrame) -> Any:
        system = by_openfisca.tax_benefit_system(facts, rules, documented)
        arrays = by_openfisca.inputs(facts, system)
        return by_openfisca.score(system, arrays, year=ROUND_YEAR, quota=QUOTA)

    return dict(zip(WAYS, (jifen, polars, openfisca), strict=True))


def measured(run: Run, facts: pl.DataFrame) -> int:
    """Return the extra bytes of one run; imports and tables are made by a small run before it."""
    run(facts.head(1000))
    gc.collect()
    # What was freed but not given back could be used again unseen.
    if hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
    SET_BACK.write_text("5", "ascii")
    before = _held("VmRSS")
    result = run(facts)
    extra = _held("VmHWM") - before
    del result
    return extra


def _held(mark: str) -> int:
    line = next(line for line in STATUS.read_text("utf-8").splitlines() if line.startswith(mark))
    return int(line.split()[1]) * 1024


def _main(way: str, size: str) -> None:
    rules = Rulebook.load(RULES)
    click.echo(measured(runs(rules)[way], random_facts(int(size), rules)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
