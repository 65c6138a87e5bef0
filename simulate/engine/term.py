"""Terms: one item of the rulebook in many draws, as tables over the codes of rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.engine.scores import Real, Some, Whole

_HALF = 1 << 30
"""Weighted points below it fit 32 bits, also their differences."""


@dataclass(frozen=True)
class Term:
    """One item of the rulebook in many draws.

    Attributes:
        codes: integers [rows], each row's code.
        tables: integers [variants, codes], hundredths of a point.
        variant: intp [draws], the table of each draw.
        weight: int32 [draws], in 1/1024.

    """

    codes: NDArray[np.integer]
    tables: NDArray[np.integer]
    variant: Some
    weight: NDArray[np.int32]

    def narrowed(self, rows: Some) -> Term:
        """Return the term of some of the rows."""
        return replace(self, codes=self.codes[rows])

    def condensed(self) -> Term:
        """Return the term without idle codes; codes of the same points in all draws become one."""
        used = np.flatnonzero(np.bincount(self.codes, minlength=self.tables.shape[1]))
        tables, position = np.unique(self.tables[:, used], axis=1, return_inverse=True)
        number = np.zeros(self.tables.shape[1], dtype=np.intp)
        number[used] = position.reshape(-1)
        return replace(self, codes=number[self.codes], tables=tables)

    def some(self, draws: Some) -> Term:
        """Return the term in some of the draws."""
        return replace(self, variant=self.variant[draws], weight=self.weight[draws])

    @cached_property
    def fixed(self) -> bool:
        """Whether all draws have the same table and weight."""
        return bool((self.variant == self.variant[0]).all() and (self.weight == self.weight[0]).all())

    def table(self, draw: int) -> Whole:
        """Return the weighted table of one draw, int64 [codes], in 1/102,400 of a point."""
        table: Whole = self.tables[self.variant[draw]] * np.int64(self.weight[draw])
        return table

    def states(self) -> tuple[NDArray[np.integer], Some]:
        """Return the different weighted tables of the draws, and the one of each draw.

        Returns:
            Integers [codes, states] in 1/102,400 of a point, and intp [draws].

        """
        pairs = self.variant.astype(np.int64) << 32 | self.weight
        different, of_draw = np.unique(pairs, return_inverse=True)
        weight = different & 0xFFFFFFFF
        largest = int(np.abs(self.tables).max(initial=0)) * int(weight.max(initial=0))
        kind: type[np.integer] = np.int32 if largest < _HALF else np.int64
        tables: NDArray[np.integer] = self.tables.T[:, different >> 32].astype(kind)
        return tables * weight.astype(kind), of_draw

    def mean(self, draws: Some) -> Real:
        """Return the mean weighted table of some draws, float64 [codes]."""
        share = np.bincount(self.variant[draws], weights=self.weight[draws], minlength=len(self.tables))
        mean: Real = share @ self.tables / len(draws)
        return mean

    def coordinate(self) -> Real:
        """Return how far each draw's table moves the rows apart, float64 [draws]."""
        frequency = np.bincount(self.codes, minlength=self.tables.shape[1]) / len(self.codes)
        mean = self.mean(np.arange(len(self.variant)))
        apart = mean - frequency @ mean
        scale = np.sqrt(frequency @ apart**2)
        if not scale:
            return np.zeros(len(self.variant))
        moved: Real = (self.tables @ (frequency * apart / scale))[self.variant] * self.weight
        return moved
