"""Records as single integers: sorting one array of them groups and orders whole records at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Packed = NDArray[np.uint64]


@dataclass(frozen=True)
class Packing:
    """Lay whole numbers side by side in one 64-bit integer: the first field leads in the order.

    ``bits`` gives the width of each field; together at most 64. Numbers are not negative and fit their field.

    >>> spell = Packing({"applicant": 40, "month": 12})
    >>> spell.unpack(spell.pack(applicant=np.array([7]), month=np.array([3])), "applicant").tolist()
    [7]
    """

    bits: Mapping[str, int]

    def pack(self, **fields: NDArray[np.integer]) -> Packed:
        """Return one integer for each record."""
        first, *others = self.bits
        packed = fields[first].astype(np.uint64)
        for name in others:
            packed <<= np.uint64(self.bits[name])
            packed |= fields[name].astype(np.uint64)
        return packed

    def unpack(self, packed: Packed, name: str, *, through: str | None = None) -> NDArray[np.int64]:
        """Return one field of each record, or with *through* the fields from one to another as one number."""
        last = through or name
        mask = (1 << sum(self.bits[field] for field in self._between(name, last))) - 1
        return ((packed >> np.uint64(self._below(last))) & np.uint64(mask)).astype(np.int64)

    def least(self, number: int) -> np.uint64:
        """Return the least integer whose first field is a number: where that number's records begin."""
        return np.uint64(number << self._below(next(iter(self.bits))))

    def _below(self, name: str) -> int:
        names = list(self.bits)
        return sum(self.bits[lower] for lower in names[names.index(name) + 1 :])

    def _between(self, first: str, last: str) -> list[str]:
        names = list(self.bits)
        return names[names.index(first) : names.index(last) + 1]
