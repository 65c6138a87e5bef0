"""Annexes 3 and 4 as tables: the awards of innovation and the honours, in the law's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from scoring.errors import RulebookError
from scoring.nearest import did_you_mean
from scoring.rulebook.schema import LEVELS, Parameter
from scoring.rulebook.values import parse_value

Row = TypeVar("Row")

_POINTS = Parameter("points", "points", Decimal(0), Decimal(1000))
_RANGES = {"completers": ("from", "to"), "financing": ("from_yuan", "below_yuan")}


@dataclass(frozen=True)
class Range:
    """Hold whole numbers from *first* to *last*, both included; None is no upper end."""

    first: int
    last: int | None = None


@dataclass(frozen=True, kw_only=True)
class Award:
    """One line of Annex 3: who gets how many points for which award.

    ``completers`` are the ranks of completers it holds for, ``financing`` the yuan of three years from which
    (and below which) an equity tier holds, ``counts_from`` the first year of award that counts.
    """

    key: str
    part: int
    row: int
    level: str
    name: str
    name_en: str
    recipients: str
    recipients_en: str
    points: Decimal
    sentence: str
    field: str = ""
    grade: str = ""
    grade_en: str = ""
    completers: Range | None = None
    counts_from: int | None = None
    condition: str = ""
    condition_en: str = ""
    min_income_tax_yuan: int | None = None
    financing: Range | None = None
    min_share_held: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Honour:
    """One line of Annex 4: a title of honour and who confers it."""

    key: str
    row: int
    category: str
    category_en: str
    name: str
    name_en: str
    sentence: str
    conferred_by: str = ""
    conferred_by_en: str = ""
    remark: str = ""
    remark_en: str = ""


def parse_awards(data: Mapping[str, Any], file: str) -> tuple[Award, ...]:
    """Return Annex 3's awards in document order.

    Raises:
        RulebookError: an unknown or missing key, a key twice, a cell of another type, points that are no
            hundredth, or a gap or an overlap between the completers or the financing tiers of one award.

    """
    rows = _rows(data, "award", ("source", "article", "parts", "award"), file)
    awards = tuple(_award(raw, file) for raw in rows)
    _unique((award.key for award in awards), file)
    for rungs in _same_award(awards, lambda award: award.completers):
        _contiguous(rungs, "completers", file)
    for rungs in _same_award(awards, lambda award: award.financing):
        _contiguous(rungs, "yuan of financing", file, touching=True)
    return awards


def parse_honours(data: Mapping[str, Any], file: str) -> tuple[Honour, ...]:
    """Return Annex 4's honours in document order.

    Raises:
        RulebookError: an unknown or missing key, a key twice, or a cell of another type.

    """
    rows = _rows(data, "honour", ("source", "article", "honour"), file)
    honours = tuple(_record(Honour, raw, file) for raw in rows)
    _unique((honour.key for honour in honours), file)
    return honours


def _rows(data: Mapping[str, Any], name: str, known: tuple[str, ...], file: str) -> list[Mapping[str, Any]]:
    for key in data:
        if key not in known:
            raise RulebookError(f"{file}: unknown key {key!r}{did_you_mean(key, known)}")
    rows = data.get(name, [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, Mapping) for row in rows):
        raise RulebookError(f"{file}: there is no row; write [[{name}]]")
    return rows


def _award(raw: Mapping[str, Any], file: str) -> Award:
    where = f"{file}: {_name(raw)}"
    try:
        ranges = {name: _range(raw[name], *ends) for name, ends in _RANGES.items() if name in raw}
        points = {"points": parse_value(raw["points"], _POINTS)} if "points" in raw else {}
    except RulebookError as error:
        raise RulebookError(f"{where}: {error}") from None
    award = _record(Award, {**raw, **ranges, **points}, file)
    if award.level not in LEVELS:
        raise RulebookError(f"{where}: level {award.level!r} is none of {', '.join(LEVELS)}")
    return award


def _range(raw: object, first: str, last: str) -> Range:
    ends = raw if isinstance(raw, Mapping) else {}
    if first not in ends or not ends.keys() <= {first, last} or {type(end) for end in ends.values()} != {int}:
        raise RulebookError(f"{raw!r} is no range; write {{ {first} = 1, {last} = 3 }}")
    if last in ends and ends[last] < ends[first]:
        raise RulebookError(f"an empty range: {first} {ends[first]} {last} {ends[last]}")
    return Range(ends[first], ends.get(last))


def _record(kind: type[Row], raw: Mapping[str, Any], file: str) -> Row:
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    where = f"{file}: {_name(raw)}"
    for key, value in raw.items():
        if key not in known:
            raise RulebookError(f"{where}: unknown key {key!r}{did_you_mean(key, known)}")
        if type(value).__name__ not in str(known[key].type).split(" | "):
            raise RulebookError(f"{where}: {key} = {value!r} is of another type than {known[key].type}")
    for key, field in known.items():
        if key not in raw and field.default is MISSING:
            raise RulebookError(f"{where}: there is no {key!r}")
    return kind(**raw)


def _name(raw: Mapping[str, Any]) -> str:
    return str(raw.get("key", "a row without key"))


def _unique(keys: Iterable[str], file: str) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise RulebookError(f"{file}: the key {key!r} stands twice")
        seen.add(key)


def _same_award(awards: tuple[Award, ...], rung: Any) -> Iterable[list[tuple[str, Range]]]:
    groups: dict[tuple[int, int, str], list[tuple[str, Range]]] = {}
    for award in awards:
        if rung(award) is not None:
            grade = award.grade if award.completers else ""
            groups.setdefault((award.part, award.row, grade), []).append((award.key, rung(award)))
    return groups.values()


def _contiguous(rungs: list[tuple[str, Range]], what: str, file: str, *, touching: bool = False) -> None:
    ordered = sorted(rungs, key=lambda rung: rung[1].first)
    for (key, low), (above, high) in pairwise(ordered):
        expected = None if low.last is None else low.last + (0 if touching else 1)
        if expected is None or high.first < expected:
            raise RulebookError(f"{file}: an overlap of {what} between {key} and {above}")
        if high.first > expected:
            raise RulebookError(f"{file}: a gap of {what} between {key} and {above}")
