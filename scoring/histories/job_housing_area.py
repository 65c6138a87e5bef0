"""职住区域, job and housing area, from records: Art. 15(4).

申请人在本市城六区之外其他行政区自有住所居住……同时在本市城六区之外其他行政区工作的: months in an own home
outside the six urban districts, the job inside or outside.
就业地以申请人所在单位社会保险缴费行政区域判断: the job is outside when the normal records of the basis
insurance in that month are all outside the six; no record, or any inside or municipal, and it is inside.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring.histories.employment import Insured
from scoring.histories.months import Calendar, Months
from scoring.histories.residence import Homes
from scoring.rulebook import Rulebook


def months(homes: Homes, insured: Insured, rules: Rulebook) -> dict[str, Months]:
    """Return the months that count at home outside the six: with the job inside, and with the job outside."""
    home = homes.own_outside.within(rules.date("job_housing_area.counting_from"))
    job_outside = insured.months - insured.months_inside
    return {
        "suburban_home_months": home - job_outside,
        "suburban_home_and_job_months": home & job_outside,
    }


def flags(homes: Homes, calendar: Calendar) -> dict[str, NDArray[np.bool_]]:
    """Say who lives in such a home in the month of the reference date.

    在积分落户申报工作启动的上一年度12月，应在本市城六区之外其他行政区自有住所居住.
    """
    return {"suburban_home_in_december": homes.own_outside.covers(calendar.last)}
