"""How far a long command is: a bar with the time left, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]
"""Told how many are done, and of how many."""


@contextmanager
def bar(unit: str) -> Iterator[Progress]:
    """Show how far a run is and the time left."""
    from tqdm import tqdm

    with tqdm(unit=unit, file=sys.stderr, disable=not sys.stderr.isatty(), dynamic_ncols=True) as shown:

        def progress(done: int, total: int) -> None:
            shown.total = total
            shown.update(done - shown.n)

        yield progress
