"""纳税, income tax and tax penalties: Art. 15(6).

Points for the calendar years, among the last three, with at least 100,000 yuan of income tax: for every one
of them, or for all three together, as the rulebook says. Each fine by Beijing's tax authorities costs points.
"""

from __future__ import annotations

import numpy as np

from scoring.indicators.facts import Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths

MOST_YEARS = 3
"""The most years that facts can hold: ``taxed_100k_years`` is 0-3 in the cohort contract."""


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return the taxed years and the number of penalties."""
    return {"tax.years": facts["taxed_100k_years"], "tax.penalties": facts["tax_penalties"]}


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points of 0-3 taxed years, and of every number of penalties."""
    rules = law.rules
    awards = np.arange(MOST_YEARS + 1) // rules.count("tax.years_per_award")
    earned = np.minimum(awards * rules.points("tax.points_per_award"), rules.points("tax.max_points"))
    return {
        "tax.years": law.rounding.whole(earned),
        "tax.penalties": law.by_count(rules.points("tax.points_per_penalty")),
    }
