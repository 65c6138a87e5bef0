"""Each draw of several years against the queue followed person by person, and what must hold of all draws."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl
import pytest

from scoring.errors import RulebookError
from simulate.experiment import ExperimentError, Result, run
from simulate.experiment.years.several_years import SeveralYears
from simulate.experiment.years.source import Calibrated, Plain
from tests.simulate.experiment.years.literal import Draw, follow
from tests.simulate.experiment.years.specs import LEAVES, QUOTA, ROUNDS, experiment, fixed

EVERYTHING: dict[str, Any] = {
    "levers": {
        "quota": {"low": 20, "high": 40},
        "quota.growth": {"low": -5, "high": 5},
        "quota.2023": {"low": 0, "high": 30},
        "weights.education": {"low": 0.5, "high": 1.5},
        "weights.tax": {"low": 0, "high": 2},
        "employment.points_per_year": {"low": 2, "high": 4, "step": 0.25},
        "job_housing_area.counting_from": {"choices": ["baseline", "sooner"]},
    },
    "choices": {"sooner": {"job_housing_area.counting_from": dt.date(2016, 1, 1)}},
    "uncertainties": {
        LEAVES: {"dist": "uniform", "low": 0.0, "high": 0.3},
        "population.entering.skips": {"dist": "triangular", "low": 0.0, "mode": 0.1, "high": 0.9},
        "population.home.buys": {"dist": "normal", "mean": 0.8, "sd": 0.1},
        "applicants.share": {"dist": "beta", "a": 8, "b": 2},
    },
    "draws": 4,
}


def cutoff_of(row: dict[str, Any]) -> Fraction | None:
    """Give the exact cutoff of a row in points."""
    return None if row["cutoff_exact"] is None else Fraction(row["cutoff_exact"], 102_400)


def as_draw(row: dict[str, Any]) -> Draw:
    """Read what a draw changes from its row of the table of draws."""
    places = [max(0, row["quota"] + at * row["quota.growth"]) for at in range(len(ROUNDS))]
    places[ROUNDS.index(2023)] = row["quota.2023"]
    sooner = row["job_housing_area.counting_from"] == "sooner"
    return Draw(
        places,
        rates={path: row[f"population.{path}"] for path in ("leaving.leaves", "entering.skips")},
        lives={"home.buys": row["population.home.buys"]},
        rules={
            "employment.points_per_year": Decimal(str(row["employment.points_per_year"])),
            **(EVERYTHING["choices"]["sooner"] if sooner else {}),
        },
        weights={name: Fraction(row[f"weights.{name}"]) for name in ("education", "tax")},
        share=row["applicants.share"],
    )


def test_each_draw_is_what_following_everybody_gives() -> None:
    """Exact cutoffs, ties, pools and who entered or left, with all that can vary varying at once."""
    made = experiment(**EVERYTHING)
    result, engine = run(made), SeveralYears.of(made).engine
    outcomes = result.outcomes.collect()
    before = follow(engine, Draw([QUOTA] * len(ROUNDS)))
    for row in result.draws.collect().iter_rows(named=True):
        found = follow(engine, as_draw(row))
        then, now = set[int](), set[int]()
        for year, old, new in zip(ROUNDS, before, found, strict=True):
            told = outcomes.row(
                by_predicate=(pl.col("draw") == row["draw"]) & (pl.col("round") == year), named=True
            )
            then, now = then | old.admitted, now | new.admitted
            assert cutoff_of(told) == new.cutoff
            assert (told["admitted"], told["tied"]) == (len(new.admitted), new.tied)
            assert (told["pool"], told["eligible"]) == (new.pool, new.eligible)
            assert told["backlog"] == new.eligible - len(new.admitted)
            assert (told["entered"], told["left"]) == (len(now - then), len(then - now))


@pytest.fixture(scope="module")
def by_quota() -> Result:
    """Give a grid of quotas, from nobody to more than there are, the baseline's among them."""
    levers = {"quota": {"low": 0, "high": 900, "step": 30}}
    return run(experiment(design="grid", draws=None, levers=levers))


