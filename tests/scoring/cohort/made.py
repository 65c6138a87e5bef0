"""Small cohorts made by hand, and a rulebook that is only what the door needs of one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from scoring.cohort import Cohort, CohortError, Violation, read

ROUND = 2020
VALUES = {"residence.presumed_before": "2020-08", "tax.income_tax_yuan": 100000, "annex-2.windows": [3, 4]}


@dataclass(frozen=True)
class StandIn:
    """Stand in for a rulebook."""

    name: str = "stand-in"
    digest: str = "d1" * 32
    award_keys: tuple[str, ...] = ("science-first", "science-second", "contest-gold")
    honour_keys: tuple[str, ...] = ("model-worker", "hero")
    histories_values: Mapping[str, Any] = field(default_factory=lambda: dict(VALUES))
    counting_from: dt.date = dt.date(1998, 7, 1)
    measures: Mapping[str, bool] = field(default_factory=dict)

    def date(self, path: str, /) -> dt.date:
        """Return the first month that counts, the one date that the door asks for."""
        return {"employment.counting_from": self.counting_from}[path]

    def reference_date(self, round_year: int, /) -> dt.date:
        """Return the last day of the year before the round."""
        return dt.date(round_year - 1, 12, 31)


RULES = StandIn()

FACT = {
    "applicant_id": "A0001",
    "birth_date": "1980-05-17",
    "sex": "female",
    "post": "cadre",
    "residence_permit_date": "2016-10-08",
    "continuous_insured_months": "120",
    "back_paid_months": "2",
    "insurance_in_order": "true",
    "criminal_record": "false",
    "barred_through": "",
    "insured_months": "150",
    "own_home_months": "40",
    "spouse_home_months": "0",
    "presumed_tenancy_months": "60",
    "leased_months": "0",
    "dormitory_months": "0",
    "education": "bachelor",
    "study_insured_months": "0",
    "suburban_home_months": "10",
    "suburban_home_and_job_months": "12",
    "suburban_home_in_december": "true",
    "innovation_award": "",
    "taxed_100k_years": "1",
    "tax_penalties": "0",
    "honour": "",
    "detentions": "0",
}
POINT = {
    "employment": "60.5",
    "residence": "11.67",
    "education": "26",
    "study_deduction": "-1.17",
    "job_housing_area": "0",
    "innovation": "0",
    "tax": "-12.00",
    "age": "20",
    "honours": "0",
    "law_abiding": "0",
    "total": "105.00",
}
Row = Mapping[str, str]


def fact(**changes: str) -> dict[str, str]:
    """Return one sound applicant as text, with some cells changed or added."""
    return {**FACT, **changes}


def point(**changes: str) -> dict[str, str]:
    """Return one sound row of points as text, with some cells changed."""
    return {**POINT, **changes}


def text_of(rows: Sequence[Row]) -> str:
    """Write rows as CSV; no cell may need quotation marks."""
    return "".join(",".join(line) + "\n" for line in (list(rows[0]), *(list(row.values()) for row in rows)))


def csv(folder: Path, *rows: Row, encoding: str = "utf-8") -> Path:
    """Write rows into a CSV file."""
    path = folder / "cohort.csv"
    path.write_bytes(text_of(rows).encode(encoding))
    return path


def typed(*rows: Row) -> pl.DataFrame:
    """Return rows of facts with the types that Parquet would hold."""
    dates = ("birth_date", "residence_permit_date")
    flags = ("insurance_in_order", "criminal_record", "suburban_home_in_december")
    words = ("applicant_id", "sex", "post", "education", "innovation_award", "honour")
    frame = pl.DataFrame({name: [row[name] or None for row in rows] for name in rows[0]}, strict=False)
    numbers = [name for name in FACT if name in frame.columns and name not in (*dates, *flags, *words)]
    return frame.with_columns(
        pl.col([name for name in dates if name in frame.columns]).cast(pl.String).str.to_date(),
        pl.col([name for name in flags if name in frame.columns]).cast(pl.String) == "true",
        pl.col(numbers).cast(pl.String).cast(pl.Int64),
        pl.col([name for name in words if name in frame.columns]).cast(pl.String),
    )


def admitted(path: Path) -> Cohort:
    """Read a file that must be sound."""
    return read(path, rules=RULES, round_year=ROUND)


def refused(path: Path) -> tuple[Violation, ...]:
    """Read a file that must be refused, and return its errors."""
    try:
        read(path, rules=RULES, round_year=ROUND)
    except CohortError as error:
        return tuple(one for one in error.violations if one.severity == "error")
    raise AssertionError("this was not refused")


def only(path: Path) -> Violation:
    """Read a file that must be refused for one reason, and return it."""
    (violation,) = refused(path)
    return violation
