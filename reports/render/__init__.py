"""From a notebook and its parameters to documents: papermill runs it, and four renderers write its pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from reports.render.errors import ReportError
from reports.render.formats import FORMATS, checked, prepare, write
from reports.words import Words
from scoring.nearest import did_you_mean

__all__ = ["FORMATS", "NOTEBOOKS", "ReportError", "notebook_of", "notebooks", "render", "report"]

#: The notebooks lie beside the packages, in the repository as in an installed wheel.
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
#: Notebooks to work in, of which no document is made.
NOT_REPORTS = ("tutorial", "workbench")


def notebooks() -> list[str]:
    """Return the names of the notebooks that can be made into a report."""
    return sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb") if path.stem not in NOT_REPORTS)


def notebook_of(name: str) -> Path:
    """Return the notebook of a report.

    Raises ReportError where there is none of that name, naming the nearest and all there are.
    """
    known = notebooks()
    if name not in known:
        raise ReportError(
            f"no report is called {name!r} (there is {', '.join(known)}){did_you_mean(name, known)}"
        )
    return NOTEBOOKS / f"{name}.ipynb"


def report(
    name: str,
    parameters: Mapping[str, Any],
    *,
    lang: str,
    out_dir: str | Path,
    formats: Sequence[str] = ("html",),
    progress: bool = False,
) -> list[Path]:
    """Make the report of a notebook in one language and return its files: `2020-annual_briefing-zh.html`.

    The round comes first in a name, so that files sort, where the notebook is of a round. With *progress*, a
    terminal shows how far it is. Raises ReportError for a notebook, a format or a parameter that is not
    known, naming the nearest, and with the message of the cell that stopped.
    """
    notebook, wanted = notebook_of(name), checked(formats)
    from reports.render.parameters import default_round

    year = parameters.get("round", default_round(notebook))
    folder = Path(out_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"cannot write into {folder}: {error.strerror}") from error
    stem = "-".join(str(part) for part in (year, name, lang) if part is not None)
    return render(notebook, parameters, out=folder / stem, lang=lang, formats=wanted, progress=progress)


def render(
    notebook: Path,
    parameters: Mapping[str, Any],
    *,
    out: Path,
    lang: str,
    formats: Sequence[str],
    progress: bool = False,
) -> list[Path]:
    """Run a notebook and write its documents beside each other; *out* is their path without its ending.

    Each file is whole or, when anything fails, what it was before. Raises ReportError for a parameter that
    is not known and with the message of the cell that stopped, UnknownName for a language that is not.
    """
    from reports.render.blocks_of import blocks_of
    from reports.render.execution import execute
    from reports.render.parameters import check_parameters
    from scoring.cohort.atomic import replacing

    Words.load(lang)
    given = {**parameters, "lang": lang}
    check_parameters(given, notebook)
    # The kernel computes in a process of its own: what the documents need is fetched meanwhile.
    with ThreadPoolExecutor(1) as meanwhile:
        prepared = meanwhile.submit(prepare, formats)
        executed = execute(notebook, given, progress=progress)
        prepared.result()
    blocks = blocks_of(executed, name=notebook.stem)
    made = []
    for form in formats:
        path = out.with_name(f"{out.name}.{form}")
        with replacing(path) as part:
            part.write_bytes(write(blocks, form, lang=lang))
        made.append(path)
    return made
