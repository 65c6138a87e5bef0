"""Dates are kept as far as the rules need them: no score changes, and nothing more is kept."""

import random
from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rulebook import Rulebook
from synthetic_data.deidentify.days import ROUNDS, Days, days_needed
from tests.oracle.eligibility import completed_years, is_under_retirement_age
from tests.oracle.literal import RULEBOOKS, score_literally
from tests.oracle.strategies import random_facts
from tests.scoring.applicants import scores

from .exports import KEYS

BOOKS = tuple(Rulebook.load(name) for name in RULEBOOKS)
JUDGED = range(2018, 2028)
GROUPS = (("male", "worker"), ("female", "cadre"), ("female", "worker"))


def days(*rounds: int, birth: str = "rules") -> Days:
    """Give the days of birth told apart in some rounds, or in all."""
    return days_needed(BOOKS, rounds or ROUNDS, birth=birth)["birth_date"]  # type: ignore[arg-type]


def coarse(days: Days, born: date) -> date:
    """Give the date that stands for a birth date."""
    found: date = days.first(pl.Series([born])).item()
    return found


def starts(days: Days, first: int, last: int) -> list[date]:
    """List the first days of the classes of some years."""
    found = pl.Series(days.starts).cast(pl.Date).to_list()
    return [day for day in found if first <= day.year <= last]


def retired_in(born: date, rounds: range) -> list[tuple[int, str, str]]:
    """List, by the oracle, where somebody is past the retirement age: round, sex, post."""
    return [
        (year, sex, post)
        for year in rounds
        for sex, post in GROUPS
        if not is_under_retirement_age({"birth_date": born, "sex": sex, "post": post}, round_year=year)
    ]


@pytest.mark.parametrize("year", JUDGED)
@pytest.mark.parametrize("rulebook", RULEBOOKS)
def test_no_score_and_no_reason_changes(rulebook: str, year: int) -> None:
    """People dense at every threshold score the same with coarse dates, in each rulebook and round."""
    rng = random.Random(year)  # noqa: S311 -- a seeded generator is what a test needs
    rules = Rulebook.load(rulebook)
    exact = [{"applicant_id": str(i), **random_facts(rng, year, **KEYS)} for i in range(400)]
    needed = days_needed(BOOKS, ROUNDS, birth="rules")
    frame = pl.DataFrame(
        {
            name: pl.Series([row[name] for row in exact], dtype=pl.Date)
            for name in ("birth_date", "residence_permit_date")
        }
    )
    safe = pl.DataFrame([needed[name].first(frame.get_column(name)) for name in frame.columns])
    rows = [{**row, **dates} for row, dates in zip(exact, safe.iter_rows(named=True), strict=True)]
    assert safe.get_column("birth_date").n_unique() < frame.get_column("birth_date").n_unique()
    assert scores(rows, rules, round_year=year) == scores(exact, rules, round_year=year)


def test_the_oracle_agrees_at_the_edges_of_every_class() -> None:
    """First and last day of each class have the same age and retirement in the rounds of 2018 to 2027."""
    needed = days()
    for first, following in pairwise(starts(needed, 1945, 1990)):
        last = following - timedelta(days=1)
        assert coarse(needed, last) == first
        assert retired_in(last, JUDGED) == retired_in(first, JUDGED)
        assert {completed_years(last, on=date(year - 1, 1, 1)) for year in JUDGED} == {
            completed_years(first, on=date(year - 1, 1, 1)) for year in JUDGED
        }


def test_nothing_more_is_kept_than_the_rules_need() -> None:
    """Where a class begins within a year, some group retires in another round than the day before."""
    within = [day for day in starts(days(), 1958, 1990) if (day.month, day.day) != (1, 1)]
    assert len(within) > 20
    for day in within:
        assert retired_in(day, ROUNDS) != retired_in(day - timedelta(days=1), ROUNDS), day


