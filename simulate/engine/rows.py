"""Rows: people who cannot be told apart, counted once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.engine.groups import Groups
from simulate.engine.presence import Presence

Some = NDArray[np.intp]


@dataclass(frozen=True)
class Rows:
    """Hold people of equal points, present in the same draws, as one row.

    Attributes:
        example: intp [rows], a person of each row, whose points are the row's.
        size: int64 [rows], the people of each row.
        of_person: intp [people], each person's row; `len(rows)` for those in no pool.
        steady: rows before this position are in the pool of every draw; those from it on are one person each,
            and in the pool of some draws only.

    """

    example: Some
    size: NDArray[np.int64]
    of_person: Some
    steady: int

    def __len__(self) -> int:
        return len(self.example)

    @classmethod
    def of(cls, alike: Some, presence: Presence) -> Rows:
        """Gather people into rows: those of equal *alike*, intp [people], have equal points in every draw."""
        always = presence.always()
        people = np.flatnonzero(always)
        fickle = np.flatnonzero(presence.ever() & ~always)
        kind = alike[people]
        counts = np.bincount(kind)
        kinds = np.flatnonzero(counts)
        number = np.zeros(len(counts), dtype=np.intp)
        number[kinds] = np.arange(len(kinds))
        example = np.empty(len(counts), dtype=np.intp)
        example[kind] = people
        of_person = np.full(len(alike), len(kinds) + len(fickle), dtype=np.intp)
        of_person[people] = number[kind]
        of_person[fickle] = np.arange(len(kinds), len(kinds) + len(fickle))
        return cls(
            example=np.concatenate([example[kinds], fickle]),
            size=np.concatenate([counts[kinds], np.ones(len(fickle), dtype=np.int64)]),
            of_person=of_person,
            steady=len(kinds),
        )

    def people(self, rows: Some) -> Some:
        """Return the people of some rows, intp, in any order."""
        size = self.size[rows]
        alone, shared = rows[size == 1], rows[size > 1]
        size = self.size[shared]
        place = np.repeat(self._first[shared] - (np.cumsum(size) - size), size) + np.arange(size.sum())
        return np.concatenate([self.example[alone], self._sharing[place]])

    @cached_property
    def _sharing(self) -> Some:
        """The people who share a row with others, row by row, intp."""
        shared = np.append(self.size > 1, False)
        people = np.flatnonzero(shared[self.of_person])
        return people[np.argsort(self.of_person[people], kind="stable")]

    @cached_property
    def _first(self) -> Some:
        """Where the people of each row begin among those who share, intp [rows]."""
        size = np.where(self.size > 1, self.size, 0)
        return np.cumsum(size) - size

    def members(self, some: Some, groups: Groups, baseline: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Count the people of some rows by level, those admitted at the baseline, and all of them.

        Returns:
            float32 or float64 [rows, levels + 2]; whichever holds every sum over the cohort exactly.

        """
        width = len(groups.levels) + 2
        position = np.full(len(self) + 1, -1, dtype=np.intp)
        position[some] = np.arange(len(some))
        row = position[self.of_person]
        people = np.flatnonzero(row >= 0)
        start = row[people] * width
        cells = [start + place for place in groups.places[people].T]
        cells += [start[baseline[people]] + (width - 2), start + (width - 1)]
        counts = np.bincount(np.concatenate(cells), minlength=len(some) * width)
        exact = np.float32 if len(self.of_person) < 2**24 else np.float64
        return counts.reshape(len(some), width).astype(exact)


@dataclass(frozen=True)
class Kinds:
    """Number people, equal if their points are equal in every draw, and remember the rows made of them last.

    Attributes:
        alike: intp [people].
        made: the rows by who is in the pool of every draw, and of any.

    """

    alike: Some
    made: dict[bytes, Rows] = field(default_factory=dict, repr=False)

    def rows(self, presence: Presence) -> Rows:
        """Gather people into rows; a what-if after another of the same pool finds them made."""
        key = b"".join(np.packbits(who).tobytes() for who in (presence.always(), presence.ever()))
        rows = self.made.get(key)
        if rows is None:
            rows = Rows.of(self.alike, presence)
            self.made.clear()
            self.made[key] = rows
        return rows
