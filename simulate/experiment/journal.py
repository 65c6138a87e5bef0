"""The journal of a run: times, workers and stops, in the only file that two runs may differ in."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scoring.cohort import CannotWrite

log = logging.getLogger("simulate.experiment")


class _Journal(logging.FileHandler):
    """Write lines with their time in UTC; a full disk stops the run elsewhere, and is no matter here."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's own name
        """Let a line go that cannot be written."""


@contextmanager
def journal(path: Path | None) -> Iterator[None]:
    """Append what the run logs to a file while the block lasts; None writes nothing.

    Raises:
        CannotWrite: the file cannot be opened.

    """
    if path is None:
        yield
        return
    try:
        handler = _Journal(path, encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"cannot write {path}: {error.strerror}") from None
    formatter = logging.Formatter("%(asctime)sZ %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    before = log.level
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
        # What is still to be written may meet a full disk.
        with suppress(OSError):
            handler.close()
