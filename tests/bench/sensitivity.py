"""The questions of `simulate.sensitivity` on 130,000 people, beside numpy ranking each setting by itself.

Alone: ``python -m tests.bench.sensitivity``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import click
import numpy as np

import scoring
from simulate import sensitivity
from simulate.engine import UNIT
from simulate.sensitivity import Study
from simulate.sensitivity.study import one_at_a_time
from tests.bench.draws import GROUPS, QUOTA, cohort

REPEATS = 5
DRAWS, SAMPLES = 1_024, 11
SETTINGS = one_at_a_time(0, UNIT - 102, UNIT + 102)
"""Of leaving each indicator out and of moving its weight by a tenth."""

TARGETS = {
    "leave-one-out and tornado": 0.5,
    "atlas of all weights": 5.0,
    f"Sobol' indices, {DRAWS:,} x {SAMPLES} draws": 2.0,
}


def report() -> None:
    """Print a line an analysis, and whether its target is reached."""
    rules = scoring.Rulebook.load("beijing-2020")
    people = cohort(rules)
    study = sensitivity.study(people, rules, quota=QUOTA, groups=GROUPS)
    plain = _timed(lambda: _plainly(study)) / len(SETTINGS)
    levels = len(study.baseline.levels)
    click.echo(
        f"Sensitivity of {len(study.totals):,} people, {levels} levels in {len(GROUPS)} groups, "
        f"quota {QUOTA:,}; medians of {REPEATS}.\n"
        f"numpy, each setting by itself, a product, a partition, a count of levels: {plain * 1e3:.1f} ms"
    )
    for name, (run, settings) in _analyses(study, people, rules).items():
        seconds = _timed(run)
        beside = f", {settings * plain / seconds:.1f} times as fast as numpy" if settings else ""
        click.echo(f"  {name}: {seconds:.3f} s{_verdict(name, seconds)}{beside}")


def _analyses(
    study: Study, people: scoring.Cohort, rules: scoring.Rulebook
) -> dict[str, tuple[Callable[[], object], int]]:
    both, atlas, sobol = TARGETS
    return {
        "preparing": (lambda: sensitivity.study(people, rules, quota=QUOTA, groups=GROUPS), 0),
        both: (
            lambda: (sensitivity.leave_one_out(study), sensitivity.tornado(study)),
            len(SETTINGS),
        ),
        "the same with 200 resamples": (
            lambda: (
                sensitivity.leave_one_out(study, replicates=200),
                sensitivity.tornado(study, replicates=200),
            ),
            0,
        ),
        "shares of the variance": (lambda: sensitivity.variance_shares(study), 0),
        atlas: (lambda: sensitivity.weight_atlas(study), 0),
        "atlas of all rates": (lambda: sensitivity.rate_atlas(study), 0),
        "one point more on every rate": (lambda: sensitivity.one_point_more_by_rate(study), 0),
        sobol: (lambda: sensitivity.sobol_indices(study, draws=DRAWS), DRAWS * SAMPLES),
    }


def _verdict(name: str, seconds: float) -> str:
    target = TARGETS.get(name)
    if target is None:
        return ""
    return f" (target {target:g} s: {'reached' if seconds <= target else 'MISSED'})"


def _timed(run: Callable[[], object]) -> float:
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return median(taken)


def _plainly(study: Study) -> None:
    """Answer every setting of leave-one-out and tornado by itself."""
    points, places = study.points[study.pool], study.engine.groups.places[study.pool]
    for setting in SETTINGS:
        totals = points @ setting.astype(np.int64)
        cutoff = np.partition(totals, len(totals) - QUOTA)[len(totals) - QUOTA]
        np.bincount(places[totals >= cutoff].ravel())


if __name__ == "__main__":
    report()
