"""Weights that trade off: their sum is kept exactly, and they are spread as Dirichlet says."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import qmc

from simulate.experiment import ExperimentError
from tests.simulate.experiment.specs import LEVERS, experiment

THREE = ["education", "tax", "weights.age"]


def weights(**told: Any) -> NDArray[np.float64]:
    """Give the weights that evenly spread points are turned into, in 1/1024."""
    simplex = experiment(levers=None, simplex=told).simplex
    assert simplex is not None
    points = qmc.Sobol(simplex.dimensions, rng=np.random.default_rng(1)).random_base2(13)
    return simplex.taken(points).astype(np.float64)


@pytest.mark.parametrize(
    "told", [{}, {"sum": 2}, {"sum": 0.25}, {"concentration": 0.2}, {"concentration": 50}]
)
def test_the_sum_is_kept_exactly(told: dict[str, Any]) -> None:
    """Whatever is drawn, the weights are whole 1/1024 of at least 0 and add up to the sum."""
    drawn = weights(weights=THREE, **told)
    assert set(drawn.sum(axis=1)) == {told.get("sum", 3) * 1024}
    assert drawn.min() >= 0


@pytest.mark.parametrize("concentration", [0.5, 1, 4])
def test_weights_are_spread_as_dirichlet_says(concentration: float) -> None:
    """Each share has mean 1/3 and variance (2/9) / (3 a + 1), and each pair covariance (-1/9) / (3 a + 1)."""
    shares = weights(weights=THREE, concentration=concentration) / 3072
    covariance = np.cov(shares, rowvar=False) * (3 * concentration + 1)
    assert shares.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=2e-3)
    assert np.diag(covariance) == pytest.approx([2 / 9] * 3, rel=0.02)
    assert covariance[np.triu_indices(3, 1)] == pytest.approx([-1 / 9] * 3, rel=0.04)


def test_a_simplex_of_nine_takes_eight_dimensions() -> None:
    """The last weight is what the others leave."""
    made = experiment(levers=None, simplex={"weights": ["education", "tax"]})
    assert made.design.dimensions == 1
    assert made.simplex is not None
    assert made.simplex.weights == ("weights.education", "weights.tax")


@pytest.mark.parametrize(
    ("told", "levers", "message"),
    [
        ({"weights": ["education"]}, None, "fewer than two different weights"),
        ({"weights": ["education", "weights.education"]}, None, "fewer than two different weights"),
        ({"weights": ["educatoin", "tax"]}, None, "did you mean weights.education?"),
        ({"weights": ["education", "tax"]}, LEVERS, "moved both by a lever and by the simplex"),
        ({"weights": ["education", "tax"], "sum": 0}, None, "sum = 0 is not above 0"),
        ({"weights": ["education", "tax"], "sum": 0.1}, None, "a multiple of 1/1024"),
        ({"weights": ["education", "tax"], "concentration": 0}, None, "concentration = 0 is not above 0"),
        ({"wieghts": ["education", "tax"]}, None, "did you mean weights?"),
    ],
)
def test_a_simplex_that_cannot_be_is_refused(told: dict[str, Any], levers: Any, message: str) -> None:
    """Each refusal says what, and what would do."""
    with pytest.raises(ExperimentError) as refusal:
        experiment(levers=levers, simplex=told)
    assert message in str(refusal.value)
