"""The contract says what the written contract says: names, order, levels, and words in both languages."""

import pytest

from scoring.cohort.contract import Column, Kind, Table
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_histories import HISTORIES
from scoring.cohort.contract_points import POINTS
from scoring.cohort.dictionary import entries
from scoring.rulebook.schema import DISTRICTS, SIX_DISTRICTS
from tests.scoring.cohort.made import FACT, POINT

TABLES = (FACTS, POINTS, *HISTORIES)
COLUMNS = [
    pytest.param(column, id=f"{table.name}.{column.name}") for table in TABLES for column in table.columns
]


def test_facts_require_the_columns_of_the_contract_in_its_order() -> None:
    """A file with exactly the contract's columns is complete."""
    assert FACTS.required == tuple(FACT)


def test_facts_know_what_is_optional() -> None:
    """What the rules or the analysis may use besides is optional."""
    optional = [name for name in FACTS.names if name not in FACTS.required]
    assert optional == [
        "employer_barred_through",
        "minor_children",
        "home_district",
        "job_district",
        "employer_id",
        "sector",
    ]


def test_points_require_the_ten_published_columns_and_the_total() -> None:
    """Neither a pseudonym nor a year of birth is needed at points level."""
    assert POINTS.required == tuple(POINT)
    assert set(POINTS.names) - set(POINTS.required) == {"applicant_id", "birth_year", "sex"}


def test_only_what_may_be_absent_in_a_person_may_be_empty() -> None:
    """No permit, no bar, no award and no honour are written as nothing; every other fact is known."""
    empty = {column.name for column in FACTS.columns if column.required and column.nullable}
    assert empty == {"residence_permit_date", "barred_through", "innovation_award", "honour"}


def test_histories_have_nine_tables_keyed_by_the_applicant() -> None:
    """Each kind of record has a table that begins with the applicant."""
    assert [table.name for table in HISTORIES] == [
        "applicants",
        "insurance",
        "dwellings",
        "degrees",
        "awards",
        "equity",
        "income_tax",
        "penalties",
        "honours",
    ]
    assert {table.names[0] for table in HISTORIES} == {"applicant_id"}


def test_there_are_sixteen_districts_and_the_development_area() -> None:
    """Six districts are inside; the development area is outside the six."""
    assert len(DISTRICTS) == len(set(DISTRICTS)) == 17
    assert DISTRICTS[-1] == "经济技术开发区"
    assert set(SIX_DISTRICTS) == {"东城区", "西城区", "朝阳区", "海淀区", "丰台区", "石景山区"}


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_speaks_both_languages(column: Column) -> None:
    """A clerk reads the Chinese, a researcher the English."""
    assert any("\u4e00" <= character <= "\u9fff" for character in column.zh)
    assert column.en.isascii()


@pytest.mark.parametrize("column", COLUMNS)
def test_every_choice_has_levels_and_every_key_an_annex(column: Column) -> None:
    """What is checked against words says which."""
    assert bool(column.levels) == (column.kind is Kind.LEVEL)
    assert bool(column.annex) == (column.kind is Kind.KEY)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_dictionary_says_something_of_every_column(table: Table) -> None:
    """No line of the dictionary leaves its type or what is allowed open."""
    lines = entries(table)
    assert [line.column for line in lines] == list(table.names)
    assert all(line.type and line.allowed_zh and line.allowed_en and line.required for line in lines)


def test_the_dictionary_cites_the_articles_as_they_are_written() -> None:
    """Articles read as in the regulation."""
    by_name = {line.column: line.article for line in entries(FACTS)}
    assert by_name["insured_months"] == "第15条（一）\nArt. 15(1)"
    assert by_name["innovation_award"] == "第15条（五）、附件3\nArt. 15(5), Annex 3"
    assert by_name["barred_through"] == "第17条\nArt. 17"
