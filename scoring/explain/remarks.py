"""How an item came about, and what was capped or not counted and why, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from scoring.explain.words import EDUCATION, counted, months, word
from scoring.indicators import residence
from scoring.indicators.age import completed_age
from scoring.indicators.education import LEVELS, windows
from scoring.indicators.facts import Extent
from scoring.indicators.item import Law
from scoring.notices import Notice
from scoring.rulebook import Rulebook
from scoring.rulebook.wording import indicator_sentence

Facts = Mapping[str, Any]

_DWELLINGS = {
    "own_home_months": ("自有住所", "Own home"),
    "spouse_home_months": ("配偶自有住所", "Spouse's home"),
    "presumed_tenancy_months": (
        "细则发布前的租赁住所或单位宿舍",
        "Tenancy or dormitory before the rules' issue",
    ),
    "leased_months": ("备案租赁住所", "Filed lease"),
    "dormitory_months": ("单位宿舍", "Employer's dormitory"),
}


def remarks_on(column: str, facts: Facts, rules: Rulebook, round_year: int) -> tuple[Notice, ...]:
    """Return the remarks on one column of one applicant's facts."""
    law = Law(rules, round_year, Extent(months=0, counts=0))
    return tuple(_REMARKS[column](facts, law))


REMOVED = Notice("本项指标已取消，不积分。", "The indicator has been removed: nothing counts.")


def said_of(name: str, rules: Rulebook) -> Notice:
    """Return an added indicator as its article says it."""
    return Notice(indicator_sentence(name, rules, "zh"), indicator_sentence(name, rules, "en"))


