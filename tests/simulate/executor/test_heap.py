"""The heap of a worker: told to give freed memory back, it keeps it while draws run."""

import os
import subprocess
import sys

import pytest

from simulate.executor import heap

PAGES = """
import resource
import numpy as np
from simulate.executor.heap import give_back_freed, keep_freed

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(40):
        np.ones(1 << 17)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

told = faults()
keep_freed()
faults()
kept = faults()
give_back_freed()
print(told, kept, faults())
"""


def test_a_worker_keeps_what_it_frees() -> None:
    """Arrays of 1 MB fault in their 256 pages each time, then never, and again when the worker is left."""
    if sys.platform != "linux" or heap._mallopt() is None:
        pytest.skip("only glibc can be told")
    told = {**os.environ, "MALLOC_TRIM_THRESHOLD_": "65536"}
    run = subprocess.run([sys.executable, "-c", PAGES], env=told, capture_output=True, check=True, text=True)
    before, kept, after = map(int, run.stdout.split())
    assert kept < 1_000 < before
    assert after > 1_000


def test_a_process_that_was_told_nothing_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody set a threshold, glibc finds its own, and is not told any."""
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(heap, "_mallopt", lambda: lambda which, value: told.append((which, value)))
    monkeypatch.delenv("MALLOC_TRIM_THRESHOLD_", raising=False)
    heap.keep_freed()
    assert told == []
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "65536")
    heap.keep_freed()
    heap.give_back_freed()
    assert told[-1] == (-1, 65_536)
