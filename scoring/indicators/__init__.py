"""The nine indicators of Art. 15, one module each, what a reform adds to them, and eligibility beside them.

Each module gives ``codes(facts, law)``, the small integers of its items, and ``tables(law)``, their points.
An item is named after its published column, with a part behind a dot where a column has several.
"""

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

import numpy as np

from scoring.indicators import (
    added,
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
from scoring.indicators.facts import Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths
from scoring.rulebook import Rulebook

INDICATORS: Mapping[str, ModuleType] = MappingProxyType(
    {
        "employment": employment,
        "residence": residence,
        "education": education,
        "job_housing_area": job_housing_area,
        "innovation": innovation,
        "tax": tax,
        "age": age,
        "honours": honours,
        "law_abiding": law_abiding,
    }
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


INDICATOR_OF: Mapping[str, str] = MappingProxyType(
    {column: "education" if column == "study_deduction" else column for column in COLUMNS}
)
"""The indicator that each published column belongs to: the study deduction goes with education."""


def columns_of(rules: Rulebook) -> tuple[str, ...]:
    """Return the columns of points under a rulebook: the ten published ones, then one an added indicator."""
    return (*COLUMNS, *rules.added)


def indicators_of(rules: Rulebook) -> tuple[str, ...]:
    """Return the names of a rulebook's indicators: the nine, then those that are added."""
    return (*INDICATORS, *rules.added)


def codes_of(indicator: str, facts: Facts, law: Law) -> dict[str, Column]:
    """Return the codes of one indicator's items."""
    if indicator in INDICATORS:
        codes: dict[str, Column] = INDICATORS[indicator].codes(facts, law)
        return codes
    return added.codes(indicator, facts, law)


def tables_of(indicator: str, law: Law) -> dict[str, Hundredths]:
    """Return the tables of one indicator's items; where a reform removes it, every code gives nothing."""
    if indicator not in INDICATORS:
        return added.tables(indicator, law)
    tables: dict[str, Hundredths] = INDICATORS[indicator].tables(law)
    if law.rules.removes(indicator):
        return {item: np.zeros_like(table) for item, table in tables.items()}
    return tables


__all__ = ["COLUMNS", "INDICATORS", "INDICATOR_OF", "codes_of", "columns_of", "indicators_of", "tables_of"]
