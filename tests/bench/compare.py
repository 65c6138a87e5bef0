"""A reform compared with its baseline, with its whole ledger: part of ``make bench``.

The plain way scores the cohort anew under each subset of the reform's parts, as whoever has no ledger would.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from statistics import median

import click

import scoring
from scoring.reform import Reform
from simulate.displacement import displacement
from tests.bench.draws import GROUPS, QUOTA, cohort

TARGET = 1.0
"""Seconds for a reform compared with its ledger on 130,000 people."""

TWO: dict[str, object] = {
    "education.points.doctor": 39,
    "age.ladder": [{"up_to": 40, "points": 20}, {"up_to": 45, "points": 16}, {"up_to": 50, "points": 8}],
}
NINE: dict[str, object] = {
    **TWO,
    "employment.points_per_year": Decimal("3.2"),
    "residence.own_home_points_per_year": Decimal("1.5"),
    "job_housing_area.home_points_per_year": 1,
    "innovation.awards.beijing_news_third.points": 5,
    "tax.points_per_award": 3,
    "honours.points": 10,
    "law_abiding.points_per_detention": -10,
}


def report(repeats: int = 5) -> None:
    """Print the times and whether the target is reached."""
    rules = scoring.Rulebook.load("beijing-2020")
    people = cohort(rules)
    click.echo(
        f"\nA reform and its ledger over {people.frame.height:,} eligible applicants, quota {QUOTA:,},"
        f" {len(GROUPS)} groups. Medians of {repeats} runs.\n"
    )
    for name, changes in (("two parts, 4 subsets", TWO), ("nine parts, 512 subsets", NINE)):
        reform = Reform.from_changes(rules, changes, title=name)
        ledger = partial(displacement, people, reform, quota=QUOTA, groups=GROUPS)
        score = partial(scoring.score, people, reform.rules, quota=QUOTA)
        seconds = timed(ledger, repeats)
        plain = (1 << len(reform.parts)) * timed(score, repeats)
        reached = "reached" if seconds <= TARGET else "NOT reached"
        click.echo(
            f"  {reached:<12}{name}: {seconds:.2f} s (asked for: {TARGET:g} s or less);"
            f" scored subset by subset {plain:.2f} s, {plain / seconds:.1f} times as long"
        )


def timed(run: Callable[[], object], repeats: int) -> float:
    """Return the median of the seconds that some runs take."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return median(seconds)
