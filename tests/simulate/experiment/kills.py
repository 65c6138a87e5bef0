"""Kill runs at random moments and resume them: a program of its own, which a test starts.

It imports once and forks, so that a hundred kills take no hundred starts. Arguments: the experiment's file,
the folder of results, how many kills, and the seed of the moments. Prints the folders that are not like the
one of a run that nothing disturbed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from simulate.executor import code_digest
from simulate.experiment import Experiment, run


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file but the journal."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.log"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def in_child(work: Callable[[], object], killed_after: float | None = None) -> int:
    """Do some work in a process of its own, kill it after some seconds, and return its exit status."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(file: str, results: str, kills: int, seed: int) -> None:
    """Run once without a kill, then kill and resume, each time in a new folder."""
    code_digest()  # once for all children, who then need not read the whole code again
    moments = random.Random(seed)  # noqa: S311  not a secret

    def work(folder: Path) -> Callable[[], object]:
        return lambda: run(Experiment.load(file), folder, resume=True, workers=moments.choice([1, 2]))

    whole = Path(results) / "whole"
    began = time.monotonic()
    in_child(work(whole))
    took = time.monotonic() - began
    expected, different, stopped = contents(whole), [], 0
    for kill in range(kills):
        folder = Path(results) / f"killed-{kill}"
        while in_child(work(folder), moments.uniform(0, took)) == -signal.SIGKILL and moments.random() < 0.3:
            stopped += 1
        stopped += not (folder / "record.json").exists()
        if in_child(work(folder)) or contents(folder) != expected:
            different.append(folder.name)
    sys.stdout.write(f"{len(expected)} files; {stopped} stopped before their end; different: {different}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
