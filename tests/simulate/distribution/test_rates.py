"""What must not matter to rates, and what the published list says."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import scoring
from simulate.distribution import DistributionError, change, distances, rates, standardised
from tests.reports.rounds import RULES, drawn, scored
from tests.simulate.distribution.rounds import with_ineligible, written

AREAS = ["north", "south", "west"]


def round_of(size: int = 300, *, quota: int = 40) -> scoring.Scored:
    """Score drawn people in three areas."""
    areas = np.random.default_rng(2).choice(AREAS, size).tolist()
    return scored(drawn(size, area=areas), quota=quota)


def test_the_order_of_rows_changes_nothing() -> None:
    """Reversed people give the same rates and the same distances."""
    round_ = round_of()
    turned = scored(drawn(300, area=round_.frame["area"].to_list()).reverse(), quota=40)
    assert rates(round_, "area").equals(rates(turned, "area"))
    assert distances(round_, "area").equals(distances(turned, "area"))


def test_scaled_points_change_no_rate_and_scale_distances() -> None:
    """Twice the points for everybody admit the same and double every distance."""
    levels = ["a", "b", "a", "b", "a"]
    one, two = (written(levels, [str(k * points) for points in (9, 7, 5, 3, 1)], quota=2) for k in (1, 2))
    assert rates(one, "area").equals(rates(two, "area"))
    assert [2 * value for value in distances(one, "area")["p50"]] == distances(two, "area")["p50"].to_list()


def test_people_who_never_qualify_change_no_rate() -> None:
    """Ineligible people are told as applicants and change nothing else, however many points they have."""
    levels, totals = ["a", "b", "a", "b"], ["90.00", "80.00", "70.00", "60.00"]
    few = written(levels, totals, quota=2)
    more = written([*levels, "a"], [*totals, "99.00"], quota=2, eligible=[True] * 4 + [False])
    assert rates(more, "area")["applicants"].to_list() == [3, 2]
    assert rates(few, "area").drop("applicants").equals(rates(more, "area").drop("applicants"))
    assert distances(few, "area").equals(distances(more, "area"))


def test_groups_add_up_to_the_round() -> None:
    """Applicants, pool and admitted of all levels are those of the round."""
    round_ = with_ineligible(round_of(), [number % 7 > 0 for number in range(300)])
    told = rates(round_, "area")
    ranking = round_.ranking
    sums = [told[name].sum() for name in ("applicants", "pool", "admitted")]
    assert sums == [ranking.applicants, ranking.eligible, ranking.admitted]


def test_rates_are_those_of_the_marked_rows() -> None:
    """Each level's admitted are the rows that the scoring marks."""
    round_ = round_of()
    want = round_.frame.group_by("area").agg(pl.col("admitted").sum().cast(pl.Int64)).sort("area")
    assert rates(round_, "area")["admitted"].to_list() == want["admitted"].to_list()


def test_just_below_counts_less_than_a_point() -> None:
    """A hundredth under a full point counts, a full point does not, and who is tied at the cutoff is in."""
    round_ = written(["a"] * 5, ["90.00", "90.00", "89.99", "89.01", "89.00"], quota=1)
    assert distances(round_, "area")["just_below"].to_list() == [2]


def test_an_empty_reform_is_nothing() -> None:
    """The same round twice: nobody moves, and every change and its ends are zero."""
    told = change(round_of(), round_of(), "area")
    moved = told.select("entered", "left", "net", "change", "change_low", "change_high")
    assert set(np.array(moved).reshape(-1).tolist()) == {0.0}


def test_other_applicants_are_no_reform() -> None:
    """Two cohorts cannot be compared person by person, and the message says what can."""
    with pytest.raises(DistributionError, match="score one cohort under both"):
        change(round_of(300), round_of(299), "area")


@pytest.mark.shared
def test_the_published_list_of_2020(published: Path) -> None:
    """A list of admitted alone has every rate at one, and its tax and age counts are those published."""
    round_ = scoring.score(
        scoring.read(published / "admitted-2020.csv", rules=RULES, round_year=2020), RULES, quota=6_000
    )
    told = rates(round_, "taxed")
    assert told["admission_rate"].to_list() == [1.0, 1.0]
    assert told["representation"].to_list() == [1.0, 1.0]
    births = pl.read_csv(published / "admitted-birth-years.csv")
    of_2020 = births.filter(pl.col("year") == 2020)
    # Completed years on 1 January 2019: born in 1977 is 41, born in 1973 is 45.
    aged = of_2020.filter(pl.col("birth_year").is_between(1973, 1977))["admitted"].sum()
    by_age = dict(rates(round_, "age_band").select("level", "admitted").rows())
    assert by_age["41-45"] == aged
    assert standardised(round_, "taxed")["standardised_rate"].to_list() == pytest.approx([1.0, 1.0])
