"""The quota curve, against ranking the same pool again at every quota."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import scoring
from scoring.errors import UnknownName
from scoring.ranking import rank
from simulate.quota import QuotaError, quota_curve
from synthetic_data.population import facts
from tests.reports.rounds import RULES, frame, scored
from tests.simulate.quota.pools import drawn, ten


@pytest.fixture(scope="module")
def round_of_facts() -> scoring.Scored:
    """Score generated facts, of whom some are not eligible."""
    people = facts(RULES, round_year=2020, size=400, seed=3)
    return scoring.score(scoring.Cohort.from_frame(people, rules=RULES, round_year=2020), RULES, quota=20)


@pytest.mark.parametrize("seed", range(4))
def test_the_curve_is_scoring_at_every_quota(seed: int) -> None:
    """Cutoff, admitted and tied are those of a ranking at each quota from 0 to beyond the pool."""
    round_ = drawn(60, seed=seed)
    _agrees_at_every_quota(round_)


def test_the_curve_leaves_out_the_ineligible(round_of_facts: scoring.Scored) -> None:
    """Facts with ineligible applicants give the same curve as ranking does."""
    assert round_of_facts.ranking.eligible < round_of_facts.ranking.applicants
    _agrees_at_every_quota(round_of_facts)


def test_groups_are_those_of_a_scoring_at_every_quota(round_of_facts: scoring.Scored) -> None:
    """The admitted of each level are those whom a scoring with that quota marks as admitted."""
    curve = quota_curve(round_of_facts, groups=["sex", "sector"])
    for quota in (0, 1, 7, 100, 399, 1_000):
        again = scoring.score(round_of_facts.cohort, RULES, quota=quota).frame
        for by in ("sex", "sector"):
            want = (
                again.filter("eligible")
                .group_by(pl.col(by).cast(pl.String).alias("level"))
                .agg(pl.len().cast(pl.Int64).alias("pool"), pl.col("admitted").sum().cast(pl.Int64))
            )
            told = curve.groups_at([quota]).filter(pl.col("group") == by)
            assert told.select(want.columns).sort("level").equals(want.sort("level"))


def _agrees_at_every_quota(round_: scoring.Scored) -> None:
    curve = quota_curve(round_)
    applicants = round_.ranking.applicants
    quotas = np.arange(applicants + 5)
    rows = curve.at(quotas).rows(named=True)
    for quota, row in zip(quotas.tolist(), rows, strict=True):
        want = rank(round_.counts, applicants=applicants, quota=quota)
        assert (row["cutoff"], row["admitted"], row["tied"]) == (
            want.cutoff,
            want.admitted,
            want.tied_at_cutoff,
        )
        assert (curve.cutoff(quota), curve.admitted(quota)) == (want.cutoff, want.admitted)
        assert row["backlog"] == want.eligible - want.admitted


def test_ten_people_by_hand() -> None:
    """The steps of ten people are the seven distinct totals, each with the quotas that stop there."""
    rows = quota_curve(ten()).steps_table().rows()
    assert rows == [
        (Decimal("99.00"), 1, 1, 1, 1),
        (Decimal("98.50"), 2, 3, 3, 2),
        (Decimal("98.00"), 4, 4, 4, 1),
        (Decimal("97.00"), 5, 7, 7, 3),
        (Decimal("96.50"), 8, 8, 8, 1),
        (Decimal("95.00"), 9, 9, 9, 1),
        (Decimal("90.00"), 10, 10, 10, 1),
    ]


def test_the_slope_counts_the_people_around_the_cutoff() -> None:
    """At 97.00 four people lie from half a point below to just under half a point above: four a point."""
    curve = quota_curve(ten())
    assert curve.at([5])["people_per_point"].to_list() == [4.0]
    # From 96.00 to just under 98.00 the same four: two people a point.
    assert curve.at([5], width=2)["people_per_point"].to_list() == [2.0]
    # A hundredth wide: the three tied at 97.00 alone, 300 people a point.
    assert curve.at([5], width="0.01")["people_per_point"].to_list() == [300.0]
    assert curve.at([0])["people_per_point"].to_list() == [None]


def test_group_rates_by_hand() -> None:
    """With quota 5 the three tied at 97.00 are in: of five women four, of five men three."""
    told = quota_curve(ten(), groups=["sex"]).groups_at([5, 0])
    ends = [name for name in told.columns if name.endswith(("_low", "_high"))]
    assert told.drop(ends).rows() == [
        (5, "sex", "female", 5, 4, 0.8, 4 / 7),
        (5, "sex", "male", 5, 3, 0.6, 3 / 7),
        (0, "sex", "female", 5, 0, 0.0, None),
        (0, "sex", "male", 5, 0, 0.0, None),
    ]
    # Wilson's interval of 4 of 5 is 0.3755 to 0.9638, of 0 of 5 from 0 to 0.4345.
    assert told["rate_low"].to_list() == pytest.approx([0.3755, 0.2307, 0, 0], abs=1e-4)
    assert told["rate_high"].to_list() == pytest.approx([0.9638, 0.8824, 0.4345, 0.4345], abs=1e-4)
    # In people of five; and of four among the seven admitted, 0.2505 to 0.8418.
    assert told["admitted_high"].to_list() == pytest.approx([4.819, 4.412, 2.172, 2.172], abs=1e-3)
    assert (told["share_low"][0], told["share_high"][0]) == pytest.approx((0.2505, 0.8418), abs=1e-4)
    assert told["share_low"].to_list()[2:] == [None, None]


def test_people_who_never_qualify_change_nothing() -> None:
    """A hundred people far below leave every quota up to the old pool's size as it was."""
    points = ["99.00", "98.50", "98.50", "97.00"]
    few, many = (
        quota_curve(scored(frame({"employment": points + ["1.00"] * below}), quota=0)) for below in (0, 100)
    )
    quotas = np.arange(5)
    columns = ["quota", "cutoff", "admitted", "tied", "people_per_point"]
    assert few.at(quotas).select(columns).equals(many.at(quotas).select(columns))


