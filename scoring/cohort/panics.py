"""Keep what polars prints when it panics on a damaged file from the reader's screen."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_one_at_a_time = threading.RLock()


def is_panic(failure: BaseException) -> bool:
    """Say whether polars' own machinery panicked; such an error derives from BaseException alone."""
    return type(failure).__name__ == "PanicException"


@contextmanager
def panics_unprinted() -> Iterator[None]:
    """Hold back what is written to standard error, and pass it on unless the block ends in a panic.

    Polars' threads print a panic with its stack before Python hears of it.
    """
    with _one_at_a_time:
        _flush()
        try:
            screen = os.dup(2)
        except OSError:
            yield
            return
        with tempfile.TemporaryFile() as held:
            os.dup2(held.fileno(), 2)
            panicked = False
            try:
                yield
            except BaseException as failure:
                panicked = is_panic(failure)
                raise
            finally:
                _flush()
                os.dup2(screen, 2)
                os.close(screen)
                if not panicked:
                    held.seek(0)
                    os.write(2, held.read())


def _flush() -> None:
    # A program without a console has no standard error.
    if sys.stderr is not None:
        sys.stderr.flush()
