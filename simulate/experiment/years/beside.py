"""Whom draws admit beside whom their baseline admits."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulate.queue.admission import Taken
from simulate.queue.bits import WORD, Words, count, packed

Rounds = NDArray[np.int8]
"""The position of the round in which a baseline admits somebody, counted from 1, or 0."""


@dataclass
class Beside:
    """Watch whom rounds take, and count those whom the baseline has taken by then as well.

    Attributes:
        before: int8 [members, people], of each member of an ensemble, in the order of the line.
        member: int [draws], the position of each draw's.
        taken: whom each round takes.

    """

    before: Rounds
    member: NDArray[np.integer]
    taken: list[Taken] = field(default_factory=list)

    def __call__(self, taken: Taken) -> None:
        """Keep whom a round takes."""
        self.taken.append(taken)

    def both(self) -> NDArray[np.int64]:
        """Count who is admitted by each round in a draw and by its baseline, int64 [rounds, draws]."""
        rounds = len(self.taken)
        both = np.zeros((rounds, len(self.taken[0].bits) * WORD), dtype=np.int64)
        for at, taken in enumerate(self.taken):
            codes = self._codes(taken, both.shape[1])
            for by in range(at, rounds):
                both[by] += self._shared(taken.bits, codes, by)
        return both[:, : len(self.member)]

    def _codes(self, taken: Taken, draws: int) -> Rounds:
        member = np.pad(self.member, (0, draws - len(self.member)), mode="edge")
        return self.before[:, taken.people].T.take(member, axis=1)

    @staticmethod
    def _shared(bits: Words, codes: Rounds, by: int) -> NDArray[np.int64]:
        return count(bits & packed((codes > 0) & (codes <= by + 1)))


def taken_in(taken: Taken, members: int) -> NDArray[np.bool_]:
    """Return whom a round takes in each of some draws, bool [rows, members]."""
    bits = np.unpackbits(
        np.ascontiguousarray(taken.bits.T, dtype="<u8").view(np.uint8), axis=1, bitorder="little"
    )
    return bits[:, :members].astype(np.bool_)
