"""Where draws run, without changing a digit: in this process, on this machine's cores, on a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from scoring.nearest import did_you_mean
from simulate.executor.cores import cores
from simulate.executor.errors import ExecutorError
from simulate.executor.setup import Preparation
from simulate.executor.tasks import Answers, Engine, Run, Task

LOCAL = "local"


def executor(
    setup: Preparation, engine: Engine, *, workers: int | None = None, cluster: str | None = None
) -> AbstractContextManager[Run]:
    """Open a place to run draws.

    Args:
        setup: what workers prepare their engines from.
        engine: the engine of this process.
        workers: threads on this machine; with ``local`` processes. None is one, or with ``local`` one a core.
        cluster: ``local`` starts a Dask cluster here, an address like ``tcp://host:8786`` joins one.

    Raises:
        ExecutorError: the cluster is not there, or cannot be used.
        LostWorker: while running, a worker went away.

    """
    if workers is not None and workers < 1:
        raise ExecutorError(f"workers = {workers}: at least one worker is needed")
    if cluster is not None:
        return _cluster(setup, workers, cluster)
    if workers in (None, 1):
        return _this_process(engine)
    return cores(engine, workers or 1)


@contextmanager
def _this_process(engine: Engine) -> Iterator[Run]:
    def run(tasks: Iterable[Task]) -> Answers:
        for section, draws in tasks:
            yield section, engine.run(draws)

    yield run


def _cluster(setup: Preparation, workers: int | None, address: str) -> AbstractContextManager[Run]:
    if address != LOCAL and "://" not in address:
        hint = did_you_mean(address, [LOCAL])
        raise ExecutorError(
            f"{address!r} is no cluster: write local, or an address like tcp://host:8786{hint}"
        )
    try:
        from simulate.executor.cluster import cluster, local  # noqa: PLC0415  an extra that may be missing
    except ImportError:
        raise ExecutorError("a Dask cluster needs the extra: pip install 'jifen[cluster]'") from None
    if address == LOCAL:
        return local(setup, workers or os.cpu_count() or 1)
    if workers is not None:
        raise ExecutorError(f"{address} has its own workers; leave the number of workers out")
    return cluster(setup, address)
