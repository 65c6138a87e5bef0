"""Values just below, at and above every bound of the contract."""

from pathlib import Path

import pytest

from scoring.cohort.contract import Kind
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_points import POINTS
from tests.scoring.cohort.made import admitted, csv, fact, only, point, refused

MONTHS = [column.name for column in FACTS.columns if column.kind is Kind.MONTHS]
NOT_NEGATIVE = ["employment", "residence", "education", "job_housing_area", "innovation", "age", "honours"]
NOT_POSITIVE = ["study_deduction", "law_abiding"]


@pytest.mark.parametrize("name", MONTHS)
@pytest.mark.parametrize("value", ["0", "1", "1199", "1200"])
def test_months_that_a_human_may_have_are_taken(name: str, value: str, tmp_path: Path) -> None:
    """Up to a hundred years of months nothing is refused, whatever the other columns say."""
    cohort = admitted(csv(tmp_path, fact(**{name: value})))
    assert cohort.frame[name].to_list() == [int(value)]


@pytest.mark.parametrize("name", MONTHS)
@pytest.mark.parametrize(("value", "rule"), [("-1", "negative"), ("1201", "too_high"), ("99999", "too_high")])
def test_months_that_no_human_has_are_refused(name: str, value: str, rule: str, tmp_path: Path) -> None:
    """Less than none and more than a hundred years are errors."""
    violation = only(csv(tmp_path, fact(**{name: value})))
    assert (violation.column, violation.row, violation.value, violation.rule) == (name, 1, value, rule)


@pytest.mark.parametrize(
    ("name", "taken", "wrong"),
    [
        ("taxed_100k_years", ("0", "3"), ("-1", "4")),
        ("tax_penalties", ("0", "1000"), ("-1", "1001")),
        ("detentions", ("0", "1000"), ("-1", "1001")),
        ("minor_children", ("0", "1000"), ("-1", "1001")),
        ("barred_through", ("1900", "2200"), ("1899", "2201")),
        ("employer_barred_through", ("1900", "2200"), ("1899", "2201")),
        ("birth_date", ("1900-01-01", "2019-12-31"), ("1899-12-31", "2020-01-01")),
        ("residence_permit_date", ("1900-01-01", "2200-12-31"), ("1899-12-31", "2201-01-01")),
    ],
)
def test_other_facts_are_bounded(
    name: str, taken: tuple[str, str], wrong: tuple[str, str], tmp_path: Path
) -> None:
    """The least and the greatest value are taken, the next ones are not; the reference date is 2019-12-31."""
    for value in taken:
        assert str(admitted(csv(tmp_path, fact(**{name: value}))).frame[name][0]) == value
    for value in wrong:
        violation = only(csv(tmp_path, fact(**{name: value})))
        assert (violation.column, violation.value) == (name, value)


@pytest.mark.parametrize("name", NOT_NEGATIVE)
def test_points_that_are_never_taken_back_are_not_negative(name: str, tmp_path: Path) -> None:
    """Zero is taken, a hundredth less is not."""
    assert admitted(csv(tmp_path, point(**{name: "0"}))).frame[name][0] == 0
    assert only(csv(tmp_path, point(**{name: "-0.01"}))).rule == "negative"


@pytest.mark.parametrize("name", NOT_POSITIVE)
def test_points_that_are_only_taken_back_are_not_positive(name: str, tmp_path: Path) -> None:
    """Zero is taken, a hundredth more is not."""
    assert admitted(csv(tmp_path, point(**{name: "0"}))).frame[name][0] == 0
    assert only(csv(tmp_path, point(**{name: "0.01"}))).rule == "positive"


def test_points_for_tax_and_the_total_may_be_either(tmp_path: Path) -> None:
    """Penalties can outweigh everything."""
    cohort = admitted(csv(tmp_path, point(tax="-600.25", total="-483.25")))
    assert cohort.frame.select("tax", "total").row(0) == (-60025, -48325)


@pytest.mark.parametrize("name", ["employment", "tax"])
def test_points_beyond_ten_thousand_are_refused(name: str, tmp_path: Path) -> None:
    """Ranks come from counting totals, which must stay few enough to be counted."""
    assert admitted(csv(tmp_path, point(**{name: "10000"}))).frame[name][0] == 1_000_000
    assert only(csv(tmp_path, point(**{name: "10000.01"}))).rule == "too_high"
    assert only(csv(tmp_path, point(**{name: "99999999999"}))).rule == "too_high"


def test_birth_year_ends_with_the_reference_date(tmp_path: Path) -> None:
    """Nobody was born after the year before the round."""
    assert admitted(csv(tmp_path, point(birth_year="2019"))).frame["birth_year"][0] == 2019
    violations = refused(csv(tmp_path, point(birth_year="2020"), point(birth_year="1899")))
    assert [(one.row, one.rule) for one in violations] == [(2, "too_low"), (1, "after_reference")]


@pytest.mark.parametrize("name", [name for name in FACTS.required if not FACTS.column(name).nullable])
def test_a_fact_that_must_be_known_cannot_be_empty(name: str, tmp_path: Path) -> None:
    """An empty field is null, and null is refused where nothing may be missing."""
    violation = only(csv(tmp_path, fact(), fact(applicant_id="A0002") | {name: ""}))
    assert (violation.column, violation.row, violation.rule, violation.value) == (name, 2, "empty", None)


@pytest.mark.parametrize("name", POINTS.required)
def test_a_score_cannot_be_empty(name: str, tmp_path: Path) -> None:
    """A missing score is refused and never becomes zero."""
    violations = refused(csv(tmp_path, point(**{name: ""})))
    assert [(one.column, one.row, one.rule) for one in violations] == [(name, 1, "empty")]


@pytest.mark.parametrize("name", [name for name in FACTS.required if FACTS.column(name).nullable])
def test_what_may_be_absent_may_be_empty(name: str, tmp_path: Path) -> None:
    """An empty field there is null and nothing else."""
    assert admitted(csv(tmp_path, fact(**{name: ""}))).frame[name].to_list() == [None]


def test_every_violation_is_reported_at_once(tmp_path: Path) -> None:
    """Errors in many rows and columns come together, and errors come before warnings."""
    rows = (
        fact(sex="woman"),
        fact(applicant_id="A0002", insured_months="-3", detentions="x"),
        fact(applicant_id="A0001", education="phd"),
    )
    found = {(one.column, one.row, one.rule) for one in refused(csv(tmp_path, *rows))}
    assert found == {
        ("sex", 1, "unknown_level"),
        ("insured_months", 2, "negative"),
        ("detentions", 2, "not_whole"),
        ("applicant_id", 3, "duplicate_id"),
        ("education", 3, "unknown_level"),
    }
