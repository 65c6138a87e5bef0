"""Intervals of a ledger: the same question to applicants drawn anew, checked one draw at a time."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

import scoring
from scoring import Rulebook
from scoring.reform import Reform
from simulate.displacement import displacement, flow_intervals, intervals, part_intervals
from simulate.displacement.intervals import outcome, shares
from simulate.displacement.resampling import Ranked, Sample
from tests.simulate.engine.cohorts import facts_cohort

RULES = Rulebook.load("beijing-2020")
QUOTA = 150
REFORM = Reform.from_changes(
    RULES, {"employment.points_per_year": 4, "eligibility.continuous_months": 120}, title="试改"
)
LEDGER = displacement(facts_cohort(2_000), REFORM, quota=QUOTA, groups=["sex"])


def test_a_draw_is_what_scoring_the_drawn_applicants_gives() -> None:
    """Whoever was drawn as often as the draw says, scored from the start, gives its cutoffs and its moves."""
    people, sample = facts_cohort(2_000), Sample.of(LEDGER, (0, 3))
    assert sample is not None
    drawn = np.random.default_rng(5).integers(0, 2_000, 2_000)
    times = np.bincount(drawn, minlength=2_000)
    frame = people.frame[drawn].with_columns(applicant_id=pl.int_range(2_000).cast(pl.String))
    again = replace(people, frame=frame)
    expected = displacement(again, REFORM, quota=QUOTA, groups=["sex"])
    names = intervals(LEDGER, replicates=1).select("quantity", "group", "level").rows()
    got = dict(zip(names, outcome(sample, times[sample.rows][None].astype(float))[0].tolist(), strict=True))
    assert got["admitted_before", None, None] == expected.before.admitted
    assert got["admitted_after", None, None] == expected.after.admitted
    assert got["cutoff_before", None, None] == pytest.approx(float(expected.before.cutoff or 0))
    assert got["cutoff_after", None, None] == pytest.approx(float(expected.after.cutoff or 0))
    assert got["entered", None, None] == expected.entered > 0
    assert got["left", None, None] == expected.left > 0
    for level, side in (("female", "entered"), ("male", "left")):
        row = expected.groups.row(by_predicate=pl.col("level") == level, named=True)
        assert got[side, "sex", level] == row[side]
        assert got["admitted_after", "sex", level] == row["after"]
        assert got["net", "sex", level] == row["entered"] - row["left"] == row["after"] - row["before"]


def test_every_applicant_is_drawn_alike() -> None:
    """On average each of those told apart is drawn once, and no draw has more people than there are."""
    sample = Sample.of(LEDGER, (0, 3))
    assert sample is not None
    counts = np.concatenate(list(sample.draws(400, seed=1)))
    assert counts.dtype == float
    assert counts.shape == (400, len(sample.rows))
    assert counts.mean() == pytest.approx(1, abs=0.02)
    assert counts.var() == pytest.approx(1, abs=0.05)
    assert counts.sum(axis=1).max() <= 2_000


def test_intervals_hold_the_ledger_s_own_numbers() -> None:
    """Values are the ledger's, each inside its interval, and the same seed gives the same ends."""
    frame = intervals(LEDGER, replicates=300, seed=2)
    everyone = {row["quantity"]: row for row in frame.filter(pl.col("group").is_null()).iter_rows(named=True)}
    assert everyone["entered"]["value"] == LEDGER.entered
    assert everyone["net"]["value"] == LEDGER.entered - LEDGER.left
    assert frame.filter((pl.col("value") < pl.col("low")) | (pl.col("value") > pl.col("high"))).is_empty()
    assert everyone["entered"]["low"] < LEDGER.entered < everyone["entered"]["high"]
    assert frame.equals(intervals(LEDGER, replicates=300, seed=2))
    assert not frame.equals(intervals(LEDGER, replicates=300, seed=3))


def test_an_empty_reform_is_surely_nothing() -> None:
    """Baseline and reform share their draws, so that no effect has no width."""
    nothing = displacement(facts_cohort(2_000), Reform.from_changes(RULES, {}, title="不改"), quota=QUOTA)
    frame = intervals(nothing, replicates=50).filter(
        pl.col("quantity").is_in(["cutoff_change", "entered", "left", "net"])
    )
    assert frame.select("value", "low", "high").sum().row(0) == (0, 0, 0)


