"""Turn points of a design into draws for the engine, and into the table of values as used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.rulebook import INDICATORS
from simulate.engine import UNIT, Draws
from simulate.experiment.experiment import Experiment
from simulate.experiment.levers import Lever
from simulate.experiment.paths import WEIGHTS
from simulate.experiment.uncertainties import SHARE

Ticks = NDArray[np.int64]


@dataclass(frozen=True)
class Drawn:
    """Hold the values of some draws: levers and simplex weights in grid steps, uncertainties as they are."""

    experiment: Experiment
    start: int
    levers: Mapping[str, Ticks]
    weights: Mapping[str, Ticks]
    shares: Mapping[str, NDArray[Any]]

    @classmethod
    def of(cls, experiment: Experiment, start: int, stop: int) -> Drawn:
        """Draw the what-ifs from *start* up to *stop*; they do not hang on how a run is cut."""
        points = experiment.design.points(start, stop)
        first, simplex = len(experiment.levers), experiment.simplex
        last = points.shape[1] - len(experiment.uncertainties)
        parted = simplex.taken(points[:, first:last]) if simplex else np.zeros((len(points), 0), np.int64)
        return cls(
            experiment,
            start,
            levers={lever.name: lever.taken(points[:, at]) for at, lever in enumerate(experiment.levers)},
            weights=dict(zip(simplex.weights if simplex else (), parted.T, strict=True)),
            shares={
                one.name: one.values(points[:, last + at]) for at, one in enumerate(experiment.uncertainties)
            },
        )

    def __len__(self) -> int:
        return len(next(iter({**self.levers, **self.weights, **self.shares}.values())))

    def frame(self) -> pl.DataFrame:
        """Return ``draw`` and a column a lever, a simplex weight and an uncertainty: the values as used."""
        return pl.DataFrame(
            [
                pl.Series("draw", np.arange(self.start, self.start + len(self))),
                *(lever.column(self.levers[lever.name]) for lever in self.experiment.levers),
                *(pl.Series(name, ticks / UNIT) for name, ticks in self.weights.items()),
                *(pl.Series(name, shares) for name, shares in self.shares.items()),
            ]
        )

    def draws(self) -> Draws:
        """Return the draws as the engine takes them."""
        quota = np.full(len(self), self.experiment.quota, dtype=np.int64)
        return Draws(
            self.of_indicators(),
            self.levers.get("quota", quota),
            self.changes(),
            self.shares.get(SHARE),
        )

    def of_indicators(self) -> NDArray[np.int32]:
        """Return the weights of the nine indicators, int32 [n, 9] in 1/1024."""
        weights = np.full((len(self), len(INDICATORS)), UNIT, dtype=np.int32)
        for position, indicator in enumerate(INDICATORS):
            name = f"{WEIGHTS}{indicator}"
            ticks = self.levers.get(name, self.weights.get(name))
            if ticks is not None:
                weights[:, position] = ticks
        return weights

    def changes(self) -> tuple[Mapping[str, object], ...] | None:
        """Return what each draw changes in the rulebook, None when no draw changes a rule."""
        levers = [lever for lever in self.experiment.levers if lever.path.parameter is not None]
        if not levers:
            return None
        rows = zip(*(_change_of_each(lever, self.levers[lever.name]) for lever in levers), strict=True)
        return tuple({path: value for part in row for path, value in part.items()} for row in rows)


def _change_of_each(lever: Lever, ticks: Ticks) -> Sequence[Mapping[str, object]]:
    """Return what each draw changes by a lever, building each distinct change once."""
    distinct, places = np.unique(ticks, return_inverse=True)
    changes = [lever.change(int(tick)) for tick in distinct]
    return [changes[place] for place in places]
