"""What the law's things are called in Chinese and English: columns, credentials, reasons, articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from scoring.rulebook import Citation, Language

Words = Mapping[str, tuple[str, str]]
"""Chinese first, English second."""

COLUMNS: Words = MappingProxyType(
    {
        "employment": ("合法稳定就业", "Stable employment"),
        "residence": ("合法稳定住所", "Stable residence"),
        "education": ("教育背景", "Education"),
        "study_deduction": ("学习期间扣除", "Study deduction"),
        "job_housing_area": ("职住区域", "Job and housing area"),
        "innovation": ("创新创业", "Innovation and entrepreneurship"),
        "tax": ("纳税", "Tax"),
        "age": ("年龄", "Age"),
        "honours": ("荣誉表彰", "Honours"),
        "law_abiding": ("守法记录", "Law-abiding record"),
        "total": ("总积分", "Total"),
    }
)

EDUCATION: Words = MappingProxyType(
    {
        "none": ("无", "none"),
        "junior_college": ("大学专科（含高职）", "junior college"),
        "bachelor_diploma": ("大学本科学历", "bachelor's diploma only"),
        "bachelor_degree": ("学士学位", "bachelor's degree only"),
        "bachelor": ("大学本科学历及学士学位", "bachelor's diploma and degree"),
        "master_diploma": ("硕士研究生学历", "master's diploma only"),
        "master_degree": ("硕士学位", "master's degree only"),
        "master": ("硕士研究生学历及硕士学位", "master's diploma and degree"),
        "doctor_diploma": ("博士研究生学历", "doctoral diploma only"),
        "doctor_degree": ("博士学位", "doctoral degree only"),
        "doctor": ("博士研究生学历及博士学位", "doctoral diploma and degree"),
    }
)

REASONS: Words = MappingProxyType(
    {
        "residence_permit": ("未在规定日期前申领《北京市居住证》", "no residence permit applied for in time"),
        "retirement_age": ("已达到法定退休年龄", "the statutory retirement age is reached"),
        "continuous_insurance": (
            "在京连续缴纳社会保险不满规定年限",
            "continuous insurance in Beijing is too short",
        ),
        "back_payments": ("社会保险补缴月数超过规定", "too many months of insurance were back-paid"),
        "insurance_in_order": ("社会保险缴费状态不正常", "the insurances are not all in normal standing"),
        "criminal_record": ("有刑事犯罪记录", "a criminal record"),
        "barred": ("因提供虚假材料被取消申请资格", "barred for false material"),
        "employer_barred": (
            "用人单位因协助提供虚假材料不予受理",
            "the employer is barred for false material",
        ),
    }
)

REASON_ARTICLES: Mapping[str, str] = MappingProxyType(
    {
        "residence_permit": "14(1)",
        "retirement_age": "14(2)",
        "continuous_insurance": "14(3)",
        "back_payments": "14(3)",
        "insurance_in_order": "14(3)",
        "criminal_record": "14(4)",
        "barred": "17",
        "employer_barred": "17",
    }
)

SEX: Words = MappingProxyType({"female": ("女", "female"), "male": ("男", "male")})

_DIGITS = "零一二三四五六七八九"
_CONFIDENCE: Words = MappingProxyType(
    {
        "data": ("未持有该条原文，数值由公示名单核实", "text not held; verified on the public lists"),
        "secondary": ("未持有该条原文，数值来自二手资料", "text not held; from secondary sources"),
        "change": ("本次改动", "changed here"),
    }
)


def word(words: Words, key: str, language: Language) -> str:
    """Return a word in one language; a key that is not known stands for itself."""
    pair = words.get(key)
    return key if pair is None else pair[0 if language == "zh" else 1]


def counted(number: float, noun: str) -> str:
    """Return a number with its English noun.

    >>> counted(1, "point"), counted(0.5, "point"), counted(84, "month")
    ('1 point', '0.5 points', '84 months')
    """
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"


def months(number: int) -> str:
    """Return a number of months in English."""
    return counted(number, "month")


def numeral(number: int) -> str:
    """Return a whole number below 100 in Chinese numerals.

    >>> numeral(15)
    '十五'
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def article(name: str, language: Language) -> str:
    """Return an article as the law names it.

    >>> article("15(4)", "zh"), article("15(4)", "en"), article("annex-2", "zh")
    ('第十五条第（四）项', 'Art. 15(4)', '附件2')
    """
    if name.startswith("annex-"):
        return f"附件{name[6:]}" if language == "zh" else f"Annex {name[6:]}"
    found = re.fullmatch(r"(\d+)(?:\((\d+)\))?", name)
    if found is None:
        return name
    if language == "en":
        return f"Art. {name}"
    item = f"第（{numeral(int(found[2]))}）项" if found[2] else ""
    return f"第{numeral(int(found[1]))}条{item}"


def sentence(citation: Citation, language: Language) -> str:
    """Return the law's sentence in quotation marks, or the reason for a change, or why there is none."""
    if citation.confidence in _CONFIDENCE:
        why = word(_CONFIDENCE, citation.confidence, language)
        if citation.confidence == "change" and citation.sentence:
            why += f"：{citation.sentence}" if language == "zh" else f": {citation.sentence}"
        return f"（{why}）" if language == "zh" else f"({why})"
    return f"“{citation.sentence}”"
