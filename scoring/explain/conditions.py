"""Why a condition of Art. 14 or 17 fails: what the law asks, and what the applicant has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from scoring.explain.words import months
from scoring.indicators.eligibility import retirement_group, retirement_months
from scoring.notices import Notice
from scoring.rulebook import Rulebook

Facts = Mapping[str, Any]


def conditions_on(reason: str, facts: Facts, rules: Rulebook, round_year: int) -> tuple[Notice, ...]:
    """Return what stands behind one failed condition; nothing where the fact says it all."""
    told = _CONDITIONS.get(reason)
    return () if told is None else (told(facts, rules, round_year),)


def _permit(facts: Facts, rules: Rulebook, round_year: int) -> Notice:
    by = rules.day_before_round("eligibility.residence_permit_by", round_year)
    date = facts["residence_permit_date"]
    if date is None:
        return Notice(f"须在{by}及以前申领，无申领记录。", f"It was due by {by}; there is none.")
    return Notice(f"须在{by}及以前申领，实际为{date}。", f"It was due by {by} and applied for on {date}.")


def _retirement(facts: Facts, rules: Rulebook, round_year: int) -> Notice:
    on, born = rules.reference_date(round_year), facts["birth_date"]
    group = retirement_group(facts["sex"], facts["post"])
    birth = np.array([born], dtype="datetime64[D]")
    years, rest = divmod(int(retirement_months(birth, rules, group, on)[0]), 12)
    age_zh = f"{years}周岁" + (f"零{rest}个月" if rest else "")
    age_en = f"{years} years" + (f" and {months(rest)}" if rest else "")
    return Notice(
        f"{born}出生，法定退休年龄{age_zh}，截至{on}已达到。",
        f"Born on {born}; the statutory age of {age_en} was reached by {on}.",
    )


def _continuous(facts: Facts, rules: Rulebook, _: int) -> Notice:
    needed, has = rules.count("eligibility.continuous_months"), facts["continuous_insured_months"]
    return Notice(f"须满{needed}个月，实际{has}个月。", f"{months(needed)} are needed, there are {has}.")


def _back_payments(facts: Facts, rules: Rulebook, _: int) -> Notice:
    allowed, has = rules.count("eligibility.back_paid_months_allowed"), facts["back_paid_months"]
    return Notice(f"最多{allowed}个月，实际{has}个月。", f"{months(allowed)} are allowed, there are {has}.")


def _barred(column: str) -> Callable[[Facts, Rulebook, int], Notice]:
    def told(facts: Facts, _: Rulebook, __: int) -> Notice:
        return Notice(f"截至{facts[column]}年（含当年）。", f"Through {facts[column]}, that year included.")

    return told


_CONDITIONS: dict[str, Callable[[Facts, Rulebook, int], Notice]] = {
    "residence_permit": _permit,
    "retirement_age": _retirement,
    "continuous_insurance": _continuous,
    "back_payments": _back_payments,
    "barred": _barred("barred_through"),
    "employer_barred": _barred("employer_barred_through"),
}
