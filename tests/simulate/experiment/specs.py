"""Experiments for tests: the smallest that says everything, and a cohort of people who do not exist."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import scoring
from scoring.cohort import write_facts
from scoring.indicators import COLUMNS
from scoring.toml import to_toml
from simulate.experiment import Experiment
from synthetic_data.population import facts

RULES = scoring.Rulebook.load("beijing-2020")
ROUND = 2020
PEOPLE = 300
QUOTA = 30

LEVERS: dict[str, Any] = {
    "quota": {"low": 20, "high": 40, "kind": "integer"},
    "weights.education": {"low": 0.5, "high": 1.5},
}


@cache
def cohort(people: int = PEOPLE) -> scoring.Cohort:
    """Give the facts of some people who do not exist."""
    frame = facts(RULES, round_year=ROUND, size=people, seed=1)
    return scoring.Cohort.from_frame(frame, rules=RULES, round_year=ROUND)


@cache
def points() -> scoring.Cohort:
    """Give the same people at points level."""
    scored = scoring.score(cohort(), RULES, quota=QUOTA).frame.select(*COLUMNS, "total")
    return scoring.Cohort.from_frame(scored, rules=RULES, round_year=ROUND)


def spec(**changes: Any) -> dict[str, Any]:
    """Give a specification of two levers, with some keys changed; None takes a key away."""
    plain: dict[str, Any] = {
        "rules": "beijing-2020",
        "round": ROUND,
        "cohort": "cohort.parquet",
        "draws": 200,
        "seed": 0,
        "design": "sobol",
        "baseline": {"quota": QUOTA},
        "levers": LEVERS,
        "outcomes": {"groups": ["age_band", "sector"]},
    }
    return {key: value for key, value in {**plain, **changes}.items() if value is not None}


def experiment(**changes: Any) -> Experiment:
    """Give an experiment over the cohort."""
    return Experiment.of(spec(**changes), cohort=cohort())


def write(folder: Path, **changes: Any) -> Path:
    """Write an experiment and its cohort into a folder, and return the experiment's file."""
    write_facts(
        facts(RULES, round_year=ROUND, size=PEOPLE, seed=1),
        folder / "cohort.parquet",
        rules=RULES,
        round_year=ROUND,
    )
    file = folder / "experiment.toml"
    file.write_text(to_toml(spec(**changes)), "utf-8")
    return file
