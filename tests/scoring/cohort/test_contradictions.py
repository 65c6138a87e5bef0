"""Values that contradict each other: each a warning, and the row stays as it is."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from scoring.cohort import read
from scoring.cohort.contradictions import months_elapsed
from tests.scoring.cohort.made import ROUND, RULES, admitted, csv, fact, point


def test_the_sound_applicant_warns_of_nothing(tmp_path: Path) -> None:
    """The row that the cases below change contradicts itself nowhere."""
    assert admitted(csv(tmp_path, fact())).notices == ()


def test_months_since_july_1998_are_counted() -> None:
    """July to December 1998 are six months; up to December 2019 they are 258."""
    start, ends = dt.date(1998, 7, 1), [dt.date(year, 12, 31) for year in (1998, 1999, 2019)]
    assert [months_elapsed(start, end) for end in ends] == [6, 18, 258]


def test_the_first_month_that_counts_is_the_rulebooks(tmp_path: Path) -> None:
    """Where nothing counts before 2010, more than the 120 months from then on are odd."""
    later = dataclasses.replace(RULES, counting_from=dt.date(2010, 1, 1))
    rows = (fact(insured_months="120"), fact(applicant_id="A0002", insured_months="121"))
    (odd,) = read(csv(tmp_path, *rows), rules=later, round_year=ROUND).notices
    assert (odd.rule, odd.row, odd.data["elapsed"], odd.data["since"]) == ("over_elapsed", 2, 120, "2010-01")


@pytest.mark.parametrize(
    ("sound", "odd", "rule"),
    [
        ({"insured_months": "258"}, {"insured_months": "259"}, "over_elapsed"),
        ({"back_paid_months": "84"}, {"back_paid_months": "85"}, "over_window"),
        ({"own_home_months": "90"}, {"own_home_months": "91"}, "homes_over_insured"),
        ({"spouse_home_months": "50"}, {"spouse_home_months": "51"}, "homes_over_insured"),
        ({"leased_months": "50"}, {"leased_months": "51"}, "homes_over_insured"),
        ({"study_insured_months": "150"}, {"study_insured_months": "151"}, "study_over_insured"),
        ({"suburban_home_months": "28"}, {"suburban_home_months": "29"}, "suburban_over_own"),
        ({"suburban_home_and_job_months": "30"}, {"suburban_home_and_job_months": "31"}, "suburban_over_own"),
        ({"residence_permit_date": "1980-05-17"}, {"residence_permit_date": "1980-05-16"}, "before_birth"),
        (
            {"insured_months": "100", "continuous_insured_months": "84", "back_paid_months": "0"},
            {"insured_months": "100", "continuous_insured_months": "120", "back_paid_months": "0"},
            None,
        ),
        (
            {"own_home_months": "22", "presumed_tenancy_months": "0", "insured_months": "82"},
            {"own_home_months": "22", "presumed_tenancy_months": "0", "insured_months": "81"},
            "over_insured",
        ),
        (
            {"continuous_insured_months": "1"},
            {"continuous_insured_months": "0"},
            "in_order_uninsured",
        ),
        (
            {"study_insured_months": "12"},
            {"study_insured_months": "12", "education": "none"},
            "study_without_credential",
        ),
        (
            {"suburban_home_months": "0", "suburban_home_and_job_months": "1"},
            {"suburban_home_months": "0", "suburban_home_and_job_months": "0"},
            "december_without_months",
        ),
        (
            {"birth_date": "2007-07-01"},
            {"birth_date": "2007-08-01"},
            "over_life",
        ),
    ],
)
def test_a_contradiction_is_a_warning(
    sound: dict[str, str], odd: dict[str, str], rule: str | None, tmp_path: Path
) -> None:
    """Just within what can be, nothing is said; just beyond it, a warning, and the row is kept."""
    assert admitted(csv(tmp_path, fact(**sound))).notices == ()
    cohort = admitted(csv(tmp_path, fact(applicant_id="A0000"), fact(**odd)))
    assert cohort.frame.height == 2
    found = [(one.severity, one.rule, one.row) for one in cohort.notices]
    assert found == ([("warning", rule, 2)] if rule else [])


def test_a_total_that_is_not_the_sum_is_a_warning(tmp_path: Path) -> None:
    """The sum of the ten columns is what counts, and the total is kept as it stands."""
    cohort = admitted(csv(tmp_path, point(), point(total="105.01")))
    assert [(one.rule, one.row, one.value) for one in cohort.notices if one.severity == "warning"] == [
        ("total_differs", 2, "105.01")
    ]
    assert cohort.frame["total"].to_list() == [10500, 10501]


def test_a_deduction_without_education_is_a_warning(tmp_path: Path) -> None:
    """Nothing can be taken back for a credential that gave nothing."""
    cohort = admitted(csv(tmp_path, point(education="0", total="79")))
    assert [one.rule for one in cohort.notices if one.severity == "warning"] == [
        "deduction_without_education"
    ]


def test_extreme_values_do_not_wrap_around(tmp_path: Path) -> None:
    """Five times the most months there can be are added without overflow."""
    homes = dict.fromkeys(
        (
            "own_home_months",
            "spouse_home_months",
            "presumed_tenancy_months",
            "leased_months",
            "dormitory_months",
        ),
        "1200",
    )
    rules = {one.rule for one in admitted(csv(tmp_path, fact(**homes))).notices}
    assert rules == {"over_elapsed", "homes_over_insured"}
