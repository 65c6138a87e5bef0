"""合法稳定就业, stable employment: Art. 15(1).

每连续缴纳社会保险满1年积3分: points a year of normally paid insurance, pro rata by month, counting the
insurance with the most months; back-paid months are left out when facts are made.
"""

from __future__ import annotations

from scoring.indicators.facts import Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return the insured months."""
    return {"employment": facts["insured_months"]}


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points of every number of insured months."""
    return {"employment": law.by_month(law.rules.points("employment.points_per_year"))}
