"""Standardised rates, by hand, and where composition alone makes the difference."""

import pytest

import scoring
from scoring.errors import UnknownName
from simulate.distribution import DistributionError, standardised, strata
from tests.reports.rounds import frame, scored

# Strata by insured years: short (under ten) and long. Of the short none is admitted, of the long all.
PEOPLE = [
    ("a", "20.00", 3),
    ("a", "60.00", 1),
    ("b", "20.00", 1),
    ("b", "60.00", 3),
]


def round_of(people: list[tuple[str, str, int]], *, quota: int) -> scoring.Scored:
    """Score people by area and employment points, so many of each."""
    areas = [area for area, _, many in people for _ in range(many)]
    points = [points for _, points, many in people for _ in range(many)]
    return scored(frame({"employment": points, "area": areas}), quota=quota)


def test_composition_alone_is_no_difference() -> None:
    """Where people alike fare alike, areas differ in their rates and not in their standardised ones."""
    told = standardised(round_of(PEOPLE, quota=4), "area", within=["career"])
    assert told["admission_rate"].to_list() == [0.25, 0.75]
    assert told["standardised_rate"].to_list() == [0.5, 0.5]
    assert told["ratio"].to_list() == [0.5, 1.5]
    assert told["standardised_ratio"].to_list() == [1.0, 1.0]
    assert told["covered"].to_list() == [1.0, 1.0]


def test_standardised_rates_by_hand() -> None:
    """Each stratum's own rate is weighted by the pool's strata: 6 short and 6 long of twelve."""
    people = [
        ("a", "20.00", 4),
        ("a", "61.00", 1),
        ("a", "60.00", 1),
        ("b", "20.00", 2),
        ("b", "61.00", 1),
        ("b", "60.00", 3),
    ]
    told = standardised(round_of(people, quota=2), "area", within=["career"])
    # a: 0 of 4 short, 1 of 2 long; b: 0 of 2 short, 1 of 4 long; half the weight on each stratum.
    assert told["admission_rate"].to_list() == pytest.approx([1 / 6, 1 / 6])
    assert told["standardised_rate"].to_list() == pytest.approx([0.25, 0.125])
    assert told["standardised_ratio"].to_list() == pytest.approx([0.25 / (1 / 6), 0.125 / (1 / 6)])


def test_an_empty_stratum_is_left_out_and_told() -> None:
    """A level without anybody long insured is compared among the short alone, and the coverage says so."""
    people = [("a", "20.00", 4), ("b", "20.00", 2), ("b", "60.00", 2)]
    round_ = round_of(people, quota=2)
    told = standardised(round_, "area", within=["career"])
    assert told["covered"].to_list() == [0.75, 1.0]
    assert told["empty_strata"].to_list() == [1, 0]
    assert told["standardised_rate"].to_list() == [0.0, 0.25]
    listed = strata(round_, "area", within=["career"])
    empty = listed.filter("empty").select("level", "career", "pool", "admission_rate")
    assert empty.rows() == [("a", "20-24", 0, None)]
    assert listed["standard_share"].to_list() == [0.75, 0.25, 0.75, 0.25]


def test_one_stratum_is_the_rate_as_it_is() -> None:
    """Where all are alike, the standardised rate is the plain one, with nearly Wilson's interval."""
    people = [("a", "60.00", 40), ("a", "61.00", 10), ("b", "60.00", 50)]
    told = standardised(round_of(people, quota=10), "area", within=["career"])
    assert told["standardised_rate"].to_list() == pytest.approx([0.2, 0.0])
    # Wilson's interval of 10 of 50 is 0.1124 to 0.3304, of 0 of 50 from 0 to 0.0713.
    assert told["standardised_low"].to_list() == pytest.approx([0.1124, 0], abs=1e-3)
    assert told["standardised_high"].to_list() == pytest.approx([0.3304, 0.0713], abs=1e-3)


def test_one_stratum_has_the_ends_of_representation() -> None:
    """Where all are alike, the standardised ratio is the plain one, with nearly the same interval."""
    people = [("a", "60.00", 400), ("a", "61.00", 100), ("b", "60.00", 900), ("b", "61.00", 100)]
    row = standardised(round_of(people, quota=200), "area", within=["career"]).row(0, named=True)
    # 100 of 500 against 200 of 1,500, as the interval of representation is worked out by hand.
    spread = 1.959964 * ((1 / 0.2 - 2.5) ** 2 * 0.00032 + (2 / 3 * 7.5) ** 2 * 0.00009) ** 0.5
    low, high = 1.5 * 2.718282**-spread, 1.5 * 2.718282**spread
    assert (row["ratio"], row["standardised_ratio"]) == pytest.approx((1.5, 1.5))
    assert (row["ratio_low"], row["ratio_high"]) == pytest.approx((low, high), rel=1e-5)
    ends = (row["standardised_ratio_low"], row["standardised_ratio_high"])
    assert ends == pytest.approx((low, high), rel=2e-3)


def test_strata_of_several_traits_are_crossed() -> None:
    """With two traits each stratum is one pair of levels that somebody in the pool has."""
    round_ = round_of(PEOPLE, quota=4)
    listed = strata(round_, "area", within=["career", "taxed"])
    assert listed.select("career", "taxed").unique().height == 2
    assert listed.columns[:3] == ["level", "career", "taxed"]
    assert listed["pool"].sum() == 8


def test_rows_in_another_order_change_nothing() -> None:
    """Reversed people give the same comparison."""
    one = standardised(round_of(PEOPLE, quota=4), "area", within=["career"])
    other = standardised(round_of(PEOPLE[::-1], quota=4), "area", within=["career"])
    assert one.equals(other)


@pytest.mark.parametrize("within", [[], ["area"], ["career", "area"]])
def test_a_trait_is_not_compared_within_itself(within: list[str]) -> None:
    """Nothing to compare within, or the trait itself, is refused."""
    with pytest.raises(DistributionError, match="name one trait or more"):
        standardised(round_of(PEOPLE, quota=4), "area", within=within)


def test_an_unknown_trait_to_compare_within_is_refused() -> None:
    """A points cohort without years of birth has no age band, and says what it has."""
    with pytest.raises(UnknownName, match="age_band"):
        standardised(round_of(PEOPLE, quota=4), "area")
