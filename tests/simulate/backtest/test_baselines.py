"""Simple rules, by hand from what is published."""

import pytest

from simulate.backtest.baselines import suburban_owner, trend, with_outsiders


def test_the_trend_is_the_straight_line_through_the_cutoffs() -> None:
    """90.75, 93.58, 97.13: a slope of 3.19 through the mean of 93.82 in 2019; 2021 lies two years on."""
    assert trend(2020, 2021)["cutoff"] == pytest.approx((90.75 + 93.58 + 97.13) / 3 + 2 * (97.13 - 90.75) / 2)


def test_owners_outside_gain_six_a_year() -> None:
    """Place 12,000 of the pool of 2020 lies between 95 (10,886) and 94 (13,550); six points come on top."""
    expected = 95 - (12_000 - 10_886) / (13_550 - 10_886) + 6
    assert suburban_owner(2020, 2021)["cutoff"] == pytest.approx(expected)
    assert suburban_owner(2020, 2021)["rank 6000"] == pytest.approx(expected)


def test_the_area_is_full_after_four_years() -> None:
    """Place 36,000 in 2025 lies between 88 (33,578) and 87 (37,394); four years of six, one of four."""
    expected = 88 - (36_000 - 33_578) / (37_394 - 33_578) + 28
    assert suburban_owner(2022, 2025)["cutoff"] == pytest.approx(expected)


def test_outsiders_leave_the_pool_where_it_was() -> None:
    """With 21 % from outside, two years take 9,480 of the pool beside the first 6,000: place 15,480."""
    expected = 94 - (15_480 - 13_550) / (16_573 - 13_550) + 12
    assert with_outsiders(2021, 2022)["cutoff"] == pytest.approx(expected)
