"""Run draws on a Dask cluster, one that is there or one on this machine.

The packed setup travels as a plugin: the scheduler gives it to every worker, to those too that come later or
come back, so that a killed worker costs only the chunks it held.
"""

from __future__ import annotations

import hashlib
import logging
import signal
from asyncio import CancelledError
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import Any

from distributed import Client, Future, KilledWorker, LocalCluster, WorkerPlugin, get_worker, wait
from distributed.client import FutureCancelledError
from distributed.comm import CommClosedError

from simulate.executor.errors import ExecutorError, LostWorker
from simulate.executor.heap import give_back_freed, keep_freed
from simulate.executor.setup import Packed, Preparation, answer
from simulate.executor.tasks import Answers, Run, Task, answers
from simulate.executor.version import code_version

HERE = "127.0.0.1"
CONNECT_SECONDS = 10
PATIENCE_SECONDS = 30
AHEAD = 4
"""Chunks a worker that are handed out before the first comes back."""


class Shared(WorkerPlugin):  # type: ignore[misc]  # without types it is Any
    """Keep the packed setup on a worker, and what the worker frees for the draws to come."""

    def __init__(self, packed: Packed, key: str) -> None:
        self.packed, self.key = packed, key
        self.name = f"jifen-{key[:16]}"

    def setup(self, worker: Any) -> None:  # noqa: ARG002  Dask hands it over
        """Begin on a worker."""
        keep_freed()

    def teardown(self, worker: Any) -> None:  # noqa: ARG002
        """Leave a worker as it was."""
        give_back_freed()


@contextmanager
def local(setup: Preparation, workers: int) -> Iterator[Run]:
    """Start a cluster of *workers* processes on this machine and run draws there."""
    with _deaf_to_ctrl_c():
        started = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host=HERE,
            dashboard_address=f"{HERE}:0",
            silence_logs=logging.CRITICAL,
        )
    with started, cluster(setup, started.scheduler_address) as run:
        yield run


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let threads and processes that begin in the block not hear Ctrl-C: this process stops them itself.

    A terminal sends it to every process, and each worker would print where it stood.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # when it starts later, it makes its thread hear again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def cluster(setup: Preparation, address: str) -> Iterator[Run]:
    """Join the cluster at *address* and run draws there.

    Raises:
        ExecutorError: nobody answers there, or its workers run other code.

    """
    packed = setup.packed()
    shared = Shared(packed, hashlib.sha256(packed.data).hexdigest())
    try:
        client = Client(address, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError):
        raise ExecutorError(f"no Dask scheduler answers at {address}") from None
    with client:
        _check_code(client, address)
        client.register_plugin(shared)
        try:
            yield lambda tasks: _run(client, shared, tasks)
        finally:
            client.unregister_worker_plugin(shared.name)


def _check_code(client: Client, address: str) -> None:
    """Refuse workers whose code is not this one: a digit may differ."""
    try:
        versions = client.run(code_version)
    except ModuleNotFoundError:
        raise ExecutorError(f"the workers at {address} do not have jifen") from None
    for worker, theirs in versions.items():
        if theirs != code_version():
            raise ExecutorError(f"the worker {worker} has jifen {theirs}, and this is {code_version()}")


def _run(client: Client, shared: Shared, tasks: Iterable[Task]) -> Answers:
    def submit(draws: Any) -> Future:
        return client.submit(_one, shared.name, draws, pure=False)

    def first_done(pending: Iterable[Future]) -> Iterable[Future]:
        return _first_done(client, pending)

    try:
        ahead = AHEAD * max(1, len(client.nthreads()))
        yield from answers(tasks, submit, first_done=first_done, ahead=ahead)
    except (KilledWorker, CommClosedError, CancelledError, FutureCancelledError) as error:
        raise LostWorker(f"the Dask cluster lost its workers ({type(error).__name__})") from None


def _first_done(client: Client, pending: Iterable[Future]) -> Iterable[Future]:
    while True:
        try:
            done: set[Future] = wait(pending, timeout=PATIENCE_SECONDS, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            if not client.nthreads():
                raise LostWorker(
                    f"the Dask cluster has had no worker for {PATIENCE_SECONDS} seconds"
                ) from None
        else:
            return done


def _one(name: str, draws: Any) -> Any:
    shared = get_worker().plugins[name]
    return answer(shared.packed, shared.key, draws)
