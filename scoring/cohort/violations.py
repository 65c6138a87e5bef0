"""What the door finds: one frozen value for each thing that is wrong, odd or left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

Place = tuple[str | None, str | None, str]

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Violation:
    """Say what broke which rule, and where.

    ``row`` counts the rows under the header from 1, so a CSV line or an Excel row is ``row + 1``; it is None
    where a whole column or file is meant. ``value`` is as it stands in the source, masked when it looks like
    identity. ``rule`` is a short code that stays the same between versions. ``count`` is how many rows
    break this rule in this column; only the first few are listed. ``data`` is what a sentence needs besides.
    """

    severity: Severity
    rule: str
    table: str | None = None
    column: str | None = None
    row: int | None = None
    value: str | None = None
    count: int = 1
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING, hash=False)

    @property
    def place(self) -> Place:
        """Table, column and rule: what violations are counted together by."""
        return self.table, self.column, self.rule


def error(rule: str, **where: Any) -> Violation:
    """Make an error; what is no field of a violation becomes its data."""
    return _make("error", rule, where)


def warning(rule: str, **where: Any) -> Violation:
    """Make a warning; what is no field of a violation becomes its data."""
    return _make("warning", rule, where)


def note(rule: str, **where: Any) -> Violation:
    """Make a note; what is no field of a violation becomes its data."""
    return _make("note", rule, where)


def _make(severity: Severity, rule: str, where: Mapping[str, Any]) -> Violation:
    fields = {name: where[name] for name in ("table", "column", "row", "value", "count") if name in where}
    data = {name: value for name, value in where.items() if name not in fields}
    return Violation(severity, rule, data=MappingProxyType(data), **fields)


def merged(parts: Iterable[Iterable[Violation]], *, limit: int) -> tuple[Violation, ...]:
    """Merge what was found part by part: counts of one rule in one column add up, the first rows stay.

    A finding about a whole column or file is said once. Errors come first, then warnings, then notes.
    """
    counts: dict[Place, int] = {}
    kept: dict[Place, dict[Violation, None]] = {}
    for part in parts:
        found = list(part)
        for place, count in {violation.place: violation.count for violation in found}.items():
            counts[place] = counts.get(place, 0) + count
        for violation in found:
            kept.setdefault(violation.place, {})[violation] = None
    result = [
        replace(violation, count=counts[place]) if violation.row is not None else violation
        for place, violations in kept.items()
        for violation in list(violations)[:limit]
    ]
    return tuple(sorted(result, key=lambda violation: SEVERITIES.index(violation.severity)))
