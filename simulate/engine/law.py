"""The law in many draws: codes, tables and conditions, each made once for all draws that share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring import Rulebook
from scoring.indicators import codes_of, indicators_of, tables_of
from scoring.indicators.eligibility import REASONS, reasons
from scoring.indicators.facts import Column, Extent, Facts, as_integers
from scoring.indicators.item import Law
from scoring.rounding import Hundredths
from scoring.rulebook import INDICATORS
from simulate.engine.changes import Changed
from simulate.engine.draws import UNIT
from simulate.engine.points import alike
from simulate.engine.presence import Condition
from simulate.engine.rows import Kinds
from simulate.engine.scores import Some
from simulate.engine.tabled import Tabled
from simulate.engine.term import Term

_ITEMS = {
    "employment": ("employment", ("employment.points_per_year",)),
    "residence.own_home": ("residence", ("residence.own_home_points_per_year",)),
    "residence.spouse_home": ("residence", ("residence.own_home_points_per_year",)),
    "residence.presumed_tenancy": ("residence", ("residence.other_home_points_per_year",)),
    "residence.leased": ("residence", ("residence.other_home_points_per_year",)),
    "residence.dormitory": ("residence", ("residence.other_home_points_per_year",)),
    "education": ("education", ("education.points.",)),
    "study_deduction": ("education", ("employment.points_per_year", "education.deduction.")),
    "job_housing_area": ("job_housing_area", ("job_housing_area.",)),
    "innovation": ("innovation", ("innovation.",)),
    "tax.years": ("tax", ("tax.years_per_award", "tax.points_per_award", "tax.max_points")),
    "tax.penalties": ("tax", ("tax.points_per_penalty",)),
    "age": ("age", ("age.ladder",)),
    "honours": ("honours", ("honours.",)),
    "law_abiding": ("law_abiding", ("law_abiding.",)),
}
"""Each item, the indicator it is part of, and the paths that its table hangs on, by their beginnings.

