"""Numpy's products of whole numbers: in one thread, and without false alarms.

On small products a second thread stalls, and workers share the cores.
OpenBLAS's kernels for narrow ones now and then compute in lanes that hold nothing, and the processor tells of
an invalid value that no result has: sums of whole numbers within the bounds of `scores` are never infinite.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

_NAMES = ("scipy_openblas_{}_num_threads64_", "openblas_{}_num_threads64_", "openblas_{}_num_threads")


@contextmanager
def one_thread() -> Iterator[None]:
    """Let OpenBLAS use one thread and raise no alarm within the block; another BLAS keeps its threads."""
    library = _openblas()
    with np.errstate(invalid="ignore"):
        if library is None:
            yield
            return
        get, put = library
        before = get()
        put(1)
        try:
            yield
        finally:
            put(before)


@cache
def _openblas() -> tuple[ctypes._NamedFuncPointer, ctypes._NamedFuncPointer] | None:
    """Find the OpenBLAS that comes in numpy's wheel, which is loaded already."""
    package = Path(np.__file__).parent
    for folder in (package.parent / "numpy.libs", package / ".dylibs"):
        for file in sorted(folder.glob("*openblas*")):
            library = ctypes.CDLL(str(file))
            for name in _NAMES:
                if hasattr(library, name.format("get")):
                    return getattr(library, name.format("get")), getattr(library, name.format("set"))
    return None
