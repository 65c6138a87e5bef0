"""Which level a file is, which columns are missing, and what they may have been called."""

from pathlib import Path

import pytest

from tests.scoring.cohort.made import POINT, admitted, csv, fact, only, point, refused


def renamed(row: dict[str, str], **names: str) -> dict[str, str]:
    """Return a row with some columns renamed."""
    return {names.get(name, name): value for name, value in row.items()}


def test_the_level_is_told_by_a_column(tmp_path: Path) -> None:
    """``insured_months`` means facts, ``total`` points."""
    assert admitted(csv(tmp_path, fact())).level == "facts"
    assert admitted(csv(tmp_path, point())).level == "points"


def test_both_levels_at_once_are_none(tmp_path: Path) -> None:
    """A file that looks like both is not guessed at."""
    assert only(csv(tmp_path, fact(total="1.00"))).rule == "two_levels"


def test_no_level_says_what_is_looked_for(tmp_path: Path) -> None:
    """Columns that mean nothing to the contract are named."""
    violation = only(csv(tmp_path, {"a": "1", "b": "2"}))
    assert (violation.rule, violation.data["found"]) == ("no_level", ("a", "b"))


@pytest.mark.parametrize(
    ("column", "called"),
    [
        ("insured_months", "insured_month"),
        ("insured_months", "Insured Months"),
        ("insured_months", "insuredMonths"),
        ("sex", "SEX"),
        ("birth_date", "birthdate"),
        ("suburban_home_in_december", "suburban_home_december"),
        ("detentions", "detention"),
    ],
)
def test_a_missing_column_names_the_nearest_that_is_there(column: str, called: str, tmp_path: Path) -> None:
    """A slip in a column's name is one error that shows both names."""
    violation = only(csv(tmp_path, renamed(fact(), **{column: called})))
    assert (violation.rule, violation.column, violation.data["nearest"]) == ("missing_column", column, called)


def test_all_missing_columns_are_listed(tmp_path: Path) -> None:
    """A file of half the columns says which half is missing, for the level it is nearest to."""
    kept = {name: value for name, value in fact().items() if name in {"applicant_id", "sex", "detentions"}}
    violations = refused(csv(tmp_path, kept))
    assert [one.column for one in violations] == [name for name in fact() if name not in kept]
    points = {name: value for name, value in POINT.items() if name not in {"total", "tax"}}
    assert [one.column for one in refused(csv(tmp_path, points))] == ["tax", "total"]


@pytest.mark.parametrize(
    ("called", "meant"),
    [
        ("employer_bared_through", "employer_barred_through"),
        ("home_distict", "home_district"),
        ("Sector", "sector"),
    ],
)
def test_a_slip_in_an_optional_column_is_an_error_too(called: str, meant: str, tmp_path: Path) -> None:
    """Otherwise a bar on the employer would be ignored for the want of a letter."""
    violation = only(csv(tmp_path, fact(**{called: "x"})))
    assert (violation.rule, violation.column, violation.data["nearest"]) == ("misspelt_column", called, meant)


def test_columns_may_come_in_any_order(tmp_path: Path) -> None:
    """The frame has the contract's order whatever the file's."""
    backwards = dict(reversed(fact().items()))
    assert admitted(csv(tmp_path, backwards)).frame.columns == list(fact())


def test_a_missing_column_does_not_hide_bad_cells(tmp_path: Path) -> None:
    """What is there is checked all the same."""
    row = {name: value for name, value in fact(sex="x").items() if name != "post"}
    assert [(one.rule, one.column) for one in refused(csv(tmp_path, row))] == [
        ("missing_column", "post"),
        ("unknown_level", "sex"),
    ]


def test_a_file_without_a_header_shows_nobody(tmp_path: Path) -> None:
    """The first person stands where names of columns should, and is not repeated in the message."""
    person = {
        "王小明": "李雷",
        "11010519491231002X": "440524188001010014",
        "13800138000": "x",
        "朝阳": "东城",
    }
    violation = only(csv(tmp_path, person))
    assert violation.data["found"] == ("王**", "1*****************", "1**********", "朝阳")
