"""Run an experiment: draw, answer, keep, resume, and write the result."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.cohort import CannotWrite
from simulate.executor import LostWorker, Run, Section, executor
from simulate.experiment.chunks import (
    MOST_UNTIL,
    FolderKeeper,
    Keeper,
    MemoryKeeper,
    grown,
    sections,
)
from simulate.experiment.convergence import error_of_mean, has_converged
from simulate.experiment.drawing import Drawn
from simulate.experiment.errors import ExperimentError, Stopped
from simulate.experiment.experiment import Experiment
from simulate.experiment.folder import RECORD, SPEC, Folder
from simulate.experiment.frames import parquet
from simulate.experiment.journal import journal
from simulate.experiment.one_round import OneRound
from simulate.experiment.question import Question
from simulate.experiment.record import identity_of, record_of, with_files
from simulate.experiment.result import Result
from simulate.experiment.summary import known_cutoffs
from simulate.experiment.years.several_years import SeveralYears

Progress = Callable[[int, int], None]
"""Told the draws that are done and those there are to be."""

log = logging.getLogger(__name__)


def run(
    experiment: Experiment,
    out: str | Path | None = None,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    until: float | None = None,
    resume: bool = False,
    progress: Progress | None = None,
) -> Result:
    """Run an experiment and return its result, saved in a folder if one is named.

    The same experiment gives the same bytes for any number of workers, on a cluster, and after a kill.

    Args:
        experiment: what varies over which cohort.
        out: folder of the result; None keeps it in memory.
        workers: how many chunks run side by side on this machine, one if None.
        cluster: ``local`` or the address of a Dask scheduler.
        until: append draws until the standard error of the mean cutoff is at most this, in points.
        resume: go on with a run in *out* that was stopped.
        progress: told how far the run is.

    Raises:
        JifenError: the experiment, the cohort or the folder cannot be used, or a worker was lost.

    """
    _check_until(experiment, until)
    question = OneRound.of(experiment) if experiment.horizon is None else SeveralYears.of(experiment)
    running = _Run(question, until, progress or (lambda _done, _total: None))
    if out is None:
        return running.in_memory(workers, cluster)
    return running.in_folder(Folder(Path(out)), workers, cluster, resume=resume)


def _check_until(experiment: Experiment, until: float | None) -> None:
    if until is None:
        return
    if not 0 < until < float("inf"):
        raise ExperimentError(f"until = {until}: an error is a number of points above 0")
    if experiment.design.name == "grid":
        raise ExperimentError("a grid holds every combination once: it has no error to run down")


@dataclass(frozen=True)
class _Run:
    """Hold a run while it goes on."""

    question: Question
    until: float | None
    progress: Progress
    cutoffs: dict[Section, NDArray[np.int64]] = field(default_factory=dict)

    @property
    def experiment(self) -> Experiment:
        """What is run."""
        return self.question.experiment

    def in_memory(self, workers: int | None, cluster: str | None) -> Result:
        """Run and keep the result in memory."""
        keeper = MemoryKeeper()
        tables, record = self._tables(keeper, self._answer(keeper, workers, cluster))
        frames = {name: frame.lazy() for name, frame in tables.items()}
        return Result.of(record, self.experiment.text, frames)

    def in_folder(self, folder: Folder, workers: int | None, cluster: str | None, *, resume: bool) -> Result:
        """Run and save the result, or go on with a run that was stopped."""
        self.question.begin()
        if folder.open(identity_of(self.question, self.until), resume=resume):
            return Result.load(folder.place)
        keeper = FolderKeeper(folder.chunks)
        try:
            with journal(folder.log):
                total = self._answer(keeper, workers, cluster)
                folder.finish(self._files(keeper, total))
                log.info("finished: %d draws", total)
        except (CannotWrite, LostWorker) as error:
            raise Stopped(f"{error}; what is done is kept: run the same again with --resume") from error
        return Result.load(folder.place)

    def _answer(self, keeper: Keeper, workers: int | None, cluster: str | None) -> int:
        """Answer all draws, more of them while the error is too large, and return how many there are."""
        log.info("begin: %s workers, cluster %s", workers or 1, cluster or "none")
        done, total, question = 0, self.experiment.draws, self.question
        with ExitStack() as stack:
            place: Run | None = None
            while True:
                asked = sections(done, total, chunk=question.chunk)
                missing = self._missing(keeper, asked, total)
                if missing:
                    place = place or stack.enter_context(
                        executor(question.setup, question.engine, workers=workers, cluster=cluster)
                    )
                    self._fill(keeper, missing, place, total)
                if self.until is None or self._converged() or total >= MOST_UNTIL:
                    return total
                done, total = total, grown(total, unit=self._unit)

    def _missing(self, keeper: Keeper, asked: list[Section], total: int) -> list[Section]:
        there = [section for section in asked if keeper.has(section)]
        for section in there:
            self.cutoffs[section] = self.question.cutoffs(keeper.get(section))
        self._tell(total)
        if there:
            log.info("%d chunks are there already", len(there))
        return [section for section in asked if section not in self.cutoffs]

    def _fill(self, keeper: Keeper, missing: list[Section], place: Run, total: int) -> None:
        began = time.monotonic()
        tasks = ((section, self.question.draws(*section)) for section in missing)
        with closing(place(tasks)) as answers:
            for section, outcomes in answers:
                arrays = self.question.arrays(outcomes)
                keeper.put(section, arrays)
                self.cutoffs[section] = self.question.cutoffs(arrays)
                self._tell(total)
                log.info("draws %d to %d: after %.2f s", *section, time.monotonic() - began)

    def _tell(self, total: int) -> None:
        self.progress(sum(stop - start for start, stop in self.cutoffs), total)

    @property
    def _unit(self) -> int:
        """The draws by which a run grows: whole hypercubes, or chunks."""
        return self.experiment.draws if self.experiment.design.name == "lhs" else self.question.chunk

    def _converged(self) -> bool:
        """Say whether the mean cutoff of every round is as sure as was asked for."""
        exact = np.concatenate([self.cutoffs[section] for section in sorted(self.cutoffs)])
        design, until = self.experiment.design.name, self.until or 0
        known = [known_cutoffs(one) for one in exact.T]
        return all(
            has_converged(error_of_mean(one, design), until, draws=len(one), design=design) for one in known
        )

    def _tables(self, keeper: Keeper, total: int) -> tuple[dict[str, pl.DataFrame], dict[str, Any]]:
        done = sorted(self.cutoffs)
        told = self.question.told((keeper.get(section) for section in done), self.until)
        draws = pl.concat([Drawn.of(self.experiment, *section).frame() for section in done])
        identity = identity_of(self.question, self.until)
        record = record_of(identity, self.question, draws=total, summary=told.summary)
        return {"draws": draws, **told.tables}, record

    def _files(self, keeper: Keeper, total: int) -> Mapping[str, bytes]:
        tables, record = self._tables(keeper, total)
        files = {SPEC: self.experiment.text.encode()}
        for name, frame in tables.items():
            level = "person" if name == "people" else "aggregate"
            told = {"level": level, "experiment": record["experiment"], "cohort": record["cohort"]}
            files[f"{name}.parquet"] = parquet(frame, told)
        return {**files, RECORD: with_files(record, files)}
