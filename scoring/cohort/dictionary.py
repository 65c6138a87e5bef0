"""The contract as a data dictionary: one row a column, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.cohort.contract import Column, Kind, Table
from scoring.cohort.language import Language
from scoring.cohort.words import accepts

TYPES: dict[Kind, dict[Language, str]] = {
    Kind.ID: {"zh": "文本", "en": "text"},
    Kind.DATE: {"zh": "日期", "en": "date"},
    Kind.MONTH: {"zh": "日期", "en": "date"},
    Kind.MONTHS: {"zh": "整数", "en": "whole number"},
    Kind.COUNT: {"zh": "整数", "en": "whole number"},
    Kind.YEAR: {"zh": "整数", "en": "whole number"},
    Kind.BOOL: {"zh": "是否", "en": "yes or no"},
    Kind.LEVEL: {"zh": "选项", "en": "choice"},
    Kind.KEY: {"zh": "代码", "en": "key"},
    Kind.POINTS: {"zh": "小数", "en": "decimal"},
    Kind.HUNDREDTHS: {"zh": "小数", "en": "decimal"},
    Kind.FRACTION: {"zh": "小数", "en": "decimal"},
    Kind.YUAN: {"zh": "小数", "en": "decimal"},
    Kind.CATEGORY: {"zh": "文本", "en": "text"},
}
UNITS: dict[Kind, dict[Language, str]] = {
    Kind.MONTHS: {"zh": "月", "en": "months"},
    Kind.YEAR: {"zh": "年", "en": "year"},
    Kind.POINTS: {"zh": "分", "en": "points"},
    Kind.YUAN: {"zh": "元", "en": "yuan"},
}
ARTICLES: dict[str, dict[Language, str]] = {
    "annex-2": {"zh": "附件2", "en": "Annex 2"},
    "annex-3": {"zh": "附件3", "en": "Annex 3"},
    "annex-4": {"zh": "附件4", "en": "Annex 4"},
}


@dataclass(frozen=True)
class Entry:
    """Hold what the dictionary says of one column."""

    column: str
    zh: str
    en: str
    type: str
    unit: str
    allowed_zh: str
    allowed_en: str
    required: str
    article: str


def entries(table: Table) -> list[Entry]:
    """Return the dictionary of a table, in the contract's order."""
    return [_entry(column) for column in table.columns]


def _entry(column: Column) -> Entry:
    return Entry(
        column.name,
        column.zh,
        column.en,
        _both(TYPES[column.kind]),
        _both(UNITS[column.kind]) if column.kind in UNITS else "",
        accepts(column, "zh"),
        accepts(column, "en"),
        "必需\nrequired" if column.required else "可选\noptional",
        _articles(column.article),
    )


def _both(words: dict[Language, str]) -> str:
    return f"{words['zh']}\n{words['en']}"


def _articles(articles: str) -> str:
    """Write ``14(2), annex-3`` as a reader of the regulation would."""
    parts = [part for part in articles.split(", ") if part]
    zh = "、".join(ARTICLES[part]["zh"] if part in ARTICLES else _article_zh(part) for part in parts)
    en = ", ".join(ARTICLES[part]["en"] if part in ARTICLES else f"Art. {part}" for part in parts)
    return f"{zh}\n{en}" if parts else ""


def _article_zh(article: str) -> str:
    number, _, item = article.rstrip(")").partition("(")
    return f"第{number}条（{'一二三四五六七八九'[int(item) - 1]}）" if item else f"第{number}条"
