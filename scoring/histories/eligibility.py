"""资格条件, eligibility, from records: Art. 14(3) and 17.

申请人应在京连续缴纳社会保险满7年（补缴记录累计不超过5个月），养老、医疗、失业、工伤、生育各项险种的缴费应符合北京市
社会保险相关规定……且缴费状态正常: a run of months in which each insurance has a record, those only back-paid
among the last 84, and a normal record of each at the end.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.histories.employment import Insured
from scoring.histories.months import Calendar, Months, intersection, month_of, number_of, union
from scoring.histories.records import ROW, Records
from scoring.rulebook import Rulebook


def months(insured: Insured, rules: Rulebook, calendar: Calendar) -> dict[str, Months]:
    """Return the continuous months up to the reference date, and the only back-paid ones of the window."""
    insurances = _insurances(rules)
    recorded = intersection(insured.recorded(name) for name in insurances)
    only_back_paid = union(insured.only_back_paid(name) for name in insurances)
    window = rules.count("eligibility.back_paid_window_months")
    return {
        "continuous_insured_months": recorded.run_ending(calendar.last),
        "back_paid_months": only_back_paid.within(_months_before(calendar.last, window - 1)),
    }


def flags(insured: Insured, rules: Rulebook, calendar: Calendar) -> dict[str, NDArray[np.bool_]]:
    """Say whether every insurance has a normal record in the month of the reference date."""
    paid = intersection(insured.paid[name] for name in _insurances(rules))
    return {"insurance_in_order": paid.covers(calendar.last)}


def barred_through(records: Records, penalties: pl.DataFrame, rules: Rulebook, round_year: int) -> pl.Series:
    """Return the last year for which false material bars, of those whom it does.

    取消其当年及以后5年内的积分落户申请资格 (Art. 17): found in the round's own year or before, not cut at
    the reference date; the latest finding counts.
    """
    found = pl.col("decided_on").dt.year()
    false = penalties.filter(pl.col("kind") == "false_material", found <= round_year)
    last = found.max().cast(pl.Int32) + rules.count("eligibility.barred_years_after")
    latest = false.group_by(ROW).agg(last.cast(pl.Int16).alias("barred_through"))
    return records.spread(latest, "barred_through")


def _insurances(rules: Rulebook) -> tuple[str, ...]:
    return cast("tuple[str, ...]", rules["eligibility.insurances"])


def _months_before(month: dt.date, months: int) -> dt.date:
    return month_of(number_of(month) - months)
