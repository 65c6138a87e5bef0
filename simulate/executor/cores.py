"""Run draws on this machine's cores: joblib with one process a worker."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from joblib import Parallel, delayed
from joblib.externals.loky.process_executor import BrokenProcessPool

from simulate.engine import Draws, Outcomes
from simulate.executor.errors import LostWorker
from simulate.executor.executor import Run, Section, Task
from simulate.executor.setup import Packed, Setup, answer


@contextmanager
def cores(setup: Setup, workers: int) -> Iterator[Run]:
    """Open *workers* processes; joblib shows each the packed setup in shared memory; BLAS gets one thread."""
    packed = setup.packed()
    key = hashlib.sha256(packed.data).hexdigest()

    def run(tasks: Iterable[Task]) -> Iterator[tuple[Section, Outcomes]]:
        asked = (delayed(_one)(packed, key, section, draws) for section, draws in tasks)
        try:
            yield from parallel(asked)
        except BrokenProcessPool:
            raise LostWorker("a worker process was lost: killed, or out of memory") from None

    with Parallel(
        workers, backend="loky", return_as="generator_unordered", batch_size=1, inner_max_num_threads=1
    ) as parallel:
        yield run


def _one(packed: Packed, key: str, section: Section, draws: Draws) -> tuple[Section, Outcomes]:
    return section, answer(packed, key, draws)
