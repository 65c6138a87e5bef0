"""Hold what counting promises beside the numbers: columns, types, order, groups, blocks, errors, reforms."""

import datetime as dt
import random
from typing import Any

import polars as pl
import pytest

from scoring.cohort.contract_facts import FACTS
from scoring.cohort.parse import narrow_type
from scoring.errors import UnknownName
from scoring.histories import HistoriesError, facts, spells
from scoring.histories.ledger import BLOCK
from scoring.rulebook import Rulebook
from tests.oracle.history_cases.records import (
    award,
    degree,
    equity,
    five,
    home,
    honour,
    income_tax,
    paid,
    penalty,
)
from tests.oracle.history_strategies import random_histories

from .frames import Tables, frames

RULES = Rulebook.load("beijing-2020")
KEYS = {"award_keys": RULES.award_keys, "honour_keys": RULES.honour_keys}


def people(number: int, round_year: int = 2024) -> Tables:
    """Generate the records of some people."""
    rng = random.Random(5)  # noqa: S311 -- a seeded generator is what a test needs
    return frames([random_histories(rng, round_year, **KEYS) for _ in range(number)], RULES)


def count(
    records: dict[str, list[dict[str, Any]]], rules: Rulebook = RULES, year: int = 2020
) -> dict[str, Any]:
    """Count the facts of one person."""
    return facts(frames([records], rules), rules, round_year=year).row(0, named=True)


def test_columns_and_types_are_the_contracts() -> None:
    """The frame has every required column of the contract in its order and type, then the groups."""
    tables = people(3)
    sector = pl.Series("branch", ["a", None, "b"], dtype=pl.Enum(["a", "b"]))
    tables["applicants"] = tables["applicants"].with_columns(sector)
    got = facts(tables, RULES, round_year=2024)
    told = tables["applicants"].columns
    wanted = [column for column in FACTS.columns if column.required or column.name in told]
    assert got.columns == [*(column.name for column in wanted), "branch"]
    keys = {"": (), "awards": RULES.award_keys, "honours": RULES.honour_keys}
    assert {column.name: got.schema[column.name] for column in wanted} == {
        column.name: narrow_type(column, keys[column.annex]) for column in wanted
    }
    assert got.get_column("branch").equals(sector)


def test_columns_of_applicants_pass_through() -> None:
    """What the applicants' table says of a person stands in the facts as it is."""
    tables = people(4)
    got = facts(tables, RULES, round_year=2024)
    assert got.select(tables["applicants"].columns).equals(tables["applicants"])


def test_row_order_never_matters() -> None:
    """Facts follow the order of the applicants, whatever the order of the records."""
    tables = people(60)
    straight = facts(tables, RULES, round_year=2024)
    shuffled = {name: table.sample(fraction=1, shuffle=True, seed=8) for name, table in tables.items()}
    got = facts(shuffled, RULES, round_year=2024)
    assert got.get_column("applicant_id").equals(shuffled["applicants"].get_column("applicant_id"))
    assert got.sort("applicant_id").equals(straight.sort("applicant_id"))


def test_every_record_twice_changes_only_what_counts_records() -> None:
    """Spells, credentials, awards and shares count once however often they are told."""
    tables = people(60)
    doubled = {
        name: table if name == "applicants" else pl.concat([table, table]) for name, table in tables.items()
    }
    once, twice = (facts(one, RULES, round_year=2024) for one in (tables, doubled))
    sums = ["taxed_100k_years", "tax_penalties", "detentions", "innovation_award"]
    assert twice.drop(sums).equals(once.drop(sums))
    assert twice.get_column("detentions").equals(once.get_column("detentions") * 2)


def test_blocks_and_threads_change_nothing() -> None:
    """A cohort of several blocks has the facts that its people have by themselves."""
    some = people(40)
    copies = 2 * BLOCK // 40 + 1
    many = {
        name: pl.concat(
            [
                table.with_columns(pl.concat_str(pl.col("applicant_id"), pl.lit(f".{copy}")))
                for copy in range(copies)
            ]
        )
        for name, table in some.items()
    }
    expected = facts(some, RULES, round_year=2024).drop("applicant_id")
    got = facts(many, RULES, round_year=2024, workers=3)
    assert got.drop("applicant_id").equals(pl.concat([expected] * copies))
    assert got.equals(facts(many, RULES, round_year=2024, workers=1))


@pytest.mark.parametrize("empty", [True, False])
def test_absent_and_empty_tables(empty: bool) -> None:
    """A table that is absent, or a frame without anything, is one without records."""
    tables = frames([{}, {}], RULES)
    given = {"applicants": tables["applicants"], **({"insurance": pl.DataFrame()} if empty else {})}
    assert facts(given, RULES, round_year=2020).equals(facts(tables, RULES, round_year=2020))


