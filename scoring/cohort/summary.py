"""What the door found, rule by rule: how often each was broken, and one example each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoring.cohort.language import Language
from scoring.cohort.violations import Place, Severity, Violation
from scoring.cohort.words import SEVERITY

HEADINGS: dict[Language, str] = {"zh": "按规则汇总：", "en": "By rule:"}


@dataclass(frozen=True)
class Count:
    """Say how often one rule was broken in one column; a finding about a whole column or file counts once."""

    severity: Severity
    rule: str
    table: str | None
    column: str | None
    count: int

    @property
    def where(self) -> str:
        """Table and column."""
        return ".".join(name for name in (self.table, self.column) if name)


def firsts(found: Iterable[Violation], number: int = 1) -> list[Violation]:
    """Return the first violations of each rule in each column, as many as *number*."""
    listed: dict[Place, int] = {}
    kept = []
    for violation in found:
        listed[violation.place] = listed.get(violation.place, 0) + 1
        if listed[violation.place] <= number:
            kept.append(violation)
    return kept


def by_rule(found: Iterable[Violation]) -> list[Count]:
    """Count violations by rule and column, in their order."""
    return [Count(one.severity, one.rule, one.table, one.column, one.count) for one in firsts(found)]


def by_rule_lines(found: Sequence[Violation], language: Language) -> list[str]:
    """Write the counts as a table of plain text; nothing where there are fewer than two."""
    counts = by_rule(found)
    if len(counts) < 2:
        return []
    rows = [(SEVERITY[one.severity][language], one.where, one.rule, str(one.count)) for one in counts]
    where, rule, number = (max(len(row[place]) for row in rows) for place in (1, 2, 3))
    word = max(len(row[0]) for row in rows)
    return [
        HEADINGS[language],
        *(f"  {a:<{word}}  {b:<{where}}  {c:<{rule}}  {d:>{number}}" for a, b, c, d in rows),
    ]
