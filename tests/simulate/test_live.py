"""The live handle answers what scoring, ranking and counting answer."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

import scoring
import simulate
from scoring.errors import RulebookError, UnknownName
from simulate import distribution
from simulate.engine import EngineError
from simulate.live import Workbench
from tests.simulate.engine.cohorts import RULES, facts_cohort, points_cohort

QUOTA = 120


@pytest.fixture(scope="module")
def bench() -> Workbench:
    """Prepare two thousand generated applicants."""
    return simulate.workbench(facts_cohort(2_000), RULES, quota=QUOTA, groups=["age_band", "sector"])


def test_a_changed_value_is_a_cohort_scored_anew(bench: Workbench) -> None:
    """Cutoff, admitted and groups are those of the whole cohort scored under the changed rulebook."""
    changes = {"employment.points_per_year": Decimal("2.5"), "age.as_of": "12-31"}
    answer = bench.ask(changes=changes, quota=100)
    scored = scoring.score(facts_cohort(2_000), RULES.changed(changes), quota=100)
    assert answer.cutoff == answer.cutoff_exact == scored.ranking.cutoff
    assert (answer.admitted, answer.tied) == (scored.ranking.admitted, scored.ranking.tied_at_cutoff)
    assert answer.is_admitted.tolist() == scored.frame["admitted"].to_list()
    sectors = answer.groups.filter(group="sector", level="金融业")
    assert sectors["admitted"].item() == scored.frame.filter("admitted", sector="金融业").height


def test_nothing_changed_is_the_baseline(bench: Workbench) -> None:
    """Without a change nobody enters or leaves, and the groups are the baseline's."""
    answer = bench.ask()
    assert (answer.entered, answer.left) == (0, 0)
    assert answer.groups["admitted"].to_list() == answer.groups["baseline"].to_list()


def test_a_larger_quota_only_adds(bench: Workbench) -> None:
    """Twice the places displace nobody."""
    answer = bench.ask(quota=2 * QUOTA)
    assert answer.left == 0
    assert answer.entered == answer.admitted - bench.ask().admitted > 0


def test_a_weight_multiplies_the_published_points(bench: Workbench) -> None:
    """Leaving an indicator out takes its points off, and a cutoff may fall between hundredths."""
    frame = scoring.score(facts_cohort(2_000), RULES, quota=QUOTA).frame.filter("eligible")
    halved = (frame["total"] - frame["age"] / 2).sort(descending=True)[QUOTA - 1]
    assert bench.ask(weights={"age": 0.5}).cutoff_exact == halved
    third = bench.ask(weights={"employment": 1 / 3})
    assert third.cutoff_exact is not None
    assert third.cutoff is not None
    assert abs(third.cutoff_exact - third.cutoff) <= Decimal("0.005")
    assert third.cutoff_exact != third.cutoff


def test_shares_add_up_to_one(bench: Workbench) -> None:
    """The levels of a group share the admitted among them."""
    shares = bench.ask(quota=77).groups.group_by("group").agg(pl.col("share").sum())
    assert shares["share"].to_list() == pytest.approx([1, 1])


def test_no_places_have_no_cutoff(bench: Workbench) -> None:
    """A quota of 0 admits nobody, and there is no share of nobody."""
    answer = bench.ask(quota=0)
    assert answer.cutoff is None
    assert answer.left == bench.ask().admitted
    assert answer.groups["share"].null_count() == answer.groups.height


@pytest.mark.parametrize(
    ("changes", "width"), [({}, 1), ({"employment.points_per_year": Decimal("2.5")}, "0.5"), ({}, 500)]
)
def test_bins_are_those_of_the_cohort_scored_anew(
    bench: Workbench, changes: dict[str, Decimal], width: object
) -> None:
    """Totals fall into the bins into which the distribution of the scored cohort puts them."""
    bins = bench.ask(changes=changes, quota=100).score_bins(width=width)  # type: ignore[arg-type]
    scored = scoring.score(facts_cohort(2_000), RULES.changed(changes), quota=100)
    expected = distribution.score_bins(scored, width=width)  # type: ignore[arg-type]
    assert bins.rows() == expected.cast({"lower": pl.Float64, "upper": pl.Float64}).rows()
    assert bins["people"].sum() == scored.ranking.eligible


def test_bins_part_at_a_cutoff_between_hundredths(bench: Workbench) -> None:
    """A weighted cutoff is an edge as it is: those from it on are the admitted."""
    answer = bench.ask(weights={"employment": 1 / 3})
    bins = answer.score_bins()
    assert bins.filter("admitted")["people"].sum() == answer.admitted
    assert bins.filter("admitted")["lower"].min() == pytest.approx(float(answer.cutoff_exact or 0))


def test_bins_of_nobody_admitted_are_all_below(bench: Workbench) -> None:
    """Without a cutoff no bin is admitted, and everyone ranked is still counted."""
    bins = bench.ask(quota=0).score_bins()
    assert not bins["admitted"].any()
    assert bins["people"].sum() == bench.ask().score_bins()["people"].sum()


def test_an_unknown_indicator_is_refused_with_the_nearest(bench: Workbench) -> None:
    """A misspelt weight names the one that was probably meant."""
    with pytest.raises(UnknownName, match="did you mean employment"):
        bench.ask(weights={"employmnt": 1})


def test_what_cannot_be_is_refused(bench: Workbench) -> None:
    """A rate below 0, a weight below 0 and a changed rule on points are errors of their own."""
    with pytest.raises(RulebookError, match="below 0"):
        bench.ask(changes={"employment.points_per_year": -1})
    with pytest.raises(EngineError, match="a weight"):
        bench.ask(weights={"age": -1})
    with pytest.raises(EngineError, match="holds points"):
        simulate.workbench(points_cohort(30, seed=1), RULES, quota=5).ask(changes={"honours.points": 1})
