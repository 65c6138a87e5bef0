"""Standard errors against the spread of results over many seeds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from simulate.experiment.convergence import error_of_mean, error_of_quantile, has_converged, tolerance
from simulate.experiment.designs import Design

Function = Callable[[NDArray[np.float64]], NDArray[np.float64]]
SEEDS = range(60)

FUNCTIONS: dict[str, Function] = {
    "smooth": lambda points: points @ [1.0, 2.0, 3.0] + 4 * points[:, 0] * points[:, 1],
    "stepped": lambda points: np.floor(points[:, 0] * 20) + np.exp(3 * points[:, 1]) * points[:, 2],
    "jump": lambda points: (points.sum(axis=1) > 1.3).astype(np.float64),
}


def results(name: str, function: Function, draws: int, seeds: range = SEEDS) -> list[NDArray[np.float64]]:
    """Give a function's values at the points of one design under many seeds."""
    return [function(Design(name, 3, seed, draws).points(0, draws)) for seed in seeds]


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_error_of_random_draws_is_the_spread_of_their_means(function: Function) -> None:
    """Over 400 seeds the means of random draws spread as each run says of itself, within a tenth."""
    runs = results("random", function, 500, range(400))
    spread = np.std([run.mean() for run in runs])
    assert np.mean([error_of_mean(run, "random") for run in runs]) == pytest.approx(spread, rel=0.1)


@pytest.mark.parametrize("draws", [200, 1000, 1024])
@pytest.mark.parametrize("name", ["sobol", "lhs"])
@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_error_of_a_spread_design_is_an_upper_bound_and_no_larger_than_of_random_draws(
    function: Function, name: str, draws: int
) -> None:
    """A run never claims much less error than there is, whatever its seed; Sobol' claims less than random."""
    runs = results(name, function, draws)
    spread = np.std([run.mean() for run in runs])
    errors = np.array([error_of_mean(run, name) for run in runs])
    assert np.sqrt(np.mean(errors**2)) > 0.95 * spread
    assert errors.min() > spread / 3
    assert errors.mean() < 1.02 * np.mean([error_of_mean(run, "random") for run in runs])


@pytest.mark.parametrize("name", ["random", "sobol", "lhs"])
def test_the_error_of_a_quantile_covers_its_spread(name: str) -> None:
    """Over sixty seeds the ninth decile spreads no more than each run says of itself."""
    runs = results(name, FUNCTIONS["smooth"], 1000)
    spread = np.std([np.quantile(run, 0.9) for run in runs])
    claimed = np.mean([error_of_quantile(run, 0.9, name) for run in runs])
    assert 0.8 * spread < claimed < 4 * spread


def test_the_error_of_a_normal_sample_is_the_textbook_one() -> None:
    """It is sd / root n for the mean, and 1.2533 sd / root n for the median of a normal sample."""
    sample = np.random.default_rng(1).normal(size=40_000)
    assert error_of_mean(sample, "random") == pytest.approx(1 / 200, rel=0.02)
    assert error_of_quantile(sample, 0.5, "random") == pytest.approx(1.2533 / 200, rel=0.05)


def test_errors_of_many_columns_are_those_of_each() -> None:
    """Shares of forty levels are done in one go, each as it would be alone."""
    columns = np.random.default_rng(1).random((999, 4))
    for design in ("random", "sobol"):
        alone = [error_of_mean(column, design) for column in columns.T]
        assert error_of_mean(columns, design) == pytest.approx(alone)


def test_a_grid_has_no_error_and_a_single_draw_an_unknown_one() -> None:
    """A grid holds every combination; of one draw nothing can be said."""
    assert error_of_mean(np.array([1.0, 2.0]), "grid") == 0
    assert np.isnan(error_of_mean(np.array([1.0]), "sobol"))
    assert np.isnan(error_of_quantile(np.array([1.0]), 0.5, "random"))


@pytest.mark.parametrize(
    ("error", "draws", "design", "converged"),
    [
        (0.02, 100, "sobol", True),
        (0.0201, 100, "sobol", False),
        (0.0, 99, "sobol", False),
        (0.0, 5, "grid", True),
        (float("nan"), 500, "sobol", False),
    ],
)
def test_a_number_converges_by_its_error_and_enough_draws(
    error: float, draws: int, design: Any, converged: bool
) -> None:
    """An error at the tolerance will do; below a hundred draws no error is trusted, save a grid's."""
    assert has_converged(error, tolerance("cutoff", 97.0, None), draws=draws, design=design) is converged


def test_what_counts_as_converged_hangs_on_the_quantity() -> None:
    """0.02 points or what was asked for, a tenth of a percentage point, one person or one in a hundred."""
    assert tolerance("cutoff", 97.0, 0.5) == 0.5
    assert tolerance("share", 0.3, 0.5) == 0.001
    assert (tolerance("left", 40.0, None), tolerance("left", 4000.0, None)) == (1.0, 40.0)