def _points(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def _points_en(hundredths: int) -> str:
    return counted(hundredths / 100, "point")


def _employment(facts: Facts, law: Law) -> Iterator[Notice]:
    paid, rate = facts["insured_months"], law.rules.points("employment.points_per_year")
    yield Notice(
        f"正常缴费{paid}个月，每12个月积{_points(rate)}分。",
        f"{months(paid)} normally paid, {_points_en(rate)} per 12 months.",
    )


def _residence(facts: Facts, law: Law) -> Iterator[Notice]:
    columns = {name: np.array([facts[name]]) for name in ("insured_months", *residence.CLASSES.values())}
    within = residence.codes(columns, law)
    for item, fact in residence.CLASSES.items():
        zh, en = _DWELLINGS[fact]
        lived, left_out = int(within[item][0]), facts[fact] - int(within[item][0])
        if lived:
            kind = "own_home" if item in residence.OWN else "other_home"
            rate = law.rules.points(f"residence.{kind}_points_per_year")
            gained = int(law.rounding.quotient(rate * lived, 12)) / 100
            yield Notice(
                f"{zh}计{lived}个月，每12个月积{_points(rate)}分，得{gained:.2f}分。",
                f"{en}: {months(lived)}, {_points_en(rate)} per 12 months, so {gained:.2f}.",
            )
        if left_out:
            yield Notice(
                f"{zh}有{left_out}个月不计：居住以就业月数（{facts['insured_months']}个月）为限。",
                f"{en}: {months(left_out)} not counted, residence being capped at the"
                f" {facts['insured_months']} insured months.",
            )


def _education(facts: Facts, _: Law) -> Iterator[Notice]:
    level = facts["education"]
    yield Notice(
        f"学历学位：{word(EDUCATION, level, 'zh')}。", f"Credential: {word(EDUCATION, level, 'en')}."
    )


def _study_deduction(facts: Facts, law: Law) -> Iterator[Notice]:
    studied, window = facts["study_insured_months"], windows(law)[LEVELS.index(facts["education"])]
    if not studied:
        return
    if not window:
        yield Notice("未申报学历学位，不扣减。", "No credential is claimed, so nothing is taken back.")
        return
    rate = law.rules.points("employment.points_per_year")
    rate += law.rules.points("education.deduction.residence_points_per_year")
    yield Notice(
        f"毕业前{window}个月内缴费{min(studied, window)}个月，每12个月扣{_points(rate)}分。",
        f"{counted(min(studied, window), 'insured month')} in the {window} before graduation,"
        f" {_points_en(rate)} taken back per 12 months.",
    )
    if beyond := max(studied - window, 0):
        yield Notice(f"超出的{beyond}个月不扣。", f"Beyond them, {months(beyond)} not taken back.")


def _job_housing_area(facts: Facts, law: Law) -> Iterator[Notice]:
    rules = law.rules
    kinds = (
        ("suburban_home_months", "home", "仅自有住所在城六区外", "Home alone outside the six districts"),
        (
            "suburban_home_and_job_months",
            "home_and_job",
            "住所和就业地均在城六区外",
            "Home and job outside the six",
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
        why = rules.value("job_housing_area.counting_from").citation
        yield Notice(
            f"自{since.year}年{since.month}月起计算。{why.note}",
            f"Counted from {since:%Y-%m} on. {why.note_en}".strip(),
        )
    for fact, kind, zh, en in kinds:
        years, rest = divmod(facts[fact], 12)
        rate = rules.points(f"job_housing_area.{kind}_points_per_year")
        cap = rules.points(f"job_housing_area.{kind}_max_points")
        earned += min(rate * years, cap)
        if years or rest:
            yield Notice(
                f"{zh}{facts[fact]}个月，计{years}整年，每年{_points(rate)}分"
                + (f"；余{rest}个月不计。" if rest else "。"),
                f"{en}: {months(facts[fact])}, {counted(years, 'whole year')} at {_points_en(rate)}"
                + (f"; the remaining {rest} not counted." if rest else "."),
            )
        if rate * years > cap:
            yield Notice(f"{zh}最高{_points(cap)}分。", f"{en}: capped at {_points_en(cap)}.")
    if earned > (most := rules.points("job_housing_area.max_points")):
        yield Notice(
            f"两类合计最高{_points(most)}分。", f"Both kinds together are capped at {_points_en(most)}."
        )


def _innovation(facts: Facts, law: Law) -> Iterator[Notice]:
    for award in law.rules.awards:
        if award.key == facts["innovation_award"]:
            zh = "，".join(part for part in (award.name, award.grade, award.recipients) if part)
            en = ", ".join(part for part in (award.name_en, award.grade_en, award.recipients_en) if part)
            yield Notice(f"{zh.rstrip('。')}。", f"{en.rstrip('.')}.")
            if law.rules.award_points(award) != int(award.points * 100):
                yield Notice("分值按奖项级别确定。", "Points go by the level of the award.")


def _tax(facts: Facts, law: Law) -> Iterator[Notice]:
    rules, years, penalties = law.rules, facts["taxed_100k_years"], facts["tax_penalties"]
    window, line = rules.count("tax.window_years"), rules.points("tax.line_yuan") / 100
    each_time, award = rules.count("tax.years_per_award"), rules.points("tax.points_per_award")
    if years:
        yield Notice(
            f"近{window}个自然年度中有{years}年个人所得税在{line / 10000:g}万元及以上，"
            f"每满{each_time}年加{_points(award)}分，最高{_points(rules.points('tax.max_points'))}分。",
            f"Income tax of {line:,.0f} yuan or more in {years} of the last {window} calendar years,"
            f" {_points_en(award)} for every {counted(each_time, 'year')},"
            f" at most {_points(rules.points('tax.max_points'))}.",
        )
    if rest := years % each_time:
        short = f"{counted(rest, 'year')} not counted, being short of {each_time}."
        yield Notice(f"不满{each_time}年的{rest}年不计。", short)
    if penalties:
        each = -rules.points("tax.points_per_penalty")
        yield Notice(
            f"涉税行政处罚{penalties}条，每条减{_points(each)}分。",
            f"{counted(penalties, 'fine')} by the tax authorities, {_points_en(each)} off each.",
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
        each = -law.rules.points("law_abiding.points_per_detention")
        yield Notice(
            f"行政拘留{times}次，每次减{_points(each)}分。",
            f"{counted(times, 'administrative detention')}, {_points_en(each)} off each.",
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
