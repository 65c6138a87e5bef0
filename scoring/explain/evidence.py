"""The months behind an applicant's facts, where these were counted from records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

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


def spells_of(scored: Scored, row: int) -> Spells:
    """Return by fact the months that count for the applicant in a row; nothing where there are no records."""
    cohort = scored.cohort
    if not cohort.tables:
        return {}
    found = spells(
        cohort.records_of(row),
        cohort.frame[row, "applicant_id"],
        rules=scored.rules,
        round_year=scored.round_year,
    )
    by_fact: dict[str, tuple[Spell, ...]] = {}
    for fact, first, last, months in found.iter_rows():
        by_fact[fact] = (*by_fact.get(fact, ()), Spell(first, last, months))
    return by_fact
