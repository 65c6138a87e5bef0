"""Tell a cohort's level by its columns, and settle which column is which."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from scoring.cohort.contract import Level, Table
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_points import POINTS
from scoring.cohort.errors import CohortError
from scoring.cohort.identity import shown, words_of
from scoring.cohort.violations import Violation, error
from scoring.nearest import nearest

TABLES: dict[Level, Table] = {"facts": FACTS, "points": POINTS}
# The column that tells the level.
TELLING: dict[Level, str] = {"facts": "insured_months", "points": "total"}
# As like as this, an unknown name is taken for a slip of the pen.
SLIP = 0.88


def level_of(names: Sequence[str]) -> Level:
    """Tell the level: ``total`` means points, ``insured_months`` facts.

    Raises:
        CohortError: both are there, or neither and nothing else of the contract.

    """
    told: list[Level] = [level for level, column in TELLING.items() if column in names]
    if len(told) > 1:
        raise CohortError([error("two_levels", columns=tuple(TELLING.values()))])
    if told:
        return told[0]
    likest = max(TABLES, key=lambda level: _overlap(names, TABLES[level]))
    if not _overlap(names, TABLES[likest]):
        raise CohortError(
            [error("no_level", found=tuple(map(shown, names[:5])), more=max(len(names) - 5, 0))]
        )
    return likest


def column_errors(names: Sequence[str], table: Table) -> list[Violation]:
    """List the columns that are missing, with what they may be called here, and slips of optional ones."""
    unknown = [name for name in names if name not in table.names]
    missing = [name for name in table.required if name not in names]
    errors = [
        error("missing_column", table=table.name, column=name, nearest=_nearest(name, unknown))
        for name in missing
    ]
    taken = {violation.data["nearest"] for violation in errors}
    optional = [name for name in table.names if name not in names and name not in table.required]
    slips = ((name, _slip(name, optional)) for name in unknown if name not in taken)
    errors += [
        error("misspelt_column", table=table.name, column=name, nearest=meant)
        for name, meant in slips
        if meant
    ]
    return errors


def _overlap(names: Sequence[str], table: Table) -> int:
    return sum(words_of(name) in table.names or _slip(name, table.names) is not None for name in names)


def _nearest(name: str, unknown: Sequence[str]) -> str | None:
    by_words = {words_of(other): other for other in unknown}
    return by_words.get(name) or nearest(name, unknown)


def _slip(name: str, known: Sequence[str]) -> str | None:
    """Return the known name that an unknown one is all but equal to."""
    words = words_of(name)
    likeness = {other: SequenceMatcher(None, words, other).ratio() for other in known}
    likest = max(likeness, key=likeness.__getitem__, default=None)
    return likest if likest and likeness[likest] >= SLIP else None
