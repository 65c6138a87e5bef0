"""Draws of an experiment over several years, beside a run of the queue for each: part of ``make bench``.

Alone: ``python -m tests.bench years``.
"""

from __future__ import annotations

import time
from typing import Any

import click

from simulate.experiment import Experiment
from simulate.experiment.years.several_years import SeveralYears
from simulate.queue.people import queue
from synthetic_data.population import Parameters, draw

APPLICANTS = 122_852
SPEC: dict[str, Any] = {
    "rules": "beijing-2020",
    "round": 2023,
    "years": 5,
    "draws": 1024,
    "seed": 7,
    "baseline": {"quota": 6_000},
    "population": {"applicants": APPLICANTS},
}
QUOTA = {"quota": {"low": 4_000, "high": 8_000}}
KINDS: dict[str, tuple[int, dict[str, Any]]] = {
    "the quota": (128, {"levers": QUOTA}),
    "rates of behaviour": (128, {"uncertainties": {"population.leaving.leaves": (0.01, 0.05)}}),
    "the share who apply": (128, {"uncertainties": {"applicants.share": (0.8, 1.0)}}),
    "a weight": (8, {"levers": {"weights.education": {"low": 0.5, "high": 1.5}}}),
    "a value of the rules": (8, {"levers": {"employment.points_per_year": {"low": 2, "high": 4}}}),
    "how lives run": (4, {"uncertainties": {"population.home.buys": (0.7, 0.9)}}),
    "the ensemble's members": (128, {"levers": QUOTA, "population": {"kind": "calibrated"}}),
}


def report() -> None:
    """Print what a draw takes by what varies in it, and how many times longer a run of the queue takes."""
    click.echo(f"\nExperiments over 5 years: {APPLICANTS:,} applicants in 2020, one run, CPU seconds.")
    alone = _queue_alone()
    click.echo(f"  {'':<28}{'to prepare':>12}{'a draw':>12}{'queue alone':>14}")
    for name, (draws, changes) in KINDS.items():
        prepared, each = _timed(draws, changes)
        click.echo(f"  {name:<28}{prepared:>10.1f} s{1e3 * each:>9,.1f} ms{alone / each:>13,.1f}x")


def _timed(draws: int, changes: dict[str, Any]) -> tuple[float, float]:
    uncertain = {
        name: {"dist": "uniform", "low": low, "high": high}
        for name, (low, high) in changes.get("uncertainties", {}).items()
    }
    spec = {**SPEC, **changes, "uncertainties": uncertain}
    question = SeveralYears.of(Experiment.of({key: value for key, value in spec.items() if value}))
    began = time.process_time()
    question.begin()
    prepared = time.process_time()
    question.engine.run(question.draws(0, draws))
    return prepared - began, (time.process_time() - prepared) / draws


def _queue_alone() -> float:
    """Return what one draw takes by the queue alone, on people who are drawn already."""
    question = SeveralYears.of(Experiment.of({**SPEC, "levers": QUOTA}))
    rounds, rules = question.horizon.rounds, question.experiment.rules
    lives = draw(Parameters.load(), size=question.engine.source.size, seed=1)
    began = time.process_time()
    queue(lives, rules, quota=6_000, years=rounds, replications=1, seed=1)
    return time.process_time() - began
