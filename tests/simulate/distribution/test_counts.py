"""Counts of a scored cohort, against pools small enough to count by hand."""

from decimal import Decimal

import polars as pl
import pytest

from simulate import distribution
from tests.reports.rounds import frame, scored

# Nine people: employment is the whole total but for two with a deduction, and one with tax points.
NINE = {
    "employment": ["10.00", "10.99", "11.00", "11.00", "12.50", "15.00", "15.00", "13.00", "20.00"],
    "study_deduction": ["0", "0", "0", "0", "0", "-2.51", "-2.50", "0", "0"],
    "tax": ["0", "0", "0", "0", "0", "0", "0", "0", "2"],
    "education": ["0", "10.5", "0", "0", "0", "0", "0", "0", "0"],
    "job": ["inside", "inside", "inside", "outside", "outside", "outside", "inside", "inside", "inside"],
}
# Totals: 10.00, 21.49, 11.00, 11.00, 12.50, 12.49, 12.50, 13.00, 22.00.


def test_bins_hold_their_lower_edge_and_not_their_upper_one() -> None:
    """A total on an edge belongs to the bin that begins there, to the hundredth."""
    bins = distribution.score_bins(scored(frame(NINE), quota=0), width=1)
    counts = {float(row["lower"]): row["people"] for row in bins.rows(named=True) if row["people"]}
    assert counts == {10.0: 1, 11.0: 2, 12.0: 3, 13.0: 1, 21.0: 1, 22.0: 1}


def test_bins_tile_the_axis() -> None:
    """Empty bins between the lowest and the highest are there, and each begins where the last one ends."""
    bins = distribution.score_bins(scored(frame(NINE), quota=0), width=1)
    assert bins["lower"].to_list()[1:] == bins["upper"].to_list()[:-1]
    assert (bins["lower"][0], bins["upper"][-1]) == (Decimal("10.00"), Decimal("23.00"))


def test_the_cutoff_is_an_edge() -> None:
    """Everyone in a bin is admitted or no one is, though the cutoff lies between two edges."""
    bins = distribution.score_bins(scored(frame(NINE), quota=4), width=5)
    assert bins.rows() == [
        (Decimal("10.00"), Decimal("12.50"), 4, False),
        (Decimal("12.50"), Decimal("15.00"), 3, True),
        (Decimal("15.00"), Decimal("20.00"), 0, True),
        (Decimal("20.00"), Decimal("25.00"), 2, True),
    ]


@pytest.mark.parametrize("width", [0, -1, "0.005", "wide", float("nan")])
def test_a_width_is_a_positive_number_of_hundredths(width: object) -> None:
    """A width of nothing, finer than a hundredth or no number at all is refused."""
    with pytest.raises(distribution.WidthError, match="positive number of hundredths"):
        distribution.score_bins(scored(frame(NINE), quota=4), width=width)  # type: ignore[arg-type]


def test_negative_totals_have_bins_too() -> None:
    """A total below zero falls into the bin below it, not towards zero."""
    people = frame({"law_abiding": ["-30.00", "-0.01", "0"], "employment": ["0", "0", "0"]})
    bins = distribution.score_bins(scored(people, quota=0), width=5)
    counts = {float(row["lower"]): row["people"] for row in bins.rows(named=True) if row["people"]}
    assert counts == {-30.0: 1, -5.0: 1, 0.0: 1}


def test_bands_count_from_the_top() -> None:
    """Each band tells its own people and those in all higher bands."""
    bands = distribution.score_bands(scored(frame(NINE), quota=0), width=5)
    assert bands["people"].to_list() == [2, 0, 7]
    assert bands["cumulative"].to_list() == [2, 2, 9]


def test_indicators_count_above_zero_and_deductions_below() -> None:
    """An indicator counts the people above zero, a deduction those below, and means are over everyone."""
    frame_ = distribution.indicators(scored(frame(NINE), quota=4))
    rows = {(row["indicator"], row["population"]): row for row in frame_.rows(named=True)}
    assert rows["study_deduction", "pool"]["counted"] == 2
    assert rows["study_deduction", "pool"]["mean_points"] == pytest.approx(-5.01 / 9)
    assert rows["tax", "admitted"]["counted"] == 1
    assert rows["tax", "admitted"]["mean_points"] == pytest.approx(2 / 5)
    assert rows["education", "pool"]["share"] == pytest.approx(1 / 9)
    assert rows["employment", "pool"]["counted"] == 9


def test_negative_tax_points_are_no_points_gained() -> None:
    """Tax can add and take away: only those above zero are counted as having points."""
    frame_ = distribution.indicators(scored(frame({"tax": ["-12", "0", "2", "6"]}), quota=0))
    tax = frame_.row(
        by_predicate=(pl.col("indicator") == "tax") & (pl.col("population") == "pool"), named=True
    )
    assert tax["counted"] == 2
    assert tax["mean_points"] == pytest.approx(-1.0)


def test_composition_counts_pool_and_admitted() -> None:
    """A group is told with its people, its share of all, and how many of it were admitted."""
    rows = distribution.composition(scored(frame(NINE), quota=4), "job").rows(named=True)
    assert [(row["level"], row["pool"], row["admitted"]) for row in rows] == [
        ("inside", 6, 4),
        ("outside", 3, 1),
    ]
    assert rows[0]["pool_share"] == pytest.approx(6 / 9)
    assert rows[1]["admitted_share"] == pytest.approx(1 / 5)
    assert rows[1]["admission_rate"] == pytest.approx(1 / 3)
    assert not rows[0]["ordered"]


def test_points_tell_education_where_no_credential_is_known() -> None:
    """A points cohort tells its education by points, in their order and without needless zeros."""
    round_ = scored(frame(NINE), quota=4)
    assert distribution.dimensions(round_) == ("education", "job")
    rows = distribution.composition(round_, "education")
    assert rows["level"].to_list() == ["0", "10.5"]
    assert rows["ordered"].all()


def test_age_bands_stand_in_their_order_and_the_unknown_last() -> None:
    """Bands are told from the youngest to the oldest, however many people each has."""
    years = [1983, 1960, 1960, 1970, 1990, None]
    round_ = scored(frame({"employment": ["30"] * 6, "birth_year": years}), quota=3)
    assert distribution.composition(round_, "age_band")["level"].to_list() == ["<=35", "46-50", ">=51", None]


def test_medians_are_those_of_each_population() -> None:
    """The middle total of the pool and of the admitted, and none where nobody is."""
    told = distribution.medians(scored(frame(NINE), quota=4))
    # Of nine, 95 % of medians lie between the second and the eighth; of five there are too few to say.
    assert told.rows() == [("pool", 9, 12.5, 11.0, 21.49), ("admitted", 5, 13.0, None, None)]
    assert distribution.medians(scored(frame(NINE), quota=0))["median"].to_list() == [12.5, None]
