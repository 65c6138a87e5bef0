"""An applicant's sheet as plain text, in Chinese or English."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from scoring.cohort.contract import Table
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_histories import HISTORIES
from scoring.explain.evidence import Spells
from scoring.explain.sheet import Line, Sheet
from scoring.explain.words import COLUMNS, REASON_ARTICLES, REASONS, article, sentence, word
from scoring.rulebook import Language, Rulebook

_TABLES = {table.name: table for table in HISTORIES}


def as_text(sheet: Sheet, language: Language) -> str:
    """Return the sheet as lines of text."""
    return "\n".join(
        [
            *_head(sheet, language),
            *(line for item in sheet.lines for line in _item(item, sheet.rules, language)),
        ]
    )


def _head(sheet: Sheet, language: Language) -> Iterator[str]:
    zh = language == "zh"
    year, who = sheet.round_year, sheet.applicant_id
    yield (
        f"{year}年度积分落户，申请人 {who}"
        if zh
        else f"Points-based registration, round of {year}, applicant {who}"
    )
    title = sheet.rules.title(language)
    yield f"规则：《{title}》（{sheet.rules.name}）" if zh else f"Rules: {title} ({sheet.rules.name})"
    yield from (notice.text(language) for notice in sheet.notices)
    yield from _eligibility(sheet, language)
    yield _result(sheet, zh=zh)


def _eligibility(sheet: Sheet, language: Language) -> Iterator[str]:
    zh = language == "zh"
    if not sheet.reasons:
        yield "资格条件：符合。" if zh else "Eligible: yes."
    else:
        yield "资格条件：不符合。" if zh else "Eligible: no."
    for reason, details in sheet.reasons.items():
        what, where = word(REASONS, reason, language), article(REASON_ARTICLES[reason], language)
        said = "".join(f"{'' if zh else ' '}{detail.text(language)}" for detail in details)
        yield f"  {what}（{where}）。{said}" if zh else f"  {what[0].upper()}{what[1:]} ({where}).{said}"
    yield from _months(sheet.spells, language)


def _result(sheet: Sheet, *, zh: bool) -> str:
    total = f"总积分 {sheet.total} 分" if zh else f"Total: {sheet.total} points"
    if sheet.distance is None or sheet.cutoff is None:
        return (
            f"{total}；本次没有分数线（落户规模 {sheet.quota}）。"
            if zh
            else (f"{total}; there is no cutoff (quota {sheet.quota}).")
        )
    gap = abs(sheet.distance)
    if zh:
        side = "与分数线持平" if not gap else f"{'高于' if sheet.distance > 0 else '低于'}分数线 {gap} 分"
        place = f"，第 {sheet.rank} 名（符合条件者 {sheet.eligible_applicants} 人）" if sheet.rank else ""
        verdict = _verdict(sheet, "入围", "未入围", "不符合资格条件，不参加排名")
        return f"{total}{place}；落户规模 {sheet.quota}，分数线 {sheet.cutoff} 分，{side}，{verdict}。"
    side = (
        "at the cutoff"
        if not gap
        else f"{gap} points {'above' if sheet.distance > 0 else 'below'} the cutoff"
    )
    place = f", rank {sheet.rank} of {sheet.eligible_applicants} eligible" if sheet.rank else ""
    verdict = _verdict(sheet, "admitted", "not admitted", "not eligible, so not ranked")
    return f"{total}{place}; quota {sheet.quota}, cutoff {sheet.cutoff}, {side}: {verdict}."


def _verdict(sheet: Sheet, admitted: str, not_admitted: str, unranked: str) -> str:
    if sheet.reasons:
        return unranked
    return admitted if sheet.admitted else not_admitted


def _item(line: Line, rules: Rulebook, language: Language) -> Iterator[str]:
    zh = language == "zh"
    name, where = word(COLUMNS, line.column, language), article(line.citation.article, language)
    if line.column in rules.added:
        name = rules.text(f"added.{line.column}.{'title' if zh else 'title_en'}")
    yield ""
    yield f"{name} {line.points} 分　{where}" if zh else f"{name}: {line.points} points, {where}"
    yield f"  {sentence(line.citation, language)}"
    if line.facts:
        named = [_fact(fact, value, zh=zh) for fact, value in line.facts.items()]
        yield f"  事实：{'；'.join(named)}。" if zh else f"  Facts: {'; '.join(named)}"
    yield from _months(line.spells, language)
    yield from (_record(name, one, zh=zh) for name, told in line.records.items() for one in told)
    yield from (f"  {remark.text(language)}" for remark in line.remarks)


def _months(spells: Spells, language: Language) -> Iterator[str]:
    """Write the months behind each fact as unbroken runs."""
    for fact, runs in spells.items():
        told = [run.text(language) for run in runs]
        zh = f"  月份明细（{fact}）：{'；'.join(told)}。"
        yield zh if language == "zh" else f"  Months of {fact}: {'; '.join(told)}"


def _record(name: str, record: Mapping[str, Any], *, zh: bool) -> str:
    told = [_fact(column, value, zh=zh, table=_TABLES[name]) for column, value in record.items()]
    return f"  记录（{name}）：{'；'.join(told)}。" if zh else f"  Record of {name}: {'; '.join(told)}"


def _fact(name: str, value: Any, *, zh: bool, table: Table = FACTS) -> str:
    """Write a fact; in Chinese by what the contract calls it, without its hints for filling in a table."""
    if not zh:
        return f"{name} = {_plain(value, zh=False)}"
    if name not in table.names:
        return f"{name}为{_plain(value, zh=True)}"
    label = re.split("[；（：]|，见", table.column(name).zh)[0]
    return f"{label}（{name}）为{_plain(value, zh=True)}"


def _plain(value: Any, *, zh: bool) -> str:
    if value is None:
        return "无" if zh else "none"
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else str(value)
