"""What a run answers: a question of one round, or of several years. The run itself knows neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.executor.setup import Preparation
from simulate.executor.tasks import Engine
from simulate.experiment.chunks import Arrays
from simulate.experiment.experiment import Experiment


@dataclass(frozen=True)
class Told:
    """Hold what draws came to.

    Attributes:
        tables: by name, in the order in which they are written.
        summary: means and quantiles, each with its error and whether it converged.

    """

    tables: Mapping[str, pl.DataFrame]
    summary: pl.DataFrame


class Question(Protocol):
    """Say how an experiment is answered."""

    @property
    def experiment(self) -> Experiment:
        """What varies."""

    @property
    def setup(self) -> Preparation:
        """What workers prepare their engines from."""

    @property
    def engine(self) -> Engine:
        """The engine of this process."""

    @property
    def chunk(self) -> int:
        """Draws a chunk, the same for every executor and number of workers."""

    @property
    def cohort_digest(self) -> str:
        """SHA-256 of the people."""

    def begin(self) -> None:
        """Answer the baseline, so that what cannot be answered is refused before anything is written."""

    def draws(self, start: int, stop: int) -> Any:
        """Return some draws as the engine takes them."""

    def arrays(self, outcomes: Any) -> Arrays:
        """Return the outcomes of a chunk as they are kept, ``cutoff_exact`` among them."""

    def cutoffs(self, arrays: Arrays) -> NDArray[np.int64]:
        """Return the cutoffs of a chunk, int64 [draws, rounds] in 1/102,400 of a point."""

    def told(self, parts: Iterable[Arrays], until: float | None) -> Told:
        """Return what all draws came to, chunk after chunk; *until* is the error that was asked for."""

    def record(self) -> dict[str, Any]:
        """Return what the record says of rounds, people, groups and baseline."""
