"""Terms: one item of the rulebook in many draws, as tables over the codes of rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.engine.scores import Real, Some, Whole

_MOST_TOLD = 3
"""Directions in which the tables of one term are told apart."""

_MOST_CODES = 128
"""Codes that are told apart, the commonest of them."""

_LEAST_TOLD = 0.03
"""Directions less than so much of the widest are left out."""

_MOST_SUMS = 1 << 17
"""Entries of the tables of a sum."""

_MOST_COUNTED = 1 << 22
"""Codes up to it are counted to see which occur; larger ones are sorted."""


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
        return replace(self, codes=self.codes.take(rows))

    def some(self, draws: Some) -> Term:
        """Return the term in some of the draws."""
        return replace(self, variant=self.variant[draws], weight=self.weight[draws])

    @cached_property
    def fixed(self) -> bool:
        """Whether all draws have the same table and weight."""
        return bool((self.variant == self.variant[0]).all() and (self.weight == self.weight[0]).all())

    @cached_property
    def highest(self) -> int:
        """No points are larger in size, in hundredths."""
        return int(np.abs(self.tables).max(initial=0))

    @cached_property
    def largest(self) -> int:
        """No weighted points of any draw are larger in size."""
        return self.highest * int(self.weight.max(initial=0))

    def table(self, draw: int) -> Whole:
        """Return the weighted table of one draw, int64 [codes], in 1/102,400 of a point."""
        table: Whole = self.tables[self.variant[draw]] * np.int64(self.weight[draw])
        return table

    def mean(self, draws: Some) -> Real:
        """Return the mean weighted table of some draws, float64 [codes]."""
        share = np.bincount(self.variant[draws], weights=self.weight[draws], minlength=len(self.tables))
        mean: Real = share @ self.tables / len(draws)
        return mean

    def states(self, draws: Some) -> tuple[int, Some]:
        """Return how many different weighted tables some draws have, and the number of each draw's."""
        pairs = self.variant[draws].astype(np.int64) << 32 | self.weight[draws]
        different, of_draw = np.unique(pairs, return_inverse=True)
        return len(different), of_draw

    def with_other(self, other: Term) -> Term | None:
        """Return the sum of two terms; only pairs of codes that occur are codes.

        None if draws that share a weighted table of one do not all share one of the other, or if the tables
        of the sum are so large that two look-ups cost less.
        """
        if not np.array_equal(self.weight, other.weight) or not np.array_equal(self._number, other._number):
            return None
        length = other.tables.shape[1]
        pairs, codes = renumbered(self.codes.astype(np.intp) * length + other.codes)
        first = np.unique(self._number, return_index=True)[1]
        if len(first) * len(pairs) > _MOST_SUMS:
            return None
        own, others = np.divmod(pairs, length)
        mine, theirs = self.tables[self.variant[first]], other.tables[other.variant[first]]
        tables = mine[:, own].astype(np.int32) + theirs[:, others]
        return replace(self, codes=codes, tables=tables, variant=self._number)

    @cached_property
    def _number(self) -> Some:
        """The variant of each draw, numbered by the draw that has it first, intp [draws]."""
        _, first, of_draw = np.unique(self.variant, return_index=True, return_inverse=True)
        number: Some = np.argsort(np.argsort(first))[of_draw]
        return number

    def told(self, share: Real) -> Real:
        """Return what tells draws apart by how far they move the codes apart, float64 [draws, any].

        Principal components of the tables, of the commonest codes; they have these shares, float64 [codes].
        """
        used = np.argsort(-share)[: min(_MOST_CODES, np.count_nonzero(share))]
        tables, share = self.tables[:, used], share[used]
        apart = (tables - (tables @ share)[:, None]) * np.sqrt(share)
        mean = apart.mean(axis=0)
        variance, directions = np.linalg.eigh((apart - mean).T @ (apart - mean))
        told = variance > max(_LEAST_TOLD**2 * variance[-1], 1e-6)
        told[:-_MOST_TOLD] = False
        moved = ((apart - mean) @ directions[:, told])[self.variant] * self.weight[:, None]
        return np.column_stack([moved, self.weight * np.sqrt(mean @ mean)])


def renumbered(codes: Some, length: int = 0) -> tuple[Some, Some]:
    """Return the codes that occur, in order, and each row's position among them, both intp.

    Args:
        codes: intp [rows], 0 or more.
        length: codes are below it, if it is given.

    """
    if int(codes.max(initial=0)) > _MOST_COUNTED:
        used, position = np.unique(codes, return_inverse=True)
        return used, position
    counts = np.bincount(codes, minlength=length)
    used = np.flatnonzero(counts)
    number = np.zeros(len(counts), dtype=np.intp)
    number[used] = np.arange(len(used))
    return used, number[codes]
