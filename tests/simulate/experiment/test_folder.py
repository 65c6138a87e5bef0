"""The folder of a result: refused, resumed, and never half of one."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from scoring.cohort import CannotWrite
from simulate.engine import Draws, Engine, Outcomes
from simulate.executor import LostWorker
from simulate.experiment import Experiment, Result, ResultsError, Stopped, run
from simulate.experiment.chunks import CHUNK, FolderKeeper, sections
from simulate.experiment.folder import Folder
from tests.simulate.experiment.specs import experiment, write

MANY = 5 * CHUNK + 7
"""Draws of six chunks."""


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file but the journal, hidden ones as well."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.log"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of a run that nothing disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    run(experiment(draws=MANY), folder)
    return contents(folder)


def stop_after(chunks: int, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the engine fail when it has answered so many chunks."""
    answered = Engine.run
    left = [chunks + 1]  # the baseline comes first

    def failing(engine: Engine, draws: Draws) -> Outcomes:
        if not left[0]:
            raise error
        left[0] -= 1
        return answered(engine, draws)

    monkeypatch.setattr(Engine, "run", failing)


def interrupted_after(
    chunks: int, folder: Path, made: Experiment | None = None, *, until: float | None = None
) -> None:
    """Run an experiment, of six chunks if none is given, and press Ctrl-C when so many are done."""
    with pytest.MonkeyPatch.context() as patch:
        stop_after(chunks, KeyboardInterrupt(), patch)
        with pytest.raises(KeyboardInterrupt):
            run(made or experiment(draws=MANY), folder, until=until)