def test_a_cohort_of_nobody() -> None:
    """No applicants, no facts, and the columns all the same."""
    got = facts(frames([], RULES), RULES, round_year=2020)
    assert got.height == 0
    assert got.schema == facts(frames([{}], RULES), RULES, round_year=2020).schema


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"insurances": pl.DataFrame()}, "no record table is called 'insurances'; did you mean insurance?"),
        ({}, "the table 'applicants' is missing"),
    ],
)
def test_unknown_or_missing_table(tables: Tables, message: str) -> None:
    """A table that the contract does not know is refused with the nearest name, and so are no applicants."""
    with pytest.raises(HistoriesError, match=message.replace("?", r"\?")):
        facts(tables, RULES, round_year=2020)


def test_applicant_in_several_rows() -> None:
    """An applicant who is there twice is refused: the records would be of one of two people."""
    tables = frames([{"insurance": paid("pension", "2010-01", "2010-02")}], RULES)
    tables["applicants"] = pl.concat([tables["applicants"]] * 2)
    with pytest.raises(HistoriesError, match="an applicant_id stands in several rows"):
        facts(tables, RULES, round_year=2020)


def test_group_called_like_a_fact() -> None:
    """A column of the applicants never stands in for a fact, nor is it replaced by one unsaid."""
    tables = frames([{}], RULES)
    tables["applicants"] = tables["applicants"].with_columns(insured_months=pl.lit(500, pl.Int16))
    with pytest.raises(HistoriesError, match="the column 'insured_months' is a fact"):
        facts(tables, RULES, round_year=2020)


@pytest.mark.parametrize("name", ["insurance", "degrees", "income_tax"])
def test_record_about_nobody(name: str) -> None:
    """A record of somebody who is no applicant is refused and not dropped."""
    person = {
        "insurance": paid("pension", "2010-01", "2010-02"),
        "degrees": degree("master", "2010-01-01"),
        "income_tax": income_tax(y2019="1"),
    }
    tables = frames([{}, person], RULES)
    tables["applicants"] = tables["applicants"].head(1)
    with pytest.raises(HistoriesError, match=rf"{name}: row 1 is about nobody .* \(1 such rows\)"):
        facts({"applicants": tables["applicants"], name: tables[name]}, RULES, round_year=2020)


@pytest.mark.parametrize(
    "records",
    [
        {"insurance": paid("pension", "2010-02", "2010-01")},
        {"dwellings": home("rented", "2030-02", "2030-01")},
    ],
    ids=["insurance", "dwellings"],
)
def test_reversed_spell(records: dict[str, list[dict[str, Any]]]) -> None:
    """A spell that ends before it begins is refused, in the future too."""
    with pytest.raises(HistoriesError, match=r"row 1 ends before it begins \(1 such rows\)"):
        count(records)


def test_spells_add_up_to_the_facts() -> None:
    """The spells shown for an applicant are unbroken, do not overlap, and add up to every fact in months."""
    tables = people(25)
    got = facts(tables, RULES, round_year=2024)
    for person in got.iter_rows(named=True):
        shown = spells(tables, person["applicant_id"], rules=RULES, round_year=2024)
        sums = dict(shown.group_by("fact").agg(pl.col("months").sum()).iter_rows())
        in_months = [name for name in got.columns if name.endswith("_months")]
        assert sums == {name: person[name] for name in in_months if person[name]}
        covered = shown.select(
            pl.date_ranges("first_month", "last_month", "1mo").list.len() == pl.col("months")
        )
        assert covered.to_series().all()


def test_spells_are_merged() -> None:
    """Touching spells are shown as one, cut at the reference date."""
    records = {"insurance": [*paid("pension", "2019-01", "2019-06"), *paid("pension", "2019-07", "2025-01")]}
    shown = spells(frames([records], RULES), "p0", rules=RULES, round_year=2020)
    ours = shown.filter(pl.col("fact") == "insured_months")
    assert ours.rows() == [("insured_months", dt.date(2019, 1, 1), dt.date(2019, 12, 1), 12)]


def test_spells_of_nobody() -> None:
    """An applicant who is not there is refused."""
    with pytest.raises(UnknownName, match="no applicant is called 'p7'"):
        spells(frames([{}], RULES), "p7", rules=RULES, round_year=2020)


