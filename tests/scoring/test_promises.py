"""Promises of the scorer that hold for every applicant, whatever the facts."""

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from scoring import points
from scoring.points import score_facts
from scoring.ranking import Ranking, TotalCounts, rank
from scoring.rulebook import Rulebook
from tests.oracle.strategies import facts, random_cohort

from .applicants import COLUMNS, NAMES, facts_frame, plain, scores

ROUND = 2020
IN_FORCE = Rulebook.load("beijing-2020")
KEYS = {"award_keys": IN_FORCE.award_keys, "honour_keys": IN_FORCE.honour_keys}
BLOCK = 4_000
DWELLINGS = (
    *("own_home_months", "spouse_home_months", "presumed_tenancy_months", "leased_months"),
    "dormitory_months",
)
EARNING_MONTHS = ("insured_months", *DWELLINGS, "suburban_home_months", "suburban_home_and_job_months")

anybody = facts(ROUND, **KEYS).map(lambda row: {"applicant_id": "a1", **row})
rulebooks = st.sampled_from(NAMES).map(Rulebook.load)


def one(row: Mapping[str, Any], rules: Rulebook = IN_FORCE) -> dict[str, Any]:
    """Score one applicant."""
    return scores([row], rules, round_year=ROUND)[0]


@cache
def cohort() -> pl.DataFrame:
    """Give some thousand applicants, dense at every threshold."""
    rng = random.Random(1)  # noqa: S311  examples, no secrets
    return facts_frame(random_cohort(rng, ROUND, size=3_000, **KEYS), IN_FORCE)


def tiled(frame: pl.DataFrame, height: int) -> pl.DataFrame:
    """Repeat a frame's rows up to a height."""
    return frame[[i % frame.height for i in range(height)]]


@given(anybody, rulebooks)
def test_the_total_is_the_sum_of_the_ten_columns(row: dict[str, Any], rules: Rulebook) -> None:
    """An explanation cannot disagree with a score: nothing else is in the total."""
    got = one(row, rules)
    assert got["total"] == sum(got[column] for column in COLUMNS)


@given(anybody, rulebooks, st.sampled_from(EARNING_MONTHS))
def test_more_months_never_lower_points_while_residence_has_room(
    row: dict[str, Any], rules: Rulebook, column: str
) -> None:
    """A month more of work or of home never costs points where all months of home count."""
    row |= {"insured_months": 1100} | {home: row[home] % 200 for home in DWELLINGS}
    assert one(row | {column: min(row[column] + 1, 1200)}, rules)["total"] >= one(row, rules)["total"]


@given(anybody, rulebooks, st.sampled_from(EARNING_MONTHS))
def test_beyond_the_cap_a_month_costs_a_hundredth_at_most(
    row: dict[str, Any], rules: Rulebook, column: str
) -> None:
    """A month that pushes another out of the cap can cost what rounding each class by itself can, no more."""
    change = one(row | {column: min(row[column] + 1, 1200)}, rules)["total"] - one(row, rules)["total"]
    assert change >= (-1 if column in DWELLINGS else 0)


def test_rounding_each_class_can_cost_the_hundredth() -> None:
    """Of five insured months one at home puts a spouse's month out: 0.08 + 0.33 against 0.42."""
    row = plain(ROUND) | {"insured_months": 5, "spouse_home_months": 5}
    assert one(row)["residence"] == 42
    assert one(row | {"own_home_months": 1})["residence"] == 8 + 33


@given(anybody, st.integers(1, 100))
def test_more_months_of_study_never_raise_points(row: dict[str, Any], months: int) -> None:
    """The study deduction alone falls with months, and falls no further than its window."""
    more = one(row | {"study_insured_months": min(row["study_insured_months"] + months, 1200)})
    assert -1400 <= more["study_deduction"] <= one(row)["study_deduction"] <= 0


@given(anybody, st.sampled_from(COLUMNS))
def test_the_ineligible_are_scored_like_the_eligible(row: dict[str, Any], column: str) -> None:
    """What stands against an application changes no column."""
    barred = one(row | {"criminal_record": True, "barred_through": ROUND, "back_paid_months": 84})
    assert barred[column] == one(row)[column]
    assert {"back_payments", "criminal_record", "barred"} <= set(barred["reasons"])


