"""资格条件, eligibility: Art. 14 and 17. All conditions hold, or each that fails is a reason of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scoring.indicators.calendar import FIRST_DAY, births_until, epoch_day, months_of, reached
from scoring.indicators.facts import Facts
from scoring.rulebook import Rulebook

REASONS = (
    "residence_permit",
    "retirement_age",
    "continuous_insurance",
    "back_payments",
    "insurance_in_order",
    "criminal_record",
    "barred",
    "employer_barred",
)
"""The reasons in the contract's order; reason i is bit i of an applicant's mask."""

Mask = NDArray[np.uint8]

_GROUPS = ("women_workers", "women_cadres", "men", "men")
"""The retirement group of ``2 * sex + post`` in the contract's order of levels."""


def reasons(facts: Facts, rules: Rulebook, round_year: int) -> Mask:
    """Return each applicant's mask of failed conditions; 0 is eligible.

    Retirement looks at sex, post and birth date; false material bars through the year given, the round's own
    included (Art. 17).
    """
    permit_by = epoch_day(rules.day_before_round("eligibility.residence_permit_by", round_year))
    failed: dict[str, NDArray[np.bool_]] = {
        "residence_permit": facts["residence_permit_date"] > permit_by,
        "retirement_age": _retired(facts, rules, round_year),
        "continuous_insurance": facts["continuous_insured_months"]
        < rules.count("eligibility.continuous_months"),
        "back_payments": facts["back_paid_months"] > rules.count("eligibility.back_paid_months_allowed"),
        "barred": facts["barred_through"] >= round_year,
        "employer_barred": facts["employer_barred_through"] >= round_year,
    }
    if rules.flag("eligibility.insurance_in_order_required"):
        failed["insurance_in_order"] = ~facts["insurance_in_order"].view(np.bool_)
    if rules.flag("eligibility.criminal_record_excludes"):
        failed["criminal_record"] = facts["criminal_record"].view(np.bool_)
    mask = np.zeros(len(facts["birth_date"]), dtype=np.uint8)
    for reason, fails in failed.items():
        mask |= fails.view(np.uint8) * np.uint8(1 << REASONS.index(reason))
    return mask


def _retired(facts: Facts, rules: Rulebook, round_year: int) -> NDArray[np.bool_]:
    group = facts["sex"] * np.uint8(2) + facts["post"]
    retired: NDArray[np.bool_] = facts["birth_date"] <= youngest_retired(rules, round_year).take(group)
    return retired


def retirement_group(sex: str, post: str) -> str:
    """Return the retirement group of a sex and a kind of post; the post matters for women only."""
    return "men" if sex == "male" else f"women_{post}s"


def youngest_retired(rules: Rulebook, round_year: int) -> NDArray[np.int32]:
    """Return the last day of birth that has reached the retirement age by the reference date, by group."""
    on = rules.reference_date(round_year)
    return np.array([_last_birth(_Retirement.of(rules, group), on) for group in _GROUPS], dtype=np.int32)


@lru_cache(maxsize=64)
def _last_birth(retirement: _Retirement, on: dt.date) -> int:
    """Return the last day of birth that has reached the retirement age of a group on a day.

    Whoever is born later retires later, also while the age rises: it never falls with the month of birth.
    """
    births = births_until(on)
    return FIRST_DAY - 1 + int(reached(births, retirement.months(births, on), on).sum())


def retirement_months(
    births: NDArray[np.datetime64], rules: Rulebook, group: str, on: dt.date
) -> NDArray[np.int64]:
    """Return the statutory retirement age of each birth, in months.

    如遇国家退休政策调整，按新政策执行: from the day the rulebook names, the age rises by one month for every
    so many months of birth, or part of them, after a month of birth, up to a highest age.
    """
    return _Retirement.of(rules, group).months(births, on)


@dataclass(frozen=True)
class _Retirement:
    """Hold what a rulebook says of one group, ages in months."""

    age: int
    rises_from: dt.date
    after: dt.date
    every: int
    highest: int

    @classmethod
    def of(cls, rules: Rulebook, group: str) -> _Retirement:
        path = f"eligibility.retirement.{group}"
        return cls(
            12 * rules.count(f"{path}.age"),
            rules.date("eligibility.retirement.rises_from"),
            rules.date(f"{path}.rises_for_births_after"),
            rules.count(f"{path}.birth_months_per_month_of_rise"),
            12 * rules.count(f"{path}.highest_age"),
        )

    def months(self, births: NDArray[np.datetime64], on: dt.date) -> NDArray[np.int64]:
        if on < self.rises_from:
            return np.full(births.shape, self.age)
        later = np.maximum(months_of(births) - (self.after.year * 12 + self.after.month - 1), 0)
        months: NDArray[np.int64] = np.minimum(
            self.age + -(-later // self.every), max(self.highest, self.age)
        )
        return months
