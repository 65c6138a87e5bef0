"""Intervals, against published values, against scipy, and against draws."""

import numpy as np
import pytest
from scipy.stats import binomtest

from simulate.distribution.intervals import paired_change, representation, wilson


@pytest.mark.parametrize(
    ("counted", "people", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_values_of_the_literature(
    counted: int, people: int, low: float, high: float
) -> None:
    """Newcombe's four examples of 1998, method 3, to four places."""
    ends = wilson(counted, people)
    assert [round(float(end), 4) for end in ends] == [low, high]


def test_wilson_is_the_one_of_scipy() -> None:
    """Every count of a hundred people has the interval that scipy gives."""
    counted = np.arange(101)
    low, high = wilson(counted, 100)
    others = [binomtest(int(k), 100).proportion_ci(method="wilson") for k in counted]
    assert low == pytest.approx([float(one.low) for one in others], abs=1e-12)
    assert high == pytest.approx([float(one.high) for one in others], abs=1e-12)


def test_nobody_has_no_interval() -> None:
    """Where there are no people there is no share, and none is made up."""
    assert np.isnan(wilson(0, 0)).all()


def test_representation_by_hand() -> None:
    """Of 100 people 50 are of a level, and of 20 places they have 15: one and a half times their part."""
    ratio, low, high = representation([15, 5], [50, 50])
    assert ratio == pytest.approx([1.5, 0.5])
    # log ratio: own (1/0.3 - 0.5/0.2)^2 * 0.3*0.7/50, other (0.5/0.2)^2 * 0.1*0.9/50.
    spread = 1.959964 * np.sqrt((1 / 0.3 - 2.5) ** 2 * 0.0042 + 2.5**2 * 0.0018)
    assert low[0] == pytest.approx(1.5 * np.exp(-spread), rel=1e-6)
    assert high[0] == pytest.approx(1.5 * np.exp(spread), rel=1e-6)


def test_the_whole_pool_is_in_proportion_without_doubt() -> None:
    """One level that is everybody has the ratio 1 and an interval of no width."""
    assert np.array(representation([20], [100])).reshape(-1).tolist() == [1.0, 1.0, 1.0]


def test_a_level_of_which_nobody_is_in_has_an_upper_end() -> None:
    """None of ten: the ratio is 0, and as high as Wilson's end over everybody's rate."""
    ratio, low, high = representation([0, 10], [10, 90])
    assert (ratio[0], low[0]) == (0, 0)
    assert high[0] == pytest.approx(0.2775 / 0.1, abs=1e-3)


def test_the_interval_of_representation_covers() -> None:
    """In nineteen of twenty draws of two rates the interval holds the ratio they were drawn from."""
    random = np.random.default_rng(1)
    pool = np.array([400, 3_600])
    rates = np.array([0.08, 0.05])
    truth = rates[0] / ((rates * pool).sum() / pool.sum())
    held = []
    for _ in range(2_000):
        _, low, high = representation(random.binomial(pool, rates), pool)
        held.append(low[0] <= truth <= high[0])
    assert np.mean(held) == pytest.approx(0.95, abs=0.015)


def test_nobody_moved_means_no_change_and_no_doubt() -> None:
    """An empty reform is told as exactly zero, ends included."""
    assert np.array(paired_change([0], [0], [50])).reshape(-1).tolist() == [0.0, 0.0, 0.0]


def test_a_paired_change_by_hand() -> None:
    """Of 100, nine came in and one fell out: eight points up, with the variance of their difference."""
    moved, low, high = paired_change([9], [1], [100])
    half = 1.959964 * np.sqrt(10 - 64 / 100) / 100
    assert moved[0] == pytest.approx(0.08)
    assert (low[0], high[0]) == pytest.approx((0.08 - half, 0.08 + half), rel=1e-6)