@pytest.mark.parametrize("name", NAMES)
def test_row_order_never_matters(name: str) -> None:
    """Shuffled rows give the same points, shuffled alike."""
    rules = Rulebook.load(name)
    order = np.random.default_rng(2).permutation(cohort().height)
    straight = score_facts(cohort(), rules, round_year=ROUND)
    assert_frame_equal(score_facts(cohort()[order], rules, round_year=ROUND), straight[order])


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("height", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 7 * BLOCK + 1])
def test_blocks_and_workers_leave_no_trace(
    height: int, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frame at, around and beyond a block scores row by row like a small one, on one core or several."""
    monkeypatch.setattr(points, "BLOCK", BLOCK)
    monkeypatch.setattr(points, "ROWS_A_THREAD", 1)
    small = score_facts(cohort(), IN_FORCE, round_year=ROUND, workers=1)
    large = score_facts(tiled(cohort(), height), IN_FORCE, round_year=ROUND, workers=workers)
    if height >= cohort().height:
        assert large.schema == small.schema
        assert_frame_equal(large, tiled(small, height))
    else:
        assert large.height == height


def test_a_frame_in_many_chunks_scores_like_one_in_one() -> None:
    """How a frame came to be put together does not show."""
    parts = [cohort()[start : start + 700] for start in range(0, cohort().height, 700)]
    chunked = pl.concat(parts, rechunk=False)
    assert_frame_equal(
        score_facts(chunked, IN_FORCE, round_year=ROUND), score_facts(cohort(), IN_FORCE, round_year=ROUND)
    )


def test_scoring_leaves_the_facts_alone() -> None:
    """The frame that is scored is not changed."""
    before = cohort().clone()
    score_facts(cohort(), IN_FORCE, round_year=ROUND)
    assert_frame_equal(cohort(), before)


def test_a_frame_without_the_employers_bar_bars_nobody() -> None:
    """The optional column may be missing: nobody is barred through an employer."""
    frame = facts_frame([plain(ROUND) | {"employer_barred_through": ROUND}], IN_FORCE)
    assert score_facts(frame, IN_FORCE, round_year=ROUND)["reasons"].to_list() == [1 << 7]
    without = frame.drop("employer_barred_through")
    assert score_facts(without, IN_FORCE, round_year=ROUND)["reasons"].to_list() == [0]


def scaled(rules: Rulebook, factor: int) -> Rulebook:
    """Multiply every number of points in a rulebook, and the step they are rounded to."""
    points = {
        path: value * factor
        for path, value in rules.items()
        if isinstance(value, Decimal) and not path.endswith("_yuan")
    }
    ladder = [
        {"over": step.over, "up_to": step.up_to, "points": step.points * factor}
        for step in rules.ladder("age.ladder")
    ]
    return rules.changed({**points, "age.ladder": ladder})


def ending(scored: pl.DataFrame) -> Ranking:
    """Rank a scored frame for 200 places."""
    part = (scored["total"].to_numpy(), (scored["reasons"] == 0).to_numpy())
    return rank(TotalCounts.of([part]), applicants=scored.height, quota=200)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("factor", [2, 3, 7])
def test_scaling_all_points_leaves_the_admitted_alone(name: str, factor: int) -> None:
    """A rulebook whose every point is worth as many times more gives the same ranks and admits the same."""
    rules = Rulebook.load(name)
    before = score_facts(cohort(), rules, round_year=ROUND)
    after = score_facts(cohort(), scaled(rules, factor), round_year=ROUND)
    wide = before.select(pl.col(*COLUMNS, "total").cast(pl.Int32) * factor, "reasons")
    assert_frame_equal(after.cast(wide.schema), wide)
    (few, many) = (ending(before), ending(after))
    assert few.cutoff is not None
    assert many == replace(few, cutoff=few.cutoff * factor)


def test_columns_are_sixteen_bits_wide_until_points_need_more() -> None:
    """Ten detentions fit 16 bits with the rest of the columns, eleven do not; neither loses a hundredth."""
    ten, eleven = (
        score_facts(facts_frame([plain(ROUND) | {"detentions": times}], IN_FORCE), IN_FORCE, round_year=ROUND)
        for times in (10, 11)
    )
    assert ten.schema["law_abiding"] == pl.Int16
    assert (ten["law_abiding"][0], eleven["law_abiding"][0]) == (-30_000, -33_000)
    assert eleven.schema["law_abiding"] == pl.Int32
    assert eleven["total"][0] == 2000 - 33_000


def test_a_total_is_wider_than_its_columns_where_their_sum_is() -> None:
    """A hundred insured years are 300 points and fit 16 bits; with as many at home they do not."""
    months = {"insured_months": 1200, "own_home_months": 1200}
    row = plain(ROUND) | months | {"education": "doctor", "study_insured_months": 0}
    got = score_facts(facts_frame([row], IN_FORCE), IN_FORCE, round_year=ROUND)
    assert got.schema["employment"] == pl.Int16
    assert got["total"][0] == 30_000 + 10_000 + 3_700 + 2_000