def test_where_nobody_is_admitted_nothing_is_told() -> None:
    """Without a place there is no cutoff to be sure of."""
    assert intervals(displacement(facts_cohort(2_000), REFORM, quota=0)).is_empty()
    shut = Reform.from_changes(RULES, {"eligibility.continuous_months": 1200}, title="无人符合")
    ledger = displacement(facts_cohort(2_000), shut, quota=5)
    assert scoring.score(facts_cohort(2_000), shut.rules, quota=5).ranking.eligible == 0
    assert intervals(ledger).is_empty()


def test_a_cutoff_is_the_total_at_the_last_place() -> None:
    """By hand: 9, 7, 7, 5 drawn 1, 0, 2, 1 times give 7 at two places and 5 at four or more."""
    totals, counts = np.array([7, 9, 5, 7]), np.array([[0.0, 1, 1, 2]])
    assert [int(Ranked.of(totals, quota).cutoff(counts)[0]) for quota in (1, 2, 3, 4, 9)] == [9, 7, 7, 5, 5]


def test_who_surely_has_a_place_need_not_be_ranked() -> None:
    """With many places the cutoff of a draw is that of a plain count from the top, ties and all."""
    random = np.random.default_rng(3)
    totals = random.integers(0, 900, 9_000)
    counts = random.multinomial(9_000, np.full(9_000, 1 / 9_000), size=20).astype(float)
    expected = [np.sort(np.repeat(totals, one.astype(int)))[-4_000] for one in counts]
    assert Ranked.of(totals, 4_000).cutoff(counts).tolist() == expected


def test_what_parts_move_in_a_draw_is_what_the_ledger_of_the_drawn_says() -> None:
    """Whoever was drawn, put into a ledger of their own, gives each part's shares, level by level."""
    sample = Sample.of(LEDGER, range(4))
    assert sample is not None
    drawn = np.random.default_rng(5).integers(0, 2_000, 2_000)
    times = np.bincount(drawn, minlength=2_000)[sample.rows].astype(float)
    people = facts_cohort(2_000)
    frame = people.frame[drawn].with_columns(applicant_id=pl.int_range(2_000).cast(pl.String))
    expected = displacement(replace(people, frame=frame), REFORM, quota=QUOTA, groups=["sex"])
    got = shares(sample, np.stack([np.ones_like(times), times]))[1].reshape(2, 1 + 2 * 3)
    for number, row in enumerate(expected.parts.iter_rows(named=True)):
        assert got[number, [0, 1, 4]].tolist() == pytest.approx([row["cutoff"], row["entered"], row["left"]])
        own = expected.group_parts.filter(part=row["part"])
        assert got[number, 2:4].tolist() == pytest.approx(own["entered"].to_list())
        assert got[number, 5:7].tolist() == pytest.approx(own["left"].to_list())


def test_values_of_parts_and_flows_are_the_ledger_s_own() -> None:
    """Beside each share stands its interval, and beside each flow; both hold the number itself."""
    frame = part_intervals(LEDGER, replicates=200)
    for row in LEDGER.parts.iter_rows(named=True):
        own = frame.filter(pl.col("group").is_null(), part=row["part"])
        assert own["quantity"].to_list() == ["cutoff", "entered", "left"]
        assert own["value"].to_list() == pytest.approx([row["cutoff"], row["entered"], row["left"]])
    assert frame.filter(pl.col("low") > pl.col("value") + 1e-9).is_empty()
    assert frame.filter(pl.col("high") < pl.col("value") - 1e-9).is_empty()
    flows = flow_intervals(LEDGER, replicates=200)
    assert flows.drop("low", "high").equals(LEDGER.flows)
    assert flows.filter((pl.col("low") > pl.col("people")) | (pl.col("high") < pl.col("people"))).is_empty()


def test_parts_of_nothing_and_parts_that_shut_everybody_out() -> None:
    """An empty reform has no parts; where one part alone leaves nobody eligible the cutoff is not shared."""
    nothing = displacement(facts_cohort(2_000), Reform.from_changes(RULES, {}, title="不改"), quota=QUOTA)
    assert part_intervals(nothing).is_empty()
    changes = {"eligibility.continuous_months": 1200, "employment.points_per_year": 4}
    shut = displacement(facts_cohort(2_000), Reform.from_changes(RULES, changes, title="无人符合"), quota=5)
    assert part_intervals(shut).is_empty()
    assert flow_intervals(shut)["low"].null_count() == shut.flows.height
