"""What a rulebook may hold: every path, the kind of its value, its bounds and its unit.

The schema is the shape all rulebooks share; the numbers stand in the TOML files of ``scoring/rules``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "points",
    "count",
    "yuan",
    "day",
    "month",
    "month_day",
    "flag",
    "mark",
    "choice",
    "name",
    "names",
    "text",
    "ladder",
    "tiers",
    "annex",
]

INDICATORS = (
    "employment",
    "residence",
    "education",
    "job_housing_area",
    "innovation",
    "tax",
    "age",
    "honours",
    "law_abiding",
)
SECTIONS = ("round", "eligibility", *INDICATORS, "rounding", "ranking")

CREDENTIALS = (
    "junior_college",
    "bachelor_diploma",
    "bachelor_degree",
    "bachelor",
    "master_diploma",
    "master_degree",
    "master",
    "doctor_diploma",
    "doctor_degree",
    "doctor",
)
LEVELS = ("national", "municipal", "equity")
SIX_DISTRICTS = ("东城区", "西城区", "朝阳区", "丰台区", "石景山区", "海淀区")
DISTRICTS = (
    *SIX_DISTRICTS,
    "门头沟区",
    "房山区",
    "通州区",
    "顺义区",
    "昌平区",
    "大兴区",
    "怀柔区",
    "平谷区",
    "密云区",
    "延庆区",
    "经济技术开发区",
)
INSURANCES = ("pension", "medical", "unemployment", "work_injury", "maternity")


@dataclass(frozen=True)
class Parameter:
    """Describe one value of the law: its kind, unit, bounds, and whether it is spent in making facts.

    ``low`` and ``high`` are what the law's own sentence can bear (a rate is not negative, a penalty not
    positive), in the value's unit. ``needs_histories`` marks values that facts have already used up.
    ``required`` is False where only some rulebooks have the value. ``falling`` marks a ladder that gives no
    higher step more points.
    """

    kind: Kind
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()
    needs_histories: bool = False
    required: bool = True
    falling: bool = False


def _points(unit: str = "points", low: int = 0, high: int = 1000) -> Parameter:
    return Parameter("points", unit, Decimal(low), Decimal(high))


def _count(unit: str, low: int = 0, high: int = 1200, *, needs_histories: bool = False) -> Parameter:
    return Parameter("count", unit, Decimal(low), Decimal(high), needs_histories=needs_histories)


def _spent(kind: Kind, unit: str = "") -> Parameter:
    return Parameter(kind, unit, needs_histories=True)


def _retirement(group: str) -> dict[str, Parameter]:
    path = f"eligibility.retirement.{group}"
    return {
        f"{path}.age": _count("years", 1, 120),
        f"{path}.rises_for_births_after": Parameter("month"),
        f"{path}.birth_months_per_month_of_rise": _count("months of birth", 1),
        f"{path}.highest_age": _count("years", 1, 120),
    }


PARAMETERS: dict[str, Parameter] = {
    "round.reference_day": _spent("month_day", "of the year before the round"),
    "eligibility.residence_permit_by": Parameter("month_day", "of the year before the round"),
    **_retirement("men"),
    **_retirement("women_cadres"),
    **_retirement("women_workers"),
    "eligibility.retirement.rises_from": Parameter("day"),
    "eligibility.continuous_months": _count("months"),
    "eligibility.back_paid_months_allowed": _count("months"),
    "eligibility.back_paid_window_months": _count("months", needs_histories=True),
    "eligibility.insurances": Parameter("names", choices=INSURANCES, needs_histories=True),
    "eligibility.insurance_in_order_required": Parameter("flag"),
    "eligibility.criminal_record_excludes": Parameter("flag"),
    "eligibility.barred_years_after": _count("years", needs_histories=True),
    "employment.points_per_year": _points("points a year"),
    "employment.counting_from": _spent("month"),
    "residence.own_home_points_per_year": _points("points a year"),
    "residence.other_home_points_per_year": _points("points a year"),
    "residence.capped_at_employment": Parameter("flag"),
    "residence.presumed_before": _spent("month"),
    **{f"education.points.{credential}": _points() for credential in CREDENTIALS},
    **{
        f"education.deduction.years.{credential}": _count("years", 0, 20, needs_histories=True)
        for credential in CREDENTIALS
    },
    "education.credential_counted": Parameter(
        "choice", choices=("best_after_deduction",), needs_histories=True
    ),
    "education.deduction.residence_points_per_year": _points("points a year"),
    "job_housing_area.counting_from": _spent("month"),
    "job_housing_area.urban_districts": Parameter("names", choices=DISTRICTS, needs_histories=True),
    "job_housing_area.home_points_per_year": _points("points a whole year"),
    "job_housing_area.home_and_job_points_per_year": _points("points a whole year"),
    "job_housing_area.home_max_points": _points(),
    "job_housing_area.home_and_job_max_points": _points(),
    "job_housing_area.max_points": _points(),
    "job_housing_area.home_in_december_required": Parameter("flag"),
    "innovation.awards": Parameter("annex"),
    **{f"innovation.points_by_level.{level}": replace(_points(), required=False) for level in LEVELS},
    "innovation.equity_window_years": _count("years", 1, 100, needs_histories=True),
    "tax.line_yuan": Parameter("yuan", "yuan a year", Decimal(0), None, needs_histories=True),
    "tax.window_years": _count("calendar years", 1, 3, needs_histories=True),
    "tax.years_per_award": _count("years", 1, 3),
    "tax.points_per_award": _points(),
    "tax.max_points": _points(),
    "tax.points_per_penalty": _points("points a record", -1000, 0),
    "tax.penalty_window_years": _count("calendar years", 1, 100, needs_histories=True),
    "tax.penalty_from_yuan": Parameter("yuan", "yuan", Decimal(0), None, needs_histories=True),
    "age.as_of": Parameter("month_day", "of the year before the round"),
    "age.ladder": Parameter("ladder", "completed years, points", Decimal(0), Decimal(1000), falling=True),
    "honours.titles": Parameter("annex"),
    "honours.points": _points(),
    "law_abiding.points_per_detention": _points("points a record", -1000, 0),
    "law_abiding.window_years": _count("calendar years", 1, 100, needs_histories=True),
    **{f"{indicator}.removed": Parameter("mark", required=False) for indicator in INDICATORS},
    "rounding.step": Parameter("points", "points", Decimal("0.01"), Decimal(100)),
    "rounding.rule": Parameter("choice", choices=("half_away_from_zero", "half_to_even", "toward_zero")),
    "rounding.residence": Parameter("choice", choices=("each_class_of_dwelling",)),
    "ranking.order": Parameter("choice", choices=("highest_total_first",)),
    "ranking.ties_at_cutoff": Parameter("choice", choices=("all_admitted",)),
    "ranking.vacancies": Parameter("choice", choices=("not_refilled",)),
}
"""Every value of a rulebook by its path, beside the points of single awards and whatever is added."""

TAKEN = (
    *SECTIONS,
    "study_deduction",
    "total",
    "applicant_id",
    "eligible",
    "ineligible_because",
    "reasons",
    "rank",
    "admitted",
    "sex",
    "age_band",
    "education_level",
    "added",
)
"""The names that an added indicator cannot have: those of the law's sections and of what scoring gives."""

ADDED: dict[str, Parameter] = {
    "title": Parameter("text"),
    "title_en": Parameter("text"),
    "column": Parameter("name"),
    "hundredths": Parameter("flag", required=False),
    "unit": Parameter("text", required=False),
    "unit_en": Parameter("text", required=False),
    "points_each": replace(_points("points a unit", -1000), required=False),
    "ladder": Parameter("ladder", "units, points", Decimal(-1000), Decimal(1000), required=False),
    "points": Parameter("tiers", "points", Decimal(-1000), Decimal(1000), required=False),
    "max_points": replace(_points(), required=False),
}
"""The values of an indicator beyond the nine, which stand at ``added.NAME``.

``column`` is the cohort's column that it looks at, in whole numbers or yes and no; where ``hundredths`` says
so, in numbers of up to two decimals. ``points_each`` gives points for each one, or ``ladder`` points by
steps, or ``points`` points by category, the column being one of these; ``max_points`` bounds them on either
side of zero.
"""
