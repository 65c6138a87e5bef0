"""Uncertainties against closed forms, and the refusals."""

from math import sqrt
from typing import Any

import numpy as np
import pytest

from simulate.experiment import ExperimentError
from simulate.experiment.uncertainties import Uncertainty
from tests.simulate.experiment.specs import experiment

POINTS = (np.arange(20_000) + 0.5) / 20_000


def shares(**told: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Give the shares at evenly spread points."""
    (made,) = experiment(levers=None, uncertainties={"applicants.share": told}).uncertainties
    return np.asarray(made.values(POINTS), dtype=np.float64)


@pytest.mark.parametrize(
    ("told", "mean", "sd"),
    [
        ({"dist": "beta", "a": 80, "b": 8}, 80 / 88, sqrt(80 * 8 / (88**2 * 89))),
        ({"dist": "uniform", "low": 0.5, "high": 0.9}, 0.7, 0.4 / sqrt(12)),
        ({"dist": "normal", "mean": 0.5, "sd": 0.05}, 0.5, 0.05),
        (
            {"dist": "triangular", "low": 0.6, "mode": 0.7, "high": 1},
            2.3 / 3,
            sqrt((0.36 + 0.49 + 1 - 0.42 - 0.6 - 0.7) / 18),
        ),
    ],
    ids=["beta", "uniform", "normal", "triangular"],
)
def test_a_distribution_has_its_mean_and_spread(told: dict[str, Any], mean: float, sd: float) -> None:
    """Quantiles at evenly spread points have the mean and standard deviation of the textbook."""
    values = shares(**told)
    assert values.mean() == pytest.approx(mean, abs=1e-5)
    assert values.std() == pytest.approx(sd, rel=1e-3)


def test_a_normal_share_is_cut_at_its_bounds_and_not_piled_up_there() -> None:
    """Truncated at 1, a normal around 1 is half a normal: its mean lies sqrt(2 / pi) sd below."""
    values = shares(dist="normal", mean=1, sd=0.1)
    assert values.max() <= 1
    assert (values == 1).mean() < 0.001
    assert values.mean() == pytest.approx(1 - 0.1 * sqrt(2 / np.pi), abs=1e-4)
    assert shares(dist="normal", mean=0.9, sd=0.1, low=0.85, high=0.95).min() >= 0.85


def test_shares_are_used_to_six_decimals() -> None:
    """The last bits of a quantile hang on the processor; six decimals do not."""
    values = shares(dist="beta", a=80, b=8)
    assert (np.round(values, 6) == values).all()


def test_the_corner_of_a_design_is_no_end_of_the_distribution() -> None:
    """At point 0 not nobody applies: the point stands for a cell, not for the distribution's end."""
    made = Uncertainty("applicants.share", "beta", {"a": 80.0, "b": 8.0})
    assert made.values(np.zeros(1))[0] > 0.6


def test_a_constant_share_is_one() -> None:
    """A range of one value gives that value."""
    assert set(shares(dist="uniform", low=0.9, high=0.9)) == {0.9}
    assert set(shares(dist="triangular", low=0.9, mode=0.9, high=0.9)) == {0.9}


@pytest.mark.parametrize(
    ("name", "told", "message"),
    [
        ("population.gap", {"dist": "beta", "a": 1, "b": 1}, "this experiment is of one round"),
        ("applicants.shares", {"dist": "beta", "a": 1, "b": 1}, "did you mean applicants.share?"),
        ("weather", {"dist": "beta", "a": 1, "b": 1}, "there is applicants.share"),
        ("applicants.share", 0.9, "applicants.share: 0.9 is no table like { dist = … }"),
        ("applicants.share", {"a": 1, "b": 1}, "dist is missing"),
        ("applicants.share", {"dist": "betta", "a": 1, "b": 1}, "did you mean beta?"),
        ("applicants.share", {"dist": "beta", "a": 1}, "applicants.share: b is missing"),
        ("applicants.share", {"dist": "beta", "a": 1, "b": 1, "low": 0}, "(beta): unknown key 'low'"),
        ("applicants.share", {"dist": "beta", "a": 0, "b": 1}, "a = 0 is not above 0"),
        ("applicants.share", {"dist": "normal", "mean": 0.9, "sd": 0}, "sd = 0 is not above 0"),
        (
            "applicants.share",
            {"dist": "uniform", "low": 0.5, "high": 1.2},
            "high = 1.2 is not between 0 and 1",
        ),
        ("applicants.share", {"dist": "uniform", "low": 0.5, "high": 0.4}, "low = 0.5 is above high = 0.4"),
        (
            "applicants.share",
            {"dist": "triangular", "low": 0.5, "mode": 0.9, "high": 0.8},
            "mode = 0.9 is above high = 0.8",
        ),
    ],
)
def test_an_uncertainty_that_cannot_be_is_refused(name: str, told: Any, message: str) -> None:
    """Each refusal says where, what, and what would do."""
    with pytest.raises(ExperimentError) as refusal:
        experiment(uncertainties={name: told})
    assert message in str(refusal.value)
