"""The line of the calibrated ensemble: its forecast under a constant quota, and schedules over it."""

import numpy as np
import polars as pl
import pytest

from simulate.forecast import ForecastError, forecast
from simulate.quota import (
    Assumed,
    CalibratedLine,
    Population,
    QuotaError,
    Schedule,
    Target,
    Uptake,
    compare,
    difference,
    draw_lines,
    largest_constant,
    smallest_constant,
)
from tests.reports.rounds import RULES

YEARS = range(2023, 2026)
UPTAKE = Uptake(Assumed(0.1, 0.1, 0.1), Assumed(0, 0, 0), children_per_settler=Assumed(0.5, 0.5, 0.5))
SMALL = Population(applicants=1_500, members=6, replications=2, seed=3)


@pytest.fixture(scope="module")
def line() -> CalibratedLine:
    """Draw a small line of 2023 to 2025 under six members, with half a child for each settler."""
    (found,) = draw_lines(RULES, years=YEARS, population=SMALL, uptake=UPTAKE)
    assert isinstance(found, CalibratedLine)
    return found


def test_the_ensemble_is_the_population_unless_another_is_named() -> None:
    """Where nothing is said, all members are followed, each twice."""
    assert (Population().kind, Population().members, Population().drawn) == ("calibrated", None, 2)


def test_a_small_line_has_the_cutoffs_of_the_forecast(line: CalibratedLine) -> None:
    """With a quota to match, cutoffs are near the committed forecast of 2023 and 2024: 109.6 and 113.4."""
    told = compare([line], [Schedule.constant(73, years=3)]).filter(pl.col("quantity") == "cutoff")
    assert told["median"].to_list()[:2] == pytest.approx([109.6, 113.4], abs=0.8)
    assert told["known"].to_list() == [12, 12, 12]


def test_no_other_schedule_is_no_difference(line: CalibratedLine) -> None:
    """A schedule differs from itself by exactly zero, in every quantity and replication."""
    schedule = Schedule.constant(70, years=3)
    told = difference([line], schedule, schedule).drop("known")
    assert set(told.select(pl.selectors.numeric().exclude("year")).unpivot()["value"]) == {0.0}


def test_more_places_never_raise_a_later_cutoff_nor_leave_more_over(line: CalibratedLine) -> None:
    """Replication by replication, as long as somebody is left over."""
    few, many = (line.lead(np.array(places)) for places in ([60, 60, 60], [60, 90, 60]))
    assert (many["backlog"] <= few["backlog"] + 1e-3).all()
    assert (many["cutoff"][1:] <= few["cutoff"][1:]).all()
    assert (many["cutoff"][2] < few["cutoff"][2]).any()


def test_who_settles_is_what_is_assumed(line: CalibratedLine) -> None:
    """With a tenth withdrawn and half a child each, 0.9 x 1.5 people settle for each admitted."""
    told = line.lead(np.array([70, 80, 60]))
    assert told["population"] == pytest.approx(1.35 * told["admitted"])
    assert told["population_so_far"][2] == pytest.approx(1.35 * told["admitted"].sum(axis=0))


def test_schedules_are_sized_on_the_ensemble(line: CalibratedLine) -> None:
    """The smallest quota for a cutoff meets it in enough replications, and one less does not."""
    target = Target("cutoff", 112.0, 2024, 0.75)
    found = smallest_constant([line], target)
    shares = []
    for places in (found.places - 1, found.places):
        told = line.lead(np.full(3, places))
        shares.append((told["cutoff"][1:] <= 112).all(axis=0).mean())
    assert shares[0] < 0.75 <= shares[1] == found.probability
    assert found.low <= found.places <= (found.high or 50_000)
    assert found.replications == 12


def test_a_budget_of_people_is_kept(line: CalibratedLine) -> None:
    """Under the largest quota the people who settle in three years are within the budget often enough."""
    target = Target("population", 400, 2025, 0.75)
    found = largest_constant([line], target, most=1_000)
    kept, broken = (
        (line.lead(np.full(3, places))["population"].sum(axis=0) <= 400).mean()
        for places in (found.places, found.places + 1)
    )
    assert broken < 0.75 <= kept


def test_more_members_than_there_are_and_other_years_are_refused() -> None:
    """The ensemble has 32 members, and begins after a published round."""
    with pytest.raises(QuotaError, match="members = 40: the ensemble of 2022 has 32"):
        draw_lines(RULES, years=YEARS, population=Population(members=40))
    with pytest.raises(ForecastError, match="after the rounds of 2020 to 2022"):
        draw_lines(RULES, years=[2025], population=SMALL)


@pytest.mark.slow
def test_at_a_constant_quota_paths_are_the_forecast() -> None:
    """On the whole population at 6,000 places, bands are those of `forecast`, up to who is drawn."""
    years = range(2023, 2031)
    lines = draw_lines(RULES, years=years)
    told = compare(lines, [Schedule.constant(6_000, years=len(years))])
    cutoffs = told.filter(pl.col("quantity") == "cutoff")
    ages = told.filter(pl.col("quantity") == "age")
    expected = forecast(origin=2022, last=2030, quota=dict.fromkeys(years, 6_000))
    for cutoff, age, outlook in zip(
        cutoffs.rows(named=True), ages.rows(named=True), expected.outlooks, strict=True
    ):
        for name, share in (("p10", 0.1), ("median", 0.5), ("p90", 0.9)):
            assert cutoff[name] == pytest.approx(np.quantile(outlook.cutoffs, share), abs=0.25)
        assert age["mean"] == pytest.approx(outlook.mean("mean_age"), abs=0.05)
