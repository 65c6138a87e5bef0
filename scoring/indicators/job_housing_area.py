"""职住区域, job and housing area: Art. 15(4).

An own home outside the six urban districts earns points a whole year, more when the job is outside as well.
上述情况分别累计12个月按满1年确定积分，不足12个月不积分: the two kinds are counted apart, remainders are lost,
each kind and both together are capped, and the home must still be lived in in December of the year before.
"""

from __future__ import annotations

import numpy as np

from scoring.indicators.facts import Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return whole years of the two kinds in one code; 0 where the home was left before December."""
    years = np.int16(law.extent.months // 12 + 1)
    code = facts["suburban_home_months"] // 12 * years + facts["suburban_home_and_job_months"] // 12
    if law.rules.flag("job_housing_area.home_in_december_required"):
        code *= facts["suburban_home_in_december"]
    return {"job_housing_area": code}


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points of every pair of whole years."""
    rules = law.rules
    years = np.arange(law.extent.months // 12 + 1)
    home, both = (
        np.minimum(rules.points(f"job_housing_area.{kind}_points_per_year") * years, rules.points(cap))
        for kind, cap in (
            ("home", "job_housing_area.home_max_points"),
            ("home_and_job", "job_housing_area.home_and_job_max_points"),
        )
    )
    together = np.minimum(home[:, None] + both, rules.points("job_housing_area.max_points"))
    return {"job_housing_area": law.rounding.whole(together.ravel())}