def test_a_result_holds_its_files_and_nothing_else(whole: dict[str, bytes]) -> None:
    """The specification, four tables and the record; what was needed on the way is gone."""
    assert sorted(whole) == [
        "draws.parquet",
        "groups.parquet",
        "outcomes.parquet",
        "people.parquet",
        "record.json",
        "spec.toml",
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_experiment_gives_the_same_bytes(
    tmp_path: Path, whole: dict[str, bytes], workers: int
) -> None:
    """Again, with one worker or with two, every file is the same."""
    run(experiment(draws=MANY), tmp_path / "again", workers=workers)
    assert contents(tmp_path / "again") == whole


@pytest.mark.parametrize("chunks", [0, 1, 5])
def test_a_run_that_was_stopped_resumes_to_the_same_bytes(
    tmp_path: Path, whole: dict[str, bytes], chunks: int
) -> None:
    """Whatever number of chunks was done, the rest is added and no file tells."""
    interrupted_after(chunks, tmp_path)
    assert len(list((tmp_path / ".unfinished" / "chunks").iterdir())) == chunks
    assert "record.json" not in contents(tmp_path)
    run(experiment(draws=MANY), tmp_path, resume=True, workers=2)
    assert contents(tmp_path) == whole


def test_only_what_is_missing_is_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A resumed run answers the missing chunks and no others."""
    interrupted_after(4, tmp_path)
    stop_after(2, AssertionError("a chunk is run that is there"), monkeypatch)
    run(experiment(draws=MANY), tmp_path, resume=True)


@pytest.mark.parametrize("moment", range(12))
def test_a_stop_while_files_are_put_in_place_resumes_to_the_same_bytes(
    tmp_path: Path, whole: dict[str, bytes], moment: int
) -> None:
    """Between any two of the renames at the end a run may stop, and the next one ends as if it had not."""
    with pytest.MonkeyPatch.context() as patch:
        done = [0]
        replace: Callable[..., None] = os.replace

        def stopping(*paths: Any) -> None:
            if done[0] == moment + 7:  # the plan and six chunks come first
                raise KeyboardInterrupt
            done[0] += 1
            replace(*paths)

        patch.setattr(os, "replace", stopping)
        with pytest.raises(KeyboardInterrupt):
            run(experiment(draws=MANY), tmp_path)
    run(experiment(draws=MANY), tmp_path, resume=True)
    assert contents(tmp_path) == whole


def test_a_stop_while_clearing_up_leaves_a_whole_result(
    tmp_path: Path, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the record in its place the result is whole; resuming only clears what is left over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Folder, "_clean", lambda _: None)
        run(experiment(draws=MANY), tmp_path)
    assert (tmp_path / ".unfinished").is_dir()
    stop_after(0, AssertionError("a chunk is run of a result that is whole"), monkeypatch)
    assert run(experiment(draws=MANY), tmp_path, resume=True).record["draws"] == MANY
    assert contents(tmp_path) == whole


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut short"])
def test_a_chunk_that_a_crash_left_unreadable_is_run_again(
    tmp_path: Path, whole: dict[str, bytes], damage: bytes
) -> None:
    """A file that was renamed but never reached the disk does not spoil the result."""
    interrupted_after(3, tmp_path)
    chunk = min((tmp_path / ".unfinished" / "chunks").iterdir())
    chunk.write_bytes(damage)
    run(experiment(draws=MANY), tmp_path, resume=True)
    assert contents(tmp_path) == whole


def test_resuming_nothing_begins(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """A run that was killed before its folder was there, or when it was still empty, simply begins."""
    run(experiment(draws=MANY), tmp_path / "new", resume=True)
    (tmp_path / "begun" / ".unfinished").mkdir(parents=True)
    run(experiment(draws=MANY), tmp_path / "begun", resume=True)
    assert contents(tmp_path / "new") == contents(tmp_path / "begun") == whole


def test_a_run_that_grew_resumes_to_the_same_bytes(tmp_path: Path) -> None:
    """Stopped while draws were being appended, it grows on to the same number of draws."""
    made, wanted = experiment(design="random", draws=300), 0.03
    run(made, tmp_path / "whole", until=wanted)
    interrupted_after(2, tmp_path / "stopped", made, until=wanted)
    run(made, tmp_path / "stopped", until=wanted, resume=True)
    assert contents(tmp_path / "stopped") == contents(tmp_path / "whole")
    assert Result.load(tmp_path / "whole").record["draws"] > 300 + CHUNK


def test_results_are_not_written_over(tmp_path: Path) -> None:
    """A folder with a result, with an unfinished run or with files of other making is refused as it is."""
    run(experiment(), tmp_path / "done")
    before = contents(tmp_path / "done")
    with pytest.raises(ResultsError, match="done holds results; name another folder"):
        run(experiment(), tmp_path / "done")
    assert contents(tmp_path / "done") == before
    interrupted_after(0, tmp_path / "begun", experiment())
    with pytest.raises(
        ResultsError, match="begun holds an unfinished run; go on with it by --resume, or name"
    ):
        run(experiment(), tmp_path / "begun")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "spec.toml").touch()
    with pytest.raises(ResultsError, match=r"other holds spec\.toml of something else"):
        run(experiment(), tmp_path / "other", resume=True)


def test_files_of_other_names_are_left_alone(tmp_path: Path) -> None:
    """A folder may hold notes beside a result."""
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    run(experiment(), tmp_path)
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize(
    ("changes", "until", "told"),
    [
        ({"seed": 1}, None, "the experiment is another"),
        ({"draws": 201}, None, "the experiment is another"),
        ({"rules": "beijing-2020-draft"}, None, "the experiment is another"),
        ({}, 0.5, "--until is another than that it was begun with (none, now 0.5)"),
    ],
)
def test_another_run_is_not_resumed(
    tmp_path: Path, changes: dict[str, Any], until: float | None, told: str, finished: bool
) -> None:
    """Only the same experiment, cohort, rules and code go on; the refusal says which is another."""
    if finished:
        run(experiment(), tmp_path)
    else:
        interrupted_after(0, tmp_path, experiment())
    with pytest.raises(ResultsError) as refusal:
        run(experiment(**changes), tmp_path, resume=True, until=until)
    assert f"cannot resume {tmp_path}: {told}" in str(refusal.value)


def test_another_cohort_is_not_resumed(tmp_path: Path) -> None:
    """The file of the cohort may have its old name and new rows."""
    file = write(tmp_path)
    run(Experiment.load(file), tmp_path / "results")
    frame = tmp_path / "cohort.parquet"
    told = pl.read_parquet_metadata(frame)
    kept = {key: value for key, value in told.items() if key.startswith("jifen")}
    pl.read_parquet(frame).reverse().write_parquet(frame, metadata=kept)
    with pytest.raises(ResultsError, match="the cohort is another than that it was begun with"):
        run(Experiment.load(file), tmp_path / "results", resume=True)


def test_a_plan_that_is_none_is_refused(tmp_path: Path) -> None:
    """A hidden folder of other making is not taken for a run."""
    (tmp_path / ".unfinished").mkdir()
    (tmp_path / ".unfinished" / "plan.json").write_text("[", "utf-8")
    with pytest.raises(ResultsError, match=r"plan\.json is no record of a run"):
        run(experiment(), tmp_path, resume=True)


def test_a_full_disk_stops_in_one_line_and_can_be_resumed(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """What was written is kept, nothing half-written is left, and the run goes on when there is room."""
    saved = np.savez
    with pytest.MonkeyPatch.context() as patch:
        left = [2]

        def full(file: Any, **arrays: Any) -> None:
            if not left[0]:
                file.write(b"half")
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            left[0] -= 1
            saved(file, **arrays)

        patch.setattr(np, "savez", full)
        with pytest.raises(Stopped) as stopped:
            run(experiment(draws=MANY), tmp_path, workers=2)
    assert "No space left on device; what is done is kept: run the same again with --resume" in str(
        stopped.value
    )
    assert "\n" not in str(stopped.value)
    assert len(list((tmp_path / ".unfinished" / "chunks").iterdir())) == 2
    run(experiment(draws=MANY), tmp_path, resume=True)
    assert contents(tmp_path) == whole


def test_a_disk_that_fills_up_at_the_end_keeps_the_chunks(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """No table is half there when the last files do not fit."""
    with pytest.MonkeyPatch.context() as patch:

        def full(*_: Any) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(Stopped, match="No space left on device; what is done is kept"):
            run(experiment(draws=MANY), tmp_path)
    assert not list(tmp_path.glob("*.parquet"))
    run(experiment(draws=MANY), tmp_path, resume=True)
    assert contents(tmp_path) == whole


def test_a_lost_worker_stops_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An executor that loses a worker leaves a folder that can be resumed."""
    stop_after(1, LostWorker("a worker was lost"), monkeypatch)
    with pytest.raises(
        Stopped, match=r"^a worker was lost; what is done is kept: run the same again with --resume$"
    ):
        run(experiment(draws=MANY), tmp_path)


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_place_that_is_no_folder_is_refused(tmp_path: Path, place: str) -> None:
    """A file stands where the folder is to be."""
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match="cannot write"):
        run(experiment(), tmp_path / place)


