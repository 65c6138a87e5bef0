"""A Dask cluster: the same bytes, a killed worker among them, and one line when it cannot be used."""

import logging
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

import simulate.executor.cluster as cluster_module
from simulate.executor import ExecutorError, LostWorker, Setup, code_version, executor
from simulate.experiment import run
from simulate.experiment.chunks import CHUNK
from tests.simulate.executor.test_executor import TASKS
from tests.simulate.experiment.specs import QUOTA, RULES, cohort, experiment
from tests.simulate.experiment.test_folder import contents

SETUP = Setup(cohort(), RULES, ("age_band",), QUOTA)
MANY = 5 * CHUNK + 7
QUIET: dict[str, Any] = {
    "host": "127.0.0.1",
    "dashboard_address": "127.0.0.1:0",
    "silence_logs": logging.CRITICAL,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of a run in this process."""
    folder = tmp_path_factory.mktemp("whole")
    run(experiment(draws=MANY), folder)
    return contents(folder)


@pytest.fixture(scope="module")
def threads() -> Iterator[str]:
    """Give the address of a cluster whose workers are threads of this process: at hand in a moment."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, protocol="tcp", **QUIET) as started:
        yield started.scheduler_address


def test_a_cluster_gives_the_same_bytes(tmp_path: Path, whole: dict[str, bytes], threads: str) -> None:
    """Draws that run elsewhere come back in any order and to the digit."""
    run(experiment(draws=MANY), tmp_path, cluster=threads)
    assert contents(tmp_path) == whole


def test_a_cluster_is_left_as_it_was(threads: str) -> None:
    """Nothing of a run stays with the workers when it ends."""
    with executor(SETUP, SETUP.engine(), cluster=threads), Client(threads) as client:
        assert [name for names in _plugins(client) for name in names if name.startswith("jifen")]
    with Client(threads) as client:
        assert not [name for names in _plugins(client) for name in names if name.startswith("jifen")]


def _plugins(client: Client) -> list[list[str]]:
    return list(client.run(lambda dask_worker: list(dask_worker.plugins)).values())


def opened(address: str) -> None:
    """Open a place to run draws on a cluster, and close it."""
    with executor(SETUP, SETUP.engine(), cluster=address):
        pass


def test_workers_of_other_code_are_refused(monkeypatch: pytest.MonkeyPatch, threads: str) -> None:
    """A digit may differ between versions, so the versions are compared first."""
    monkeypatch.setattr(Client, "run", lambda *_: {"tcp://worker": "0.0.0+other"})
    told = f"the worker tcp://worker has jifen 0.0.0+other, and this is {code_version()}"
    with pytest.raises(ExecutorError, match=re.escape(told)):
        opened(threads)


def test_workers_without_jifen_are_refused(monkeypatch: pytest.MonkeyPatch, threads: str) -> None:
    """A worker that cannot import the package says so before anything runs."""

    def missing(*_: Any) -> None:
        raise ModuleNotFoundError("simulate")

    monkeypatch.setattr(Client, "run", missing)
    with pytest.raises(ExecutorError, match=f"the workers at {threads} do not have jifen"):
        opened(threads)


def test_a_scheduler_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nobody answers ends in one line."""
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 0.2)
    with pytest.raises(ExecutorError, match=r"^no Dask scheduler answers at tcp://127\.0\.0\.1:1$"):
        opened("tcp://127.0.0.1:1")


def test_a_cluster_without_workers_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """When no worker is left and none comes, the run stops and says so."""
    monkeypatch.setattr(cluster_module, "PATIENCE_SECONDS", 0.2)
    with (
        LocalCluster(n_workers=0, processes=False, protocol="tcp", **QUIET) as started,
        executor(SETUP, SETUP.engine(), cluster=started.scheduler_address) as runs,
        pytest.raises(LostWorker, match=r"has had no worker for 0\.2 seconds"),
    ):
        next(runs(iter(TASKS)))


@pytest.mark.slow
def test_a_killed_worker_costs_no_digit(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """One of two worker processes is killed in mid-run: its chunks run again, the bytes are the same."""
    with LocalCluster(n_workers=2, threads_per_worker=1, **QUIET) as started, Client(started) as client:
        victim = next(iter(client.run(os.getpid).values()))

        def kill(done: int, _: int) -> None:
            if done and not killed:
                killed.append(victim)
                os.kill(victim, signal.SIGKILL)

        killed: list[int] = []
        run(experiment(draws=MANY), tmp_path, cluster=started.scheduler_address, progress=kill)
        assert killed == [victim]
    assert contents(tmp_path) == whole


@pytest.mark.slow
def test_a_cluster_on_this_machine_gives_the_same_bytes(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """The cluster that is started and stopped for one run gives what this process gives."""
    run(experiment(draws=MANY), tmp_path, cluster="local", workers=2)
    assert contents(tmp_path) == whole
