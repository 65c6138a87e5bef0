"""Packed: several levels' people in one float, so that a product counts them all at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.scores import Floats, Some, Whole

_BITS = {np.dtype(np.float32): 24, np.dtype(np.float64): 53}
"""A kind of float holds every whole number of so many bits."""


@dataclass(frozen=True)
class Packed:
    """Hold the people of some rows, each level in bits of its own of one of few columns.

    Attributes:
        columns: [rows, columns]; any sum over rows is exact.
        place: intp [levels], the column of each level.
        shift: int64 [levels], the bits below those of the level.
        mask: int64 [levels], as many bits as the people of all rows need.

    """

    columns: Floats
    place: Some
    shift: Whole
    mask: Whole

    @classmethod
    def of(cls, members: Floats) -> Packed:
        """Pack people by level, [rows, levels]; whole numbers, whose sums the floats hold exactly."""
        totals = members.sum(axis=0).astype(np.int64)
        room = _BITS[members.dtype]
        place, shift, used = np.zeros(len(totals), dtype=np.intp), np.zeros_like(totals), list[int]()
        needed = np.array([int(total).bit_length() for total in totals])
        for level in np.argsort(-needed, kind="stable"):
            column = next((at for at, bits in enumerate(used) if bits + needed[level] <= room), len(used))
            used += [0] * (column == len(used))
            place[level], shift[level] = column, used[column]
            used[column] += int(needed[level])
        weights = np.zeros((len(totals), len(used)), dtype=members.dtype)
        weights[np.arange(len(totals)), place] = 2.0**shift
        return cls(members @ weights, place, shift, (1 << needed) - 1)

    def unpacked(self, sums: Floats) -> Whole:
        """Return the people by level of sums over rows, [columns, any], as int64 [any, levels]."""
        whole = sums.T.astype(np.int64)
        people: Whole = (whole[:, self.place] >> self.shift) & self.mask
        return people

    def people(self, rows: Some) -> Whole:
        """Return the people of some rows by level, int64 [levels]."""
        people: Whole = self.unpacked(self.columns[rows].sum(axis=0)[:, None])[0]
        return people
