"""The heap of a Dask worker: memory that is freed is kept for the next array.

Dask starts workers with `MALLOC_TRIM_THRESHOLD_`, so that glibc gives freed memory back at once. Every large
array then gets new pages, each of which the system clears first: draws take half as long again.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable

_TOLD = "MALLOC_TRIM_THRESHOLD_"
_TRIM, _MAP = -1, -3
"""The numbers of `mallopt` for how much may lie free, and from what size an array is mapped by itself."""

_KEPT, _LARGEST = 64 << 20, 32 << 20
"""What glibc itself goes up to when nobody tells it anything."""

_SMALLEST = 128 << 10
"""From what size glibc maps by itself at first."""


def keep_freed() -> None:
    """Let this process keep what it frees, if it was started to give it back; nothing is done elsewhere."""
    _set(_KEPT, _LARGEST)


def give_back_freed() -> None:
    """Let this process do again what it was started to do."""
    _set(int(os.environ.get(_TOLD, _KEPT)), _SMALLEST)


def _set(kept: int, mapped: int) -> None:
    mallopt = _mallopt()
    if mallopt is not None and _TOLD in os.environ:
        mallopt(_MAP, mapped)
        mallopt(_TRIM, kept)


def _mallopt() -> Callable[[int, int], int] | None:
    """Return glibc's function; None where there is another library."""
    try:
        mallopt: Callable[[int, int], int] = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return None
    return mallopt
