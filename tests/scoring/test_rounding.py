"""Points are exact hundredths: rounded half away from zero, with no float in between."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rounding import Rounding
from scoring.rulebook import Rulebook

from .applicants import NAMES

# The decimal module's names for the three rules; its "half up" is half away from zero.
RULES = {
    "half_away_from_zero": ROUND_HALF_UP,
    "half_to_even": ROUND_HALF_EVEN,
    "toward_zero": ROUND_DOWN,
}


@pytest.mark.parametrize(
    ("numerator", "denominator", "want"),
    [
        (-175, 2, -88),  # -0.875 is published as -0.88
        (175, 2, 88),
        (25, 2, 13),  # 0.125, three months of a lease
        (-25, 2, -13),
        (24, 2, 12),
        (1, 2, 1),
        (-1, 2, -1),
        (0, 12, 0),
        (499, 1000, 0),
        (500, 1000, 1),
        (501, 1000, 1),
        (-499, 1000, 0),
        (-500, 1000, -1),
        (1050, 12, 88),  # three months of study: 10.50 / 12
        (100, 12, 8),  # one month of an own home
        (700, 12, 58),
        (1100, 12, 92),
    ],
)
def test_the_law_rounds_half_away_from_zero(numerator: int, denominator: int, want: int) -> None:
    """The magnitude is rounded half up and then signed, as the public lists show."""
    rounding = Rounding(step=1, rule="half_away_from_zero")
    assert rounding.quotient(np.array([numerator]), denominator).tolist() == [want]


@given(
    st.integers(-2_000_000, 2_000_000),
    st.integers(1, 48),
    st.integers(1, 250),
    st.sampled_from(sorted(RULES)),
)
def test_quotients_agree_with_decimal_arithmetic(
    numerator: int, denominator: int, step: int, rule: str
) -> None:
    """Each rule gives, for any step, what exact decimal arithmetic gives."""
    exact = Decimal(numerator) / (denominator * step)  # 28 digits: a half is exact, all else far from one
    want = int(exact.quantize(Decimal(1), rounding=RULES[rule])) * step
    assert Rounding(step=step, rule=rule).quotient(np.array([numerator]), denominator).tolist() == [want]


@given(st.integers(-2_000_000, 2_000_000), st.integers(1, 12), st.sampled_from(sorted(RULES)))
def test_rounding_is_odd(numerator: int, denominator: int, rule: str) -> None:
    """What is taken off is rounded like what is given."""
    rounding = Rounding(step=1, rule=rule)
    there, back = rounding.quotient(np.array([numerator, -numerator]), denominator).tolist()
    assert back == -there


def test_whole_hundredths_stay_as_they_are() -> None:
    """Points that are exact already are not touched at a step of a hundredth."""
    points = np.array([-3000, -1, 0, 1, 1050, 30_000])
    assert Rounding(step=1, rule="half_away_from_zero").whole(points).tolist() == points.tolist()


def test_a_coarser_step_rounds_whole_points_too() -> None:
    """At a step of a tenth of a point, 10.55 is 10.60."""
    rounding = Rounding(step=10, rule="half_away_from_zero")
    assert rounding.whole(np.array([1055, 1054, -1055])).tolist() == [1060, 1050, -1060]


@pytest.mark.parametrize("name", NAMES)
def test_every_rulebook_rounds_to_hundredths_half_away_from_zero(name: str) -> None:
    """The three rulebooks round alike."""
    assert Rounding.of(Rulebook.load(name)) == Rounding(step=1, rule="half_away_from_zero")
