"""Find a changed value in the sentence of the law that sets it, and put the new one in its place.

A number is marked only where the sentence leaves no doubt: it stands there with its unit, or alone and once,
and no other value of the law stands in the same words unless it changes likewise.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.reform.labels import day, month_day
from scoring.reform.reform import Reform
from scoring.rulebook.load import NOT_HELD
from scoring.rulebook.paths import parameter_at
from scoring.rulebook.values import Plain
from scoring.rulebook.wording import age_sentence, number

Kind = Literal["same", "old", "new"]


_MARKS = "[，；。：]"
_ONCE = 2
"""Pieces of one change: the old and the new."""
_NOT_SAID = ("eligibility.back_paid_window_months",)
"""Values that are a reading of their sentence: the number that stands there is another's."""


@dataclass(frozen=True)
class Piece:
    """Hold a run of a sentence: what stays, what goes, or what comes."""

    kind: Kind
    text: str


Marked = tuple[Piece, ...]


def marked(paths: Iterable[str], reform: Reform) -> tuple[Marked, tuple[str, ...]]:
    """Mark the changed values of one sentence of the law in it.

    Args:
        paths: of values that the same sentence of the baseline sets.
        reform: what changes them.

    Returns:
        The sentence in pieces, empty if no value is found in it, and the paths of the values that are.

    """
    pieces: Marked = ()
    found: list[str] = []
    for path in paths:
        sentence = _sentence(path, reform)
        if sentence and any(_alike(path, other, reform) for other in found):
            found.append(path)
        elif sentence and (more := _marked(path, pieces or (Piece("same", sentence),), reform)):
            pieces = more
            found.append(path)
    return pieces, tuple(found)


def side(pieces: Marked, kind: Kind) -> str:
    """Return the sentence as it was (``old``) or as it will be (``new``)."""
    return "".join(piece.text for piece in pieces if piece.kind in ("same", kind))


def phrases(pieces: Marked) -> tuple[str, str]:
    """Return the least run of words, between marks of punctuation, that holds all changes: old and new.

    A number that changes in several places stands for itself.
    """
    changed = [number for number, piece in enumerate(pieces) if piece.kind != "same"]
    if len(changed) > _ONCE and len({pieces[number] for number in changed}) == _ONCE:
        return pieces[changed[0]].text, pieces[changed[1]].text
    first, last = changed[0], changed[-1]
    before = re.split(_MARKS, side(pieces[:first], "old"))[-1]
    after = re.split(_MARKS, side(pieces[last + 1 :], "old"))[0]
    middle = pieces[first : last + 1]
    return f"{before}{side(middle, 'old')}{after}", f"{before}{side(middle, 'new')}{after}"


def _alike(path: str, other: str, reform: Reform) -> bool:
    """Say whether two values are one number of the sentence: equal before, and equal after."""
    return all(rules[path] == rules[other] for rules in (reform.baseline, reform.rules))


def _sentence(path: str, reform: Reform) -> str:
    """Return the sentence in which a changed value may be marked; nothing where its text is not held."""
    if path not in reform.baseline or reform.changes.get(path) is None or path in _NOT_SAID:
        return ""
    citation = reform.baseline.value(path).citation
    return "" if citation.sentence == NOT_HELD or citation.confidence == "change" else citation.sentence


def _marked(path: str, pieces: Marked, reform: Reform) -> Marked:
    old, new = reform.baseline[path], reform.rules[path]
    if path == "age.ladder":
        was, now = (age_sentence(rules.ladder(path)) for rules in (reform.baseline, reform.rules))
        return _by_clause(was, now) if was == side(pieces, "old") else ()
    for before, after in _forms(path, old, new, reform):
        if found := _replaced(pieces, before, after):
            return found if _alone(path, reform) else ()
    return ()


def _forms(path: str, old: Plain, new: Plain, reform: Reform) -> Iterator[tuple[str, str]]:
    """Yield how the old value may be written, with how the new one is then written, surest first."""
    parameter = parameter_at(path, reform.baseline.award_keys)
    match old, new:
        case Decimal(), Decimal() if parameter.kind == "points":
            yield f"{number(abs(old))}分", f"{number(abs(new))}分"
            yield number(abs(old)), number(abs(new))
        case bool(), bool():
            return
        case int(), int():
            for unit in ("周岁", "个自然年度", "个月", "年"):
                yield f"{old}{unit}", f"{new}{unit}"
            if parameter.unit == "months" and old % 12 == 0:
                yield f"{old // 12}年", f"{new // 12}年" if new % 12 == 0 else f"{new}个月"
        case dt.date(), dt.date():
            yield day(old), day(new)
        case str(), str() if parameter.kind == "month_day":
            yield month_day(old), month_day(new)


def _replaced(pieces: Marked, before: str, after: str) -> Marked:
    """Replace a number with its unit wherever it stands, a bare one if it stands there once."""
    number = rf"((?<![\d.]){re.escape(before)}(?![\d.]))"
    runs = [re.split(number, piece.text) if piece.kind == "same" else [] for piece in pieces]
    times = sum(len(run) // 2 for run in runs)
    if not times or (times > 1 and before[-1].isdigit()):
        return ()
    out: list[Piece] = []
    for piece, run in zip(pieces, runs, strict=True):
        out += [] if run else [piece]
        for place, text in enumerate(run):
            out += [Piece("old", before), Piece("new", after)] if place % 2 else [Piece("same", text)]
    return tuple(piece for piece in out if piece.text)


def _alone(path: str, reform: Reform) -> bool:
    """Say whether no other value of points stands in the same words of the law, or all change likewise."""
    base = reform.baseline
    if not isinstance(base[path], Decimal):
        return True
    sentence = base.value(path).citation.sentence
    twins = [
        other
        for other, value in base.values_by_path.items()
        if value.citation.sentence == sentence and value.plain == base[path]
    ]
    return all(reform.rules.get(other) == reform.rules[path] for other in twins)


def _by_clause(old: str, new: str) -> Marked:
    """Compare two sentences clause by clause: those at the beginning and the end that agree stay."""
    before, after = (re.findall(r"[^；。]*[；。]", text) for text in (old, new))
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    pieces = (
        Piece("same", "".join(before[:first])),
        Piece("old", "".join(before[first : len(before) - last])),
        Piece("new", "".join(after[first : len(after) - last])),
        Piece("same", "".join(before[len(before) - last :])),
    )
    return tuple(piece for piece in pieces if piece.text)