def test_one_round_needs_the_year_but_where_somebody_retires() -> None:
    """For 2020, those born on 31 December 50, 55 or 60 years before are told from the rest of their year."""
    within = [day for day in starts(days(2020), 1900, 2019) if (day.month, day.day) != (1, 1)]
    assert within == [date(1959, 12, 31), date(1964, 12, 31), date(1969, 12, 31)]
    assert coarse(days(2020), date(1980, 6, 15)) == date(1980, 1, 1)


def test_the_highest_ages_are_heeded() -> None:
    """Once the schedule has run out, in 2044, men of 63 and women of 58 and 55 years are told apart."""
    within = [day for day in starts(days(2044), 1900, 2043) if (day.month, day.day) != (1, 1)]
    assert within == [date(1980, 12, 31), date(1985, 12, 31), date(1988, 12, 31)]


def test_another_day_of_age_parts_the_year() -> None:
    """Under a rulebook that takes age on 1 July, births before July and from July on are told apart."""
    july = BOOKS[2].changed({"age.as_of": "07-01"}, name="july")
    needed = days_needed([july], [2020], birth="rules")["birth_date"]
    assert coarse(needed, date(1975, 6, 30)) == date(1975, 1, 1)
    assert coarse(needed, date(1975, 12, 24)) == date(1975, 7, 1)


def test_the_schedule_of_2025_is_heeded() -> None:
    """By 31 December 2025 a man born in August 1965 has retired at 60 years 2 months, one of October not."""
    needed = days(2026)
    retired = {"sex": "male", "post": "worker"}
    assert not is_under_retirement_age({"birth_date": date(1965, 8, 31), **retired}, round_year=2026)
    assert is_under_retirement_age({"birth_date": date(1965, 10, 1), **retired}, round_year=2026)
    assert coarse(needed, date(1965, 8, 31)) == date(1965, 1, 1)
    assert coarse(needed, date(1965, 11, 20)) == date(1965, 10, 1)


@given(born=st.dates(date(1940, 1, 1), date(2005, 12, 31)), year=st.sampled_from(JUDGED))
def test_any_birth_scores_as_its_class_does(born: date, year: int) -> None:
    """Whatever the birth, the literal scorer gives the same points and reasons to the date that is kept."""
    rng = random.Random(7)  # noqa: S311 -- a seeded generator is what a test needs
    facts = random_facts(rng, year, **KEYS)
    kept = coarse(days(), born)
    for rulebook in RULEBOOKS:
        exact = score_literally({**facts, "birth_date": born}, rulebook=rulebook, round_year=year, **KEYS)
        safe = score_literally({**facts, "birth_date": kept}, rulebook=rulebook, round_year=year, **KEYS)
        assert safe == exact


@pytest.mark.parametrize(("birth", "kept"), [("month", date(1980, 6, 1)), ("year", date(1980, 1, 1))])
def test_a_coarser_birth_is_kept_on_request(birth: str, kept: date) -> None:
    """The month or the year alone is its first day."""
    assert coarse(days(2020, birth=birth), date(1980, 6, 15)) == kept


@pytest.mark.parametrize(
    ("column", "exact", "kept"),
    [
        ("residence_permit_date", date(2019, 12, 31), date(2019, 1, 1)),
        ("residence_permit_date", date(2020, 1, 1), date(2020, 1, 1)),
        ("graduated_on", date(2016, 2, 29), date(2016, 2, 1)),
        ("won_on", date(2012, 2, 29), date(2012, 1, 1)),
        ("awarded_on", date(2019, 12, 31), date(2019, 1, 1)),
        ("decided_on", date(2014, 12, 31), date(2014, 1, 1)),
    ],
)
def test_other_dates_keep_year_or_month(column: str, exact: date, kept: date) -> None:
    """A permit, an award, an honour and a penalty keep their year, a graduation its month."""
    assert days_needed(BOOKS, ROUNDS, birth="rules")[column].first(pl.Series([exact])).to_list() == [kept]


def test_an_absent_date_stays_absent() -> None:
    """Who has no permit has none afterwards."""
    permits = days_needed(BOOKS, ROUNDS, birth="rules")["residence_permit_date"]
    assert permits.first(pl.Series([None, date(2018, 5, 5)])).to_list() == [None, date(2018, 1, 1)]
