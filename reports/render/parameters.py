"""The parameters of a notebook: which it has, and whether those given are of their kind."""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from reports.lean import without_grammar
from reports.render.errors import ReportError
from scoring.nearest import did_you_mean


def parameters_of(notebook: Path) -> dict[str, Any]:
    """Return the notebook's parameters with their defaults, as its cell of parameters sets them."""
    with without_grammar():
        from papermill import inspect_notebook
    return {name: _value(found["default"]) for name, found in inspect_notebook(str(notebook)).items()}


def explained(notebook: Path) -> dict[str, str]:
    """Return what the notebook says of each of its parameters, in the remark behind it."""
    with without_grammar():
        from papermill import inspect_notebook
    return {name: found["help"] for name, found in inspect_notebook(str(notebook)).items()}


def title_of(notebook: Path) -> str:
    """Return the first heading of a notebook's text, or its name."""
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "markdown" and (found := re.match(r"# (.+)", "".join(cell["source"]))):
            return found[1].strip()
    return notebook.stem


def default_round(notebook: Path) -> int | None:
    """Return the round a notebook tells when none is given, None where it is not of one."""
    year = parameters_of(notebook).get("round")
    return year if isinstance(year, int) else None


def check_parameters(given: Mapping[str, Any], notebook: Path) -> None:
    """Refuse what papermill would only log: a parameter that is not there, and one of another kind.

    Raises ReportError, which names the nearest parameter or what the parameter takes.
    """
    known = parameters_of(notebook)
    for name, value in given.items():
        if name not in known:
            raise ReportError(f"{notebook.stem} has no parameter {name!r}{did_you_mean(name, known)}")
        if (takes := _takes(known[name])) and not _is_of(value, known[name]):
            raise ReportError(f"{notebook.stem}: {name} = {value!r} must be {takes}")


def _value(written: str) -> Any:
    with suppress(ValueError, SyntaxError):
        return ast.literal_eval(written)
    return written


def _takes(default: Any) -> str:
    kinds = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    return kinds.get(type(default), "")


def _is_of(value: Any, default: Any) -> bool:
    """Say whether a value is of a default's kind; a whole number may stand where any number may."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, float):
        return isinstance(value, int | float) and math.isfinite(value)
    return isinstance(value, type(default))
