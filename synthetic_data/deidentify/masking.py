"""Say what the door found without a personal value: rows by number, values masked, two lines at most."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from scoring.cohort.identity import masked, shown, tidy
from scoring.cohort.violations import Place, Violation
from scoring.cohort.words import TABLES, sentence

MOST_COLUMNS = 6
NAMES = frozenset(name for table in TABLES.values() for name in table.names)


def masked_lines(violations: Iterable[Violation]) -> str:
    """Write the first error as a sentence, and in a second line where the others are."""
    errors: dict[Place, Violation] = {}
    for violation in violations:
        if violation.severity == "error":
            errors.setdefault(violation.place, violation)
    first, *others = errors.values()
    table = f"{first.table}: " if first.table else ""
    line = table + sentence(without_values(first), "en")
    if first.row is not None and first.count > 1:
        line += f" (so in {first.count} rows)"
    if not others:
        return line
    places = [_place(violation) for violation in others[:MOST_COLUMNS]]
    more = len(others) - len(places)
    return f"{line}\nAlso: {'; '.join(places)}{f'; and {more} more' if more else ''}"


def without_values(violation: Violation) -> Violation:
    """Mask the value of a violation, and all else in it that may be personal."""
    value = None if violation.value is None else masked(violation.value)
    data = {name: one if name == "path" else _plain(one) for name, one in violation.data.items()}
    column = violation.column and _unless_personal(violation.column)
    return replace(violation, value=value, column=column, data=data)


def heading(name: str) -> str:
    """Write the name of a column, masked where numbers in it look like identity."""
    return masked(name) if re.search(r"@|[0-9]{7}", name) else tidy(name)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    return _unless_personal(value) if isinstance(value, str) else value


def _unless_personal(name: str) -> str:
    """Mask what may be a person in place of a column's name, as where a file has no header."""
    return name if name in NAMES else shown(name)


def _place(violation: Violation) -> str:
    table = f"{violation.table} " if violation.table else ""
    column = _unless_personal(violation.column or "")
    rule = violation.rule.replace("_", " ")
    if violation.row is None:
        return f"{table}{column} ({rule})"
    rows = "row" if violation.count == 1 else f"{violation.count} rows, first"
    return f"{table}{column}, {rows} {violation.row} ({rule})"
