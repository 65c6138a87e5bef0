"""A simplex: weights that trade off, drawn so that their sum stays the same (Dirichlet)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from scoring.rulebook import Rulebook
from simulate.engine.draws import HEAVIEST, UNIT
from simulate.experiment.errors import ExperimentError
from simulate.experiment.levers import Lever
from simulate.experiment.paths import WEIGHTS, path_of
from simulate.experiment.table import Table


@dataclass(frozen=True)
class Simplex:
    """Draw the weights of some indicators from a Dirichlet distribution, in shares of a constant sum.

    ``total`` is the sum in 1/1024; a concentration of 1 makes every way to divide it equally likely, a larger
    one keeps the weights closer together.
    """

    weights: tuple[str, ...]
    total: int
    concentration: float

    @property
    def dimensions(self) -> int:
        """The dimensions of a design that it takes: one less than weights."""
        return len(self.weights) - 1

    def taken(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return weights in 1/1024, int64 [n, weights], from points of a design, float64 [n, weights - 1].

        The stick is broken weight by weight (Beta quantiles); what rounding to the grid leaves over goes to
        the weights that lost most, so that the sum is exact.
        """
        left = np.ones(len(points))
        shares = np.empty((len(points), len(self.weights)))
        for position in range(self.dimensions):
            rest = self.concentration * (self.dimensions - position)
            broken = stats.beta.ppf(points[:, position], self.concentration, rest)
            shares[:, position] = left * broken
            left = left * (1 - broken)
        shares[:, -1] = left
        return _whole(shares * self.total, self.total)


def _whole(parts: NDArray[np.float64], total: int) -> NDArray[np.int64]:
    floors = np.floor(parts).astype(np.int64)
    missing = total - floors.sum(axis=1, keepdims=True)
    places = np.argsort(np.argsort(-(parts - floors), axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray(floors + (places < missing))


def read_simplex(raw: object, rules: Rulebook, levers: Sequence[Lever]) -> Simplex:
    """Read the table ``[simplex]``: ``weights``, and if wanted ``sum`` and ``concentration``.

    Raises:
        ExperimentError: an unknown indicator, fewer than two, one that is a lever as well, or a sum or a
            concentration that cannot be.

    """
    table = Table.of("simplex", raw, ("weights", "sum", "concentration"))
    names = tuple(name if name.startswith(WEIGHTS) else WEIGHTS + name for name in table.names("weights"))
    if len(set(names)) < 2 or len(set(names)) < len(names):
        raise table.error("weights", "names fewer than two different weights: none trades off")
    for name in names:
        path_of(name, rules)
        if any(name in lever.sets for lever in levers):
            raise ExperimentError(f"{name} is moved both by a lever and by the simplex")
    total = table.number("sum") * UNIT if "sum" in table else Decimal(len(names) * UNIT)
    if not 0 < total <= HEAVIEST or total % 1:
        raise table.error("sum", f"is not above 0, at most {HEAVIEST // UNIT} and a multiple of 1/{UNIT}")
    concentration = float(table.number("concentration")) if "concentration" in table else 1.0
    if concentration <= 0:
        raise table.error("concentration", "is not above 0")
    return Simplex(names, int(total), concentration)
