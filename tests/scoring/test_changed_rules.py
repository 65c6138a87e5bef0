"""A changed value changes what it says it does: cases worked out by hand, and no value without effect."""

import random
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import polars as pl
import pytest

from scoring.points import score_facts
from scoring.rulebook import Rulebook
from tests.oracle.strategies import random_cohort

from .applicants import facts_frame, plain, scores

RULES = Rulebook.load("beijing-2020")
TRIAL = Rulebook.load("beijing-2018-trial")
LATER = 2033
"""A round in which the retirement age rises."""

AREA = "job_housing_area"
RETIREMENT = "eligibility.retirement"
AT_HOME = {"suburban_home_months": 60, "suburban_home_in_december": True}

# Each: what is changed, the facts, the column, its hundredths.
POINTS: list[tuple[dict[str, Any], dict[str, Any], str, int]] = [
    ({"employment.points_per_year": 4}, {"insured_months": 7}, "employment", 233),  # 28 / 12 = 2.333
    # The deduction takes employment back at its own rate: 4 + 0.5.
    (
        {"employment.points_per_year": 4},
        {"education": "master", "study_insured_months": 12},
        "study_deduction",
        -450,
    ),
    (
        {"education.deduction.residence_points_per_year": Decimal("0.25")},
        {"education": "master", "study_insured_months": 12},
        "study_deduction",
        -325,
    ),
    (
        {"education.deduction.years.master": 1},
        {"education": "master", "study_insured_months": 30},
        "study_deduction",
        -350,
    ),
    # Another rate of residence while employment takes nothing of it into the deduction.
    (
        {"residence.own_home_points_per_year": 2},
        {"insured_months": 12, "own_home_months": 5, "spouse_home_months": 1},
        "residence",
        83 + 17,
    ),
    ({"residence.other_home_points_per_year": 1}, {"insured_months": 12, "leased_months": 1}, "residence", 8),
    # Uncapped: a year of each of two classes with one insured month.
    (
        {"residence.capped_at_employment": False},
        {"insured_months": 1, "own_home_months": 12, "dormitory_months": 12},
        "residence",
        150,
    ),
    ({"education.points.bachelor": 16}, {"education": "bachelor"}, "education", 1600),
    ({f"{AREA}.home_points_per_year": 1}, AT_HOME, AREA, 500),
    ({f"{AREA}.home_max_points": 7}, AT_HOME, AREA, 700),
    ({f"{AREA}.max_points": 9}, AT_HOME, AREA, 900),
    (
        {f"{AREA}.home_in_december_required": False},
        AT_HOME | {"suburban_home_in_december": False},
        AREA,
        1000,
    ),
    # Two taxed years for one award of 3: three years make one award.
    ({"tax.years_per_award": 2, "tax.points_per_award": 3}, {"taxed_100k_years": 3}, "tax", 300),
    ({"tax.max_points": 5}, {"taxed_100k_years": 3}, "tax", 500),
    ({"tax.points_per_penalty": 0}, {"tax_penalties": 3}, "tax", 0),
    ({"age.as_of": "12-31"}, {"birth_date": date(1973, 6, 1)}, "age", 1600),  # 46 on 2019-12-31
    ({"age.as_of": "12-31"}, {"birth_date": date(1973, 12, 31)}, "age", 2000),  # 46 on 2020-01-01
    # 29 February 1976 is completed after 28 February in the common year 2019: 43 on 1 March, not before.
    (
        {"age.as_of": "02-28", "age.ladder": [{"up_to": 42, "points": 9}, {"over": 42, "points": 0}]},
        {"birth_date": date(1976, 2, 29)},
        "age",
        900,
    ),
    (
        {"age.as_of": "03-01", "age.ladder": [{"up_to": 42, "points": 9}, {"over": 42, "points": 0}]},
        {"birth_date": date(1976, 2, 29)},
        "age",
        0,
    ),
    ({"honours.points": 10}, {"honour": "beijing_model_worker"}, "honours", 1000),
    ({"law_abiding.points_per_detention": -50}, {"detentions": 2}, "law_abiding", -10_000),
    ({"rounding.rule": "half_to_even"}, {"insured_months": 12, "leased_months": 3}, "residence", 12),
    ({"rounding.rule": "toward_zero"}, {"insured_months": 12, "own_home_months": 5}, "residence", 41),
    ({"rounding.step": Decimal("0.1")}, {"insured_months": 12, "own_home_months": 5}, "residence", 40),
    ({"rounding.step": 1}, {"insured_months": 2}, "employment", 100),  # 0.50 goes up
]