EVERYTHING = {
    "insurance": five("1998-07", "2019-12", district="通州区"),
    "dwellings": home("own", "2019-01", "2019-12", "通州区"),
    "degrees": [*degree("master", "2015-07-01"), *degree("bachelor", "1999-07-01")],
    "awards": [{**award(0, "2018-01-01")[0], "award": RULES.award_keys[0]}],
    "equity": equity(2018, "0.1", "40000000"),
    "income_tax": income_tax(y2018="60000", y2019="60000"),
    "penalties": [
        *penalty("tax_fine", "2018-05-05", "60"),
        *penalty("detention", "2015-05-05"),
        *penalty("false_material", "2018-05-05"),
    ],
    "honours": [{**honour(0, "2018-01-01")[0], "honour": RULES.honour_keys[0]}],
}


@pytest.mark.parametrize(
    ("path", "value", "fact", "before", "after"),
    [
        ("employment.counting_from", dt.date(2000, 1, 1), "insured_months", 258, 240),
        ("round.reference_day", "06-30", "insured_months", 258, 252),
        ("eligibility.insurances", ["pension"], "continuous_insured_months", 258, 258),
        ("eligibility.barred_years_after", 2, "barred_through", 2023, 2020),
        ("residence.presumed_before", dt.date(2010, 1, 1), "presumed_tenancy_months", 246, 138),
        ("education.deduction.years.master", 1, "study_insured_months", 36, 12),
        ("education.points.bachelor", 26, "education", "master", "bachelor"),
        ("job_housing_area.counting_from", dt.date(2019, 3, 1), "suburban_home_and_job_months", 12, 10),
        ("job_housing_area.urban_districts", ["东城区"], "suburban_home_and_job_months", 12, 12),
        ("job_housing_area.urban_districts", ["通州区"], "suburban_home_and_job_months", 12, 0),
        (
            "innovation.awards.equity_financing_40_million.points",
            13,
            "innovation_award",
            *RULES.award_keys[:1],
            "equity_financing_40_million",
        ),
        ("tax.line_yuan", 60000, "taxed_100k_years", 0, 2),
        ("tax.window_years", 1, "taxed_100k_years", 0, 0),
        ("tax.penalty_from_yuan", 61, "tax_penalties", 1, 0),
        ("tax.penalty_window_years", 1, "tax_penalties", 1, 0),
        ("law_abiding.window_years", 4, "detentions", 1, 0),
    ],
)
def test_values_come_from_the_rulebook(
    path: str, value: object, fact: str, before: object, after: object
) -> None:
    """A changed value changes what is counted under it."""
    assert count(EVERYTHING)[fact] == before
    assert count(EVERYTHING, RULES.changed({path: value}))[fact] == after


def test_insurances_of_the_rulebook() -> None:
    """A rulebook that asks for one insurance looks at that one alone."""
    records = {"insurance": paid("pension", "2010-01", "2019-12")}
    alone = count(records, RULES.changed({"eligibility.insurances": ["pension"]}))
    assert (alone["continuous_insured_months"], alone["insurance_in_order"]) == (120, True)
    assert (count(records)["continuous_insured_months"], count(records)["insurance_in_order"]) == (0, False)


def test_back_paid_window_of_the_rulebook() -> None:
    """The window of back-paid months is as long as the rulebook says."""
    records = {"insurance": paid("pension", "2010-01", "2019-12", "back_paid")}
    assert count(records)["back_paid_months"] == 84
    assert (
        count(records, RULES.changed({"eligibility.back_paid_window_months": 12}))["back_paid_months"] == 12
    )


def test_equity_window_of_the_rulebook() -> None:
    """Shares of an earlier year count in a longer window."""
    records = {"equity": equity(2016, "0.1", "5000000")}
    assert count(records)["innovation_award"] is None
    longer = RULES.changed({"innovation.equity_window_years": 4})
    assert count(records, longer)["innovation_award"] == "equity_financing_5_million"


def test_a_firm_is_in_one_tier_of_equity() -> None:
    """Financing at the upper end of a tier is in the next one, even where the lower tier gave more."""
    records = {"equity": equity(2019, "0.1", "20000000")}
    upside_down = RULES.changed({"innovation.awards.equity_financing_5_million.points": 5})
    assert count(records, upside_down)["innovation_award"] == "equity_financing_20_million"


def test_of_credentials_equal_after_deduction_the_higher_one() -> None:
    """14 less 12 x 3.5 / 12 equals 10.5; more points before deduction beat earlier ones."""
    records = {
        "degrees": [*degree("junior_college", "2005-07-01"), *degree("master", "2010-07-01")],
        "insurance": paid("pension", "2009-08", "2010-07"),
    }
    got = count(records, RULES.changed({"education.points.master": 14}))
    assert (got["education"], got["study_insured_months"]) == ("master", 12)
