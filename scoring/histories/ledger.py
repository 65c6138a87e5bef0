"""Spells in, sets of months out: every spell of a cohort as one sorted integer.

Sorted, the spells of a block of applicants lie together, within it those of one kind, within these those of
one applicant; one pass of bitwise or over them gives the sets of all kinds at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from scoring.histories.months import Calendar, Months
from scoring.histories.packing import Packed, Packing
from scoring.histories.records import ROW, HistoriesError

LOCAL_BITS = 12
BLOCK = 1 << LOCAL_BITS
"""Applicants a block: the sets of a block stay in cache."""

KIND = "kind"
_SPELL = Packing({"block": 23, "kind": 5, "applicant": LOCAL_BITS, "begin": 12, "end": 12})


@dataclass(frozen=True)
class Kinds:
    """Name the kinds of a table's spells, and say of which one a row is; a null counts for nothing."""

    names: tuple[str, ...]
    which: pl.Expr


@dataclass(frozen=True)
class Ledger:
    """Hold the spells of a cohort by block of applicants, kind and applicant."""

    packed: Packed
    kinds: tuple[str, ...]
    calendar: Calendar
    applicants: int

    @classmethod
    def of(
        cls, tables: Iterable[tuple[str, pl.DataFrame, Kinds]], calendar: Calendar, applicants: int
    ) -> Ledger:
        """Enter the spells of some tables, each with its name and kinds.

        Raises:
            HistoriesError: a spell ends before it begins.

        """
        names: tuple[str, ...] = ()
        packed: list[Packed] = []
        for name, table, kinds in tables:
            packed.append(_enter(name, table, kinds, calendar, before=len(names)))
            names += kinds.names
        spells = np.concatenate(packed)
        spells.sort()
        return cls(spells, names, calendar, applicants)

    @property
    def blocks(self) -> range:
        """The numbers of the blocks; a cohort of nobody has one."""
        return range(max(1, -(-self.applicants // BLOCK)))

    def rows(self, block: int) -> tuple[int, int]:
        """Return the first row of a block's applicants and the one after the last."""
        return block * BLOCK, min((block + 1) * BLOCK, self.applicants)

    def sets(self, block: int) -> dict[str, Months]:
        """Return the months of each kind for the applicants of a block."""
        first, after = self.packed.searchsorted([_SPELL.least(block), _SPELL.least(block + 1)])
        spells = self.packed[first:after]
        slots = _SPELL.unpack(spells, "kind", through="applicant")
        begins, ends = _SPELL.unpack(spells, "begin"), _SPELL.unpack(spells, "end")
        starts = np.flatnonzero(np.diff(slots, prepend=-1))
        words = np.zeros((self.calendar.words, len(self.kinds) * BLOCK), np.uint64)
        if starts.size:
            filled = slots[starts]
            for row in range(self.calendar.words):
                words[row, filled] = np.bitwise_or.reduceat(self.calendar.word(row, begins, ends), starts)
        low, high = self.rows(block)
        return {
            kind: Months(words[:, place * BLOCK : place * BLOCK + high - low], self.calendar)
            for place, kind in enumerate(self.kinds)
        }


def _enter(name: str, table: pl.DataFrame, kinds: Kinds, calendar: Calendar, *, before: int) -> Packed:
    backwards = table.select(pl.col("first_month") > pl.col("last_month")).to_series()
    if backwards.any():
        raise HistoriesError(
            f"{name}: the spell of row {(backwards.arg_max() or 0) + 1} ends before it begins"
            f" ({backwards.sum()} such rows)"
        )
    spells = table.select(ROW, "first_month", "last_month", kinds.which.alias(KIND)).drop_nulls(KIND)
    begins = calendar.begins(spells.get_column("first_month"))
    ends = calendar.ends(spells.get_column("last_month"))
    rows = spells.get_column(ROW).to_numpy()
    return _SPELL.pack(
        block=rows >> LOCAL_BITS,
        kind=spells.get_column(KIND).to_numpy() + np.uint8(before),
        applicant=rows & (BLOCK - 1),
        begin=begins,
        end=ends,
    )
