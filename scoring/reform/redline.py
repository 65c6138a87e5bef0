"""A reform as amended articles, as an office would write to have the rules changed, with before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.explain.words import article, numeral
from scoring.reform.labels import label, section, value
from scoring.reform.marking import Marked, marked, phrases
from scoring.reform.reform import Reform
from scoring.rulebook import INDICATORS, Language, Rulebook, Step
from scoring.rulebook.load import NOT_HELD
from scoring.rulebook.paths import added_names
from scoring.rulebook.values import Tier
from scoring.rulebook.wording import indicator_sentence, steps, tiers

_LAST = 99


@dataclass(frozen=True)
class Amendment:
    """Hold one amended place of the law.

    Attributes:
        article: where it stands, like ``15(1)`` or ``annex-2``.
        what: what is amended, a name of the value or of the indicator.
        before: the value as it was, ``—`` if there was none; ``after`` as it will be.
        after: likewise.
        clause: the sentence that amends it.
        pieces: the law's own sentence, in Chinese, with old and new marked; empty where it is not held or
            does not tell the value.
        source: of the sentence, a key of the register of sources; empty where there are no pieces.

    """

    article: str
    what: str
    before: str
    after: str
    clause: str
    pieces: Marked = ()
    source: str = ""


def redline(reform: Reform, language: Language = "zh") -> tuple[Amendment, ...]:
    """Return a reform as amendments, in the order of the articles."""
    found = [*_removed(reform, language), *_added(reform, language), *_changed(reform, language)]
    return tuple(sorted(found, key=_place))


def numbered(amendments: tuple[Amendment, ...], language: Language) -> list[str]:
    """Return the clauses as numbered lines."""
    if language == "zh":
        return [f"{numeral(number)}、{one.clause}" for number, one in enumerate(amendments, start=1)]
    return [f"{number}. {one.clause}" for number, one in enumerate(amendments, start=1)]


def _place(one: Amendment) -> tuple[int, int]:
    if one.article.startswith("annex-"):
        return _LAST, int(one.article.removeprefix("annex-"))
    head, _, item = one.article.removesuffix(")").partition("(")
    return int(head or _LAST), int(item or _LAST)


def _changed(reform: Reform, language: Language) -> Iterator[Amendment]:
    """Yield changed values, those of one sentence together where it tells them."""
    whole = tuple(f"added.{name}." for name in {*_new(reform), *_gone(reform)})
    order = {path: place for place, path in enumerate((*reform.baseline, *reform.rules))}
    rest = [path for path in reform.changes if not path.endswith(".removed") and not path.startswith(whole)]
    sentences: dict[tuple[str, str], list[str]] = {}
    for path in sorted(rest, key=order.__getitem__):
        cited = (reform.baseline if path in reform.baseline else reform.rules).value(path).citation
        sentences.setdefault((cited.article, cited.sentence), []).append(path)
    for (where, _), paths in sentences.items():
        pieces, told = marked(paths, reform)
        if told:
            yield _rephrased(told, pieces, reform, language)
        for path in paths:
            if path not in told:
                yield _revalued(where, path, reform, language)


def _rephrased(paths: tuple[str, ...], pieces: Marked, reform: Reform, language: Language) -> Amendment:
    what, before, after = _told(paths, reform, language)
    cited = reform.baseline.value(paths[0]).citation
    where = cited.article
    old, new = phrases(pieces)
    if language == "zh":
        clause = f"将{article(where, 'zh')}中的“{old}”修改为“{new}”。"
    else:
        each = (_told((path,), reform, "en") for path in paths)
        clause = (
            f"{article(where, 'en')}, {'; '.join(f'{one}: {was} becomes {now}' for one, was, now in each)}."
        )
    return Amendment(where, what, before, after, clause, pieces, cited.source)


def _revalued(where: str, path: str, reform: Reform, language: Language) -> Amendment:
    what, before, after = _told((path,), reform, language)
    zh, place = language == "zh", article(where, language)
    if reform.changes[path] is None:
        clause = (
            f"删去{place}中的{what}（原为{before}）。" if zh else f"{place}, {what}: {before} is deleted."
        )
    elif path not in reform.baseline:
        clause = f"在{place}中增加{what}，为{after}。" if zh else f"{place}, {what}: {after} is inserted."
    elif zh and isinstance(reform.changes[path], bool):
        clause = f"{'在' if reform.changes[path] else '取消'}{place}中"
        clause += f"增加“{what}”的规定。" if reform.changes[path] else f"“{what}”的规定。"
    else:
        why = _unsaid(path, reform.baseline, language)
        clause = (
            f"将{place}中的{what}由{_quoted(before)}调整为{_quoted(after)}{why}。"
            if zh
            else f"{place}, {what}: {before} becomes {after}{why}."
        )
    return Amendment(where, what, before, after, clause)


def _quoted(text: str) -> str:
    """Return a value that is a sentence of its own in quotation marks."""
    return f"“{text}”" if "，" in text else text


def _unsaid(path: str, rules: Rulebook, language: Language) -> str:
    cited = rules.value(path).citation
    zh = language == "zh"
    if cited.confidence == "change":
        return ""
    if cited.sentence == NOT_HELD:
        return "（未持有该条现行原文）" if zh else " (the text in force is not held here)"
    return "（条文原文未直接载明该数值）" if zh else " (the text does not state the value itself)"


def _told(paths: tuple[str, ...], reform: Reform, language: Language) -> tuple[str, str, str]:
    """Return what some values are called, and what they were and will be."""
    mark = "；" if language == "zh" else "; "
    names = [label(path, _holder(path, reform), language) for path in paths]
    sides = [
        mark.join(dict.fromkeys(_shown(path, rules, language) for path in paths))
        for rules in (reform.baseline, reform.rules)
    ]
    return mark.join(names), sides[0], sides[1]


def _shown(path: str, rules: Rulebook, language: Language) -> str:
    plain = rules.get(path)
    if isinstance(plain, tuple) and plain and isinstance(plain[0], Step):
        return steps(path, plain, rules, language)
    if isinstance(plain, tuple) and plain and isinstance(plain[0], Tier):
        return tiers(rules.tiers(path), language)
    return value(path, plain, rules, language)


def _holder(path: str, reform: Reform) -> Rulebook:
    return reform.rules if path in reform.rules else reform.baseline


def _removed(reform: Reform, language: Language) -> Iterator[Amendment]:
    zh = language == "zh"
    for name in INDICATORS:
        path = f"{name}.removed"
        if path not in reform.changes:
            continue
        where, what = f"15({INDICATORS.index(name) + 1})", section(name, reform.rules, language)
        counts, not_any_more = ("计分", "不计分") if zh else ("counts", "does not count")
        with_it = (
            ("，学习期间扣除随之取消" if zh else ", and the study deduction with it")
            if name == "education"
            else ""
        )
        place = article(where, language)
        if reform.changes[path]:
            clause = (
                f"删去{place}，{what}指标不再计分{with_it}。"
                if zh
                else f"{place} is deleted: {what} counts no more{with_it}."
            )
            yield Amendment(where, what, counts, not_any_more, clause)
        else:
            clause = (
                f"恢复{place}，{what}指标重新计分。" if zh else f"{place} is restored: {what} counts again."
            )
            yield Amendment(where, what, not_any_more, counts, clause)


def _added(reform: Reform, language: Language) -> Iterator[Amendment]:
    zh = language == "zh"
    for name in _new(reform):
        item = numeral(len(INDICATORS) + reform.rules.added.index(name) + 1)
        said = indicator_sentence(name, reform.rules, language)
        clause = (
            f"在第十五条中增加一项，作为第（{item}）项：“{said}”"
            if zh
            else f"In Art. 15 an indicator is inserted: {said}"
        )
        yield Amendment("15", section(name, reform.rules, language), "—", said, clause)
    for name in _gone(reform):
        what = section(name, reform.baseline, language)
        said = indicator_sentence(name, reform.baseline, language)
        clause = f"删去第十五条中的“{what}”指标。" if zh else f"In Art. 15 the indicator {what} is deleted."
        yield Amendment("15", what, said, "—", clause)


def _new(reform: Reform) -> list[str]:
    return [name for name in added_names(reform.changes) if name not in reform.baseline.added]


def _gone(reform: Reform) -> list[str]:
    return [name for name in reform.baseline.added if name not in reform.rules.added]
