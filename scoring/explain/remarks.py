"""How an item came about, and what was capped or not counted and why, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from scoring.explain.words import EDUCATION, word
from scoring.indicators import residence
from scoring.indicators.age import completed_age
from scoring.indicators.education import LEVELS, windows
from scoring.indicators.facts import Extent
from scoring.indicators.item import Law
from scoring.notices import Notice
from scoring.rulebook import Rulebook

Facts = Mapping[str, Any]

_DWELLINGS = {
    "own_home_months": ("自有住所", "own home"),
    "spouse_home_months": ("配偶自有住所", "spouse's home"),
    "presumed_tenancy_months": (
        "细则发布前的租赁住所或单位宿舍",
        "tenancy or dormitory before the rules' issue",
    ),
    "leased_months": ("备案租赁住所", "filed lease"),
    "dormitory_months": ("单位宿舍", "employer's dormitory"),
}


def remarks_on(column: str, facts: Facts, rules: Rulebook, round_year: int) -> tuple[Notice, ...]:
    """Return the remarks on one column of one applicant's facts."""
    law = Law(rules, round_year, Extent(months=0, counts=0))
    return tuple(_REMARKS[column](facts, law))


def _points(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def _employment(facts: Facts, law: Law) -> Iterator[Notice]:
    months, rate = facts["insured_months"], _points(law.rules.points("employment.points_per_year"))
    yield Notice(
        f"正常缴费{months}个月，每12个月积{rate}分。", f"{months} months normally paid, {rate} points for 12."
    )


def _residence(facts: Facts, law: Law) -> Iterator[Notice]:
    columns = {name: np.array([facts[name]]) for name in ("insured_months", *residence.CLASSES.values())}
    counted = residence.codes(columns, law)
    for item, fact in residence.CLASSES.items():
        zh, en = _DWELLINGS[fact]
        months, claimed = int(counted[item][0]), facts[fact]
        if claimed:
            own = "own_home" if item in residence.OWN else "other_home"
            rate = _points(law.rules.points(f"residence.{own}_points_per_year"))
            yield Notice(
                f"{zh}计{months}个月，每12个月积{rate}分。", f"{en}: {months} months, {rate} points for 12."
            )
        if claimed > months:
            yield Notice(
                f"{zh}另有{claimed - months}个月不计：居住以就业月数（{facts['insured_months']}个月）为限。",
                f"{en}: {claimed - months} months not counted, residence being capped at the"
                f" {facts['insured_months']} insured months.",
            )


def _education(facts: Facts, _: Law) -> Iterator[Notice]:
    level = facts["education"]
    yield Notice(
        f"学历学位：{word(EDUCATION, level, 'zh')}。", f"Credential: {word(EDUCATION, level, 'en')}."
    )


def _study_deduction(facts: Facts, law: Law) -> Iterator[Notice]:
    months, window = facts["study_insured_months"], windows(law)[LEVELS.index(facts["education"])]
    if not months:
        return
    if not window:
        yield Notice("未申报学历学位，不扣减。", "No credential is claimed, so nothing is taken back.")
        return
    rate = law.rules.points("employment.points_per_year")
    rate += law.rules.points("education.deduction.residence_points_per_year")
    yield Notice(
        f"毕业前{window}个月内缴费{min(months, window)}个月，每12个月扣{_points(rate)}分。",
        f"{min(months, window)} insured months in the {window} before graduation,"
        f" {_points(rate)} points taken back for 12.",
    )
    if months > window:
        yield Notice(
            f"超出的{months - window}个月不扣。", f"The {months - window} months beyond are not taken back."
        )


def _job_housing_area(facts: Facts, law: Law) -> Iterator[Notice]:
    rules = law.rules
    kinds = (
        ("suburban_home_months", "home", "仅自有住所在城六区外", "home alone outside the six districts"),
        (
            "suburban_home_and_job_months",
            "home_and_job",
            "住所和就业地均在城六区外",
            "home and job outside the six",
        ),
    )
    if not facts["suburban_home_in_december"] and rules.flag("job_housing_area.home_in_december_required"):
        if any(facts[fact] for fact, *_ in kinds):
            yield Notice(
                "上一年度12月未在城六区外自有住所居住，本项不积分。",
                "No own home outside the six districts in December of the year before: nothing counts.",
            )
        return
    earned, since = 0, rules.date("job_housing_area.counting_from")
    if any(facts[fact] for fact, *_ in kinds):
        yield Notice(f"自{since.year}年{since.month}月起计算。", f"Counted from {since:%Y-%m} on.")
    for fact, kind, zh, en in kinds:
        years, rest = divmod(facts[fact], 12)
        rate = rules.points(f"job_housing_area.{kind}_points_per_year")
        cap = rules.points(f"job_housing_area.{kind}_max_points")
        earned += min(rate * years, cap)
        if years or rest:
            yield Notice(
                f"{zh}{facts[fact]}个月，计{years}整年，每年{_points(rate)}分"
                + (f"；余{rest}个月不计。" if rest else "。"),
                f"{en}: {facts[fact]} months, {years} whole years at {_points(rate)}"
                + (f"; the remaining {rest} months do not count." if rest else "."),
            )
        if rate * years > cap:
            yield Notice(f"{zh}最高{_points(cap)}分。", f"{en}: capped at {_points(cap)} points.")
    if earned > (most := rules.points("job_housing_area.max_points")):
        yield Notice(
            f"两类合计最高{_points(most)}分。", f"Both kinds together are capped at {_points(most)} points."
        )


def _innovation(facts: Facts, law: Law) -> Iterator[Notice]:
    for award in law.rules.awards:
        if award.key == facts["innovation_award"]:
            zh = "，".join(part for part in (award.name, award.grade, award.recipients) if part)
            en = ", ".join(part for part in (award.name_en, award.grade_en, award.recipients_en) if part)
            yield Notice(f"{zh}。", f"{en}.")
            if law.rules.award_points(award) != int(award.points * 100):
                yield Notice("分值按奖项级别确定。", "Points go by the level of the award.")


def _tax(facts: Facts, law: Law) -> Iterator[Notice]:
    rules, years, penalties = law.rules, facts["taxed_100k_years"], facts["tax_penalties"]
    window, line = rules.count("tax.window_years"), rules.points("tax.line_yuan") / 100
    if years:
        yield Notice(
            f"近{window}个自然年度中有{years}年个人所得税在{line / 10000:g}万元及以上。",
            f"Income tax of {line:,.0f} yuan or more in {years} of the last {window} calendar years.",
        )
    if rest := years % rules.count("tax.years_per_award"):
        yield Notice(
            f"每满{rules.count('tax.years_per_award')}年方可加分，{rest}年不计。",
            f"Points need {rules.count('tax.years_per_award')} such years each time: {rest} do not count.",
        )
    if penalties:
        each = _points(-rules.points("tax.points_per_penalty"))
        yield Notice(
            f"涉税行政处罚{penalties}条，每条减{each}分。",
            f"{penalties} tax penalties, {each} points off each.",
        )


def _age(facts: Facts, law: Law) -> Iterator[Notice]:
    on = law.rules.day_before_round("age.as_of", law.round_year)
    years = completed_age(facts["birth_date"], on)
    yield Notice(
        f"截至{on.year}年{on.month}月{on.day}日，年满{years}周岁。", f"{years} completed years on {on}."
    )


def _honours(facts: Facts, law: Law) -> Iterator[Notice]:
    for honour in law.rules.honours:
        if honour.key == facts["honour"]:
            yield Notice(f"{honour.name}。", f"{honour.name_en}.")


def _law_abiding(facts: Facts, law: Law) -> Iterator[Notice]:
    if times := facts["detentions"]:
        each = _points(-law.rules.points("law_abiding.points_per_detention"))
        yield Notice(
            f"行政拘留{times}次，每次减{each}分。",
            f"{times} administrative detentions, {each} points off each.",
        )


_REMARKS: dict[str, Callable[[Facts, Law], Iterator[Notice]]] = {
    "employment": _employment,
    "residence": _residence,
    "education": _education,
    "study_deduction": _study_deduction,
    "job_housing_area": _job_housing_area,
    "innovation": _innovation,
    "tax": _tax,
    "age": _age,
    "honours": _honours,
    "law_abiding": _law_abiding,
}
