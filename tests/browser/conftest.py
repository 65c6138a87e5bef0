"""A browser without a network, and every report as a page, each made once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from reports import render
from reports.words import LANGUAGES
from tests.browser.lab import Lab, jupyterlab
from tests.browser.opened import Opened
from tests.browser.small import Library

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# As root there is no sandbox; and a browser asks its makers for this and that, which is no page's doing.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--disable-dev-shm-usage",
)


def found() -> str | None:
    """Return where the system's Chromium is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium; without one skip, or fail where JIFEN_BROWSER says that it is required."""
    path = found()
    if path is None:
        if os.environ.get("JIFEN_BROWSER") == "required":
            pytest.fail("JIFEN_BROWSER=required, and there is no Chromium on this machine")
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Make pages of reports on small cohorts when they are first asked for."""
    return Library(tmp_path_factory.mktemp("pages"))


REPORTS = [
    pytest.param((name, lang), id=f"{name}-{lang}") for name in render.notebooks() for lang in LANGUAGES
]


@pytest.fixture(scope="session", params=REPORTS)
def opened(request: pytest.FixtureRequest, browser: Browser, library: Library) -> Iterator[Opened]:
    """Open the page of a report in one language, with the network off, and note what it says and asks."""
    name, lang = request.param
    page: Path = library.page(name, lang)
    context = browser.new_context(
        offline=True, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    yield Opened.of(context.new_page(), page, name=name, lang=lang)
    context.close()


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start JupyterLab on an empty folder, without asking its makers for anything."""
    folder, home = tmp_path_factory.mktemp("lab"), tmp_path_factory.mktemp("home")
    with jupyterlab(folder, home) as address:
        yield Lab(browser, folder, address)
