"""Values that contradict each other across columns: warnings, and the rows are scored as they stand."""

from __future__ import annotations

import datetime as dt

import polars as pl

from scoring.cohort.conditions import Condition
from scoring.cohort.contract import Kind
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_points import ITEM_NAMES

# Art. 14(3): seven years.
CONTINUOUS_MONTHS = 84

HOMES = (
    "own_home_months",
    "spouse_home_months",
    "presumed_tenancy_months",
    "leased_months",
    "dormitory_months",
)
SUBURBAN = ("suburban_home_months", "suburban_home_and_job_months")


def months_elapsed(counting_from: dt.date, reference: dt.date) -> int:
    """Count the months from the first that counts (Art. 15(1)) to the one of the reference date."""
    return (reference.year - counting_from.year) * 12 + reference.month - counting_from.month + 1


def contradictions(level: str, counting_from: dt.date, reference: dt.date) -> list[Condition]:
    """Return the contradictions to look for among the parsed columns of a table with one row an applicant."""
    if level == "points":
        return _of_points()
    return [*_elapsed(counting_from, reference), *_of_facts(reference)]


def _elapsed(counting_from: dt.date, reference: dt.date) -> list[Condition]:
    elapsed, since = months_elapsed(counting_from, reference), f"{counting_from:%Y-%m}"
    return [
        _odd(column.name, "over_elapsed", pl.col(column.name) > elapsed, elapsed=elapsed, since=since)
        for column in FACTS.columns
        if column.kind is Kind.MONTHS
    ]


def _of_facts(reference: dt.date) -> list[Condition]:
    insured, own = _wide("insured_months"), _wide("own_home_months")
    continuous = _wide("continuous_insured_months")
    back_paid, study = _wide("back_paid_months"), _wide("study_insured_months")
    born, permit = pl.col("birth_date"), pl.col("residence_permit_date")
    lived = (reference.year - born.dt.year().cast(pl.Int32)) * 12 + reference.month - born.dt.month() + 1
    suburban = pl.sum_horizontal(_wide(name) for name in SUBURBAN)
    return [
        _odd("insured_months", "over_life", insured > lived),
        _odd("residence_permit_date", "before_birth", permit < born),
        _odd(
            "continuous_insured_months",
            "over_insured",
            continuous.clip(upper_bound=CONTINUOUS_MONTHS) > insured + back_paid,
        ),
        _odd("back_paid_months", "over_window", back_paid > CONTINUOUS_MONTHS, window=CONTINUOUS_MONTHS),
        _odd("insurance_in_order", "in_order_uninsured", pl.col("insurance_in_order") & (continuous == 0)),
        _odd(
            "own_home_months",
            "homes_over_insured",
            pl.sum_horizontal(_wide(name) for name in HOMES) > insured,
        ),
        _odd("study_insured_months", "study_over_insured", study > insured),
        _odd(
            "study_insured_months", "study_without_credential", (study > 0) & (pl.col("education") == "none")
        ),
        _odd("suburban_home_months", "suburban_over_own", suburban > own),
        _odd(
            "suburban_home_in_december",
            "december_without_months",
            pl.col("suburban_home_in_december") & (suburban == 0),
        ),
    ]


def _of_points() -> list[Condition]:
    items = pl.sum_horizontal(_wide(name) for name in ITEM_NAMES)
    deduction, education = pl.col("study_deduction"), pl.col("education")
    return [
        _odd("total", "total_differs", pl.col("total") != items),
        _odd("study_deduction", "deduction_without_education", (deduction < 0) & (education == 0)),
    ]


def _wide(name: str) -> pl.Expr:
    """Widen a column so that sums of unchecked values cannot wrap around."""
    return pl.col(name).cast(pl.Int64)


def _odd(column: str, rule: str, broken: pl.Expr, **data: int | str) -> Condition:
    return Condition(column, rule, broken, "warning", data)
