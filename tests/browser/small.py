"""Reports on small cohorts: the cells of a notebook run in this process, each ending in pieces of a page."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat

import scoring
from reports import render
from reports.blocks import Block, Blocks
from reports.render import html
from reports.render.execution import NOTEBOOK_ONLY
from scoring.reform import Reform
from synthetic_data.population import facts

ROUND, SIZE, QUOTA = 2020, 1_500, 150
CHANGES = {"employment.points_per_year": 2, "education.points.master": 34}
"""A reform that moves enough of the few to be told."""
FEW = {"draws": 256, "replicates": 50, "members": 2, "replications": 8, "last_year": 2024}
"""What makes a report slow, where it has a parameter of the name."""


@dataclass
class Library:
    """Make the pages of reports in a folder, each once."""

    folder: Path
    made: dict[tuple[str, str], Path] = field(default_factory=dict)

    def page(self, name: str, lang: str) -> Path:
        """Return the page of a report in a language."""
        if (name, lang) not in self.made:
            blocks = pieces(render.NOTEBOOKS / f"{name}.ipynb", {**FEW, **self.given, "lang": lang})
            path = self.folder / f"{name}-{lang}.html"
            path.write_bytes(html.document(blocks, lang=lang))
            self.made[name, lang] = path
        return self.made[name, lang]

    @cached_property
    def given(self) -> dict[str, Any]:
        """What every report is given that has a parameter of the name: a cohort, its quota, a reform."""
        rules = scoring.Rulebook.load("beijing-2020")
        path = self.folder / "cohort.parquet"
        people = facts(rules, round_year=ROUND, size=SIZE, seed=1)
        people.write_parquet(path)
        reform = Reform.from_changes(rules, CHANGES, title="就业减一分，硕士加八分")
        (self.folder / "reform.toml").write_text(reform.to_toml(), "utf-8")
        named = {"cohort": path, "reform": self.folder / "reform.toml"}
        return {"round": ROUND, "quota": QUOTA, **{name: str(file) for name, file in named.items()}}


def pieces(notebook: Path, given: Mapping[str, Any]) -> list[Block]:
    """Run a notebook's cells, with the parameters it has of those given, and return what they show."""
    known: dict[str, Any] = {}
    shown: list[Block] = []
    for cell in nbformat.read(notebook, as_version=4).cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or NOTEBOOK_ONLY in tags:
            continue
        last = _run(cell.source, known)
        if "parameters" in tags:
            # A report on published rounds has no cohort, and its quota is theirs.
            foreign = () if "cohort" in known else ("quota", "round")
            known |= {name: value for name, value in given.items() if name in known and name not in foreign}
        if isinstance(last, Block):
            shown += last if isinstance(last, Blocks) else [last]
    return shown


def _run(source: str, known: dict[str, Any]) -> object:
    """Run a cell and return the value of the expression that it ends with."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), known)  # noqa: S102  a cell of the project's own
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), known)  # noqa: S307  as above
