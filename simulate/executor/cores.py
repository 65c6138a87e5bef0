"""Run draws on this machine's cores: one thread a worker over one engine.

The engine spends its time in numpy, which lets other threads run meanwhile. So workers share the cohort,
start at once, and none is left behind when the run is killed. Many cores are better used by processes:
`simulate.executor.cluster` starts some with ``local``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from simulate.engine.blas import one_thread
from simulate.executor.tasks import Answers, Engine, Run, Task, answers


@contextmanager
def cores(engine: Engine, workers: int) -> Iterator[Run]:
    """Open *workers* threads; numpy's products get one thread each, or they would wait for each other."""
    with one_thread(), ThreadPoolExecutor(workers) as pool:

        def submit(draws: Any) -> Future[Any]:
            return pool.submit(engine.run, draws)

        def run(tasks: Iterable[Task]) -> Answers:
            return answers(tasks, submit, first_done=_first_done, ahead=2 * workers)

        yield run


def _first_done(pending: Iterable[Future[Any]]) -> set[Future[Any]]:
    return wait(pending, return_when=FIRST_COMPLETED).done