def test_a_higher_quota_never_raises_a_later_cutoff(by_quota: Result) -> None:
    """As long as it does not admit everybody, and it takes nobody's place who had one by then."""
    outcomes = by_quota.outcomes.join(by_quota.draws, on="draw").sort("round", "quota").collect()
    for (_,), rows in outcomes.group_by(["round"], maintain_order=True):
        reaching = rows.filter(pl.col("backlog") > 0, pl.col("quota") > 0)
        assert reaching.height > 3
        assert (reaching["cutoff_exact"].diff().drop_nulls() <= 0).all()
        assert (rows.filter(pl.col("quota") >= QUOTA)["left"] == 0).all()
        assert (rows.filter(pl.col("quota") <= QUOTA)["entered"] == 0).all()


def test_people_are_conserved(by_quota: Result) -> None:
    """By each round, who entered less who left is what more are admitted than under the baseline."""
    outcomes = by_quota.outcomes.collect()
    own = outcomes.select("draw", "round", pl.col("admitted").cum_sum().over("draw"), "entered", "left")
    base = pl.DataFrame(by_quota.record["baseline"]).select(
        "round", pl.col("admitted").cum_sum().alias("base")
    )
    both = own.join(base.with_columns(pl.col("round").cast(pl.Int64)), on="round")
    assert both.height == outcomes.height
    assert (both["entered"] - both["left"] == both["admitted"] - both["base"]).all()
    sums = by_quota.groups.group_by("draw", "round", "group").agg(pl.col("admitted").sum()).collect()
    told = sums.join(outcomes, on=["draw", "round"])
    assert told.height == 2 * outcomes.height
    assert (told["admitted"] == told["admitted_right"]).all()


def test_without_places_nobody_is_admitted_and_there_is_no_cutoff(by_quota: Result) -> None:
    """A quota of 0 in every round leaves everybody waiting."""
    rows = by_quota.outcomes.filter(pl.col("draw") == 0).collect()
    assert rows["cutoff"].null_count() == rows["mean_waited"].null_count() == len(ROUNDS)
    assert rows["admitted"].to_list() == rows["settled"].to_list() == [0] * len(ROUNDS)
    assert (rows["backlog"] == rows["eligible"]).all()


@pytest.mark.parametrize(
    "changes",
    [
        {"levers": {"quota": {"low": QUOTA, "high": QUOTA}}},
        {"levers": {"quota.growth": {"low": 0, "high": 0}}},
        {"levers": {"weights.education": {"low": 1, "high": 1}}},
        {"levers": {"employment.points_per_year": {"low": 3, "high": 3}}},
        {"levers": None, "uncertainties": {LEAVES: fixed(0.02)}},
        {"levers": None, "uncertainties": {"population.home.buys": fixed(0.88)}},
        {"levers": None, "uncertainties": {"applicants.share": fixed(1.0)}},
    ],
    ids=["quota", "growth", "weight", "rule", "rate", "lives", "share"],
)
def test_a_draw_that_changes_nothing_differs_in_nothing(changes: dict[str, Any]) -> None:
    """Whatever is set to what it is anyway, nobody enters or leaves, and every round is the baseline's."""
    result = run(experiment(draws=2, **changes))
    outcomes = result.outcomes.filter(pl.col("draw") == 1).collect()
    assert outcomes["entered"].to_list() == outcomes["left"].to_list() == [0] * len(ROUNDS)
    for row, base in zip(outcomes.iter_rows(named=True), result.record["baseline"], strict=True):
        assert float(row["cutoff"]) == base["cutoff"]
        assert all(row[name] == base[name] for name in ("round", "admitted", "tied", "pool", "backlog"))


