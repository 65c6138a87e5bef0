"""Write the risk report as Markdown, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scoring.cohort.sentences import IDENTITY, REASONS
from synthetic_data.deidentify.report import Report
from synthetic_data.deidentify.risk import Anonymity, Diversity, Option
from synthetic_data.deidentify.treatment import Treatment
from synthetic_data.deidentify.words import (
    COLUMNS,
    HEADINGS,
    KEPT,
    LEVELS,
    LIMITS,
    NOTHING,
    SENTENCES,
    STEPS,
    Language,
)


def markdown(report: Report, language: Language) -> str:
    """Write the report: what was done, k-anonymity, l-diversity, what to coarsen next, and its limits."""
    parts = [
        f"# {HEADINGS['title'][language]}",
        _section("done", _what_was_done(report, language), language),
        _section("anonymity", _anonymity(report, language), language),
        _section("diversity", _diversity(report, language), language),
        _section("options", _options(report, language), language),
        _section("limits", _list(limit[language] for limit in LIMITS), language),
    ]
    return "\n\n".join(parts) + "\n"


def _section(name: str, text: str, language: Language) -> str:
    return f"## {HEADINGS[name][language]}\n\n{text}"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(name: str, rows: Sequence[Sequence[object]], language: Language) -> str:
    heads = [head[language] for head in COLUMNS[name]]
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(cell: object) -> str:
    return str(cell).replace("|", "\\|")


def _say(key: str, language: Language, **data: object) -> str:
    return SENTENCES[key][language].format(**data)


def _what_was_done(report: Report, language: Language) -> str:
    level, people = LEVELS[report.level][language], report.risk.anonymity.people
    lines = [_say("level", language, level=level, people=people)]
    lines += [_treatment(one, report, language) for one in report.treatments]
    if report.births:
        lines.append(_births(report, language))
    if report.files_left:
        lines.append(_say("files", language, files=report.files_left))
    if report.sheets_left:
        lines.append(_say("sheets", language))
    return _list(lines)


def _treatment(one: Treatment, report: Report, language: Language) -> str:
    data = dict(one.data)
    if "kind" in data:
        data["kind"] = IDENTITY[data["kind"]][language]
    if "reason" in data:
        data["reason"] = REASONS[data["reason"]][language]
    if "others" in data:
        data["others"] = _quoted(data["others"], language)
    place = one.column if len(report.rows) == 1 else f"{one.table}.{one.column}"
    return _say(one.done, language, place=f"`{place}`", threshold=report.threshold, **data)


def _quoted(others: str | None, language: Language) -> str:
    if others is None:
        return NOTHING[language]
    return f"“{others}”" if language == "zh" else f"'{others}'"


def _births(report: Report, language: Language) -> str:
    births = report.births
    if births is None:
        return ""
    if births.kept != "rules":
        return _say("births_coarser", language, kept=KEPT[births.kept][language], changed=births.changed)
    first, last = births.rounds
    comma = "、" if language == "zh" else ", "
    key = "births_round" if first == last else "births_rules"
    return _say(key, language, first=first, last=last, rulebooks=comma.join(births.rulebooks))


def _anonymity(report: Report, language: Language) -> str:
    risk = report.risk
    names = ("、" if language == "zh" else ", ").join(risk.quasi)
    quasi = _say("quasi", language, quasi=names) if risk.quasi else _say("no_quasi", language)
    found = _counted("k", risk.anonymity, risk.threshold, language)
    return _list([quasi, found, _counted("whole", risk.whole, risk.threshold, language)])


def _counted(key: str, counted: Anonymity, threshold: int, language: Language) -> str:
    return _say(
        key,
        language,
        k=counted.k,
        classes=counted.classes,
        unique=counted.unique,
        unique_share=_share(counted.unique, counted),
        few=counted.few,
        few_share=_share(counted.few, counted),
        threshold=threshold,
    )


def _share(part: int, counted: Anonymity) -> str:
    return f"{100 * part / max(counted.people, 1):.2f}%"


def _diversity(report: Report, language: Language) -> str:
    if not report.risk.diversity:
        return _say("no_sensitive", language)
    return _table("diversity", [_diverse(one) for one in report.risk.diversity], language)


def _diverse(one: Diversity) -> list[object]:
    return [f"`{one.item}`", one.values, one.least, one.alike, one.exposed]


def _options(report: Report, language: Language) -> str:
    if not report.risk.options:
        return _say("no_quasi", language)
    ranked = _say("options", language, threshold=report.risk.threshold)
    return f"{ranked}\n\n" + _table(
        "options", [_option(option, language) for option in report.risk.options], language
    )


def _option(option: Option, language: Language) -> list[object]:
    coarser = option.coarser
    then = (coarser.unique, coarser.few) if coarser else ("-", "-")
    scores = SENTENCES["loses" if option.scores else "keeps"][language]
    out = option.left_out
    step = STEPS[option.how][language]
    return [f"`{option.column}`", option.values, step, *then, out.unique, out.few, scores]
