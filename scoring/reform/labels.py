"""What each value of the law is called in Chinese and English, for people who read no dotted paths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from scoring.explain.words import COLUMNS, EDUCATION, Words, counted, word
from scoring.rulebook import Language, Rulebook
from scoring.rulebook.paths import parameter_at
from scoring.rulebook.schema import CREDENTIALS, INDICATORS
from scoring.rulebook.values import Plain
from scoring.rulebook.wording import number

_RETIREMENT: Words = {
    "men": ("男性", "men"),
    "women_cadres": ("女干部（管理岗人员）", "women cadres"),
    "women_workers": ("女工人", "women workers"),
}
_RISE: Words = {
    "age": ("法定退休年龄", "statutory retirement age of {0}"),
    "rises_for_births_after": ("延迟退休适用的起始出生月份", "month of birth from which {0} retire later"),
    "birth_months_per_month_of_rise": (
        "每延迟一个月对应的出生月数",
        "months of birth for each month that {0} retire later",
    ),
    "highest_age": ("延迟退休的最高年龄", "age at which the rise ends for {0}"),
}

TOGETHER = "+"
"""What joins the names of parts of the law that are taken as one."""

SECTIONS: Words = MappingProxyType(
    {
        **COLUMNS,
        "round": ("计算截止时间", "Reference date"),
        "eligibility": ("资格条件", "Eligibility"),
        "rounding": ("分值取整", "Rounding"),
        "ranking": ("排名与落户", "Ranking"),
    }
)
"""The parts of the law, as a reform's parts are named."""

_LABELS: Words = MappingProxyType(
    {
        "round.reference_day": ("各项指标的计算截止日", "reference date"),
        "eligibility.residence_permit_by": ("居住证申领截止日", "last day to apply for the residence permit"),
        **{
            f"eligibility.retirement.{group}.{key}": (f"{who}{what}", what_en.format(who_en))
            for group, (who, who_en) in _RETIREMENT.items()
            for key, (what, what_en) in _RISE.items()
        },
        "eligibility.retirement.rises_from": ("延迟退休的施行日期", "day from which retirement ages rise"),
        "eligibility.continuous_months": ("连续缴纳社会保险的最低年限", "least continuous insurance"),
        "eligibility.back_paid_months_allowed": ("补缴记录上限", "most months back-paid"),
        "eligibility.back_paid_window_months": (
            "补缴记录的累计期间",
            "window in which months back-paid count",
        ),
        "eligibility.insurances": ("须参加的险种", "insurances required"),
        "eligibility.insurance_in_order_required": (
            "缴费状态须正常",
            "insurances in normal standing required",
        ),
        "eligibility.criminal_record_excludes": ("有刑事犯罪记录的不得申请", "a criminal record excludes"),
        "eligibility.barred_years_after": ("弄虚作假后不得申请的年限", "years barred after false material"),
        "employment.points_per_year": ("就业每满1年积分", "points a year of employment"),
        "employment.counting_from": ("就业年限起算月份", "month from which employment counts"),
        "residence.own_home_points_per_year": ("自有住所每满1年积分", "points a year in an own home"),
        "residence.other_home_points_per_year": (
            "租赁住所或单位宿舍每满1年积分",
            "points a year in a rented home or dormitory",
        ),
        "residence.capped_at_employment": ("居住年限以就业年限为限", "residence capped at employment"),
        "residence.presumed_before": ("推定租住年限的截止月份", "month before which tenancy is presumed"),
        **{
            f"education.points.{one}": (f"{EDUCATION[one][0]}积分", f"points for {EDUCATION[one][1]}")
            for one in CREDENTIALS
        },
        **{
            f"education.deduction.years.{one}": (
                f"{EDUCATION[one][0]}毕业前扣除年限",
                f"years before graduation deducted for {EDUCATION[one][1]}",
            )
            for one in CREDENTIALS
        },
        "education.credential_counted": ("计分的学历学位", "credential that counts"),
        "education.deduction.residence_points_per_year": (
            "学习期间每年扣除的居住积分",
            "points of residence deducted a year of study",
        ),
        "job_housing_area.counting_from": ("职住区域年限起算月份", "month from which the area counts"),
        "job_housing_area.urban_districts": ("城六区范围", "urban districts"),
        "job_housing_area.home_points_per_year": (
            "仅住所在城六区外每满1年积分",
            "points a whole year with the home alone outside the six districts",
        ),
        "job_housing_area.home_and_job_points_per_year": (
            "住所和就业地均在城六区外每满1年积分",
            "points a whole year with home and job outside the six districts",
        ),
        "job_housing_area.home_max_points": (
            "仅住所在城六区外的积分上限",
            "most points with the home alone outside",
        ),
        "job_housing_area.home_and_job_max_points": (
            "住所和就业地均在城六区外的积分上限",
            "most points with home and job outside",
        ),
        "job_housing_area.max_points": ("职住区域积分上限", "most points for the area"),
        "job_housing_area.home_in_december_required": (
            "上一年度12月须在城六区外自有住所居住",
            "living there in December required",
        ),
        "innovation.points_by_level.national": ("国家级奖项积分", "points for national awards"),
        "innovation.points_by_level.municipal": ("市级奖项积分", "points for municipal awards"),
        "innovation.points_by_level.equity": ("股权融资类积分", "points for equity"),
        "innovation.equity_window_years": ("持股年份的期间", "window of the holding years"),
        "tax.line_yuan": ("个人所得税年纳税额标准", "line of yearly income tax"),
        "tax.window_years": ("纳税年度期间", "tax years looked at"),
        "tax.years_per_award": ("每次加分所需达标年数", "taxed years for each award"),
        "tax.points_per_award": ("纳税达标每次加分", "points for each award"),
        "tax.max_points": ("纳税加分上限", "most points for tax"),
        "tax.points_per_penalty": ("每条涉税行政处罚减分", "points off for each tax penalty"),
        "tax.penalty_window_years": ("涉税行政处罚期间", "window of tax penalties"),
        "tax.penalty_from_yuan": ("计入的罚款起点", "least fine that counts"),
        "age.as_of": ("年龄计算截止日", "day on which age is counted"),
        "age.ladder": ("年龄分档积分", "points by age"),
        "honours.points": ("荣誉表彰积分", "points for an honour"),
        "law_abiding.points_per_detention": ("每次行政拘留减分", "points off for each detention"),
        "law_abiding.window_years": ("行政拘留期间", "window of detentions"),
        "rounding.step": ("积分取整单位", "step of rounding"),
        "rounding.rule": ("积分取整方法", "rule of rounding"),
        **{
            f"{one}.removed": (f"{COLUMNS[one][0]}指标", f"indicator {COLUMNS[one][1]}") for one in INDICATORS
        },
    }
)
_TAKEN_OFF = ("tax.points_per_penalty", "law_abiding.points_per_detention")
"""Values of which the name says already that they are taken off."""
_ADDED: Words = {
    "title": ("名称", "title"),
    "title_en": ("英文名称", "title in English"),
    "column": ("所用数据列", "column of the cohort"),
    "hundredths": ("数据可带两位小数", "numbers of up to two decimals"),
    "unit": ("计量单位", "unit"),
    "unit_en": ("英文计量单位", "unit in English"),
    "points_each": ("每一单位积分", "points for each"),
    "ladder": ("分档积分", "points by steps"),
    "points": ("分类积分", "points by category"),
    "max_points": ("积分上限", "most points"),
}
_FLAGS: Words = {"None": ("—", "—"), "True": ("适用", "yes"), "False": ("不适用", "no")}
_CHOICES: Words = {
    "half_away_from_zero": ("按绝对值四舍五入", "half away from zero"),
    "half_to_even": ("四舍六入五成双", "half to even"),
    "toward_zero": ("直接舍去", "toward zero"),
    "pension": ("养老", "pension"),
    "medical": ("医疗", "medical"),
    "unemployment": ("失业", "unemployment"),
    "work_injury": ("工伤", "work injury"),
    "maternity": ("生育", "maternity"),
}
_UNITS: Mapping[str, tuple[str, str]] = {
    "months": ("个月", "month"),
    "years": ("年", "year"),
    "months of birth": ("个月", "month"),
    "calendar years": ("个自然年度", "calendar year"),
}


