"""The contract of points: one row per applicant, the ten published columns and their total."""

from __future__ import annotations

from dataclasses import replace

from scoring.cohort.contract import APPLICANT_ID, FIRST_YEAR, LAST_YEAR, MOST_POINTS, SEX, Column, Kind, Table

HUNDREDTHS_ZH, HUNDREDTHS_EN = "，最多两位小数", ", exact hundredths"


def _item(name: str, article: str, zh: str, en: str, *, low: int = 0, high: int = MOST_POINTS) -> Column:
    return Column(name, Kind.POINTS, zh + HUNDREDTHS_ZH, en + HUNDREDTHS_EN, article, low=low, high=high)


ITEMS = (
    _item("employment", "15(1)", "合法稳定就业积分", "points for employment"),
    _item("residence", "15(2)", "合法稳定住所积分", "points for residence"),
    _item("education", "15(3)", "教育背景积分（扣除前）", "points for education, before the deduction"),
    _item(
        "study_deduction",
        "15(3)",
        "取得学历学位期间扣除的积分，零或负数",
        "points taken back for the time of study, zero or negative",
        low=-MOST_POINTS,
        high=0,
    ),
    _item("job_housing_area", "15(4)", "职住区域积分", "points for the area of job and housing"),
    _item("innovation", "15(5)", "创新创业积分", "points for innovation and entrepreneurship"),
    _item("tax", "15(6)", "纳税积分，可为负数", "points for tax, which may be negative", low=-MOST_POINTS),
    _item("age", "15(7)", "年龄积分", "points for age"),
    _item("honours", "15(8)", "荣誉表彰积分", "points for honours"),
    _item(
        "law_abiding",
        "15(9)",
        "守法记录积分，零或负数",
        "points for the record of law-abidance, zero or negative",
        low=-MOST_POINTS,
        high=0,
    ),
)
TOTAL = _item(
    "total",
    "10",
    "总积分，等于以上十项之和",
    "sum of the ten items above",
    low=-10 * MOST_POINTS,
    high=10 * MOST_POINTS,
)

POINTS = Table(
    "points",
    "积分数据",
    "points",
    (
        replace(
            APPLICANT_ID,
            required=False,
            zh=APPLICANT_ID.zh + "；没有此列时以行号代替",
            en=APPLICANT_ID.en + "; without this column the row number stands in",
        ),
        *ITEMS,
        TOTAL,
        Column(
            "birth_year",
            Kind.YEAR,
            "出生年份，用于划分年龄段",
            "year of birth, for the age bands",
            nullable=True,
            required=False,
            low=FIRST_YEAR,
            high=LAST_YEAR,
            until_reference=True,
        ),
        replace(SEX, nullable=True, required=False, article=""),
    ),
)

ITEM_NAMES = tuple(item.name for item in ITEMS)