# Each: what is changed, the round, the facts, the reasons.
REASONS: list[tuple[dict[str, Any], int, dict[str, Any], list[str]]] = [
    (
        {"eligibility.residence_permit_by": "06-30"},
        2020,
        {"residence_permit_date": date(2019, 7, 1)},
        ["residence_permit"],
    ),
    ({"eligibility.continuous_months": 60}, 2020, {"continuous_insured_months": 60}, []),
    (
        {"eligibility.continuous_months": 60},
        2020,
        {"continuous_insured_months": 59},
        ["continuous_insurance"],
    ),
    ({"eligibility.back_paid_months_allowed": 6}, 2020, {"back_paid_months": 6}, []),
    ({"eligibility.insurance_in_order_required": False}, 2020, {"insurance_in_order": False}, []),
    ({"eligibility.criminal_record_excludes": False}, 2020, {"criminal_record": True}, []),
    ({f"{RETIREMENT}.men.age": 62}, 2020, {"birth_date": date(1957, 12, 31)}, []),
    ({f"{RETIREMENT}.men.age": 62}, 2020, {"birth_date": date(1957, 12, 30)}, ["retirement_age"]),
    # The rise of 2025 had begun in 2019: 10 months after 1959-02 are 3 months, 1959-12 retires in 2020-03.
    (
        {f"{RETIREMENT}.rises_from": date(2019, 1, 1)}
        | {f"{RETIREMENT}.men.rises_for_births_after": date(1959, 2, 1)},
        2020,
        {"birth_date": date(1959, 12, 1)},
        [],
    ),
    # A base above the highest age stands: the rise never lowers it.
    ({f"{RETIREMENT}.men.age": 65}, 2030, {"birth_date": date(1964, 12, 31)}, []),
]


@pytest.mark.parametrize(("changes", "facts", "column", "want"), POINTS)
def test_points_under_a_changed_rule(
    changes: dict[str, Any], facts: dict[str, Any], column: str, want: int
) -> None:
    """One item under one change, worked out by hand."""
    (got,) = scores([plain(2020) | facts], RULES.changed(changes), round_year=2020)
    assert got[column] == want


@pytest.mark.parametrize(("changes", "round_year", "facts", "want"), REASONS)
def test_eligibility_under_a_changed_rule(
    changes: dict[str, Any], round_year: int, facts: dict[str, Any], want: list[str]
) -> None:
    """One condition under one change, worked out by hand."""
    (got,) = scores([plain(round_year) | facts], RULES.changed(changes), round_year=round_year)
    assert got["reasons"] == want


def test_one_award_moved_leaves_the_others() -> None:
    """The points of one row of Annex 3 are its own, as long as no level says otherwise."""
    path = "innovation.awards.beijing_news_third.points"
    rows = [plain(2020) | {"innovation_award": key} for key in ("beijing_news_second", "beijing_news_third")]
    assert [row["innovation"] for row in scores(rows, RULES, round_year=2020)] == [400, 200]
    changed = scores(rows, RULES.changed({path: Decimal("2.5")}), round_year=2020)
    assert [row["innovation"] for row in changed] == [400, 250]
    by_level = scores(rows, TRIAL.changed({path: Decimal("2.5")}), round_year=2020)
    assert [row["innovation"] for row in by_level] == [600, 600]


@cache
def cohort() -> pl.DataFrame:
    """Give some thousand applicants of a round in which every value of eligibility matters."""
    keys = {"award_keys": RULES.award_keys, "honour_keys": RULES.honour_keys}
    rng = random.Random(3)  # noqa: S311  examples, no secrets
    return facts_frame(random_cohort(rng, LATER, size=4_000, **keys), RULES)


def moved(rules: Rulebook, path: str) -> Any:
    """Give another value that the law could bear at a path: a lower one where it can, as caps bind."""
    value = rules[path]
    if path == "age.ladder":
        return [{"up_to": 40, "points": 20}, {"over": 40, "points": 0}]
    if isinstance(value, bool):
        return not value
    if isinstance(value, Decimal):
        return value + 1 if 0 <= value < 1 else value - 1
    if isinstance(value, int):
        return value - 3 if path.endswith("highest_age") else value - 1 if value > 1 else 2
    if isinstance(value, date):
        return value.replace(year=value.year + 10)
    return {"12-31": "06-30", "01-01": "07-01", "half_away_from_zero": "toward_zero"}[str(value)]


# What the ranking reads, what has one choice alone, what names a table.
ELSEWHERE = ("ranking.", "rounding.residence", "innovation.awards", "honours.titles")
SCORED = [
    (rules.name, path)
    for rules in (RULES, TRIAL)
    for path in rules
    if not path.startswith(ELSEWHERE) and not rules.value(path).needs
]


@pytest.mark.parametrize(("name", "path"), SCORED)
def test_every_value_counts(name: str, path: str) -> None:
    """No value that scoring reads is without effect: whichever is changed, somebody's result changes."""
    rules = Rulebook.load(name)
    before = score_facts(cohort(), rules, round_year=LATER)
    after = score_facts(cohort(), rules.changed({path: moved(rules, path)}), round_year=LATER)
    assert not after.equals(before)


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in RULES
        if RULES.value(path).needs
        and not path.startswith(("education.deduction.years.", "round.", "education.credential_counted"))
        and not isinstance(RULES[path], tuple)
    ],
)
def test_what_is_spent_in_making_facts_changes_no_score(path: str) -> None:
    """A value marked as needing histories has done its work before facts are scored."""
    before = score_facts(cohort(), RULES, round_year=LATER)
    after = score_facts(cohort(), RULES.changed({path: moved(RULES, path)}), round_year=LATER)
    assert after.equals(before)
