"""Replications as bits: a word of 64 bits holds whether a person does something in each of 64 replications.

Columns are people, rows of words are replications: replication *r* is bit ``r % 64`` of word ``r // 64``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
"""uint64 [words, people]."""

Counts = NDArray[np.int64]
"""int64 [64 x words], one count of every replication."""

WORD = 64
"""Replications in a word."""

_FEW = 128
"""People who are counted bit by bit at the end."""

_PARTS = 3
"""Parts of one shape that become two."""


def words_of(replications: int) -> int:
    """Return how many words hold so many replications."""
    return -(-replications // WORD)


def packed(yes: NDArray[np.bool_]) -> Words:
    """Return bool [people, 64 x words] as words."""
    by_byte = np.packbits(yes.reshape(-1), bitorder="little")
    return by_byte.view("<u8").reshape(len(yes), yes.shape[1] // WORD).T


def mask(yes: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return all bits of a word for yes and none for no."""
    return np.where(yes, ~np.uint64(0), np.uint64(0))


def count(words: Words) -> Counts:
    """Count the people of each replication, int64 […, 64 x words] of words […, words, people]."""
    adder = Adder()
    adder.add(words)
    return adder.total()


class Adder:
    """Count people who come in parts, words […, words, people] of one shape but for the people.

    Three people become one of sums and one of carries, as in an adder of a processor, until few are left: two
    operations a word instead of 64 additions. Pile *k* holds what counts 2^k each. Parts are added whole to
    parts of the same shape first, which keeps them in the processor's cache.
    """

    def __init__(self) -> None:
        self._piles: list[list[Words]] = []

    def add(self, words: Words) -> None:
        """Count some more people in; the words are kept, and must not change."""
        self._put(0, words)

    def join(self, other: Adder) -> None:
        """Count in whom another adder has counted, which is spent."""
        for pile, parts in enumerate(other._piles):
            for words in parts:
                self._put(pile, words)

    def total(self) -> Counts:
        """Return the people of each replication, int64 […, 64 x words]."""
        total = _ones(self._reduced(0))
        pile = 1
        while pile < len(self._piles):
            total += _ones(self._reduced(pile)) << pile
            pile += 1
        return total

    def _put(self, pile: int, words: Words) -> None:
        if pile == len(self._piles):
            self._piles.append([])
        parts = self._piles[pile]
        parts.append(words)
        if len(parts) == _PARTS and len({part.shape for part in parts}) == 1:
            half, carry = _added(*parts)
            parts[:] = [half]
            self._put(pile + 1, carry)

    def _reduced(self, pile: int) -> Words:
        """Return a pile with few people left, after putting what they carry on the next one."""
        left = np.concatenate(self._piles[pile], axis=-1)
        carried = []
        while left.shape[-1] > _FEW:
            third = left.shape[-1] // 3
            half, carry = _added(*(left[..., at * third : (at + 1) * third] for at in range(3)))
            carried.append(carry)
            left = np.concatenate([half, left[..., 3 * third :]], axis=-1)
        if carried:
            if pile + 1 == len(self._piles):
                self._piles.append([])
            self._piles[pile + 1] += carried
        return left


def _added(one: Words, two: Words, three: Words) -> tuple[Words, Words]:
    """Return what three bits add up to: what is left over of twos, and the twos."""
    half, carry = one ^ two, one & two
    carry |= half & three
    half ^= three
    return half, carry


def _ones(words: Words) -> Counts:
    """Count few people bit by bit, int64 […, 64 x words]."""
    by_byte = np.ascontiguousarray(words.swapaxes(-1, -2), dtype="<u8").view(np.uint8)
    bits = np.unpackbits(by_byte, axis=-1, bitorder="little")
    ones: Counts = np.add.reduce(bits, axis=-2, dtype=np.uint8).astype(np.int64)
    return ones