How items are rounded is read by all of them, whether an indicator is removed by all of its own.
"""

_CODES_READ = (
    "residence.capped_at_employment",
    "job_housing_area.home_in_december_required",
    "age.as_of",
)
"""The paths that codes hang on, of those that need no histories and belong to the nine indicators."""

_CONDITIONS_READ = {
    "residence_permit": "eligibility.residence_permit_by",
    "retirement_age": "eligibility.retirement.",
    "continuous_insurance": "eligibility.continuous_months",
    "back_payments": "eligibility.back_paid_months_allowed",
    "insurance_in_order": "eligibility.insurance_in_order_required",
    "criminal_record": "eligibility.criminal_record_excludes",
}
"""The paths that each condition of eligibility hangs on; those of Art. 17 hang on facts alone."""

_KEPT = 8
"""Ways of counting codes that are kept for later draws."""

_MANY, _FEW = 1 << 15, 250
"""Draws of a batch, and of one whose eligibility differs much from draw to draw."""


@dataclass(frozen=True)
class Coded:
    """Hold the codes of people under one way of counting them.

    Attributes:
        codes: for each item the code of each person.

    """

    codes: dict[str, Column]

    @cached_property
    def kinds(self) -> Kinds:
        """People of equal codes are of one kind."""
        return Kinds(alike(list(self.codes.values())))


@dataclass(frozen=True)
class Casebook:
    """Hold the facts of a cohort as whole numbers, and what the law makes of them.

    Attributes:
        facts: columns of small integers.
        extent: how far codes reach.
        round_year: the year of the round.
        coded: the codes that were made, by the values of the paths they hang on.

    """

    facts: Facts
    extent: Extent
    round_year: int
    coded: dict[tuple[object, ...], Coded] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: pl.DataFrame, round_year: int, measures: Sequence[str] = ()) -> Casebook:
        """Take a checked frame of facts; *measures* are further columns that indicators may look at."""
        return cls(as_integers(frame, measures), Extent.of(frame, measures), round_year)

    def batches(self, changed: Changed) -> Iterator[tuple[Coded, Some]]:
        """Yield draws, intp [any], that share the codes of people; not so many that tables fill memory."""
        variants = changed.variants(_settles_codes)
        most = _FEW if self._settings(changed) > _FEW else _MANY
        for number, rules in enumerate(variants.rules):
            draws = np.flatnonzero(variants.of_draw == number)
            coded = self.coded_under(rules)
            for start in range(0, len(draws), most):
                yield coded, draws[start : start + most]

    def tabled(self, coded: Coded, changed: Changed, weights: NDArray[np.int32]) -> Tabled:
        """Return the scorer of people in draws: every table that differs is made once.

        Args:
            coded: the people's codes.
            changed: the changes of the draws.
            weights: int32 [draws, 9], in 1/1024.

        """
        terms = []
        for item, (indicator, paths) in {**_ITEMS, **_added_items(coded.codes)}.items():
            variants = changed.variants(partial(_begins, (*paths, f"{indicator}.removed", "rounding.")))
            laws = [Law(rules, self.round_year, self.extent) for rules in variants.rules]
            tables = np.stack([tables_of(indicator, law)[item] for law in laws])
            terms.append(
                Term(coded.codes[item], _narrow(tables), variants.of_draw, _weight(weights, indicator))
            )
        return Tabled(tuple(terms))

    def conditions(self, changed: Changed) -> tuple[Condition, ...]:
        """Return the conditions of eligibility in draws: one that no draw changes is judged once."""
        failed = reasons(self.facts, changed.rules, self.round_year)
        conditions = []
        for reason, paths in _CONDITIONS_READ.items():
            belongs = partial(_begins, (paths,))
            if changed.touch(belongs):
                bit = np.uint8(1 << REASONS.index(reason))
                failed = failed & ~bit
                variants = changed.variants(belongs)
                holds = [reasons(self.facts, rules, self.round_year) & bit == 0 for rules in variants.rules]
                conditions.append(Condition(np.stack(holds), variants.of_draw))
        return (Condition((failed == 0)[None], np.zeros(len(changed.codes), dtype=np.intp)), *conditions)

    def coded_under(self, rules: Rulebook) -> Coded:
        """Return the codes of people as a rulebook counts them."""
        columns = (f"added.{name}.column" for name in rules.added)
        key = (*(rules[path] for path in _CODES_READ), *((path, rules[path]) for path in columns))
        if key not in self.coded:
            law = Law(rules, self.round_year, self.extent)
            made = [codes_of(name, self.facts, law) for name in indicators_of(rules)]
            codes = {item: code for one in made for item, code in one.items()}
            if len(self.coded) >= _KEPT:
                self.coded.clear()
            self.coded[key] = Coded(codes)
        return self.coded[key]

    def table(self, item: str, rules: Rulebook) -> Hundredths:
        """Return the points of an item's codes under a rulebook."""
        indicator = _ITEMS[item][0] if item in _ITEMS else item
        return tables_of(indicator, Law(rules, self.round_year, self.extent))[item]

    def _settings(self, changed: Changed) -> int:
        touched = [partial(_begins, (paths,)) for paths in _CONDITIONS_READ.values()]
        return max((len(changed.variants(one).rules) for one in touched if changed.touch(one)), default=1)


def items_moved_by(path: str, rules: Rulebook) -> tuple[str, ...]:
    """Return the items of a rulebook whose points hang on a path; none for what is no item's rate."""
    items = {**_ITEMS, **_added_items(rules.added)}
    return tuple(item for item, (_, paths) in items.items() if path.startswith(paths))


def _settles_codes(path: str) -> bool:
    return path in _CODES_READ or (path.startswith("added.") and path.endswith(".column"))


def _added_items(items: Iterable[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the items of added indicators as `_ITEMS` has those of the nine."""
    return {item: (item, (f"added.{item}.",)) for item in items if item not in _ITEMS}


def _weight(weights: NDArray[np.int32], indicator: str) -> NDArray[np.int32]:
    """Return an indicator's weight in each draw; one that is added has a weight of 1."""
    if indicator in INDICATORS:
        return weights[:, INDICATORS.index(indicator)]
    return np.full(len(weights), UNIT, dtype=np.int32)


def _begins(beginnings: tuple[str, ...], path: str) -> bool:
    return path.startswith(beginnings)


def _narrow(tables: NDArray[np.integer]) -> NDArray[np.integer]:
    return tables.astype(np.int16) if np.abs(tables).max() <= np.iinfo(np.int16).max else tables
