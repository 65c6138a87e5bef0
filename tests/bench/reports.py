"""Time a report of 130,000 applicants as a clerk does, from the command to the file, and weigh its page."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import click

from reports.render.formats import FORMATS

APPLICANTS, QUOTA, RUNS = 130_000, 6_000, 3
HTML_SECONDS, ALL_SECONDS, MOST_BYTES = 8.0, 14.0, 1_300_000
"""What a warm report may take, the kernel's start included, and a page of ten charts weigh."""


def report() -> None:
    """Print how long a warm report takes and what a page weighs, and whether that is within the targets."""
    click.echo(
        f"\nReport: annual_briefing of {APPLICANTS:,} applicants, medians of {RUNS} runs after a first one"
    )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        cohort = folder / "cohort.parquet"
        _jifen("synth", "--round", 2020, "--size", APPLICANTS, "--seed", 1, "--out", cohort)
        html, all_formats = (_seconds(folder, cohort, forms) for forms in ("html", ",".join(FORMATS)))
        _print(
            "HTML, kernel included", f"{html:.1f} s", f"{HTML_SECONDS:.0f} s", reached=html <= HTML_SECONDS
        )
        _print(
            "all four formats",
            f"{all_formats:.1f} s",
            f"{ALL_SECONDS:.0f} s",
            reached=all_formats <= ALL_SECONDS,
        )
        page = (folder / "2020-annual_briefing-zh.html").read_bytes()
        charts = page.count(b'<figure class="jifen"')
        _print(
            f"a page of {charts} charts",
            f"{len(page):,} bytes",
            f"{MOST_BYTES:,}",
            reached=len(page) <= MOST_BYTES,
        )


def _seconds(folder: Path, cohort: Path, formats: str) -> float:
    """Make a report once to warm what is kept between runs, then time it."""
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        _jifen(
            *("report", "annual_briefing", "--cohort", cohort, "--round", 2020, "--quota", QUOTA),
            *("--format", formats, "--out", folder),
        )
        taken.append(time.perf_counter() - start)
    return median(taken[1:])


def _jifen(*arguments: object) -> None:
    command = [sys.executable, "-c", "import reports.cli; reports.cli.main()", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True)


def _print(what: str, measured: str, asked: str, *, reached: bool) -> None:
    mark = "reached" if reached else "NOT reached"
    click.echo(f"  {mark:<12}{what}: {measured} (asked for: {asked} or less)")
