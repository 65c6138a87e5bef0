"""The months and records behind an applicant's facts, where these were counted from records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.histories import spells
from scoring.rulebook import Language
from scoring.scored import Scored


@dataclass(frozen=True)
class Spell:
    """Hold an unbroken run of months that count, both ends included."""

    first: dt.date
    last: dt.date
    months: int

    def text(self, language: Language) -> str:
        """Return the run in words, with its number of months.

        >>> Spell(dt.date(2018, 11, 1), dt.date(2019, 1, 1), 3).text("zh")
        '2018年11月至2019年1月（3个月）'
        """
        form = "{0.year}年{0.month}月" if language == "zh" else "{0:%Y-%m}"
        ends = [form.format(self.first), form.format(self.last)][: 1 if self.months == 1 else 2]
        run = ("至" if language == "zh" else " to ").join(ends)
        return f"{run}（{self.months}个月）" if language == "zh" else f"{run} ({self.months})"


Spells = Mapping[str, tuple[Spell, ...]]
"""By fact, the months that count."""
Records = Mapping[str, tuple[Mapping[str, Any], ...]]
"""By table, the records as they stand."""

_TABLES: Mapping[str, tuple[str, ...]] = {
    "education": ("degrees",),
    "innovation": ("awards", "equity"),
    "tax": ("income_tax", "penalties"),
    "honours": ("honours",),
    "law_abiding": ("penalties",),
}
_PENALTIES = {"tax": "tax_fine", "law_abiding": "detention"}


@dataclass(frozen=True)
class Evidence:
    """Hold what stands behind an applicant's facts; nothing where the facts came without records."""

    spells: Spells
    records: Records

    @classmethod
    def of(cls, scored: Scored, row: int) -> Evidence:
        """Take the evidence of the applicant in a row."""
        cohort = scored.cohort
        if not cohort.tables:
            return cls({}, {})
        own, name = cohort.records_of(row), cohort.frame[row, "applicant_id"]
        found = spells(own, name, rules=scored.rules, round_year=scored.round_year)
        months: dict[str, tuple[Spell, ...]] = {}
        for fact, first, last, count in found.iter_rows():
            months[fact] = (*months.get(fact, ()), Spell(first, last, count))
        rows = {table: tuple(told.drop("applicant_id").iter_rows(named=True)) for table, told in own.items()}
        return cls(months, rows)

    def months_of(self, facts: Iterable[str]) -> Spells:
        """Return the months behind some facts, where there are any."""
        return {fact: self.spells[fact] for fact in facts if fact in self.spells}

    def records_of(self, column: str) -> Records:
        """Return the records that one of the ten columns looks at besides months, counted or not."""
        kind = _PENALTIES.get(column)
        looked_at = {
            table: tuple(one for one in self.records.get(table, ()) if one.get("kind", kind) == kind)
            for table in _TABLES.get(column, ())
        }
        return {table: rows for table, rows in looked_at.items() if rows}