def test_the_order_of_rows_changes_nothing() -> None:
    """Reversed people give the same curve and the same groups."""
    columns = {"employment": ["9.00", "7.00", "7.00", "3.00"], "area": ["a", "b", "a", "b"]}
    turned = {name: values[::-1] for name, values in columns.items()}
    one, other = (
        quota_curve(scored(frame(people), quota=0), groups=["area"]) for people in (columns, turned)
    )
    quotas = np.arange(6)
    assert one.at(quotas).equals(other.at(quotas))
    assert one.groups_at(quotas).equals(other.groups_at(quotas))


def test_scaled_points_admit_the_same() -> None:
    """Twice the points give twice the cutoff, and the same people at every quota."""
    one, two = (
        quota_curve(scored(frame({"employment": [str(factor * points) for points in (9, 7, 7, 3)]}), quota=0))
        for factor in (1, 2)
    )
    quotas = np.arange(6)
    assert one.at(quotas).select("admitted", "tied").equals(two.at(quotas).select("admitted", "tied"))
    assert two.cutoff(2) == 2 * (one.cutoff(2) or 0)


@pytest.mark.parametrize("quota", [-1, 2.5])
def test_a_quota_is_a_whole_number_of_people(quota: float) -> None:
    """A negative quota or half a place is refused."""
    with pytest.raises(QuotaError, match="whole number of people"):
        quota_curve(ten()).at([quota])


def test_an_unknown_group_is_refused_with_the_nearest() -> None:
    """A misspelt group says which was meant and which there are."""
    with pytest.raises(UnknownName, match="did you mean sex"):
        quota_curve(ten(), groups=["sexes"])


@pytest.mark.shared
def test_the_published_list_of_2020(published: Path) -> None:
    """At the quota of 2020 the curve gives the published cutoff, and at other ranks the published totals."""
    cohort = scoring.read(published / "admitted-2020.csv", rules=RULES, round_year=2020)
    curve = quota_curve(scoring.score(cohort, RULES, quota=6_000))
    assert (curve.cutoff(6_000), curve.admitted(6_000)) == (Decimal("97.13"), 6_032)
    ranks = pl.read_csv(published / "rank-scores.csv")
    of_2020 = ranks.filter((pl.col("year") == 2020) & (pl.col("rank") <= 6_000))
    cutoffs = curve.at(of_2020["rank"].to_numpy())["cutoff"].cast(pl.Float64)
    assert len(cutoffs) >= 5
    assert cutoffs.to_list() == pytest.approx(of_2020["score"].to_list(), abs=1e-9)
