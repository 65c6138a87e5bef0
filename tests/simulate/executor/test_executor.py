"""Executors: one answer wherever draws run, and one line when they cannot."""

import builtins
import pickle
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from scoring.rulebook import INDICATORS
from simulate.engine import UNIT, Draws, Engine
from simulate.executor import ExecutorError, Section, Setup, Task, code_digest, code_version, executor
from simulate.executor.setup import answer
from tests.simulate.experiment.specs import QUOTA, RULES, cohort

SETUP = Setup(cohort(), RULES, ("age_band", "sector"), QUOTA, seed=5)


def draws(number: int) -> Draws:
    """Give forty draws of weights, a quota, a rate and a share."""
    random = np.random.default_rng(number)
    return Draws(
        random.integers(0, 2 * UNIT, (40, len(INDICATORS))).astype(np.int32),
        random.integers(1, 60, 40),
        tuple({"tax.points_per_award": int(points)} for points in random.integers(0, 9, 40)),
        random.random(40),
    )


TASKS: list[Task] = [((40 * number, 40 * number + 40), draws(number)) for number in range(7)]


def answers(**where: Any) -> dict[Section, list[list[int]]]:
    """Give all that each task was answered, as plain lists."""
    names = ("cutoff_exact", "admitted", "tied", "entered", "left", "group_counts", "person_counts")
    with executor(SETUP, SETUP.engine(), **where) as run:
        return {section: [getattr(out, name).tolist() for name in names] for section, out in run(iter(TASKS))}


@pytest.fixture(scope="module")
def alone() -> dict[Section, list[list[int]]]:
    """Give what this process answers by itself."""
    return answers()


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_workers_answer_as_one_process_does(alone: dict[Section, Any], workers: int) -> None:
    """Every task is answered once, and to the digit as without workers."""
    assert sorted(alone) == [section for section, _ in TASKS]
    assert answers(workers=workers) == alone


def test_a_packed_setup_prepares_the_same_engine(alone: dict[Section, Any]) -> None:
    """What travels to another process is all that an engine hangs on, the lots' seed included."""
    packed = SETUP.packed()
    for section, asked in TASKS[:2]:
        assert answer(packed, "a", asked).cutoff_exact.tolist() == alone[section][0]
        assert answer(packed, "a", asked).person_counts.tolist() == alone[section][6]


def test_an_engine_is_prepared_once_and_anew_for_another_setup(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker keeps the engine of the setup it last worked for."""
    prepared: list[str] = []
    plain = Setup.engine

    def engine(setup: Setup) -> Engine:
        prepared.append(setup.groups[0])
        return plain(setup)

    monkeypatch.setattr(Setup, "engine", engine)
    other = Setup(cohort(), RULES, ("sector",), QUOTA)
    for setup, key in ((SETUP, "x"), (SETUP, "x"), (other, "y"), (SETUP, "x")):
        answer(setup.packed(), key, TASKS[0][1])
    assert prepared == ["age_band", "sector", "age_band"]


def test_packing_leaves_remarks_behind_and_keeps_mappings_read_only() -> None:
    """Notices of a cohort may quote what it holds, and do not travel."""
    setup: Setup = pickle.loads(SETUP.packed().tobytes())  # noqa: S301  made here
    assert setup.cohort.notices == ()
    assert setup.cohort.frame.equals(cohort().frame)
    assert setup.rules == RULES
    assert isinstance(setup.rules.values_by_path, MappingProxyType)


def test_tasks_are_taken_only_as_they_are_needed() -> None:
    """An executor that is closed early has not drawn all there was to draw."""
    taken: list[int] = []

    def tasks() -> Any:
        for number in range(1000):
            taken.append(number)
            yield (number, number + 40), TASKS[0][1]

    for where in ({}, {"workers": 2}):
        taken.clear()
        with executor(SETUP, SETUP.engine(), **where) as run:  # type: ignore[arg-type]
            some = run(tasks())
            next(some)
            some.close()
        assert 1 <= len(taken) < 100


def test_an_error_in_a_worker_comes_out_as_it_is() -> None:
    """A draw that the engine refuses is refused with workers as without."""
    wrong = Draws(draws(0).weights, draws(0).quota, ({"tax.line_yuan": 5},) * 40)
    for where in ({}, {"workers": 2}):
        with executor(SETUP, SETUP.engine(), **where) as run, pytest.raises(Exception, match="tax"):  # type: ignore[arg-type]
            list(run([((0, 40), wrong)]))


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ({"workers": 0}, "workers = 0: at least one worker is needed"),
        (
            {"cluster": "lcal"},
            "'lcal' is no cluster: write local, or an address like tcp://host:8786; did you",
        ),
        ({"cluster": "tcp://127.0.0.1:1", "workers": 2}, "tcp://127.0.0.1:1 has its own workers"),
    ],
)
def test_a_place_that_cannot_be_is_refused(where: Mapping[str, Any], told: str) -> None:
    """Each refusal says what would do."""
    with pytest.raises(ExecutorError) as refusal:
        executor(SETUP, SETUP.engine(), **where)
    assert told in str(refusal.value)


def test_without_the_extra_a_cluster_is_refused_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dask is no part of a plain installation."""
    imported = builtins.__import__

    def without_dask(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("simulate.executor.cluster"):
            raise ImportError(name)
        return imported(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_dask)
    with pytest.raises(ExecutorError, match=r"pip install 'jifen\[cluster\]'"):
        executor(SETUP, SETUP.engine(), cluster="local")


def test_the_code_has_a_digest_that_its_version_tells() -> None:
    """Workers compare it before they work together, and a result records it."""
    assert len(code_digest()) == 64
    assert code_version().endswith(f"+{code_digest()[:12]}")
