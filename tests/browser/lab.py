"""JupyterLab as a reader starts it: on this machine alone, in folders of its own, without asking for news."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError

import nbformat
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as NotInTime

from reports import render

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-of-the-tests"  # noqa: S105  it opens nothing but the server that the tests start
PATIENCE = 90
ATTEMPTS = 6


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: the folder that it serves, and the address of a notebook in it by name."""

    browser: Browser
    folder: Path
    address: str

    def run(self, name: str, given: Mapping[str, Any]) -> Run:
        """Copy one of the project's notebooks into the folder, with these parameters, and run it."""
        notebook = nbformat.read(render.NOTEBOOKS / f"{name}.ipynb", as_version=4)
        (cell,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
        cell.source += "".join(f"\n{key} = {value!r}" for key, value in given.items())
        nbformat.write(notebook, self.folder / f"{name}.ipynb")
        page = self.browser.new_page(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
        run = Run(page)
        page.on("request", lambda request: run.asked.append(request.url))
        page.on("pageerror", lambda error: run.complaints.append(error.message))
        page.goto(self.address.format(name=name))
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=PATIENCE * 1_000)
        run.all_cells()
        return run


@dataclass
class Run:
    """A notebook open in JupyterLab, what its page asked for, and what went wrong in it."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def all_cells(self) -> None:
        """Run all cells; a menu that JupyterLab was not ready for is asked again."""
        begun = self.page.locator(".jp-InputPrompt").get_by_text(re.compile(r"\[(\*|\d+)\]"))
        for _ in range(ATTEMPTS):
            self.page.get_by_role("menuitem", name="Run", exact=True).click()
            self.page.get_by_text("Run All Cells", exact=True).click()
            with suppress(NotInTime):
                begun.first.wait_for(timeout=10_000)
                return
        raise AssertionError("JupyterLab runs no cell")

    @property
    def elsewhere(self) -> list[str]:
        """What the page asked of anybody but its own server."""
        return [url for url in self.asked if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]

    def theme(self, name: str) -> None:
        """Choose JupyterLab's theme in its menu: light or dark."""
        self.page.get_by_role("menuitem", name="Settings", exact=True).click()
        entries = self.page.locator(".lm-Menu-itemLabel")
        entries.get_by_text("Theme", exact=True).hover()
        entries.get_by_text(f"JupyterLab {name.title()}", exact=True).click()
        self.page.wait_for_selector(
            f"body[data-jp-theme-light='{str(name == 'light').lower()}']", state="attached"
        )
        self.page.wait_for_timeout(500)


@contextmanager
def jupyterlab(folder: Path, home: Path, *, theme: str = "JupyterLab Light") -> Iterator[str]:
    """Serve a folder, give the address of a notebook in it up to its name, and stop the server."""
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "themes.jupyterlab-settings").write_text(json.dumps({"theme": theme}), "utf-8")
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--LabApp.app_settings_dir={render.NOTEBOOKS / '.settings'}",
    ]
    with (home / "server.log").open("w") as log:
        # A group of its own, so that its kernels end with it.
        server = subprocess.Popen(
            command, env=_environment(home), stdout=log, stderr=log, start_new_session=True
        )
        try:
            _await(f"http://127.0.0.1:{port}/api?token={TOKEN}", server)
            # A workspace of its own each, or notebooks opened before are opened again beside it.
            yield f"http://127.0.0.1:{port}/lab/workspaces/{{name}}/tree/{{name}}.ipynb?token={TOKEN}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


def _environment(home: Path) -> dict[str, str]:
    own = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    places = {name: str(home / folder) for name, folder in own.items()}
    return {**os.environ, **places, **threads, "JUPYTER_PREFER_ENV_PATH": "1", "PYTHONPATH": str(ROOT)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    # Whatever proxy the machine has, its own server is reached without.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with direct.open(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("JupyterLab does not start")
