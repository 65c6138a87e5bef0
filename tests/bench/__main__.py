"""``make bench``: what jifen takes beside other ways to do the same, and whether the targets are reached.

``python -m tests.bench draws`` runs one part alone; the parts have quicker runs of their own.
"""

from __future__ import annotations

from collections.abc import Callable

import click

from tests.bench import (
    compare,
    draws,
    executors,
    people,
    queue,
    quota,
    reports,
    scored,
    sensitivity,
    workbench,
    years,
)

PARTS: dict[str, Callable[[], None]] = {
    "scored": scored.report,
    "draws": draws.report,
    "executors": executors.report,
    "queue": queue.report,
    "years": years.report,
    "compare": compare.report,
    "sensitivity": sensitivity.report,
    "quota": quota.report,
    "people": people.report,
    "workbench": workbench.report,
    "reports": reports.report,
}
"""Every part by its name, in the order they run in."""


@click.command(help=__doc__)
@click.argument("parts", nargs=-1, type=click.Choice(list(PARTS)))
def main(parts: tuple[str, ...]) -> None:
    """Print what was measured, and a line for each target."""
    for part in parts or PARTS:
        PARTS[part]()


if __name__ == "__main__":
    main()
