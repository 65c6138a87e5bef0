"""Traits, read from the cohort or worked out from its facts."""

from collections.abc import Sequence

import polars as pl
import pytest

import scoring
from scoring.errors import UnknownName
from simulate.distribution.traits import trait, traits
from synthetic_data.population import facts
from tests.reports.rounds import RULES, frame, scored


def told(round_: scoring.Scored, by: str) -> list[str | None]:
    """Give everybody's level."""
    found = trait(round_, by)
    return [found.levels[code] for code in found.codes.tolist()]


def of_facts(size: int = 6, **columns: Sequence[object]) -> scoring.Scored:
    """Score generated facts with some columns written out."""
    people = facts(RULES, round_year=2020, size=size, seed=1)
    people = people.with_columns(
        pl.Series(name, values, dtype=people.schema.get(name)) for name, values in columns.items()
    )
    return scoring.score(scoring.Cohort.from_frame(people, rules=RULES, round_year=2020), RULES, quota=2)


def test_careers_are_bands_of_insured_years() -> None:
    """Ten years to the month begin the second band; one month less is the first."""
    round_ = of_facts(insured_months=[0, 119, 120, 239, 299, 300])
    assert told(round_, "career") == ["<10", "<10", "10-14", "15-19", "20-24", ">=25"]


def test_points_tell_careers_by_employment() -> None:
    """Three points a year: 29.75 points are under ten years, 30 are ten."""
    round_ = scored(frame({"employment": ["29.75", "30.00", "75.00"]}), quota=1)
    assert told(round_, "career") == ["<10", "10-14", ">=25"]


def test_the_taxed_have_a_year_or_points() -> None:
    """Any year of the three counts with facts, any points above zero with points."""
    assert told(of_facts(taxed_100k_years=[0, 1, 3, 0, 0, 2]), "taxed") == [
        "no",
        "yes",
        "yes",
        "no",
        "no",
        "yes",
    ]
    assert told(scored(frame({"tax": ["-12", "0", "2"]}), quota=1), "taxed") == ["no", "no", "yes"]


def test_a_home_is_own_before_it_is_the_spouses() -> None:
    """One month in an own home makes an owner, whatever the spouse has."""
    round_ = of_facts(own_home_months=[1, 0, 0, 5, 0, 0], spouse_home_months=[9, 1, 0, 0, 0, 0])
    assert told(round_, "home") == ["own", "spouse", "none", "own", "none", "none"]


def test_an_employer_is_as_large_as_its_applicants() -> None:
    """Applicants of the same employer are counted; without an employer nothing is known."""
    round_ = of_facts(size=6, employer_id=["a", "b", "b", None, "c", "b"])
    assert told(round_, "employer_applicants") == ["1", "2-9", "2-9", None, "1", "2-9"]


def test_a_column_of_the_users_own_comes_first() -> None:
    """A cohort with a column of its own that is called like a trait is told by that column."""
    round_ = of_facts(insured_months=[60] * 6, career=["short", "long"] * 3)
    assert told(round_, "career") == ["short", "long"] * 3


def test_traits_are_those_that_the_cohort_can_tell() -> None:
    """Points know fewer traits than facts do, and none they cannot know."""
    assert traits(scored(frame({"employment": ["30"]}), quota=1)) == ("education", "taxed", "career")
    assert {"education_level", "home", "employer_applicants", "minor_children", "sector"} <= set(
        traits(of_facts())
    )


def test_numbers_are_told_from_the_lowest_up() -> None:
    """Ten children would come after two, not between one and two."""
    round_ = of_facts(minor_children=[10, 2, 0, 1, 2, 0])
    assert trait(round_, "minor_children").levels == ("0", "1", "2", "10")


def test_bands_are_told_from_the_lowest_up() -> None:
    """Bands of the user's own stand by their numbers, not by their first characters."""
    bands = ["200-999", "<10", "10-49", ">=1000", "50-199", "10-49"]
    assert trait(of_facts(size_band=bands), "size_band").levels == (
        "<10",
        "10-49",
        "50-199",
        "200-999",
        ">=1000",
    )
    mixed = ["b2", "10-49", "a1", "b2", "a1", "10-49"]
    assert trait(of_facts(mixed=mixed), "mixed").levels == ("10-49", "a1", "b2")


def test_an_unknown_trait_names_the_nearest() -> None:
    """A misspelt trait says which was meant; a person's number is no trait."""
    with pytest.raises(UnknownName, match="did you mean sector"):
        trait(of_facts(), "sectors")
    with pytest.raises(UnknownName, match="there are"):
        trait(of_facts(), "applicant_id")
