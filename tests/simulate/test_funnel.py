"""The annual round as a funnel: counted where the cohort knows, assumed where it does not."""

from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scoring
from scoring.errors import UnknownName
from scoring.indicators import COLUMNS
from simulate.funnel import ASSUMPTION, COHORT, EXIT, STAGE, funnel
from simulate.queue.behaviour import behaviour
from synthetic_data.population import facts
from synthetic_data.population.parameters import ParameterError

RULES = scoring.Rulebook.load("beijing-2020")
ROUND = 2020

RATES = {
    "checking.questioned": 0.1,
    "checking.appealed": 0.05,
    "checking.appeal_upheld": 0.5,
    "notice.objected": 0.1,
    "notice.upheld": 0.5,
    "notice.false_material": 0.25,
    "settling.withdraws": 0.05,
    "settling.lapses": 0.025,
}


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    """Return 2,000 applicants, of whom the first three are barred, two of them with their employer."""
    frame = facts(RULES, round_year=ROUND, size=2_000, seed=1)
    at = pl.int_range(pl.len())
    return frame.with_columns(
        barred_through=pl.when(at < 2).then(2024).otherwise(None).cast(pl.Int32),
        employer_barred_through=pl.when((at == 1) | (at == 2)).then(2020).otherwise(None).cast(pl.Int32),
        minor_children=pl.lit(2),
    )


def scored(people: pl.DataFrame, quota: int) -> scoring.Scored:
    """Score the applicants."""
    return scoring.score(scoring.Cohort.from_frame(people, rules=RULES, round_year=ROUND), RULES, quota=quota)


def just(places: int, people: pl.DataFrame) -> pl.DataFrame:
    """Let as many of those tied at the cutoff fall below it as are over the places, by a detention each."""
    ranked = scored(people, places)
    surplus = ranked.ranking.admitted - places
    at_cutoff = ranked.frame["eligible"] & (ranked.frame["total"] == ranked.ranking.cutoff)
    fall = at_cutoff & (at_cutoff.cum_sum() <= surplus)
    return people.with_columns(detentions=pl.when(fall).then(1).otherwise(pl.col("detentions")))


@cache
def few() -> pl.DataFrame:
    """Return 300 applicants."""
    return facts(RULES, round_year=ROUND, size=300, seed=2)


def told(frame: pl.DataFrame) -> dict[str, int]:
    """Return the people by stage."""
    return dict(frame.select("stage", "people").iter_rows())


def test_steps_are_counted_and_the_rest_is_worked_out(people: pl.DataFrame) -> None:
    """Two go with their employer, one alone; of those noticed, parts by hand."""
    round_2020 = scored(just(200, people), 200)
    frame = funnel(round_2020, behaviour(RATES))
    steps, noticed = told(frame), round_2020.ranking.admitted
    assert (steps["declared"], steps["employer_barred"], steps["confirmed"]) == (2_000, 2, 1_998)
    assert (steps["barred"], steps["checked"]) == (1, 1_997)
    assert (steps["questioned"], steps["appealed"], steps["appeal_upheld"]) == (200, 100, 50)
    assert (steps["ranked"], steps["noticed"]) == (round_2020.ranking.eligible, noticed)
    assert noticed == 200
    assert (steps["objected"], steps["removed"], steps["false_material"]) == (20, 10, 3)
    assert (steps["qualified"], steps["withdrew"], steps["lapsed"]) == (190, 10, 5)
    assert (steps["settled"], steps["children"]) == (175, 350)
    assert frame["share"][0] == 1.0
    assert frame.filter(stage="false_material")["barred_through"].to_list() == [2025]
    assert frame["barred_through"].null_count() == frame.height - 1


def test_only_what_the_cohort_cannot_know_is_assumed(people: pl.DataFrame) -> None:
    """Other rates change no row that is counted, and each row names its article."""
    first, second = (funnel(scored(people, 200), behaviour(rates)) for rates in ({}, RATES))
    assert first.filter(basis=COHORT).equals(second.filter(basis=COHORT))
    assert set(first.filter(basis=ASSUMPTION)["stage"]) >= {"appealed", "objected", "withdrew", "lapsed"}
    assert first["article"].str.contains(r"^\d+$").all()


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 100), min_size=3, max_size=3),
    st.integers(0, 3_000),
)
def test_every_stage_is_the_one_before_less_its_exits(rates: list[int], quota: int) -> None:
    """Accounting is exact in whole people for any rates and quota, nobody is lost twice."""
    objected, withdraws, lapses = (rate / 500 for rate in rates)
    changed = {
        "notice.objected": objected,
        "notice.upheld": 1.0,
        "settling.withdraws": withdraws,
        "settling.lapses": lapses,
    }
    frame = funnel(scored(few(), quota), behaviour(changed))
    assert (frame["people"] >= 0).all()
    here = None
    for kind, number in frame.select("kind", "people").iter_rows():
        if kind == STAGE:
            assert here in (None, number)
            here = number
        elif kind == EXIT:
            assert here is not None
            here -= number


def test_a_cohort_without_children_has_no_row_of_them(people: pl.DataFrame) -> None:
    """What is not known is not told as 0."""
    assert "children" not in told(funnel(scored(people.drop("minor_children"), 200)))


def test_a_cohort_of_points_knows_nobody_who_is_refused(people: pl.DataFrame) -> None:
    """Everybody with points is ranked."""
    points = scored(people, 200).frame.select("applicant_id", *COLUMNS, "total").head(50)
    cohort = scoring.Cohort.from_frame(points, rules=RULES, round_year=ROUND)
    steps = told(funnel(scoring.score(cohort, RULES, quota=10)))
    assert (steps["declared"], steps["ranked"], steps["ineligible"]) == (50, 50, 0)


def test_rates_are_assumptions_within_their_ranges() -> None:
    """Every rate says that it is assumed; another value must lie in its range, another name is refused."""
    assert {one.basis for one in behaviour().values()} == {"assumption"}
    with pytest.raises(ParameterError):
        behaviour({"notice.objected": 0.9})
    with pytest.raises(UnknownName, match=r"did you mean settling\.lapses"):
        behaviour({"settling.lapse": 0.1})
