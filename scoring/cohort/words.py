"""What the door says: one readable sentence for each violation, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scoring.cohort.conditions import UNREAD
from scoring.cohort.contract import Column, Kind, Table
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_histories import HISTORIES
from scoring.cohort.contract_points import POINTS
from scoring.cohort.language import Language
from scoring.cohort.measures import measure
from scoring.cohort.record_sentences import HINTS, RECORD_FILES
from scoring.cohort.sentences import IDENTITY, REASONS, SENTENCES, SEPARATORS, VALUES
from scoring.cohort.violations import Place, Severity, Violation

RECORD_TABLES = {table.name: table for table in HISTORIES}
TABLES: dict[str, Table] = {FACTS.name: FACTS, POINTS.name: POINTS, **RECORD_TABLES}
SEVERITY: dict[Severity, dict[Language, str]] = {
    "error": {"zh": "错误", "en": "error"},
    "warning": {"zh": "警告", "en": "warning"},
    "note": {"zh": "提示", "en": "note"},
}


def sentence(violation: Violation, language: Language) -> str:
    """Write one violation as a sentence: where, what stands there, and what would do."""
    data = {
        **_plain(violation.data, language),
        "path": violation.data.get("path") or _text(language, "数据", "The table"),
    }
    words = {
        **data,
        "table": violation.table,
        "table_words": TABLES[violation.table].zh if violation.table in TABLES else "",
        "column": violation.column,
        "row": violation.row,
        "value": violation.value,
        "count": violation.count,
        "accepts": _accepts_of(violation, language),
        "kind_words": _looked_up(IDENTITY, violation.data.get("kind"), language),
        "reason_words": _looked_up(REASONS, violation.data.get("reason"), language),
        "separator_words": _looked_up(SEPARATORS, violation.data.get("separator"), language),
        "hint_clause": _looked_up(HINTS, violation.data.get("hint"), language),
        "the_table": _the_table(violation.table),
        **_nearest(violation.data.get("nearest"), language),
    }
    text = SENTENCES[violation.rule][language].format_map(words)
    return f"{_place(violation, language)}{text}" if violation.rule in VALUES else text


def sentences(violations: Iterable[Violation], language: Language) -> list[str]:
    """Write violations as sentences, and say after the last row listed of a rule how many more there are."""
    return _lines(list(violations), language, prefixed=False)


def report(violations: Iterable[Violation], language: Language) -> list[str]:
    """Write violations as :func:`sentences` does, each behind the word error, warning or note."""
    return _lines(list(violations), language, prefixed=True)


def accepts(column: Column, language: Language) -> str:
    """Say what a column accepts.

    >>> accepts(FACTS.column("taxed_100k_years"), "en")
    'a whole number from 0 to 3, in plain digits'
    """
    texts = _ACCEPTED[column.kind][language]
    low, high = _bound(column, column.low), _bound(column, column.high)
    levels = ("、" if language == "zh" else ", ").join(column.levels)
    command = {"awards": "jifen rules awards", "honours": "jifen rules honours"}.get(column.annex, "")
    text = texts.format(low=low, high=high, levels=levels, command=command)
    return text + _text(language, "，也可为空", ", or nothing") if column.nullable else text


def _lines(violations: Sequence[Violation], language: Language, *, prefixed: bool) -> list[str]:
    listed: dict[Place, int] = {}
    for violation in violations:
        listed[violation.place] = listed.get(violation.place, 0) + 1
    last = {violation.place: i for i, violation in enumerate(violations)}
    lines = []
    for i, violation in enumerate(violations):
        colon = _text(language, "：", ": ")
        prefix = f"{SEVERITY[violation.severity][language]}{colon}" if prefixed else ""
        prefix += _table(violation, language)
        lines.append(prefix + sentence(violation, language))
        more = violation.count - listed[violation.place]
        if violation.row is not None and last[violation.place] == i and more > 0:
            lines.append(prefix + _more(violation, more, language))
    return lines


def _table(violation: Violation, language: Language) -> str:
    """Name one of many tables, unless the sentence does."""
    if violation.table not in RECORD_TABLES or violation.rule in RECORD_FILES:
        return ""
    return _text(language, f"{violation.table} 表：", f"{violation.table}: ")


def _more(violation: Violation, more: int, language: Language) -> str:
    column = violation.column or ""
    if language == "zh":
        return f"{column} 列另有 {more} 行有同样的问题。" if column else f"另有 {more} 行有同样的问题。"
    rows = "1 more row has" if more == 1 else f"{more} more rows have"
    return f"{rows} the same in {column}." if column else f"{rows} the same."


def _place(violation: Violation, language: Language) -> str:
    row = (
        "" if violation.row is None else _text(language, f"第 {violation.row} 行 ", f"Row {violation.row}, ")
    )
    return f"{row}{violation.column}{_text(language, '：', ': ')}"


def _plain(data: Mapping[str, Any], language: Language) -> dict[str, Any]:
    comma = _text(language, "、", ", ")
    plain = {
        name: comma.join(map(str, value)) if isinstance(value, tuple) else value
        for name, value in data.items()
    }
    if data.get("more"):
        plain["found"] += _text(
            language, f"等 {len(data['found']) + data['more']} 列", f" and {data['more']} more"
        )
    return plain


def _nearest(name: str | None, language: Language) -> dict[str, str]:
    if not name:
        return {"nearest_clause": "", "is_it": ""}
    space = " " if name.isascii() else ""
    return {
        "nearest_clause": _text(language, f"（是否应为{space}{name}？）", f" (did you mean {name}?)"),
        "is_it": _text(language, f"（是否即 {name} 列？）", f" (is it the one called {name}?)"),
    }


def _the_table(name: str | None) -> str:
    return f"The table {name} has" if name in RECORD_TABLES else f"The {name} have"


def _accepts_of(violation: Violation, language: Language) -> str:
    table = TABLES.get(violation.table or "")
    if table is None or violation.column is None:
        return ""
    known = violation.column in table.names
    yes_or_no = violation.rule == UNREAD[Kind.BOOL]
    fine = bool(violation.data.get("hundredths"))
    own = measure(violation.column, violation.data.get("levels", fine), yes_or_no=yes_or_no)
    column = table.column(violation.column) if known else own
    text = accepts(column, language)
    return f" {text}" if language == "zh" and text[:1].isascii() else text


def _looked_up(words: Mapping[str, Mapping[Language, str]], key: str | None, language: Language) -> str:
    return words[key][language] if key is not None and key in words else ""


def _bound(column: Column, bound: int | None) -> str:
    if bound is None:
        return ""
    return f"{bound / 100:.0f}" if column.kind in (Kind.POINTS, Kind.HUNDREDTHS) else str(bound)


def _text(language: Language, zh: str, en: str) -> str:
    return zh if language == "zh" else en


_WHOLE: dict[Language, str] = {
    "zh": "{low} 至 {high} 的整数，只用半角数字",
    "en": "a whole number from {low} to {high}, in plain digits",
}
_ACCEPTED: dict[Kind, dict[Language, str]] = {
    Kind.ID: {"zh": "假名代码", "en": "a pseudonym"},
    Kind.DATE: {"zh": "形如 1985-03-01 的日期", "en": "a date like 1985-03-01"},
    Kind.MONTH: {"zh": "当月1日，形如 2015-07-01", "en": "the first day of the month, like 2015-07-01"},
    Kind.MONTHS: _WHOLE,
    Kind.COUNT: _WHOLE,
    Kind.NUMBER: _WHOLE,
    Kind.YEAR: _WHOLE,
    Kind.BOOL: {"zh": "true 或 false", "en": "true or false"},
    Kind.LEVEL: {"zh": "{levels} 之一", "en": "one of {levels}"},
    Kind.KEY: {"zh": "{command} 所列的代码", "en": "a key that `{command}` lists"},
    Kind.POINTS: {
        "zh": "{low} 至 {high} 的分值，最多两位小数，如 97.13",
        "en": "points from {low} to {high} with at most two decimals, like 97.13",
    },
    Kind.HUNDREDTHS: {
        "zh": "{low} 至 {high} 的数值，最多两位小数，如 12.50",
        "en": "a number from {low} to {high} with at most two decimals, like 12.50",
    },
    Kind.FRACTION: {
        "zh": "{low} 至 {high} 的小数，如 0.15",
        "en": "a fraction from {low} to {high}, like 0.15",
    },
    Kind.YUAN: {
        "zh": "{low} 至 {high} 的金额（元），只用半角数字，如 123456.78",
        "en": "an amount in yuan from {low} to {high}, in plain digits, like 123456.78",
    },
    Kind.CATEGORY: {"zh": "类别名称", "en": "the name of a category"},
}