def section(name: str, rules: Rulebook, language: Language) -> str:
    """Return what a part of the law is called; an added indicator has a title of its own.

    Several that are taken together, their names joined by `TOGETHER`, are named one after the other.
    """
    if TOGETHER in name:
        comma = "、" if language == "zh" else ", "
        return comma.join(section(one, rules, language) for one in name.split(TOGETHER))
    if name in rules.added:
        return rules.text(f"added.{name}.{'title' if language == 'zh' else 'title_en'}")
    return word(SECTIONS, name, language)


def label(path: str, rules: Rulebook, language: Language) -> str:
    """Return what the value at a path is called.

    Args:
        path: of a value.
        rules: the rulebook that has it, or had it.
        language: zh or en.

    """
    if path in _LABELS:
        return word(_LABELS, path, language)
    if path.startswith("added."):
        _, name, key = path.split(".")
        title, what = section(name, rules, language), word(_ADDED, key, language)
        return f"{title}{what}" if language == "zh" else f"{title}: {what}"
    for award in rules.awards:
        if path == f"innovation.awards.{award.key}.points":
            zh, en = (award.name, award.grade), (award.name_en, award.grade_en)
            name = "".join(zh) if language == "zh" else " ".join(one for one in en if one)
            return f"{name}积分" if language == "zh" else f"points for {name}"
    return path


def value(path: str, plain: Plain | None, rules: Rulebook, language: Language) -> str:
    """Return a value with its unit, as a table shows it."""
    zh, parameter = language == "zh", parameter_at(path, rules.award_keys)
    match plain:
        case bool() | None:
            return word(_FLAGS, str(plain), language)
        case Decimal():
            return _amount(abs(plain) if path in _TAKEN_OFF else plain, parameter.kind, zh=zh)
        case int():
            unit, noun = _UNITS.get(parameter.unit, ("", ""))
            return f"{plain}{'周岁' if path.endswith('age') else unit}" if zh else counted(plain, noun)
        case dt.date():
            return day(plain) if zh else plain.isoformat()
    if parameter.kind == "month_day" and zh:
        return month_day(str(plain))
    several = [one for one in plain if isinstance(one, str)] if isinstance(plain, tuple) else [str(plain)]
    return ("、" if zh else ", ").join(word(_CHOICES, one, language) for one in several)


def _amount(plain: Decimal, kind: str, *, zh: bool) -> str:
    if kind == "yuan":
        if not zh:
            return f"{number(plain)} yuan"
        return f"{number(plain / 10_000)}万元" if plain and plain % 10_000 == 0 else f"{number(plain)}元"
    return f"{number(plain)}分" if zh else counted(float(plain), "point")


def day(date: dt.date) -> str:
    """Return a day in Chinese."""
    return f"{date.year}年{date.month}月{date.day}日"


def month_day(text: str) -> str:
    """Return a day of the year in Chinese.

    >>> month_day("01-31")
    '1月31日'
    """
    month, number_of_day = text.split("-")
    return f"{int(month)}月{int(number_of_day)}日"
