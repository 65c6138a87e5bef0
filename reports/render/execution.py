"""Run a notebook with papermill, in a kernel of this environment, and bring back what it showed."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.lean import without_grammar
from reports.render.errors import ReportError
from scoring.errors import JifenError

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Cells that serve who works in the notebook; a page has its own title and its own scripts.
NOTEBOOK_ONLY = "notebook-only"
#: The kernel lives on this machine for seconds: that its sockets are not encrypted is no news to anyone, nor
#: that it is interrupted when a cell has stopped.
KERNEL_ARGUMENTS = ["--IPKernelApp.log_level=CRITICAL"]
#: A busy machine takes its time to start one.
START_SECONDS = 180
#: One thread each, since small products stall on two; and the kernel of this environment before any other.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "JUPYTER_PREFER_ENV_PATH": "1",
}


#: Where the errors of jifen's own are defined, and how.
HOUSE, ROOMS = Path(__file__).parents[2], ("scoring", "synthetic_data", "simulate", "reports")
CLASS = re.compile(r"^class (\w+)\((\w+)", re.MULTILINE)


def execute(notebook: Path, parameters: Mapping[str, Any], *, progress: bool = False) -> NotebookNode:
    """Run a notebook with these parameters and return it with its outputs.

    With *progress*, a terminal shows how much is done and how long the rest will take.
    Raises ReportError with the message of the cell that stopped.
    """
    with without_grammar():
        import nbformat
        from jupyter_client.kernelspec import NoSuchKernel
        from nbclient.exceptions import DeadKernelError
        from papermill import execute_notebook
        from papermill.exceptions import PapermillExecutionError

    node: NotebookNode = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    node.cells = [cell for cell in node.cells if NOTEBOOK_ONLY not in cell.metadata.get("tags", [])]
    try:
        with _quiet():
            done: NotebookNode = execute_notebook(
                node,
                None,
                parameters=dict(parameters),
                kernel_name="python3",
                progress_bar=_bar(notebook) if progress else False,
                start_timeout=START_SECONDS,
                extra_arguments=KERNEL_ARGUMENTS,
            )
    except PapermillExecutionError as stopped:
        raise ReportError(_told(stopped, notebook)) from stopped
    except (DeadKernelError, NoSuchKernel) as dead:
        raise ReportError(f"{notebook.stem}: its kernel does not run: {dead}") from dead
    return done


def _bar(notebook: Path) -> dict[str, Any]:
    """Describe the line of progress; where standard error is no terminal, nothing is shown."""
    form = "{desc} {percentage:3.0f}% |{bar:24}| {remaining} left"
    return {"desc": notebook.stem, "bar_format": form, "file": sys.stderr, "disable": None, "leave": False}


def _told(stopped: Any, notebook: Path) -> str:
    """Say an error of jifen's own as it stands, any other with its kind and its cell."""
    message = str(stopped.evalue).strip()
    if stopped.ename in own_errors():
        return message
    return f"{notebook.stem}: {stopped.ename} in cell {stopped.exec_count}: {message}"


@cache
def own_errors() -> frozenset[str]:
    """Return the names of all errors of jifen's own, which a kernel tells by name alone.

    They are looked up in the sources: to import every module that defines one would take seconds.
    """
    texts = (file.read_text("utf-8") for room in ROOMS for file in (HOUSE / room).rglob("*.py"))
    bases = {name: base for text in texts for name, base in CLASS.findall(text)}
    own = {JifenError.__name__}
    while more := {name for name, base in bases.items() if base in own} - own:
        own |= more
    return frozenset(own)


@contextmanager
def _quiet() -> Iterator[None]:
    """Start the kernel in an environment of its own, and keep papermill's running commentary to its log."""
    before = {name: os.environ.get(name) for name in ENVIRONMENT}
    log, level = logging.getLogger("papermill"), logging.getLogger("papermill").level
    os.environ.update(ENVIRONMENT)
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
