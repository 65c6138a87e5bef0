"""What moving one indicator does, worked out by hand for ten people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import scoring
from simulate import sensitivity
from simulate.sensitivity import SensitivityError, Study
from tests.simulate.engine.cohorts import facts_cohort, points_cohort
from tests.simulate.sensitivity.pools import QUOTA, RULES, TEN, points, ten


@pytest.fixture(scope="module")
def study() -> Study:
    """Prepare the pool of ten with four places."""
    return sensitivity.study(ten(), RULES, quota=QUOTA, groups=["half"])


def row(frame: pl.DataFrame, **keys: object) -> dict[str, object]:
    """Give the one row that the keys name."""
    return frame.row(
        by_predicate=pl.all_horizontal(*(pl.col(name) == key for name, key in keys.items())), named=True
    )


@pytest.mark.parametrize(
    ("indicator", "cutoff", "entered", "left", "below"),
    [
        ("employment", 26, 2, 2, 4),
        ("education", 50, 1, 1, 3),
        ("job_housing_area", 65, 1, 1, 3),
        ("tax", 66, 0, 0, 0),
    ],
)
def test_leaving_an_indicator_out(
    study: Study, indicator: str, cutoff: float, entered: int, left: int, below: int
) -> None:
    """The ten are ranked anew without it, and the four admitted are held against the old cutoff."""
    told = row(sensitivity.leave_one_out(study).outcomes, indicator=indicator)
    assert (told["cutoff"], told["cutoff_change"]) == (cutoff, cutoff - 66)
    assert (told["admitted"], told["entered"], told["left"]) == (4, entered, left)
    assert told["share_changed"] == left / 4
    assert told["jaccard"] == (4 - left) / (4 + entered)
    assert (told["below_old_cutoff"], told["share_below_old_cutoff"]) == (below, below / 4)


def test_leaving_an_indicator_out_moves_groups(study: Study) -> None:
    """Without employment three of the half x get in instead of two."""
    told = row(sensitivity.leave_one_out(study).groups, indicator="employment", level="x")
    assert (told["group"], told["admitted"], told["share"], told["share_change"]) == ("half", 3, 0.75, 0.25)


def test_a_weight_moved_down_and_up(study: Study) -> None:
    """At half its weight the area lets the fifth in for the fourth; at one and a half nobody moves."""
    outcomes = sensitivity.tornado(study, spread=0.5).outcomes
    down, up = (row(outcomes, indicator="job_housing_area", weight=weight) for weight in (0.5, 1.5))
    assert (down["cutoff"], down["entered"], down["left"]) == (65, 1, 1)
    assert (up["cutoff"], up["entered"], up["left"]) == (69, 0, 0)


def test_one_point_more_for_whoever_has_points(study: Study) -> None:
    """Where all have points the cutoff moves alone; a point for credentials lifts the fifth to the fourth."""
    outcomes = sensitivity.one_point_more(study).outcomes
    employment, education = (row(outcomes, indicator=name) for name in ("employment", "education"))
    assert (employment["cutoff"], employment["entered"], employment["left"]) == (67, 0, 0)
    assert (education["cutoff"], education["admitted"], education["entered"]) == (66, 5, 1)


def test_elasticities_are_the_marginal_persons_points(study: Study) -> None:
    """The cutoff moves with the fourth, who has 60 of 66 points from employment and 6 from the area."""
    frame = sensitivity.elasticities(study).filter(quantity="cutoff")
    told = dict(zip(frame["indicator"], frame["elasticity"], strict=True))
    assert told["employment"] == pytest.approx(60 / 66)
    assert told["job_housing_area"] == pytest.approx(6 / 66)
    assert told["education"] == 0
    assert frame["elasticity_low"].null_count() == frame.height


def test_a_spread_that_moves_nothing_is_refused(study: Study) -> None:
    """A spread below the grid of weights, or above 1, is an error that says so."""
    for spread in (0.0, 0.0001, 1.5):
        with pytest.raises(SensitivityError, match="a spread of"):
            sensitivity.tornado(study, spread=spread)


def test_a_quota_below_nought_is_refused() -> None:
    """No study has fewer than no places."""
    with pytest.raises(scoring.errors.JifenError, match="quota"):
        sensitivity.study(ten(), RULES, quota=-1)


def test_no_places_have_no_effects() -> None:
    """With a quota of 0 there is no cutoff, no share and nobody who moves."""
    study = sensitivity.study(ten(), RULES, quota=0, groups=["half"])
    effects = sensitivity.leave_one_out(study, replicates=10)
    outcomes = effects.outcomes
    for name in (
        "cutoff",
        "cutoff_change",
        "share_changed",
        "jaccard",
        "share_below_old_cutoff",
        "cutoff_change_low",
    ):
        assert outcomes[name].null_count() == outcomes.height
    assert effects.groups["share"].null_count() == effects.groups.height
    assert sensitivity.elasticities(study)["elasticity"].null_count() == 27


def test_intervals_hold_what_resampling_gives() -> None:
    """With one place for 10 and 8 points, half as much again adds 5 or 4 to whoever is best in a resample."""
    pair = sensitivity.study(
        points({"employment": [10, 8]}, half=["x", "y"]), RULES, quota=1, groups=["half"]
    )
    effects = sensitivity.tornado(pair, spread=0.5, replicates=200, seed=3)
    told = row(effects.outcomes, indicator="employment", weight=1.5)
    assert (told["cutoff_change_low"], told["cutoff_change_high"]) == (4, 5)
    assert (told["cutoff_low"], told["cutoff_high"]) == (12, 15)
    assert (told["jaccard"], told["jaccard_low"], told["jaccard_high"]) == (1, 1, 1)
    assert effects.groups["share_change_low"].to_list() == [0.0] * 36
    # Whoever is best is x or y, and has the one place: a half's share is nothing or all of it.
    assert set(effects.groups["share_low"].to_list()) == {0.0}
    assert set(effects.groups["share_high"].to_list()) == {1.0}


def test_a_share_below_the_old_cutoff_has_wilsons_ends(study: Study) -> None:
    """Three of four and none of four: 0.3006 to 0.9544, and 0 to 0.4899, with resamples or without."""
    outcomes = sensitivity.leave_one_out(study).outcomes
    for indicator, ends in (("education", (0.3006, 0.9544)), ("tax", (0, 0.4899))):
        told = row(outcomes, indicator=indicator)
        got = (told["share_below_old_cutoff_low"], told["share_below_old_cutoff_high"])
        assert got == pytest.approx(ends, abs=1e-4)


def test_a_rate_raised_has_the_interval_of_its_indicator() -> None:
    """A point more for honours is a point for everyone who has one, in every resample as well."""
    study = sensitivity.study(facts_cohort(2_000), RULES, quota=120, groups=["sector"])
    by_rate = sensitivity.one_point_more_by_rate(study, replicates=40, seed=2)
    one = row(by_rate.outcomes, lever="honours.points")
    other = row(sensitivity.one_point_more(study, replicates=40, seed=2).outcomes, indicator="honours")
    names = [name for name in by_rate.outcomes.columns if name not in ("lever", "points")]
    assert {name: one[name] for name in names} == pytest.approx({name: other[name] for name in names})
    assert by_rate.outcomes["cutoff_change_low"].null_count() == 0
    assert sensitivity.one_point_more_by_rate(study).outcomes["cutoff_low"].null_count() == len(
        by_rate.outcomes
    )


def test_an_interval_covers_the_exact_effect() -> None:
    """Among two thousand, effects on the cutoff lie within or at the edge of their intervals."""
    study = sensitivity.study(facts_cohort(2_000), RULES, quota=120, groups=["sector"])
    frame = sensitivity.leave_one_out(study, replicates=100).outcomes
    wide = frame.filter(pl.col("cutoff_change_low") < pl.col("cutoff_change_high"))
    assert wide.height >= 5
    inside = wide.filter(pl.col("cutoff_change").is_between("cutoff_change_low", "cutoff_change_high"))
    assert inside.height >= wide.height - 1


def test_the_order_of_rows_changes_nothing() -> None:
    """The same people in another order have the same effects."""
    cohort = points_cohort(300, seed=4, values=6)
    order = np.random.default_rng(1).permutation(300)
    turned = replace(cohort, frame=cohort.frame[order])
    for one in (sensitivity.leave_one_out, sensitivity.tornado, sensitivity.one_point_more):
        first, second = (
            one(sensitivity.study(each, RULES, quota=40, groups=["sector"])) for each in (cohort, turned)
        )
        assert_frame_equal(first.outcomes, second.outcomes)
        assert_frame_equal(first.groups, second.groups)


def test_people_who_never_qualify_change_nothing(study: Study) -> None:
    """Ten more without any points leave every effect as it is."""
    more = {name: [*values, *([0] * 10)] for name, values in TEN.items()}
    larger = sensitivity.study(points(more, half=["x", "y"] * 10), RULES, quota=QUOTA, groups=["half"])
    for one in (sensitivity.leave_one_out, sensitivity.tornado, sensitivity.one_point_more):
        assert_frame_equal(one(study).outcomes, one(larger).outcomes)
        assert_frame_equal(one(study).groups, one(larger).groups)


def test_scaling_all_points_scales_cutoffs_alone(study: Study) -> None:
    """With twice the points cutoffs double, and the same people move."""
    twice = {name: [2 * value for value in values] for name, values in TEN.items()}
    larger = sensitivity.study(points(twice, half=["x", "y"] * 5), RULES, quota=QUOTA, groups=["half"])
    for one in (sensitivity.leave_one_out, sensitivity.tornado):
        before, after = one(study), one(larger)
        assert (2 * before.outcomes["cutoff"]).to_list() == after.outcomes["cutoff"].to_list()
        assert_frame_equal(before.groups, after.groups)
    assert_frame_equal(
        sensitivity.elasticities(study).drop("baseline"), sensitivity.elasticities(larger).drop("baseline")
    )


@pytest.mark.shared
def test_who_of_2020_would_fall_without_an_indicator(published: Path) -> None:
    """Of the 6,032 admitted, as many fall below 97.13 without an indicator as the rows say."""
    cohort = scoring.read(published / "admitted-2020.csv", rules=RULES, round_year=2020)
    frame = sensitivity.leave_one_out(sensitivity.study(cohort, RULES, quota=6000)).outcomes
    shares = {
        name: round(100 * share, 1)
        for name, share in frame.select("indicator", "share_below_old_cutoff").iter_rows()
    }
    told = {"education": 94.2, "job_housing_area": 60.8, "innovation": 1.5, "tax": 14.1, "honours": 0.3}
    assert {name: shares[name] for name in told} == told
    rows = pl.read_csv(published / "admitted-2020.csv", infer_schema=False)
    counted = rows.select(
        (
            pl.col("total").cast(pl.Decimal(12, 2)) - pl.col(name).cast(pl.Decimal(12, 2))
            < pl.lit("97.13").cast(pl.Decimal(12, 2))
        )
        .sum()
        .alias(name)
        for name in (
            "employment",
            "residence",
            "job_housing_area",
            "innovation",
            "tax",
            "age",
            "honours",
            "law_abiding",
        )
    ).row(0, named=True)
    below = dict(frame.select("indicator", "below_old_cutoff").iter_rows())
    assert {name: below[name] for name in counted} == counted
