"""The quota curve and its inverse questions on a whole pool, and who fares how: part of ``make bench``.

Alone: ``python -m tests.bench quota``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import click
import numpy as np

import scoring
from simulate import distribution, quota
from synthetic_data.population import facts

APPLICANTS = 130_000
ROUND_YEAR = 2020
PLACES = 6_000
RUNS = 5
GROUPS = ("sex", "age_band", "education_level", "sector")
CURVE_SECONDS = 0.2
YEARS = range(2023, 2031)


def report() -> None:
    """Print what each question takes, and whether the curve is within its bound."""
    rules = scoring.Rulebook.load("beijing-2020")
    people = facts(rules, round_year=ROUND_YEAR, size=APPLICANTS, seed=1)
    cohort = scoring.Cohort.from_frame(people, rules=rules, round_year=ROUND_YEAR)
    round_ = scoring.score(cohort, rules, quota=PLACES)
    reform = scoring.score(cohort, rules, quota=PLACES + 1_000)
    again = scoring.score(cohort, rules, quota=PLACES).ranking
    curve = quota.quota_curve(round_, groups=GROUPS)
    click.echo(f"\nSizing a quota: {APPLICANTS:,} applicants, medians of {RUNS} runs.")
    whole = _timed("the curve, every quota", lambda: _every_quota(round_))
    scored_once = _timed("one scoring, for comparison", lambda: scoring.score(cohort, rules, quota=PLACES))
    _timed(f"the curve by {len(GROUPS)} groups as well", lambda: quota.quota_curve(round_, groups=GROUPS))
    uptake = quota.Uptake()
    questions: dict[str, Callable[[], Any]] = {
        "quota for a cutoff, 500 resampled pools": partial(quota.quota_for_cutoff, curve, 95),
        "quota for a rate": partial(quota.quota_for_rate, curve, "sex", "female", rate=0.05),
        "quota for a population": partial(quota.quota_for_population, curve, 10_000, uptake),
        "rates by education": partial(distribution.rates, round_, "education_level"),
        "distances by education": partial(distribution.distances, round_, "education_level"),
        "change by education": partial(distribution.change, round_, reform, "education_level"),
        "standardised rates": partial(distribution.standardised, round_, "education_level"),
        "inequality, 200 resampled pools": partial(distribution.inequality, round_, "education_level"),
        "employers": partial(distribution.employers, round_),
    }
    for name, ask in questions.items():
        _timed(name, ask)
    verdict = "reached" if whole <= CURVE_SECONDS else "NOT reached"
    click.echo(f"  {verdict:<12}the curve in {whole:.3f} s (asked for: {CURVE_SECONDS} s or less)")
    click.echo(f"  {'':<12}every quota takes {whole / scored_once:.2f} of one scoring")
    _years(rules)
    same = (curve.cutoff(PLACES), curve.admitted(PLACES)) == (again.cutoff, again.admitted)
    click.echo(f"  {'reached' if same else 'NOT reached':<12}at {PLACES:,} places the curve is the scoring")


def _years(rules: scoring.Rulebook) -> None:
    """Time schedules over eight years on every member of the calibrated ensemble, drawn once."""
    start = time.perf_counter()
    lines = quota.draw_lines(rules, years=YEARS)
    drawn = 1e3 * (time.perf_counter() - start)
    click.echo(f"  {'drawing the calibrated line of eight years':<44}{drawn:>9,.1f} ms")
    now = quota.Schedule.constant(PLACES, years=len(YEARS))
    goal = quota.Target("cutoff", 112, YEARS[2])
    _timed("one schedule over it, with all bands", lambda: quota.compare(lines, [now]))
    _timed("the smallest quota for a cutoff", lambda: quota.smallest_constant(lines, goal, resolution=50))


def _every_quota(round_: scoring.Scored) -> None:
    curve = quota.quota_curve(round_)
    curve.at(np.arange(curve.eligible + 1))


def _timed(name: str, run: Callable[[], Any]) -> float:
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    click.echo(f"  {name:<44}{1e3 * median(seconds):>9,.1f} ms")
    return median(seconds)
