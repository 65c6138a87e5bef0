"""Facts in closed form are the facts that scoring counts from the same lives' records, in every column."""

import datetime as dt

import polars as pl
import polars.selectors as cs
import pytest
from polars.testing import assert_frame_equal

from scoring import Rulebook
from scoring.cohort.contract_facts import FACTS
from scoring.histories import facts as counted_from
from synthetic_data.population import Lives, Parameters, draw, facts_of
from synthetic_data.population.records import histories_of
from tests.synthetic_data.population.wild import wild_lives

ROUNDS = [
    ("beijing-2018-trial", 2018),
    ("beijing-2018-trial", 2019),
    ("beijing-2020-draft", 2020),
    ("beijing-2020-draft", 2027),
    ("beijing-2020", 2020),
    ("beijing-2020", 2021),
    ("beijing-2020", 2022),
    ("beijing-2020", 2027),
]


def assert_same_facts(lives: Lives, rules: Rulebook, round_year: int) -> None:
    """Compare both ways of counting, values and types."""
    records = histories_of(lives, rules, round_year)
    counted = counted_from(records, rules, round_year=round_year)
    assert_frame_equal(facts_of(lives, rules, round_year), counted, check_column_order=False)


@pytest.mark.parametrize(("name", "round_year"), ROUNDS)
def test_facts_of_lives_are_those_of_their_records(name: str, round_year: int) -> None:
    """For people as they are drawn, under each rulebook and in several rounds."""
    assert_same_facts(draw(Parameters.load(), size=3_000, seed=round_year), Rulebook.load(name), round_year)


@pytest.mark.parametrize(("name", "round_year"), ROUNDS)
@pytest.mark.parametrize("seed", range(3))
def test_facts_of_wild_lives_are_those_of_their_records(name: str, round_year: int, seed: int) -> None:
    """Also where every date lies on or beside a month in which a rule changes."""
    rules = Rulebook.load(name)
    assert_same_facts(wild_lives(4_000, rules, round_year=round_year, seed=seed), rules, round_year)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("residence.presumed_before", dt.date(2017, 3, 1)),
        ("job_housing_area.counting_from", dt.date(2012, 5, 1)),
        ("job_housing_area.urban_districts", ["海淀区", "通州区"]),
        ("employment.counting_from", dt.date(2005, 1, 1)),
        ("eligibility.back_paid_window_months", 24),
        ("education.deduction.years.bachelor", 9),
        ("education.points.master_degree", 30),
        ("tax.line_yuan", 35_000),
        ("tax.window_years", 1),
        ("tax.penalty_from_yuan", 2_001),
        ("tax.penalty_window_years", 2),
        ("law_abiding.window_years", 6),
        ("eligibility.barred_years_after", 1),
        ("innovation.points_by_level.municipal", 20),
    ],
)
def test_facts_follow_a_changed_rulebook(path: str, value: object) -> None:
    """Every value that is spent in making facts moves both ways of counting alike, and moves something."""
    before = Rulebook.load("beijing-2018-trial")
    rules = before.changed({path: value})
    lives = wild_lives(3_000, before, round_year=2022, seed=9)
    assert_same_facts(lives, rules, 2022)
    if path != "innovation.points_by_level.municipal":
        assert not facts_of(lives, rules, 2022).equals(facts_of(lives, before, 2022))


def test_wild_lives_are_wild() -> None:
    """Every fact takes several values, so that the comparison above compares something."""
    rules = Rulebook.load("beijing-2020")
    facts = facts_of(wild_lives(4_000, rules, round_year=2022, seed=0), rules, 2022)
    kinds = {name: facts.get_column(name).n_unique() for name in FACTS.names if name in facts.columns}
    assert {name for name, values in kinds.items() if values < 2} == set()
    held = {"equity_financing_40_million", "equity_financing_5_million"}
    assert held < set(facts.get_column("innovation_award").drop_nulls())
    months = [name for name in kinds if name.endswith("_months")]
    assert min(kinds[name] for name in months) >= 6
    assert {facts.get_column(name).min() for name in months} == {0}


def test_records_hold_nothing_after_the_reference_date() -> None:
    """What will happen is in no record of the round; false material is, up to the end of the round's year."""
    rules, year = Rulebook.load("beijing-2020"), 2021
    false_often = Parameters.load().with_values({"rare.false_material": 0.02})
    tables = histories_of(draw(false_often, size=20_000, seed=2), rules, year)
    reference = rules.reference_date(year)
    for name in ("insurance", "dwellings", "degrees", "awards", "honours"):
        assert latest(tables[name]) <= reference
    assert tables["income_tax"].get_column("year").max() == year - 1
    false = tables["penalties"].get_column("kind") == "false_material"
    assert latest(tables["penalties"].filter(~false)) <= reference
    assert latest(tables["penalties"].filter(false)) == dt.date(year, 1, 1)


def latest(table: pl.DataFrame) -> dt.date:
    """Give the latest day in a table."""
    day = table.unpivot(cs.date()).get_column("value").max()
    assert isinstance(day, dt.date)
    return day