def test_a_quota_of_one_round_leaves_the_rounds_before_alone() -> None:
    """More places in 2023 change nothing until then, admit more in it, and leave fewer waiting after it."""
    result = run(experiment(draws=1, levers={"quota.2023": {"low": 90, "high": 90}}))
    rows, base = result.outcomes.collect(), pl.DataFrame(result.record["baseline"])
    assert rows["entered"].to_list()[:2] == [0, 0]
    assert (rows["admitted"] >= pl.Series([30, 30, 90, 30])).all()
    assert rows["entered"][2] == rows["admitted"][2] - base["admitted"][2]
    assert rows["cutoff_exact"][3] / 102_400 <= base["cutoff"][3]


def test_nobody_who_does_not_apply_waits() -> None:
    """With a share of 0 the pool is empty in every round."""
    result = run(experiment(draws=1, levers=None, uncertainties={"applicants.share": fixed(0.0)}))
    assert set(result.outcomes.collect()["pool"]) == {0}


def test_a_rule_that_cannot_be_is_refused_with_its_draw() -> None:
    """The message names the draw by its number in the experiment, and the value."""
    question = SeveralYears.of(experiment())
    draws = replace(question.draws(8, 10), changes=({}, {"employment.points_per_year": -1}))
    with pytest.raises(RulebookError, match=r"draw 9: employment\.points_per_year: -1 is below 0"):
        question.engine.run(draws)


def test_a_population_of_nobody_is_refused() -> None:
    """Of one person drawn who never applies there is no queue, and the message says what would do."""
    engine = replace(SeveralYears.of(experiment()).engine, source=Plain(1, seed=0))
    with pytest.raises(ExperimentError, match="of the 1 people drawn nobody would apply from 2021 to 2024"):
        engine.baseline()


def test_no_groups_are_counted_where_none_are_asked_for() -> None:
    """The table of groups is empty, and the cutoffs are there."""
    result = run(experiment(draws=2, outcomes={"groups": []}))
    assert result.groups.collect().height == 0
    assert result.outcomes.collect()["cutoff"].null_count() == 0


def test_each_member_of_an_ensemble_is_compared_with_itself() -> None:
    """Two members with other people and rates: draws and baselines are those of the literal queue."""
    question = SeveralYears.of(experiment())
    lives, size = question.engine.people.candidates.lives, question.engine.source.size
    lives = replace(lives, person=np.arange(len(lives), dtype=np.int32))
    present = np.random.default_rng(1).random((2, len(lives))) < 0.8
    engine = replace(question.engine, source=Calibrated(lives, present, (0.1, 0.0)))
    draws = replace(question.draws(0, 4), member=np.array([0, 1, 1, 0]))
    assert size > len(lives)
    told = engine.run(draws)
    for draw, member in enumerate(draws.member.tolist()):
        before, now = (
            [one.admitted for one in follow(engine, Draw(places, member=member))]
            for places in ([QUOTA] * len(ROUNDS), draws.places[draw].tolist())
        )
        assert told["admitted"][draw].tolist() == [len(one) for one in now]
        entered = [len(set().union(*now[:at]) - set().union(*before[:at])) for at in range(1, 5)]
        assert told["entered"][draw].tolist() == entered


@pytest.mark.slow
def test_the_calibrated_ensemble_is_followed_like_any_people() -> None:
    """Members come up alike, the baseline is their mean, and a quota like the baseline's changes nothing."""
    population = {"kind": "calibrated", "applicants": 600}
    result = run(experiment(draws=32, population=population, levers={"quota": {"low": QUOTA, "high": QUOTA}}))
    assert sorted(result.draws.collect()["population.member"]) == sorted([*range(1, 17)] * 2)
    outcomes = result.outcomes.collect()
    assert set(outcomes["entered"]) == set(outcomes["left"]) == {0}
    means = outcomes.group_by("round").agg(pl.col("cutoff_exact").mean() / 102_400).sort("round")
    told = [row["cutoff"] for row in result.record["baseline"]]
    assert means["cutoff_exact"].to_list() == pytest.approx(told)
    assert (result.record["members"], result.record["population"]) == (16, "calibrated")
    one = run(experiment(draws=2, population={**population, "member": 3}))
    assert "population.member" not in one.draws.collect_schema()
    assert one.record["members"] == 1
