"""The nine indicators of Art. 15, one module each, and eligibility beside them.

Each module gives ``codes(facts, law)``, the small integers of its items, and ``tables(law)``, their points.
An item is named after its published column, with a part behind a dot where a column has several.
"""

from types import ModuleType

from scoring.indicators import (
    age,
    education,
    employment,
    honours,
    innovation,
    job_housing_area,
    law_abiding,
    residence,
    tax,
)

INDICATORS: tuple[ModuleType, ...] = (
    employment,
    residence,
    education,
    job_housing_area,
    innovation,
    tax,
    age,
    honours,
    law_abiding,
)

COLUMNS = (
    "employment",
    "residence",
    "education",
    "study_deduction",
    "job_housing_area",
    "innovation",
    "tax",
    "age",
    "honours",
    "law_abiding",
)
"""The ten published columns, in order; the total is their sum."""

__all__ = ["COLUMNS", "INDICATORS"]
