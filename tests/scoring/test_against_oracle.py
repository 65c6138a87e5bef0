"""Two scorers, one answer: the tables over small codes, and the literal reading of the articles."""

import random
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.indicators.calendar import births_until, completed_years
from scoring.indicators.eligibility import retirement_months
from scoring.rulebook import Rulebook
from tests.oracle import eligibility as literal
from tests.oracle.annexes import ANNEX_3, ANNEX_4
from tests.oracle.literal import LiteralScore, score_literally
from tests.oracle.strategies import facts, random_cohort

from .applicants import COLUMNS, NAMES, Row, plain, scores

# The first rounds, the last before the retirement age rises, those after, and the end of the rise.
ROUNDS = (2018, 2019, 2020, 2022, 2025, 2026, 2027, 2033, 2040, 2045)
SIZE = 1_000
ANNEXES = Rulebook.load("beijing-2020")
KEYS = {"award_keys": ANNEXES.award_keys, "honour_keys": ANNEXES.honour_keys}


@cache
def cohort_of(round_year: int) -> list[dict[str, Any]]:
    """Give a thousand applicants of a round, the same ones whoever asks."""
    rng = random.Random(round_year)  # noqa: S311  examples, no secrets
    return random_cohort(rng, round_year, size=SIZE, **KEYS)


def literally(row: Row, name: str, round_year: int) -> LiteralScore:
    """Score one row by the literal scorer, its annexes named by the package's keys."""
    return score_literally(row, rulebook=name, round_year=round_year, **KEYS)


def as_row(score: LiteralScore) -> dict[str, Any]:
    """Put a literal score the way the fast scorer gives it."""
    return {**score.items, "total": score.total, "reasons": score.reasons}


@pytest.mark.parametrize("round_year", ROUNDS)
def test_both_scorers_agree_on_thousands(round_year: int) -> None:
    """A thousand applicants dense at every threshold score the same by both, under each rulebook."""
    cohort = cohort_of(round_year)
    for name in NAMES:
        fast = scores(cohort, Rulebook.load(name), round_year=round_year)
        slow = [as_row(literally(row, name, round_year)) for row in cohort]
        differing = [
            (row, got, want) for row, got, want in zip(cohort, fast, slow, strict=True) if got != want
        ]
        assert not differing, (name, len(differing), *differing[0])


def test_the_thousands_meet_every_value() -> None:
    """The applicants compared above fail each condition, hold each award, and have each credential."""
    cohort = [row for round_year in ROUNDS for row in cohort_of(round_year)]
    assert {row["innovation_award"] for row in cohort} == {None, *KEYS["award_keys"]}
    assert {row["honour"] for row in cohort} == {None, *KEYS["honour_keys"]}
    assert {row["taxed_100k_years"] for row in cohort} == {0, 1, 2, 3}
    assert {min(row["study_insured_months"], 49) for row in cohort} == set(range(50))


@given(st.data(), st.sampled_from(NAMES), st.sampled_from(ROUNDS))
def test_both_scorers_agree(data: st.DataObject, name: str, round_year: int) -> None:
    """Any applicant scores the same by both; a difference is shrunk to the plainest one."""
    row = data.draw(facts(round_year, **KEYS))
    (got,) = scores([{"applicant_id": "a1", **row}], Rulebook.load(name), round_year=round_year)
    assert got == as_row(literally(row, name, round_year))


@pytest.mark.parametrize("on", [date(2019, 1, 1), date(2019, 2, 28), date(2020, 2, 29), date(2020, 3, 1)])
def test_completed_years_agree_for_every_birth(on: date) -> None:
    """Every birth from 1900 on has the age that the literal reading counts, leap days included."""
    births = births_until(on)
    want = [max(literal.completed_years(born, on=on), 0) for born in births.tolist()]
    assert completed_years(births, on).tolist() == want


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("on", [date(2024, 12, 31), date(2025, 12, 31), date(2044, 12, 31)])
@pytest.mark.parametrize(
    ("group", "sex", "post"),
    [("men", "male", "worker"), ("women_cadres", "female", "cadre"), ("women_workers", "female", "worker")],
)
def test_retirement_ages_agree_for_every_birth_month(
    name: str, on: date, group: str, sex: str, post: str
) -> None:
    """Every month of birth from 1950 to 1999 has the retirement age that the literal reading counts."""
    births = np.arange("1950-01", "2000-01", dtype="datetime64[M]").astype("datetime64[D]")
    want = [
        literal.retirement_months({"birth_date": born, "sex": sex, "post": post}, on=on)
        for born in births.tolist()
    ]
    assert retirement_months(births, Rulebook.load(name), group, on).tolist() == want


def test_annex_3_agrees_row_by_row() -> None:
    """The table of awards and a second transcription of Annex 3 hold the same rows in the same order."""
    assert len(ANNEXES.awards) == len(ANNEX_3) == 75
    for award, printed in zip(ANNEXES.awards, ANNEX_3, strict=True):
        first, last = (award.completers.first, award.completers.last) if award.completers else (None, None)
        assert (award.part, award.row, award.level) == (printed.part, printed.row, printed.level), award.key
        assert (first, last) == (printed.first, printed.last), award.key
        assert award.points == printed.points, award.key
        assert award.counts_from == printed.counts_from, award.key
        assert unspaced(award.name) == unspaced(printed.name), award.key
        # The second transcription leaves out whose firm it is that an equity tier speaks of.
        assert unspaced(award.grade.removeprefix("申请人所在企业")) == unspaced(printed.grade), award.key


def test_annex_4_agrees_row_by_row() -> None:
    """The table of honours and a second transcription of Annex 4 hold the same rows in the same order."""
    assert len(ANNEXES.honours) == len(ANNEX_4) == 11
    for honour, printed in zip(ANNEXES.honours, ANNEX_4, strict=True):
        assert (honour.row, honour.category, honour.name) == (printed.row, printed.title, printed.name)
        assert ANNEXES["honours.points"] == printed.points


@pytest.mark.parametrize("name", NAMES)
def test_every_award_and_honour_scores_alike(name: str) -> None:
    """Each row of both annexes gives the points of the literal scorer, under each rulebook."""
    rows = [plain(2020) | {"innovation_award": key} for key in ANNEXES.award_keys]
    rows += [plain(2020) | {"honour": key} for key in ANNEXES.honour_keys]
    fast = scores(rows, Rulebook.load(name), round_year=2020)
    assert [{column: row[column] for column in COLUMNS} for row in fast] == [
        literally(row, name, 2020).items for row in rows
    ]


def unspaced(text: str) -> str:
    """Leave out white space, which printed tables break lines with."""
    return "".join(text.split())
