"""What a move of a slider takes: in the kernel, and on the screen of JupyterLab in a real browser.

Part of ``make bench``; alone: ``python -m tests.bench workbench``.
"""

from __future__ import annotations

import json
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import click
import numpy as np
from playwright.sync_api import Page, sync_playwright

import scoring
from reports.workbench import workbench
from synthetic_data.population import facts
from tests.browser.conftest import NAMES, QUIET, found
from tests.browser.lab import Lab, jupyterlab

APPLICANTS, ROUND_YEAR, PLACES = 130_000, 2020, 6_000
MOVES = 60
MOST_MILLISECONDS, PACE = 100, 200
MOVED = {
    "the quota": [{"quota": str(PLACES + 10 * step)} for step in range(1, 31)],
    "a weight": [{"weights.education": f"{1 + step / 20:.2f}"} for step in range(1, 21)],
    "a rate": [{"employment.points_per_year": f"{3 + step / 20:.2f}"} for step in range(1, 21)],
}


def report() -> None:
    """Print the median and the 95th percentile of a move, and whether the screen follows within its bound."""
    rules = scoring.Rulebook.load("beijing-2020")
    people = facts(rules, round_year=ROUND_YEAR, size=APPLICANTS, seed=1)
    click.echo(f"\nThe workbench: {APPLICANTS:,} applicants, {MOVES} moves each.")
    cohort = scoring.Cohort.from_frame(people, rules=rules, round_year=ROUND_YEAR)
    _in_kernel(scoring.score(cohort, rules, quota=PLACES))
    path = found()
    if path is None:
        click.echo(f"  NOT run     on the screen: there is no {NAMES[0]} here")
        return
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place) / name for name in ("lab", "home")]
        for folder in folders:
            folder.mkdir()
        people.write_parquet(folders[0] / "cohort.parquet")
        with jupyterlab(*folders) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
            run = Lab(browser, folders[0], address).run("workbench", {"cohort": "cohort.parquet"})
            run.page.locator(".jifen-workbench .facts").wait_for(timeout=120_000)
            slowest = max(_on_screen(run.page, number) for number in (0, 3, 10))
            browser.close()
    verdict = "reached" if slowest <= MOST_MILLISECONDS else "NOT reached"
    click.echo(
        f"  {verdict:<12}{slowest:.0f} ms for 95 of 100 moves (asked for: {MOST_MILLISECONDS} or less)"
    )


def _in_kernel(scored: scoring.Scored) -> None:
    panel = workbench(scored, lang="zh")
    sent: list[Any] = []
    panel.send = lambda content, buffers=None: sent.append(json.dumps(content))
    for name, positions in MOVED.items():
        taken = []
        for moved in islice(cycle(positions), MOVES):
            start = time.perf_counter()
            panel._hear(panel, {"kind": "ask", "id": 1, "from": "", "moved": moved}, None)
            taken.append(1e3 * (time.perf_counter() - start))
        _told(f"in the kernel, {name}", taken)


def _on_screen(page: Page, number: int) -> float:
    """Move a slider by its keys, at a pace that a hand could have, and return the 95th percentile."""
    slider = page.locator(".jifen-workbench input[type=range]").nth(number)
    slider.focus()
    page.evaluate("performance.clearMeasures()")
    for move in range(MOVES):
        page.keyboard.press("ArrowLeft" if move // 10 % 2 else "ArrowRight")
        # Asking the page whether it has followed would cost it more than following.
        page.wait_for_timeout(PACE)
    taken = page.evaluate("performance.getEntriesByName('jifen-answer').map(one => one.duration)")
    return _told(f"on the screen, {slider.evaluate('one => one.labels[0].textContent')}", taken)


def _told(name: str, taken: list[float]) -> float:
    middle, slow = np.percentile(taken, [50, 95])
    click.echo(f"  {name:<44}{middle:>7.0f} ms, p95 {slow:.0f} ms")
    return float(slow)
