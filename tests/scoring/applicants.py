"""Plain applicants, and frames of facts as the door hands them on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from scoring.points import score_facts
from scoring.rulebook import Rulebook

Row = Mapping[str, Any]

NAMES = ("beijing-2018-trial", "beijing-2020-draft", "beijing-2020")

# The ten published columns, the reasons and the credentials, in the contract's order.
COLUMNS = (
    *("employment", "residence", "education", "study_deduction", "job_housing_area"),
    *("innovation", "tax", "age", "honours", "law_abiding"),
)
REASONS = (
    *("residence_permit", "retirement_age", "continuous_insurance", "back_payments"),
    *("insurance_in_order", "criminal_record", "barred", "employer_barred"),
)
CREDENTIALS = (
    *("none", "junior_college", "bachelor_diploma", "bachelor_degree", "bachelor", "master_diploma"),
    *("master_degree", "master", "doctor_diploma", "doctor_degree", "doctor"),
)
MONTHS = (
    *("continuous_insured_months", "back_paid_months", "insured_months", "own_home_months"),
    *("spouse_home_months", "presumed_tenancy_months", "leased_months", "dormitory_months"),
    *("study_insured_months", "suburban_home_months", "suburban_home_and_job_months"),
)
COUNTS = ("taxed_100k_years", "tax_penalties", "detentions")


def plain(round_year: int) -> dict[str, Any]:
    """Give the facts of one who may apply, has completed 40 years, and scores nothing but 20 for age."""
    return {
        "applicant_id": "a1",
        "birth_date": date(round_year - 42, 7, 1),
        "sex": "male",
        "post": "worker",
        "residence_permit_date": date(round_year - 3, 5, 1),
        "continuous_insured_months": 84,
        "back_paid_months": 0,
        "insurance_in_order": True,
        "criminal_record": False,
        "barred_through": None,
        **dict.fromkeys(MONTHS[2:], 0),
        "education": "none",
        "suburban_home_in_december": False,
        "innovation_award": None,
        **dict.fromkeys(COUNTS, 0),
        "honour": None,
        "employer_barred_through": None,
    }


def facts_frame(rows: Iterable[Row], rules: Rulebook) -> pl.DataFrame:
    """Put rows of facts into a frame with the types the door gives."""
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "applicant_id": pl.String,
        "birth_date": pl.Date,
        "sex": pl.Enum(["female", "male"]),
        "post": pl.Enum(["worker", "cadre"]),
        "residence_permit_date": pl.Date,
        **dict.fromkeys(MONTHS, pl.Int16),
        "insurance_in_order": pl.Boolean,
        "criminal_record": pl.Boolean,
        "barred_through": pl.Int16,
        "education": pl.Enum(CREDENTIALS),
        "suburban_home_in_december": pl.Boolean,
        "innovation_award": pl.Enum(rules.award_keys),
        **dict.fromkeys(COUNTS, pl.Int16),
        "honour": pl.Enum(rules.honour_keys),
        "employer_barred_through": pl.Int16,
    }
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def reasons_of(mask: int) -> list[str]:
    """Name the failed conditions of a mask, in the contract's order."""
    return [reason for bit, reason in enumerate(REASONS) if mask >> bit & 1]


def scores(rows: Sequence[Row], rules: Rulebook, *, round_year: int) -> list[dict[str, Any]]:
    """Score rows: hundredths of the ten columns and the total, and the reasons by name."""
    scored = score_facts(facts_frame(rows, rules), rules, round_year=round_year)
    return [{**row, "reasons": reasons_of(row["reasons"])} for row in scored.iter_rows(named=True)]
