"""Replications as bits: a word of 64 bits holds whether a person does something in each of 64 replications.

Rows are people, columns of words are replications: replication *r* is bit ``r % 64`` of word ``r // 64``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
"""uint64 [people, words]."""

WORD = 64
"""Replications in a word."""

_FEW, _MANY = 16, 256
"""People who are counted bit by bit at the end, and people who are worth adding as they come."""

_LANE = 255
"""Rows whose bits, one byte each, add up without leaving their byte."""


def words_of(replications: int) -> int:
    """Return how many words hold so many replications."""
    return -(-replications // WORD)


def packed(yes: NDArray[np.bool_]) -> Words:
    """Return bool [people, 64 x words] as words."""
    return np.packbits(yes.reshape(-1), bitorder="little").view(np.uint64).reshape(len(yes), -1)


def unpacked(words: Words) -> NDArray[np.uint8]:
    """Return words as 0 and 1, uint8 [people, …, 64 x words]."""
    return np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=-1, bitorder="little")


def count(words: Words) -> NDArray[np.int64]:
    """Count the people of each replication, int64 […, 64 x words] of words [people, …, words]."""
    adder = Adder()
    adder.add(words)
    return adder.total()


class Adder:
    """Count people who come in parts, words [people, …, words] of one shape but for the people.

    Three people become one of sums and one of carries, as in an adder of a processor, until few are left: two
    operations a word instead of 64 additions. Pile *k* holds what counts 2^k each.
    """

    def __init__(self) -> None:
        self._piles: list[Words] = []

    def add(self, words: Words) -> None:
        """Count some more people in."""
        self._put(0, words)
        self._reduce(_MANY)

    def total(self) -> NDArray[np.int64]:
        """Return the people of each replication, int64 […, 64 x words]."""
        self._reduce(_FEW)
        bits = unpacked(np.concatenate(self._piles))
        weights = np.repeat(2.0 ** np.arange(len(self._piles)), [len(pile) for pile in self._piles])
        return np.tensordot(weights, bits, axes=1).astype(np.int64)

    def _put(self, pile: int, words: Words) -> None:
        if pile == len(self._piles):
            self._piles.append(words)
        else:
            self._piles[pile] = np.concatenate([self._piles[pile], words])

    def _reduce(self, few: int) -> None:
        pile = 0
        while pile < len(self._piles):
            left, carried = self._piles[pile], []
            while len(left) > few:
                third = len(left) // 3
                one, two, three = (left[at * third : (at + 1) * third] for at in range(3))
                half, carry = one ^ two, one & two
                carry |= half & three
                half ^= three
                carried.append(carry)
                left = np.concatenate([half, left[3 * third :]])
            self._piles[pile] = left
            if carried:
                self._put(pile + 1, np.concatenate(carried))
            pile += 1


def count_runs(bits: NDArray[np.uint8], starts: NDArray[np.intp]) -> NDArray[np.int64]:
    """Count bits by runs of rows, int64 [runs, replications]; ``starts`` begins with 0, no run is empty.

    Args:
        bits: uint8 [people, replications], 0 or 1, the replications a multiple of 8.
        starts: the first row of each run, rising.

    """
    lengths = np.diff(np.append(starts, len(bits)))
    pieces = -(-lengths // _LANE)
    run = np.repeat(np.arange(len(starts)), pieces)
    piece = np.arange(len(run)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    lanes = np.add.reduceat(bits.view(np.uint64), starts[run] + piece * _LANE, axis=0).view(np.uint8)
    return np.add.reduceat(lanes.astype(np.int64), np.cumsum(pieces) - pieces, axis=0)
