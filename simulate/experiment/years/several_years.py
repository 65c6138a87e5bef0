"""Several years of a population, answered by the queue."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.rulebook import INDICATORS, Rulebook
from simulate.engine import NO_CUTOFF, Level
from simulate.executor.setup import Packed, pack
from simulate.experiment.designs import people_and_chance
from simulate.experiment.drawing import Drawn
from simulate.experiment.errors import ExperimentError
from simulate.experiment.experiment import Experiment
from simulate.experiment.paths import WEIGHTS
from simulate.experiment.question import Told
from simulate.experiment.summary import EXACT, Summariser
from simulate.experiment.uncertainties import MEMBER, SHARE
from simulate.experiment.years.draws import YearDraws
from simulate.experiment.years.engine import YearsEngine
from simulate.experiment.years.frames import groups_frame, outcomes_frame, summary_frame
from simulate.experiment.years.horizon import Horizon
from simulate.experiment.years.outcomes import Arrays
from simulate.experiment.years.people import GROUPS, LEVELS
from simulate.experiment.years.population import parted
from simulate.queue.behaviour import behaviour
from synthetic_data.population import Parameters

_TOLD = ("admitted", "tied", "pool", "backlog")

TOGETHER, APART = 128, 16
"""Draws a chunk: those that score alike are answered at once, others one after the other."""


@dataclass(frozen=True)
class YearsSetup:
    """Hold what an engine of several years is prepared from."""

    rules: Rulebook
    horizon: Horizon
    groups: tuple[str, ...]
    seeds: tuple[int, int]
    weighted: tuple[str, ...]

    def engine(self) -> YearsEngine:
        """Prepare the engine."""
        people, chance = self.seeds
        rounds, places, source = self.horizon.rounds, self.horizon.places, self.horizon.source(people)
        return YearsEngine(self.rules, rounds, places, self.groups, source, chance, self.weighted)

    def packed(self) -> Packed:
        """Return the setup as bytes."""
        return pack(self)


@dataclass(frozen=True)
class SeveralYears:
    """Answer an experiment over several years of a population."""

    experiment: Experiment
    horizon: Horizon

    @classmethod
    def of(cls, experiment: Experiment) -> SeveralYears:
        """Take an experiment with ``years``."""
        if experiment.horizon is None:
            raise ExperimentError("years is missing")
        return cls(experiment, experiment.horizon)

    @cached_property
    def setup(self) -> YearsSetup:
        """What workers prepare their engines from."""
        experiment = self.experiment
        groups = GROUPS if experiment.groups is None else experiment.groups
        named = {lever.name for lever in experiment.levers}
        named |= set(experiment.simplex.weights if experiment.simplex else ())
        weighted = tuple(name for name in INDICATORS if f"{WEIGHTS}{name}" in named)
        seeds = people_and_chance(experiment.seed)
        return YearsSetup(experiment.rules, self.horizon, groups, seeds, weighted)

    @cached_property
    def engine(self) -> YearsEngine:
        """The engine of this process."""
        return self.setup.engine()

    @cached_property
    def baseline(self) -> Arrays:
        """The outcomes of the baseline, each [members, rounds]."""
        return self.engine.baseline()

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of all groups, in the order in which they are counted."""
        return tuple((name, level) for name in self.setup.groups for level in LEVELS[name])

    @property
    def chunk(self) -> int:
        """Draws a chunk: few where each has other people or other points than the one before."""
        experiment = self.experiment
        scores = [lever for lever in experiment.levers if lever.path.target != "quota"]
        of_people = [one.name for one in experiment.uncertainties if one.name not in (SHARE, MEMBER)]
        lives, _ = parted(dict.fromkeys(of_people, 0.0))
        return APART if scores or experiment.simplex or lives else TOGETHER

    @cached_property
    def cohort_digest(self) -> str:
        """SHA-256 of what the people hang on: their number, seeds and parameters."""
        every = {**Parameters.load(), **behaviour()}
        values = {path: parameter.value for path, parameter in every.items()}
        asked = self.horizon.population
        people = [asked.kind, asked.applicants, self.horizon.rounds, self.horizon.member]
        spec = json.dumps([people, self.setup.seeds, values])
        return hashlib.sha256(spec.encode()).hexdigest()

    def begin(self) -> None:
        """Answer the baseline."""
        _ = self.baseline

    def draws(self, start: int, stop: int) -> YearDraws:
        """Return some draws as the engine takes them."""
        return YearDraws.of(Drawn.of(self.experiment, start, stop))

    def arrays(self, outcomes: Arrays) -> Arrays:
        """Return the outcomes of a chunk as they are kept: as they are."""
        return outcomes

    def cutoffs(self, arrays: Arrays) -> NDArray[np.int64]:
        """Return the cutoffs of a chunk, int64 [draws, rounds]."""
        return np.asarray(arrays["cutoff_exact"])

    def told(self, parts: Iterable[Arrays], until: float | None) -> Told:
        """Return the tables of outcomes and groups, and the summary. Nobody real is admitted: no people."""
        chunks = list(parts)
        whole = {name: np.concatenate([one[name] for one in chunks]) for name in chunks[0]}
        rounds, levels = self.horizon.rounds, self.levels
        tables: dict[str, pl.DataFrame] = {
            "outcomes": outcomes_frame(whole, rounds),
            "groups": groups_frame(whole, rounds, levels),
        }
        summariser = Summariser(self.experiment.design.name, until)
        return Told(tables, summary_frame(whole, rounds, levels, summariser))

    def record(self) -> dict[str, Any]:
        """Return what the record says of the rounds, the people and the baseline."""
        return {
            "round": self.experiment.round_year,
            "rounds": list(self.horizon.rounds),
            "level": "lives",
            "population": self.horizon.population.kind,
            "members": self.engine.source.members,
            "applicants": round(float(self.baseline["pool"][:, 0].mean())),
            "people": self.engine.source.size,
            "groups": list(self.setup.groups),
            "baseline": [self._of_round(at) for at in range(len(self.horizon.rounds))],
        }

    def _of_round(self, at: int) -> dict[str, Any]:
        """Return the baseline of one round: its mean over the members of an ensemble."""
        exact = self.baseline["cutoff_exact"][:, at]
        means = {name: float(self.baseline[name][:, at].mean()) for name in _TOLD}
        return {
            "round": self.horizon.rounds[at],
            "quota": self.horizon.places[at],
            "cutoff": None if (exact == NO_CUTOFF).any() else round(float(exact.mean()) / EXACT, 9),
            **{name: int(mean) if mean.is_integer() else mean for name, mean in means.items()},
        }
