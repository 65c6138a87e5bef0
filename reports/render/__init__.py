"""From a notebook and its parameters to a page: papermill runs it, nbconvert writes one HTML file."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from reports.render.errors import ReportError
from reports.words import Words
from scoring.nearest import did_you_mean

__all__ = ["NOTEBOOKS", "ReportError", "notebooks", "render", "report"]

#: The notebooks lie beside the packages, in the repository as in an installed wheel.
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def notebooks() -> list[str]:
    """Return the names of the notebooks that can be made into a report."""
    return sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))


def report(name: str, parameters: Mapping[str, Any], *, lang: str, out_dir: str | Path) -> Path:
    """Make the report of a notebook in one language and return its file, like `2020-annual_briefing-zh.html`.

    Raises ReportError for a notebook or a parameter that is not known, naming the nearest, and with the
    message of the cell that stopped.
    """
    if name not in notebooks():
        known = notebooks()
        raise ReportError(
            f"no report is called {name!r} (there is {', '.join(known)}){did_you_mean(name, known)}"
        )
    from reports.render.execution import parameters_of

    notebook = NOTEBOOKS / f"{name}.ipynb"
    year = parameters.get("round", parameters_of(notebook).get("round"))
    folder = Path(out_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"cannot write into {folder}: {error.strerror}") from error
    return render(notebook, parameters, out=folder / f"{year}-{name}-{lang}.html", lang=lang)


def render(notebook: Path, parameters: Mapping[str, Any], *, out: Path, lang: str) -> Path:
    """Run a notebook and write its page; the file is whole or, when anything fails, what it was before.

    Raises ReportError for a parameter that is not known and with the message of the cell that stopped,
    UnknownName for a language that is not.
    """
    from reports.render.execution import check_parameters, execute
    from reports.render.html import page, prepare
    from scoring.cohort.atomic import replacing

    Words.load(lang)
    given = {**parameters, "lang": lang}
    check_parameters(given, notebook)
    with replacing(out) as part:
        # The kernel computes in a process of its own: what the page needs is fetched meanwhile.
        with ThreadPoolExecutor(1) as meanwhile:
            prepared = meanwhile.submit(prepare, lang)
            executed = execute(notebook, given)
            prepared.result()
        part.write_text(page(executed, lang=lang), "utf-8")
    return out
