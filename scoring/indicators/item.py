"""An item: points as a table over a small code.

Every indicator is one or more items. An item's *code* is a small integer an applicant has (months, a tier, a
count); its *table* gives the points of every code. Codes hang on facts, tables on the values of the rulebook:
a changed rule rebuilds tables of some hundred entries and leaves the codes alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.indicators.facts import Column, Extent
from scoring.rounding import Hundredths, Rounding
from scoring.rulebook import Rulebook


@dataclass(frozen=True)
class Law:
    """Hold what tables are built from: a rulebook, the round, and how far the cohort's codes reach."""

    rules: Rulebook
    round_year: int
    extent: Extent

    @property
    def rounding(self) -> Rounding:
        """The rulebook's rounding of every item."""
        return Rounding.of(self.rules)

    def by_month(self, points_per_year: int) -> Hundredths:
        """Return the points of 0, 1, 2 ... months at a yearly rate in hundredths, pro rata by month."""
        return self.rounding.quotient(points_per_year * np.arange(self.extent.months + 1, dtype=np.int64), 12)

    def by_count(self, points_each: int) -> Hundredths:
        """Return the points of 0, 1, 2 ... records at so many hundredths each."""
        return self.rounding.whole(points_each * np.arange(self.extent.counts + 1, dtype=np.int64))


@dataclass(frozen=True)
class Lookup:
    """Look the points of codes up in an item's table.

    A table that begins at 0 and goes in equal steps is a product, which takes a tenth of the time.
    """

    table: NDArray[np.integer]

    @cached_property
    def _step(self) -> np.integer | None:
        step = self.table[min(1, len(self.table) - 1)]
        return step if np.array_equal(self.table, np.arange(len(self.table)) * step) else None

    def points(self, codes: Column) -> NDArray[np.integer]:
        """Return the points of each code."""
        if self._step is None:
            return self.table.take(codes)
        return np.multiply(codes, self._step, dtype=self.table.dtype, casting="same_kind")
