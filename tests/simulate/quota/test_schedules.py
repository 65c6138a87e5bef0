"""Schedules over a line of six people, worked out by hand."""

import polars as pl
import pytest

from simulate.quota import QuotaError, Schedule, compare, difference
from tests.simulate.quota.lines import six, uncertain


def test_schedules_by_hand() -> None:
    """One place takes 100, 103, 106; one more each year takes 100, then 102 at the cutoff, then 103."""
    told = compare([six()], [Schedule.constant(1, years=3), Schedule.rising(1, 1, years=3)])
    cutoffs = told.filter(pl.col("quantity") == "cutoff").select("schedule", "year", "places", "median")
    assert cutoffs.rows() == [
        ("1", 2021, 1, 100.0),
        ("1", 2022, 1, 103.0),
        ("1", 2023, 1, 106.0),
        ("1+1", 2021, 1, 100.0),
        ("1+1", 2022, 2, 102.0),
        ("1+1", 2023, 3, 103.0),
    ]


@pytest.mark.parametrize(
    ("quantity", "values"),
    [
        ("admitted", [1, 2, 3]),
        ("backlog", [5, 3, 0]),
        ("years_to_clear", [5, 1.5, 0]),
        ("population", [2, 2, 5]),
        ("mean_waited", [1, 2, 3]),
        ("age", [41, 37, 33]),
    ],
)
def test_every_quantity_by_hand(quantity: str, values: list[float]) -> None:
    """With 1, 2 and 3 places the six get in one after the other, with their children and their ages."""
    told = compare([six()], [Schedule.rising(1, 1, years=3)]).filter(pl.col("quantity") == quantity)
    assert told["mean"].to_list() == values
    assert told["known"].to_list() == [2, 2, 2]


def test_nobody_admitted_has_no_cutoff_and_no_age() -> None:
    """Without a place there are no numbers, and the replications that have one are told: none."""
    told = compare([six()], [Schedule.constant(0, years=3)])
    cutoffs = told.filter(pl.col("quantity").is_in(["cutoff", "age", "years_to_clear"]))
    assert cutoffs["median"].to_list() == [None] * 9
    assert cutoffs["known"].to_list() == [0] * 9


def test_a_schedule_differs_from_itself_by_nothing() -> None:
    """The same chance befalls the same people, so that every difference is exactly zero."""
    schedule = Schedule.constant(4, years=3)
    told = difference([uncertain()], schedule, schedule)
    assert set(told.select("mean", "p05", "p95").unpivot()["value"].drop_nulls()) == {0.0}


def test_lines_stand_side_by_side() -> None:
    """Replications of several lines are told as one, each line's as often as it was drawn."""
    lines = [uncertain(seed=1, replications=30), uncertain(seed=2, replications=20)]
    told = compare(lines, [Schedule.constant(4, years=3)]).filter(pl.col("quantity") == "backlog")
    each = [
        compare([line], [Schedule.constant(4, years=3)]).filter(pl.col("quantity") == "backlog")["mean"]
        for line in lines
    ]
    assert told["mean"].to_list() == pytest.approx(((each[0] * 30 + each[1] * 20) / 50).to_list())
    assert told["known"].to_list() == [50] * 3


def test_places_never_fall_below_none() -> None:
    """A schedule that falls ends at 0 and not below."""
    assert Schedule.rising(5, -3, years=4).places == (5, 2, 0, 0)


@pytest.mark.parametrize(
    ("schedule", "says"),
    [(Schedule.constant(3, years=2), "places for 2 years"), (Schedule.constant(3, years=4), "2021 to 2023")],
)
def test_a_schedule_of_other_years_is_refused(schedule: Schedule, says: str) -> None:
    """Places for fewer or more years than the line has are an error that names both."""
    with pytest.raises(QuotaError, match=says):
        compare([six()], [schedule])


def test_refusals_say_what_is_wrong() -> None:
    """No line, a negative place, and two schedules of one name are refused."""
    with pytest.raises(QuotaError, match="no line is given"):
        compare([], [Schedule.constant(1, years=3)])
    with pytest.raises(QuotaError, match="0 or more"):
        Schedule("mine", (3, -1, 2))
    with pytest.raises(QuotaError, match="same name"):
        compare([six()], [Schedule.constant(1, years=3)] * 2)
