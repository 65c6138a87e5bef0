"""Fitting: known answers on two groups of people, and how far a prior holds."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from simulate.calibrate.fit import NoFit, fit

Floats = NDArray[np.float64]


@dataclass
class Spreads:
    """What was thought of the two coefficients before."""

    spread: Floats
    mean: Floats


@dataclass
class TwoGroups:
    """A hundred people without a trait and a hundred with it, their number and that of those with it."""

    published: Floats
    spread: Floats
    sample: Spreads

    def __call__(self, coefficients: Floats, leaves: float) -> tuple[Floats, Floats]:
        """Count both, if a share leaves, and say how the counts change."""
        without, having = 100 * np.exp(coefficients[0]), 100 * np.exp(coefficients.sum())
        stay = 1 - leaves
        given = stay * np.array([without + having, having])
        return given, stay * np.array([[without + having, having], [having, having]])


def groups(spread: float) -> TwoGroups:
    """Two groups of which 300 people, 200 of them with the trait, are published."""
    before = Spreads(np.array([100.0, spread]), np.zeros(2))
    return TwoGroups(np.array([300.0, 200.0]), np.array([0.1, 0.1]), before)


def test_two_numbers_fix_two_coefficients() -> None:
    """100 and 200 of a hundred each: a weight of 1, and of 2 with the trait."""
    found = fit(groups(100.0), leaves=0.0)
    assert found.coefficients == pytest.approx([0, np.log(2)], abs=1e-6)
    assert found.given == pytest.approx([300, 200], abs=1e-3)


def test_who_leaves_is_made_up_for_by_more_people() -> None:
    """If a fifth leaves, everybody weighs 1 / 0.8."""
    found = fit(groups(100.0), leaves=0.2)
    assert found.coefficients == pytest.approx([np.log(1 / 0.8), np.log(2)], abs=1e-6)


def test_a_narrow_prior_holds_against_the_numbers() -> None:
    """With a spread of almost nothing the trait keeps its weight of 1, and both numbers are met halfway."""
    found = fit(groups(1e-7), leaves=0.0)
    assert found.coefficients[1] == pytest.approx(0, abs=1e-6)
    # Least squares of 2w = 300 and w = 200 alike: w = (2 x 300 + 200) / 5.
    assert found.given[1] == pytest.approx(160, abs=1e-3)


def test_a_fit_that_does_not_come_to_rest_is_refused() -> None:
    """Nothing is closer than nothing at all."""
    with pytest.raises(NoFit, match="did not come to rest in 80 steps"):
        fit(groups(100.0), leaves=0.0, close=0.0)
