"""Reports on small cohorts, in both languages, each made once."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest import mock

import scoring
from reports import render
from reports.blocks import Block
from reports.render import html
from reports.words import LANGUAGES
from scoring.cohort import write_facts
from scoring.reform import Reform
from scoring.toml import to_toml
from simulate.experiment import Experiment, run
from synthetic_data.population import facts
from tests.browser.notebooks import pieces
from tests.simulate.experiment.specs import spec

ROUND, SIZE, QUOTA = 2020, 1_500, 150
CHANGES = {"employment.points_per_year": 2, "education.points.master": 34}
"""A reform that moves enough of the few to be told."""
FEW = {"draws": 256, "replicates": 50, "members": 2, "replications": 8, "last_year": 2024}
"""What makes a report slow, where it has a parameter of the name."""
LIVES = 30_000
"""From which a forecast is told; it takes 3,200,000."""
VARIED = {
    "draws": 2_048,
    "baseline": {"quota": QUOTA},
    "levers": {
        "quota": {"low": 120, "high": 180, "kind": "integer"},
        "employment.points_per_year": {"low": 2.5, "high": 3.5},
        "tax.points_per_award": {"choices": ["baseline", "none"]},
    },
    "choices": {"none": {"tax.points_per_award": 0}},
    "simplex": {"weights": ["education", "age"]},
    "uncertainties": {"applicants.share": {"dist": "uniform", "low": 0.8, "high": 1}},
    "outcomes": {"groups": ["sex", "age_band", "home_district"]},
}
"""An experiment with every kind of lever, whose mean cutoff converges."""


@dataclass
class Library:
    """Make reports in a folder, each once."""

    folder: Path
    made: dict[str, dict[str, list[Block]]] = field(default_factory=dict)

    def page(self, name: str, lang: str) -> Path:
        """Return the page of a report in a language."""
        path = self.folder / f"{name}-{lang}.html"
        if not path.exists():
            path.write_bytes(html.document(self.blocks(name, lang), lang=lang))
        return path

    def blocks(self, name: str, lang: str) -> list[Block]:
        """Return the pieces of a report in a language."""
        if name not in self.made:
            with mock.patch.object(importlib.import_module("simulate.forecast.forecast"), "DRAWS", LIVES):
                notebook = render.NOTEBOOKS / f"{name}.ipynb"
                self.made[name] = pieces(notebook, {**FEW, **self.given}, LANGUAGES)
        return self.made[name][lang]

    @cached_property
    def given(self) -> dict[str, Any]:
        """What a report is given that has a parameter of the name: cohort, quota, reform, a result."""
        rules = scoring.Rulebook.load("beijing-2020")
        path = self.folder / "cohort.parquet"
        people = facts(rules, round_year=ROUND, size=SIZE, seed=1)
        write_facts(people, path, rules=rules, round_year=ROUND)
        reform = Reform.from_changes(rules, CHANGES, title="就业减一分，硕士加八分")
        (self.folder / "reform.toml").write_text(reform.to_toml(), "utf-8")
        experiment = self.folder / "experiment.toml"
        experiment.write_text(to_toml(spec(**VARIED)), "utf-8")
        run(Experiment.load(experiment), self.folder / "results")
        named = {"cohort": path, "reform": self.folder / "reform.toml", "results": self.folder / "results"}
        return {"round": ROUND, "quota": QUOTA, **{name: str(file) for name, file in named.items()}}
