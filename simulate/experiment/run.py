"""Run an experiment: draw, answer, keep, resume, and write the result."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.cohort import CannotWrite
from scoring.rulebook import INDICATORS
from simulate.engine import UNIT, Draws, Engine, Outcomes
from simulate.executor import LostWorker, Run, Section, Setup, executor
from simulate.experiment.chunks import (
    CHUNK,
    MOST_UNTIL,
    FolderKeeper,
    Keeper,
    MemoryKeeper,
    grown,
    sections,
)
from simulate.experiment.convergence import error_of_mean, has_converged
from simulate.experiment.designs import design_and_lots
from simulate.experiment.drawing import Drawn
from simulate.experiment.errors import ExperimentError, Stopped
from simulate.experiment.experiment import Experiment
from simulate.experiment.folder import RECORD, SPEC, TABLES, Folder
from simulate.experiment.frames import groups_frame, joined, outcomes_frame, parquet, people_frame
from simulate.experiment.journal import journal
from simulate.experiment.record import identity_of, record_of, with_files
from simulate.experiment.result import Result
from simulate.experiment.summary import Summariser, known_cutoffs

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
    cohort = experiment.read_cohort()
    groups, lots = experiment.groups_of(cohort), design_and_lots(experiment.seed)[1]
    setup = Setup(cohort, experiment.rules, groups, experiment.quota, lots)
    running = _Run(experiment, setup, until, progress or (lambda _done, _total: None))
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

    experiment: Experiment
    setup: Setup
    until: float | None
    progress: Progress
    cutoffs: dict[Section, NDArray[np.int64]] = field(default_factory=dict)

    @cached_property
    def engine(self) -> Engine:
        """The engine of this process."""
        return self.setup.engine()

    @cached_property
    def baseline(self) -> Outcomes:
        """The outcome of the baseline: weights of 1, its quota, everyone applying."""
        weights = np.full((1, len(INDICATORS)), UNIT, dtype=np.int32)
        return self.engine.run(Draws(weights, np.array([self.experiment.quota], dtype=np.int64)))

    def in_memory(self, workers: int | None, cluster: str | None) -> Result:
        """Run and keep the result in memory."""
        keeper = MemoryKeeper()
        tables, record = self._tables(keeper, self._answer(keeper, workers, cluster))
        draws, outcomes, groups, people = (tables[name].lazy() for name in TABLES)
        return Result(record, self.experiment.text, draws, outcomes, groups, people)

    def in_folder(self, folder: Folder, workers: int | None, cluster: str | None, *, resume: bool) -> Result:
        """Run and save the result, or go on with a run that was stopped."""
        _ = self.baseline
        identity = identity_of(self.experiment, self.setup.cohort, self.until)
        if folder.open(identity, resume=resume):
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
        done, total = 0, self.experiment.draws
        with ExitStack() as stack:
            place: Run | None = None
            while True:
                missing = self._missing(keeper, sections(done, total), total)
                if missing:
                    place = place or stack.enter_context(
                        executor(self.setup, self.engine, workers=workers, cluster=cluster)
                    )
                    self._fill(keeper, missing, place, total)
                if self.until is None or self._converged() or total >= MOST_UNTIL:
                    return total
                done, total = total, grown(total, unit=self._unit)

    def _missing(self, keeper: Keeper, asked: list[Section], total: int) -> list[Section]:
        there = [section for section in asked if keeper.has(section)]
        for section in there:
            self.cutoffs[section] = keeper.get(section, self.baseline.levels).cutoff_exact
        self._tell(total)
        if there:
            log.info("%d chunks are there already", len(there))
        return [section for section in asked if section not in self.cutoffs]

    def _fill(self, keeper: Keeper, missing: list[Section], place: Run, total: int) -> None:
        began = time.monotonic()
        tasks = ((section, Drawn.of(self.experiment, *section).draws()) for section in missing)
        with closing(place(tasks)) as answers:
            for section, outcomes in answers:
                keeper.put(section, outcomes)
                self.cutoffs[section] = outcomes.cutoff_exact
                self._tell(total)
                log.info("draws %d to %d: after %.2f s", *section, time.monotonic() - began)

    def _tell(self, total: int) -> None:
        self.progress(sum(stop - start for start, stop in self.cutoffs), total)

    @property
    def _unit(self) -> int:
        """The draws by which a run grows: whole hypercubes, or chunks."""
        return self.experiment.draws if self.experiment.design.name == "lhs" else CHUNK

    def _converged(self) -> bool:
        exact = np.concatenate([self.cutoffs[section] for section in sorted(self.cutoffs)])
        design = self.experiment.design.name
        known = known_cutoffs(exact)
        return has_converged(error_of_mean(known, design), self.until or 0, draws=len(known), design=design)

    def _tables(self, keeper: Keeper, total: int) -> tuple[dict[str, pl.DataFrame], dict[str, Any]]:
        done = sorted(self.cutoffs)
        outcomes = joined(keeper.get(section, self.baseline.levels) for section in done)
        tables = {
            "draws": pl.concat([Drawn.of(self.experiment, *section).frame() for section in done]),
            "outcomes": outcomes_frame(outcomes),
            "groups": groups_frame(outcomes),
            "people": people_frame(self.setup.cohort.frame.get_column("applicant_id"), outcomes),
        }
        record = record_of(
            identity_of(self.experiment, self.setup.cohort, self.until),
            self.experiment,
            cohort=self.setup.cohort,
            baseline=self.baseline,
            draws=total,
            summary=Summariser(self.experiment.design.name, self.until).frame(outcomes),
        )
        return tables, record

    def _files(self, keeper: Keeper, total: int) -> Mapping[str, bytes]:
        tables, record = self._tables(keeper, total)
        files = {SPEC: self.experiment.text.encode()}
        for name, frame in tables.items():
            level = "person" if name == "people" else "aggregate"
            told = {"level": level, "experiment": record["experiment"], "cohort": record["cohort"]}
            files[f"{name}.parquet"] = parquet(frame, told)
        return {**files, RECORD: with_files(record, files)}
