"""Designs: how draws are spread over the ranges of levers and uncertainties.

A design is an endless row of points in the unit cube; any stretch of it can be had by itself, so that no
draw hangs on how the run was cut into chunks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from simulate.experiment.sobol import sobol

Points = NDArray[np.float64]

MOST_DRAWS = 10_000_000


@dataclass(frozen=True)
class Design:
    """Give points of the unit cube.

    Attributes:
        name: ``sobol`` (Sobol' 1967, scrambled as in Owen 1995), ``lhs`` (a Latin hypercube of *size*
            points after the other), ``random`` or ``grid`` (every combination of the levels once).
        dimensions: of the cube.
        seed: of the scramble, the hypercubes or the generator.
        size: points of one hypercube.
        levels: how many values each dimension of a grid has.

    """

    name: str
    dimensions: int
    seed: int
    size: int
    levels: tuple[int, ...] = ()

    def points(self, start: int, stop: int) -> Points:
        """Return the points from *start* up to *stop*, float64 [stop - start, dimensions] in [0, 1)."""
        return DESIGNS[self.name](self, start, stop)


def design_and_lots(seed: int) -> tuple[np.random.SeedSequence, int]:
    """Return the seed of the design and that of the lots which decide who applies, both from one seed."""
    design, lots = np.random.SeedSequence(seed).spawn(2)
    return design, int(lots.generate_state(1, np.uint64)[0])


def people_and_chance(seed: int) -> tuple[int, int]:
    """Return the seed of synthetic people and that of what befalls them, from the same seed as the design."""
    people, chance = np.random.SeedSequence(seed).spawn(4)[2:]
    return int(people.generate_state(1)[0]), int(chance.generate_state(1)[0])


def _sobol(design: Design, start: int, stop: int) -> Points:
    return sobol(design.dimensions, design_and_lots(design.seed)[0], start, stop)


@lru_cache(maxsize=2)
def _hypercube(design: Design, number: int) -> Points:
    seed = design_and_lots(design.seed)[0].spawn(number + 1)[number]
    cube = qmc.LatinHypercube(design.dimensions, rng=np.random.default_rng(seed))
    return np.asarray(cube.random(design.size))


def _lhs(design: Design, start: int, stop: int) -> Points:
    cubes = range(start // design.size, (stop - 1) // design.size + 1)
    offset = cubes.start * design.size
    points = np.concatenate([_hypercube(design, number) for number in cubes])
    return points[start - offset : stop - offset]


def _random(design: Design, start: int, stop: int) -> Points:
    bits = np.random.PCG64(design_and_lots(design.seed)[0])
    # A float takes one step of this generator, so that a stretch begins where it would have come.
    generator = np.random.Generator(bits.advance(start * design.dimensions))
    return generator.random((stop - start, design.dimensions))


def _grid(design: Design, start: int, stop: int) -> Points:
    places = np.unravel_index(np.arange(start, stop), design.levels)
    return np.asarray((np.stack(places, axis=1) + 0.5) / design.levels)


def grid_size(levels: tuple[int, ...]) -> int:
    """Return the number of combinations of a grid."""
    return prod(levels)


DESIGNS: dict[str, Callable[[Design, int, int], Points]] = {
    "sobol": _sobol,
    "lhs": _lhs,
    "random": _random,
    "grid": _grid,
}
