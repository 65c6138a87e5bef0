"""Hold the generators to their promise: facts of the contract's types, dense at every threshold."""

import random
from typing import Any

import pytest
from hypothesis import given, settings

from .annexes import AWARD_KEYS, HONOUR_KEYS
from .eligibility import anniversary, reference_date, retirement_months
from .literal import IN_FORCE, LiteralScore, score_literally
from .strategies import CREDENTIALS, facts, random_cohort, random_facts

ROUNDS = (2018, 2020, 2026, 2035, 2045)
Scored = list[tuple[dict[str, Any], LiteralScore]]


@pytest.fixture(scope="module")
def generated() -> dict[int, Scored]:
    """Generate two thousand applicants a round and score them."""
    rng = random.Random(7)  # noqa: S311 -- a seeded generator is what a test needs
    cohorts = {year: [random_facts(rng, year) for _ in range(2000)] for year in ROUNDS}
    return {
        year: [(person, score_literally(person, rulebook=IN_FORCE, round_year=year)) for person in cohort]
        for year, cohort in cohorts.items()
    }


def test_every_value_near_a_threshold_occurs(generated: dict[int, Scored]) -> None:
    """Months just below, at and above each threshold of the rules occur, and so does every key."""
    people = [person for cohort in generated.values() for person, _ in cohort]
    seen = {column: {person[column] for person in people} for column in people[0]}
    assert seen["continuous_insured_months"] >= {83, 84, 85}
    assert seen["back_paid_months"] >= {4, 5, 6}
    assert seen["study_insured_months"] >= {0, 1, 35, 36, 37, 47, 48, 49}
    around_years = {12 * year + beside for year in range(1, 8) for beside in (-1, 0, 1)}
    assert seen["suburban_home_months"] >= around_years
    assert seen["suburban_home_and_job_months"] >= around_years
    assert seen["taxed_100k_years"] == {0, 1, 2, 3}
    assert seen["education"] == set(CREDENTIALS)
    assert seen["innovation_award"] == {None, *AWARD_KEYS}
    assert seen["honour"] == {None, *HONOUR_KEYS}


@pytest.mark.parametrize("year", ROUNDS)
def test_every_round_has_thresholds_of_its_own(generated: dict[int, Scored], year: int) -> None:
    """Permits, bars, ages and every reason occur in each round, and enough people stay eligible to rank."""
    people = [person for person, _ in generated[year]]
    scores = [score for _, score in generated[year]]
    permits = {person["residence_permit_date"] for person in people} - {None}
    assert {(permit - reference_date(year)).days for permit in permits} >= {-1, 0, 1}
    assert {person["barred_through"] for person in people} >= {None, year - 1, year, year + 1}
    assert {score.age for score in scores} >= set(range(44, 53))
    assert {(p["birth_date"].month, p["birth_date"].day) for p in people} >= {(1, 1), (12, 31), (2, 29)}
    assert len({reason for score in scores for reason in score.reasons}) == 8
    assert sum(score.eligible for score in scores) > 400


@pytest.mark.parametrize("year", ROUNDS)
def test_retirement_falls_beside_the_reference_date(generated: dict[int, Scored], year: int) -> None:
    """For men, women cadres and women workers alike some are retired by a day and some a day short of it."""
    on = reference_date(year)
    days_short: dict[str, set[int]] = {"man": set(), "cadre": set(), "worker": set()}
    for person, _ in generated[year]:
        kind = "man" if person["sex"] == "male" else person["post"]
        retires = anniversary(person["birth_date"], months=retirement_months(person, on=on))
        days_short[kind].add((retires - on).days)
    for days in days_short.values():
        assert -1 in days
        assert days & {0, 1}


def test_columns_contradict_each_other(generated: dict[int, Scored]) -> None:
    """Some homes outlast the insurance, and some just fill it."""
    people = [person for cohort in generated.values() for person, _ in cohort]
    assert sum(person["own_home_months"] == person["insured_months"] + 1 for person in people) > 100
    assert sum(person["own_home_months"] == person["insured_months"] for person in people) > 100


def test_the_same_seed_gives_the_same_cohort() -> None:
    """A cohort is a function of its seed, and its pseudonyms are unique."""
    first, second = (random_cohort(random.Random(3), 2020, size=50) for _ in range(2))  # noqa: S311
    assert first == second
    assert len({person["applicant_id"] for person in first}) == 50


@settings(max_examples=50, deadline=None)
@given(person=facts(2026))
def test_hypothesis_draws_the_same_columns(person: dict[str, Any]) -> None:
    """What Hypothesis draws has the columns of what is random, and scores."""
    columns = random_facts(random.Random(1), 2026).keys()  # noqa: S311
    assert person.keys() == columns
    score = score_literally(person, rulebook=IN_FORCE, round_year=2026)
    assert score.total == sum(score.items.values())