def test_the_journal_is_the_only_file_that_tells_time(tmp_path: Path) -> None:
    """It says when the run began, what was there already, and when each chunk was done."""
    interrupted_after(1, tmp_path)
    run(experiment(draws=MANY), tmp_path, resume=True)
    lines = (tmp_path / "run.log").read_text("utf-8").splitlines()
    told = [line.partition("Z ")[2] for line in lines]
    assert [line for line in told if not line.startswith("draws")] == [
        "begin: 1 workers, cluster none",
        "begin: 1 workers, cluster none",
        "1 chunks are there already",
        f"finished: {MANY} draws",
    ]
    assert sum(line.startswith("draws") for line in told) == 6


def test_a_chunk_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    """Arrays are read as they were, and the 16 bits in which people's counts are kept hold a chunk."""
    keeper = FolderKeeper(tmp_path)
    counts = np.array([0, CHUNK], dtype=np.uint16)
    assert not keeper.has((0, 3))
    keeper.put((0, 3), {"cutoff_exact": np.arange(3), "person_counts": counts})
    again = keeper.get((0, 3))
    assert keeper.has((0, 3))
    assert not keeper.has((0, 4))
    assert again["person_counts"].tolist() == [0, CHUNK]
    assert again["person_counts"].dtype == np.uint16
    assert again["cutoff_exact"].tolist() == [0, 1, 2]
    assert len(sections(0, MANY)) == 6
