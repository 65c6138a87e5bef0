"""Scores by tables: an item's points are looked up under its code, in tables that differ between draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.engine.look import Look
from simulate.engine.scores import Some
from simulate.engine.term import Term


@dataclass(frozen=True)
class Tabled:
    """Score rows whose codes are fixed and whose tables and weights are drawn."""

    terms: tuple[Term, ...]

    def narrowed(self, rows: Some) -> Tabled:
        """Return the scorer of some of the rows."""
        return Tabled(tuple(term.narrowed(rows) for term in self.terms))

    def some(self, draws: Some) -> Tabled:
        """Return the scorer of some of the draws."""
        return Tabled(tuple(term.some(draws) for term in self.terms))

    def totals(self, draw: int) -> NDArray[np.integer]:
        """Return the totals of all rows in one draw, integers [rows], in 1/102,400 of a point."""
        totals: NDArray[np.integer] = self.look.totals(np.array([draw]))[0]
        return totals

    @cached_property
    def look(self) -> Look:
        """All rows, the terms that change together as one and those of few codes looked up together."""
        return Look.of(self.terms)
