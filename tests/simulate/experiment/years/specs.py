"""Experiments over several years for tests: a small population, four rounds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scoring.toml import to_toml
from simulate.experiment import Experiment

ROUNDS = (2021, 2022, 2023, 2024)
QUOTA = 30
LEAVES = "population.leaving.leaves"


def spec(**changes: Any) -> dict[str, Any]:
    """Give a specification of a quota over the years, with some keys changed; None takes a key away."""
    plain: dict[str, Any] = {
        "rules": "beijing-2020",
        "round": ROUNDS[0],
        "years": len(ROUNDS),
        "draws": 16,
        "seed": 3,
        "design": "sobol",
        "baseline": {"quota": QUOTA},
        "population": {"applicants": 600},
        "levers": {"quota": {"low": 20, "high": 40}},
        "outcomes": {"groups": ["sex", "age_band"]},
    }
    return {key: value for key, value in {**plain, **changes}.items() if value is not None}


def experiment(**changes: Any) -> Experiment:
    """Give an experiment over several years."""
    return Experiment.of(spec(**changes))


def write(folder: Path, **changes: Any) -> Path:
    """Write an experiment into a folder, and return its file."""
    file = folder / "years.toml"
    file.write_text(to_toml(spec(**changes)), "utf-8")
    return file


def fixed(value: float) -> dict[str, Any]:
    """Give an uncertainty that is none."""
    return {"dist": "uniform", "low": value, "high": value}
