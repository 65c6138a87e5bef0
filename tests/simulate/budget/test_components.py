"""Variance components and their shares, on models whose components are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from simulate.budget.components import attributed, components, intervals, shares_of, standard_errors

Values = NDArray[np.float64]


def crossed(*levels: int, seed: int = 0) -> list[Values]:
    """Draw a standard normal effect for each level of each source, shaped for sums over the design."""
    random = np.random.default_rng(seed)
    effects = []
    for axis, count in enumerate(levels):
        shape = [1] * (len(levels) + 1)
        shape[axis] = count
        effects.append(random.standard_normal(count).reshape(shape))
    return effects


def test_a_sum_is_parted_into_the_variances_of_its_terms() -> None:
    """Without interaction each source accounts for the sample variance of its own effect alone."""
    first, second, third = crossed(5, 4, 3)
    found = components(3 * first + second + 0 * third)
    assert found[0,] == pytest.approx([9 * np.var(first, ddof=1)])
    assert found[1,] == pytest.approx([np.var(second, ddof=1)])
    for subset, variance in found.items():
        if subset not in {(0,), (1,)}:
            assert variance == pytest.approx([0], abs=1e-12)


def test_two_levels_by_hand() -> None:
    """For cells 0, 2, 4, 10 the interaction's mean square is 4, and mains are what is left of 36 and 16.

    Rows 1 and 7, columns 2 and 6, mean 4: between rows 2 (3² + 3²) = 36, between columns 2 (2² + 2²) = 16,
    the rest 4. Rows: (36 - 4) / 2 = 16; columns: (16 - 4) / 2 = 6.
    """
    cells = np.array([[[0.0], [2.0]], [[4.0], [10.0]]])
    found = components(cells)
    assert {subset: float(one[0]) for subset, one in found.items()} == {(0, 1): 4.0, (0,): 16.0, (1,): 6.0}
    assert attributed(cells)[:, 0].tolist() == [18.0, 8.0]


def test_an_interaction_is_shared_equally() -> None:
    """A product of two independent effects is nobody's alone: over many designs each gets half."""
    shares = []
    for seed in range(200):
        first, second, third = crossed(6, 6, 3, seed=seed)
        shares.append(attributed(first * second + 0 * third)[:, 0])
    mean = np.mean(shares, axis=0)
    assert mean[:2] == pytest.approx([0.5, 0.5], abs=0.06)
    assert mean[2] == pytest.approx(0, abs=1e-12)


def test_estimates_are_right_on_average_and_intervals_mostly_hold_them() -> None:
    """With variances 4, 1 and 1 the shares average two thirds and a sixth, and nine intervals in ten hold."""
    shares, held = [], 0
    for seed in range(80):
        first, second, third = crossed(12, 10, 10, seed=seed)
        values = 2 * first + second + third
        shares.append(attributed(values)[:, 0])
        low, high = intervals(values)
        held += int(low[0, 0] <= 4 / 6 <= high[0, 0])
    assert np.mean(shares, axis=0) == pytest.approx([4, 1, 1], rel=0.15)
    assert held / 80 > 0.85


def test_shares_sum_to_one_whatever_interacts() -> None:
    """Every subset's component is somebody's, so that nothing is lost and nothing counted twice."""
    values = np.random.default_rng(3).standard_normal((4, 3, 5, 3, 2))
    assert shares_of(values).sum(axis=0) == pytest.approx([1, 1])


def test_a_source_of_one_level_accounts_for_nothing() -> None:
    """What does not vary has a share of exactly 0, and an interval of nothing."""
    first, second = crossed(4, 1)
    values = first + second
    assert shares_of(values)[:, 0].tolist() == [1.0, 0.0]
    assert standard_errors(values)[1, 0] == 0


def test_nothing_that_varies_has_no_shares() -> None:
    """A constant is no share of anything; two levels have no error that could be told."""
    assert np.isnan(shares_of(np.full((3, 3, 1), 7.0))).all()
    assert np.isnan(standard_errors(np.random.default_rng(1).standard_normal((2, 4, 1)))).all()
