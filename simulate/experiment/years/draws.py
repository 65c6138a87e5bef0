"""Draws over several years: for each what-if its weights, places, changed rules and population."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.experiment.drawing import Drawn
from simulate.experiment.errors import ExperimentError
from simulate.experiment.uncertainties import MEMBER, SHARE
from simulate.experiment.years.population import parted

Some = NDArray[np.intp]
Changes = Mapping[str, object]


@dataclass(frozen=True)
class YearDraws:
    """Hold *n* what-ifs of one population.

    Attributes:
        first: the number of the first draw, by which messages name draws.
        weights: int32 [n, 9], in 1/1024.
        places: int64 [n, rounds].
        changes: for each draw the changed values of the rulebook, empty for none.
        names: of what is uncertain of the population.
        values: float64 [n, names].
        applies: float64 [n], the share of the people who apply at all.
        member: int64 [n], the position of the ensemble's member; 0 where there is one population.

    """

    first: int
    weights: NDArray[np.int32]
    places: NDArray[np.int64]
    changes: tuple[Changes, ...]
    names: tuple[str, ...]
    values: NDArray[np.float64]
    applies: NDArray[np.float64]
    member: NDArray[np.int64]

    @classmethod
    def of(cls, drawn: Drawn) -> YearDraws:
        """Take draws of an experiment over several years.

        Raises:
            ExperimentError: the experiment is of one round.

        """
        horizon, n = drawn.experiment.horizon, len(drawn)
        if horizon is None:
            raise ExperimentError("years is missing: an experiment of one round is answered by the engine")
        uncertain = {name: values for name, values in drawn.shares.items() if name not in (SHARE, MEMBER)}
        return cls(
            drawn.start,
            drawn.of_indicators(),
            horizon.schedules(drawn.levers, n),
            drawn.changes() or ({},) * n,
            tuple(uncertain),
            np.stack([*uncertain.values()], axis=1) if uncertain else np.zeros((n, 0)),
            drawn.shares.get(SHARE, np.ones(n)),
            drawn.shares.get(MEMBER, np.ones(n)).astype(np.int64) - 1,
        )

    def __len__(self) -> int:
        return len(self.places)

    def lives(self, draw: int) -> dict[str, float]:
        """Return the parameters of one draw's lives, by their own paths."""
        return parted(self._uncertain(draw))[0]

    def rates(self, draw: int) -> dict[str, float]:
        """Return the rates of what people do in one draw, by their own paths."""
        return parted(self._uncertain(draw))[1]

    def _uncertain(self, draw: int) -> dict[str, float]:
        return dict(zip(self.names, self.values[draw].tolist(), strict=True))

    def cases(self) -> Iterator[tuple[dict[str, float], list[Some]]]:
        """Yield what lives draws have in common, and those draws by what they score alike.

        Draws of one list have the same lives, rules and weights, so that they are answered together.
        """
        found: dict[str, dict[str, list[int]]] = {}
        for draw in range(len(self)):
            lives = found.setdefault(repr(self.lives(draw)), {})
            rules, weights = sorted(self.changes[draw].items()), self.weights[draw].tolist()
            lives.setdefault(f"{rules} {weights}", []).append(draw)
        for alike in found.values():
            some = [np.array(draws, dtype=np.intp) for draws in alike.values()]
            yield self.lives(int(some[0][0])), some
