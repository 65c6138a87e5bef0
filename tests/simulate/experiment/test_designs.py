"""Designs against the properties they are known for."""

import numpy as np
import pytest
from scipy.stats import qmc

from simulate.experiment.designs import Design
from simulate.experiment.sobol import scrambled

NAMES = ("sobol", "lhs", "random")


def design(name: str, *, size: int = 1000, seed: int = 0, dimensions: int = 3) -> Design:
    """Give a design."""
    return Design(name, dimensions, seed, size)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("cut", [1, 64, 300, 999])
def test_a_stretch_does_not_hang_on_where_the_run_is_cut(name: str, cut: int) -> None:
    """Points from a cut on are the points that stand there in one go, bit for bit."""
    whole = design(name).points(0, 1000)
    parts = np.concatenate([design(name).points(0, cut), design(name).points(cut, 1000)])
    assert whole.shape == (1000, 3)
    assert (whole == parts).all()


@pytest.mark.parametrize("name", NAMES)
def test_the_seed_decides(name: str) -> None:
    """The same seed gives the same points, seed 0 is one of them, and another gives others."""
    again, other = design(name).points(0, 50), design(name, seed=1).points(0, 50)
    assert (design(name).points(0, 50) == again).all()
    assert not (other == again).any()


@pytest.mark.parametrize("name", NAMES)
def test_points_lie_in_the_unit_cube(name: str) -> None:
    """No design leaves the cube or misses a half of it."""
    points = design(name).points(0, 500)
    assert points.min() >= 0
    assert points.max() <= 1
    assert (points < 0.5).mean(axis=0) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(("start", "stop"), [(0, 1024), (1024, 2048), (192, 256), (48, 64)])
def test_whole_powers_of_two_of_sobol_points_are_balanced(start: int, stop: int) -> None:
    """Of 2^k points from a multiple of 2^k on, one lies in each 2^k-th of each dimension."""
    size = stop - start
    cells = np.sort((design("sobol").points(start, stop) * size).astype(int), axis=0)
    assert (cells == np.arange(size)[:, None]).all()


def test_draws_that_are_no_power_of_two_are_the_first_of_the_next() -> None:
    """1,000 Sobol' points are the first of the 1,024 that fill the cube evenly."""
    assert (design("sobol").points(0, 1000) == design("sobol").points(0, 1024)[:1000]).all()


def test_a_scramble_moves_points_and_keeps_their_neighbourhoods() -> None:
    """After a nested scramble two points share their first digits exactly when they did before."""
    random = np.random.default_rng(3)
    words = random.integers(0, 2**32, size=(64, 1), dtype=np.uint64)
    keys = random.integers(0, 2**64, size=(32, 1), dtype=np.uint64)
    after = scrambled(words, keys)
    shared, still = (np.bitwise_xor.outer(one[:, 0], one[:, 0]) for one in (words, after))
    assert not (words == after).any()
    for digits in range(1, 32):
        assert ((shared >> np.uint64(digits) == 0) == (still >> np.uint64(digits) == 0)).all()


def test_sobol_points_fill_the_cube_better_than_random_ones() -> None:
    """The discrepancy of the scrambled sequence is a fraction of that of random points."""
    sobol, random = (qmc.discrepancy(design(name).points(0, 1024)) for name in ("sobol", "random"))
    assert sobol < random / 10


def test_a_latin_hypercube_has_one_point_in_each_slice() -> None:
    """Of 1,000 points one lies in each 1,000th of each dimension, and the next 1,000 are another cube."""
    first, second = design("lhs").points(0, 1000), design("lhs").points(1000, 2000)
    for cube in (first, second):
        assert (np.sort((cube * 1000).astype(int), axis=0) == np.arange(1000)[:, None]).all()
    assert not (first == second).any()


def test_a_stretch_may_span_hypercubes() -> None:
    """A stretch over the end of one cube and the beginning of the next has a share of both."""
    lhs = design("lhs", size=10)
    assert (
        lhs.points(5, 25) == np.concatenate([lhs.points(0, 10)[5:], *map(lhs.points, (10, 20), (20, 25))])
    ).all()


def test_a_grid_holds_every_combination_once() -> None:
    """Three by two by four values give 24 different points, each in the middle of its cell."""
    grid = Design("grid", 3, 0, 24, (3, 2, 4))
    cells = grid.points(0, 24) * (3, 2, 4)
    assert cells % 1 == pytest.approx(np.full((24, 3), 0.5))
    assert len({tuple(cell) for cell in cells.astype(int)}) == 24
    assert (grid.points(7, 11) == grid.points(0, 24)[7:11]).all()
