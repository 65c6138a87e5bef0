"""教育背景, education, and the deduction for studying while insured: Art. 15(3), Annex 2.

One credential counts. 取得学历（学位）期间连续缴纳社会保险年限及连续居住年限的积分与学历（学位）积分不累计:
for the insured months in the years before graduation that Annex 2 names, employment at its own rate and
residence at 0.5 a year are taken back, rounded once (reading of 比照), as a column of its own.
"""

from __future__ import annotations

import numpy as np

from scoring.indicators.facts import Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths
from scoring.rulebook.schema import CREDENTIALS

LEVELS = ("none", *CREDENTIALS)
"""The contract's levels of ``education``, in order: the code of a credential is its position here."""


def windows(law: Law) -> list[int]:
    """Return the months before graduation that each level's deduction reaches back."""
    years = [law.rules.count(f"education.deduction.years.{credential}") for credential in CREDENTIALS]
    return [0, *(12 * year for year in years)]


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return the credential, and the credential with its insured months of study."""
    widest = max(windows(law))
    study = facts["study_insured_months"].clip(0, widest)
    level = facts["education"]
    return {"education": level, "study_deduction": level * np.int16(widest + 1) + study}


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points of each credential, and the points taken back for each month studied."""
    rules = law.rules
    tiers = [rules.points(f"education.points.{credential}") for credential in CREDENTIALS]
    rate = rules.points("employment.points_per_year") + rules.points(
        "education.deduction.residence_points_per_year"
    )
    window = np.array(windows(law))
    deducted = np.minimum(np.arange(window.max() + 1), window[:, None])
    return {
        "education": law.rounding.whole(np.array([0, *tiers])),
        "study_deduction": law.rounding.quotient(-rate * deducted.ravel(), 12),
    }
