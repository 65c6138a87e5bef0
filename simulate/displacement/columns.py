"""Points by indicator under part of a reform: each column is made once for all subsets that share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring import Cohort, Rulebook
from scoring.indicators import codes_of, indicators_of, tables_of
from scoring.indicators.eligibility import reasons
from scoring.indicators.facts import Extent, Facts, as_integers
from scoring.indicators.item import Law
from scoring.points import REASONS, TOTAL
from scoring.reform import Reform
from scoring.scored import points_of
from simulate.displacement.parts import Parts

Whole = NDArray[np.int32]
Flags = NDArray[np.bool_]

_READ_BY_ALL = ("rounding",)
_READS_TOO = {"education": ("employment",)}
"""Sections that an indicator reads beside its own: the study deduction takes employment's rate back."""

_SETTLE_FACTS = ("education", "employment", "innovation", *_READ_BY_ALL)
"""Sections that settle, where facts are counted from records, which credential and which award count."""


@dataclass(frozen=True)
class Coalitions:
    """Score a cohort under every subset of a reform's parts; a subset is a number whose bits are the parts.

    Attributes:
        cohort: the people.
        reform: the whole of the changes.
        parts: its parts, the lowest bit first.

    """

    cohort: Cohort
    reform: Reform
    parts: Parts
    _rules: dict[int, Rulebook] = field(default_factory=dict, repr=False)
    _counted: dict[int, Counted] = field(default_factory=dict, repr=False)

    def rules(self, subset: int) -> Rulebook:
        """Return the baseline with some parts of the reform."""
        if subset not in self._rules:
            paths = [path for one in self._sections(subset) for path in self.reform.parts[one]]
            self._rules[subset] = self.reform.baseline.changed(
                {path: self.reform.changes[path] for path in paths}
            )
        return self._rules[subset]

    def totals(self, subset: int) -> tuple[Whole, Flags]:
        """Return everyone's total in hundredths, and who is eligible, under some parts of the reform."""
        if self.cohort.level == "points":
            points = points_of(self.cohort, self.rules(subset))
            return points.get_column(TOTAL).to_numpy(), points.get_column(REASONS).to_numpy() == 0
        counted = self._facts(subset)
        total = counted.fixed
        for indicator in counted.moving:
            own = subset & counted.read_by[indicator]
            total = total + counted.column(indicator, own, self.rules(own))
        own = subset & counted.read_by["eligibility"]
        return total, counted.eligible(own, self.rules(own))

    def _facts(self, subset: int) -> Counted:
        """Return the facts as they are counted under some parts; facts that came as such stay."""
        own = subset & self._bits(_SETTLE_FACTS if self.cohort.tables else (), histories=True)
        if own not in self._counted:
            cohort = self.cohort.under(self.rules(own))
            indicators = (*indicators_of(self.reform.baseline), *self.reform.rules.added)
            read_by = {
                name: self._bits((name, *_READ_BY_ALL, *_READS_TOO.get(name, ()))) for name in indicators
            }
            read_by["eligibility"] = self._bits(("eligibility",))
            self._counted[own] = Counted.of(cohort, self.reform.baseline, read_by)
        return self._counted[own]

    def _sections(self, subset: int) -> list[str]:
        parts = self.parts.values()
        return [one for bit, sections in enumerate(parts) if subset >> bit & 1 for one in sections]

    def _bits(self, sections: tuple[str, ...], *, histories: bool = False) -> int:
        """Return the parts with some sections of the law, and those that change what facts are counted by."""
        read = {*sections, *(self.reform.spent if histories else ())}
        parts = self.parts.values()
        return sum(1 << bit for bit, own in enumerate(parts) if not read.isdisjoint(own))


@dataclass(frozen=True)
class Counted:
    """Hold the facts of a cohort, and the columns that were made of them.

    Attributes:
        facts: columns of small integers.
        extent: how far they reach.
        baseline: the rules without any part of the reform.
        round_year: the year of the round.
        read_by: for each indicator, and eligibility, the parts that it hangs on, as bits.

    """

    facts: Facts
    extent: Extent
    baseline: Rulebook
    round_year: int
    read_by: Mapping[str, int]
    _columns: dict[tuple[str, int], Whole] = field(default_factory=dict)
    _eligible: dict[int, Flags] = field(default_factory=dict)

    @classmethod
    def of(cls, cohort: Cohort, baseline: Rulebook, read_by: Mapping[str, int]) -> Counted:
        """Take the facts of a cohort."""
        frame, measures = cohort.frame, cohort.measures
        extent = Extent.of(frame, measures)
        return cls(as_integers(frame, measures), extent, baseline, cohort.round_year, read_by)

    @property
    def moving(self) -> list[str]:
        """The indicators that hang on some part of the reform."""
        return [name for name, bits in self.read_by.items() if bits and name != "eligibility"]

    @cached_property
    def fixed(self) -> Whole:
        """The points of all other indicators, int32 [people], hundredths."""
        total = np.zeros(len(self.facts["birth_date"]), dtype=np.int32)
        for name, bits in self.read_by.items():
            if not bits and name != "eligibility":
                total += self.column(name, 0, self.baseline)
        return total

    def column(self, indicator: str, subset: int, rules: Rulebook) -> Whole:
        """Return one indicator's points under rules, int32 [people]; nothing if they do not have it."""
        if (indicator, subset) not in self._columns:
            points = np.zeros(len(self.facts["birth_date"]), dtype=np.int32)
            if indicator in indicators_of(rules):
                law = Law(rules, self.round_year, self.extent)
                tables = tables_of(indicator, law)
                for item, codes in codes_of(indicator, self.facts, law).items():
                    points += tables[item].take(codes)
            self._columns[indicator, subset] = points
        return self._columns[indicator, subset]

    def eligible(self, subset: int, rules: Rulebook) -> Flags:
        """Return who is eligible under rules, bool [people]."""
        if subset not in self._eligible:
            self._eligible[subset] = reasons(self.facts, rules, self.round_year) == 0
        return self._eligible[subset]
