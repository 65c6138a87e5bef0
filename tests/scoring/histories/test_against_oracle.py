"""Hold the fast counting against the literal one: every fact, all rulebooks, the rounds of 2018 to 2027."""

import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.histories import facts
from scoring.rulebook import Rulebook
from tests.oracle.histories import facts_literally
from tests.oracle.history_cases import CASES, Case
from tests.oracle.history_strategies import Histories, histories, random_histories
from tests.oracle.literal import RULEBOOKS

from .frames import frames

ROUNDS = range(2018, 2028)
RULES = {name: Rulebook.load(name) for name in RULEBOOKS}
KEYS = {"award_keys": RULES[RULEBOOKS[0]].award_keys, "honour_keys": RULES[RULEBOOKS[0]].honour_keys}


def counted(people: list[Histories], rulebook: str, round_year: int, **types: Any) -> list[dict[str, Any]]:
    """Count the facts of some people with the package."""
    rules = RULES[rulebook]
    return facts(frames(people, rules, **types), rules, round_year=round_year).to_dicts()


def differences(
    people: list[Histories], got: list[dict[str, Any]], rulebook: str, round_year: int
) -> list[dict[str, Any]]:
    """List what the package counts otherwise than the oracle."""
    found = []
    for person, facts_of_person in zip(people, got, strict=True):
        expected = facts_literally(person, rulebook=rulebook, round_year=round_year, **KEYS)
        wrong = {
            name: (facts_of_person[name], fact)
            for name, fact in expected.items()
            if facts_of_person[name] != fact
        }
        if wrong:
            found.append({"rulebook": rulebook, "round": round_year, **wrong})
    return found


@pytest.fixture(scope="module")
def generated() -> dict[int, list[Histories]]:
    """Generate two hundred people a round."""
    rng = random.Random(20)  # noqa: S311 -- a seeded generator is what a test needs
    return {year: [random_histories(rng, year, **KEYS) for _ in range(200)] for year in ROUNDS}


@pytest.mark.parametrize("year", ROUNDS)
@pytest.mark.parametrize("rulebook", RULEBOOKS)
def test_every_fact_of_generated_people(
    generated: dict[int, list[Histories]], rulebook: str, year: int
) -> None:
    """Two hundred people dense in awkward cases have the facts that the literal counting gives."""
    people = generated[year]
    assert differences(people, counted(people, rulebook, year), rulebook, year) == []


@pytest.mark.parametrize(("rulebook", "round_year"), [(RULEBOOKS[2], 2023), (RULEBOOKS[0], 2019)])
def test_money_in_decimals(generated: dict[int, list[Histories]], rulebook: str, round_year: int) -> None:
    """Yuan and shares as exact decimals give the same facts as floats."""
    people = generated[round_year]
    got = counted(people, rulebook, round_year, money=pl.Decimal(18, 4))
    assert got == counted(people, rulebook, round_year)


@given(data=st.data(), rulebook=st.sampled_from(RULEBOOKS), year=st.sampled_from(ROUNDS))
def test_every_fact_of_drawn_people(data: st.DataObject, rulebook: str, year: int) -> None:
    """Whatever people Hypothesis draws, the facts are those of the literal counting."""
    people = data.draw(st.lists(histories(year, **KEYS), min_size=1, max_size=3))
    assert differences(people, counted(people, rulebook, year), rulebook, year) == []


@pytest.mark.parametrize("rulebook", RULEBOOKS)
def test_cases_worked_out_by_hand(rulebook: str) -> None:
    """The cases of every article give the facts worked out by hand, all in one cohort a round."""
    rules = RULES[rulebook]
    for year in {case.round_year for case in CASES}:
        cases = [case for case in CASES if case.round_year == year and rulebook in case.rulebooks]
        got = counted([named(case, rules) for case in cases], rulebook, year)
        for case, facts_of_case in zip(cases, got, strict=True):
            expected = dict(case.expected)
            for fact, keys in (("innovation_award", rules.award_keys), ("honour", rules.honour_keys)):
                if expected.get(fact) is not None:
                    expected[fact] = keys[expected[fact]]
            assert {name: facts_of_case[name] for name in expected} == expected, case.reading


def named(case: Case, rules: Rulebook) -> Histories:
    """Put the rulebook's keys in the place of places in an annex."""
    return {
        **case.histories,
        "awards": [{**row, "award": rules.award_keys[row["award"]]} for row in case.histories["awards"]],
        "honours": [{**row, "honour": rules.honour_keys[row["honour"]]} for row in case.histories["honours"]],
    }
