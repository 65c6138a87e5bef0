"""One round of a cohort, answered by the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring import Cohort
from scoring.rulebook import INDICATORS
from simulate.engine import NO_CUTOFF, UNIT, Draws, Engine, Outcomes
from simulate.executor import Setup
from simulate.experiment.chunks import CHUNK, Arrays
from simulate.experiment.designs import design_and_lots
from simulate.experiment.drawing import Drawn
from simulate.experiment.experiment import Experiment
from simulate.experiment.frames import groups_frame, joined, outcomes_frame, people_frame
from simulate.experiment.question import Told
from simulate.experiment.summary import EXACT, Summariser

_BY_DRAW = ("cutoff_exact", "admitted", "tied", "entered", "left", "group_counts")


@dataclass(frozen=True)
class OneRound:
    """Answer an experiment over one round of a cohort."""

    experiment: Experiment
    cohort: Cohort

    @classmethod
    def of(cls, experiment: Experiment) -> OneRound:
        """Read the cohort, and check that it can bear the levers."""
        return cls(experiment, experiment.read_cohort())

    chunk = CHUNK

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups that are counted."""
        return self.experiment.groups_of(self.cohort)

    @cached_property
    def setup(self) -> Setup:
        """What workers prepare their engines from."""
        lots = design_and_lots(self.experiment.seed)[1]
        return Setup(self.cohort, self.experiment.rules, self.groups, self.experiment.quota, lots)

    @cached_property
    def engine(self) -> Engine:
        """The engine of this process."""
        return self.setup.engine()

    @cached_property
    def baseline(self) -> Outcomes:
        """The outcome of the baseline: weights of 1, its quota, everyone applying."""
        weights = np.full((1, len(INDICATORS)), UNIT, dtype=np.int32)
        return self.engine.run(Draws(weights, np.array([self.experiment.quota], dtype=np.int64)))

    @property
    def cohort_digest(self) -> str:
        """SHA-256 of the cohort."""
        return self.cohort.digest

    def begin(self) -> None:
        """Answer the baseline."""
        _ = self.baseline

    def draws(self, start: int, stop: int) -> Draws:
        """Return some draws as the engine takes them."""
        return Drawn.of(self.experiment, start, stop).draws()

    def arrays(self, outcomes: Outcomes) -> Arrays:
        """Return the outcomes of a chunk as they are kept.

        No applicant is admitted more often than there are draws in a chunk, so that 16 bits hold the count.
        """
        people = outcomes.person_counts.astype(np.uint16)
        return {**{name: getattr(outcomes, name) for name in _BY_DRAW}, "person_counts": people}

    def cutoffs(self, arrays: Arrays) -> NDArray[np.int64]:
        """Return the cutoffs of a chunk, int64 [draws, 1]."""
        return np.asarray(arrays["cutoff_exact"])[:, np.newaxis]

    def told(self, parts: Iterable[Arrays], until: float | None) -> Told:
        """Return the tables of outcomes, groups and people, and the summary."""
        outcomes = joined(self._outcomes(one) for one in parts)
        tables = {
            "outcomes": outcomes_frame(outcomes),
            "groups": groups_frame(outcomes),
            "people": people_frame(self.cohort.frame.get_column("applicant_id"), outcomes),
        }
        return Told(tables, Summariser(self.experiment.design.name, until).frame(outcomes))

    def _outcomes(self, arrays: Arrays) -> Outcomes:
        people = arrays["person_counts"].astype(np.int32)
        return Outcomes(**{**arrays, "person_counts": people}, levels=self.baseline.levels)

    def record(self) -> dict[str, Any]:
        """Return what the record says of the round, the cohort and the baseline."""
        exact = int(self.baseline.cutoff_exact[0])
        return {
            "round": self.experiment.round_year,
            "level": self.cohort.level,
            "applicants": self.cohort.frame.height,
            "groups": list(self.groups),
            "baseline": {
                "quota": self.experiment.quota,
                "cutoff": None if exact == NO_CUTOFF else exact / EXACT,
                "admitted": int(self.baseline.admitted[0]),
                "tied": int(self.baseline.tied[0]),
            },
        }
