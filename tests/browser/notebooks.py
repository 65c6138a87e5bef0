"""Run a notebook's cells in this process, once for all languages: what hangs on none is worked out once."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from reports.blocks import Block, Blocks
from reports.render.execution import NOTEBOOK_ONLY

PERHAPS = (ast.IfExp, ast.BoolOp, ast.Lambda, ast.GeneratorExp, ast.ListComp)
"""Expressions whose parts may never be worked out, or not with the names around them."""


def pieces(notebook: Path, given: Mapping[str, Any], langs: Sequence[str]) -> dict[str, list[Block]]:
    """Return what the cells show in each language, with the parameters the notebook has of those given."""
    run = _Run({lang: {} for lang in langs})
    for cell in nbformat.read(notebook, as_version=4).cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and NOTEBOOK_ONLY not in tags:
            run.cell(cell.source)
            if "parameters" in tags:
                run.given(given)
    return {lang: list(Blocks(shown)) for lang, shown in run.shown.items()}


@dataclass
class _Run:
    """A notebook that runs: its names in each language, those that differ, and what was shown."""

    spaces: dict[str, dict[str, Any]]
    differ: set[str] = field(default_factory=set)
    shown: dict[str, list[Block]] = field(default_factory=dict)

    def given(self, given: Mapping[str, Any]) -> None:
        """Set parameters, the language among them."""
        for lang, space in self.spaces.items():
            # A report on published rounds has no cohort, and its quota is theirs.
            foreign = () if "cohort" in space else ("quota", "round")
            space |= {name: value for name, value in given.items() if name in space and name not in foreign}
            space["lang"] = lang
        self.differ = {"lang"}

    def cell(self, source: str) -> None:
        """Run a cell, and keep the block that it ends with."""
        *body, last = ast.parse(source).body
        for statement in body:
            self._statement(statement)
        if not isinstance(last, ast.Expr):
            self._statement(last)
            return
        shared = _Shared(self.differ, next(iter(self.spaces.values())))
        code = compile(ast.fix_missing_locations(ast.Expression(shared.visit(last.value))), "cell", "eval")
        for lang, space in self.spaces.items():
            value = eval(code, space | shared.known)  # noqa: S307  a cell of the project's own
            self.shown.setdefault(lang, []).extend([value] if isinstance(value, Block) else [])

    def _statement(self, statement: ast.stmt) -> None:
        first, *others = self.spaces.values()
        if not _names(statement, ast.Load) & self.differ:
            exec(compile(ast.Module([statement], []), "cell", "exec"), first)  # noqa: S102  as above
            for other in others:
                other |= {name: value for name, value in first.items() if name not in self.differ}
            return
        shared = _Shared(self.differ, first)
        code = compile(ast.fix_missing_locations(ast.Module([shared.visit(statement)], [])), "cell", "exec")
        for space in self.spaces.values():
            space.update(shared.known)
            exec(code, space)  # noqa: S102  as above
        self.differ |= _names(statement, ast.Store)


class _Shared(ast.NodeTransformer):
    """Work out once whatever calls in an expression hang on no language, and put values in their place."""

    def __init__(self, differ: set[str], space: dict[str, Any]) -> None:
        self.differ, self.space, self.known = differ, space, dict[str, Any]()

    def visit(self, node: ast.AST) -> Any:
        """Replace a call by its value, leave alone what may never be worked out, or look into it."""
        if isinstance(node, PERHAPS):
            return node
        if not isinstance(node, ast.Call) or not self._shared(_names(node, ast.Load)):
            return self.generic_visit(node)
        code = compile(ast.fix_missing_locations(ast.Expression(node)), "cell", "eval")
        name = f"_value_{len(self.known)}"
        self.known[name] = eval(code, self.space)  # noqa: S307  as above
        return ast.Name(name, ast.Load())

    def _shared(self, names: set[str]) -> bool:
        return not names & self.differ and all(
            name in self.space or hasattr(builtins, name) for name in names
        )


def _names(node: ast.AST, kind: type[ast.expr_context]) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, kind)}
