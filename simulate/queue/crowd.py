"""People as bits: a word of 64 bits holds whether 64 people do something in one replication.

Words of `simulate.queue.bits` are of one person and 64 replications. Turned, they count runs of people by
their ones, and find the person at a rank.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.queue.bits import WORD, Counts, Words

_ONE = np.uint64(1)


@dataclass(frozen=True)
class Crowd:
    """Hold people in a given order, in words of them.

    Attributes:
        turned: uint64 [people / 64 rounded up, 64 x words]; person *p* is bit ``p % 64`` of row ``p // 64``.
        before: int32 [rows + 1, 64 x words], how many there are before each row.

    """

    turned: NDArray[np.uint64]
    before: NDArray[np.int32]

    @classmethod
    def of(cls, words: Words) -> Crowd:
        """Turn words [words, people]."""
        turned = by_people(words)
        before = np.zeros((len(turned) + 1, turned.shape[1]), dtype=np.int32)
        np.cumsum(np.bitwise_count(turned), axis=0, dtype=np.int32, out=before[1:])
        return cls(turned, before)

    @property
    def number(self) -> Counts:
        """How many there are, int64 [64 x words]."""
        number: Counts = self.before[-1].astype(np.int64)
        return number

    def up_to(self, ends: NDArray[np.integer]) -> Counts:
        """Return how many of the first people there are, int64 [..., 64 x words].

        Args:
            ends: int [..., 64 x words], how many people are the first.

        """
        rows, bits = np.divmod(ends, WORD)
        replications = np.arange(self.turned.shape[1])
        partly = np.bitwise_count(self._padded[rows, replications] & _first(bits))
        return np.asarray(self.before[rows, replications] + partly, dtype=np.int64)

    def places(self, ranks: Counts) -> NDArray[np.intp]:
        """Return the place of the person at a rank, int [asked, 64 x words].

        Args:
            ranks: int64 [asked, 64 x words], 1 for the first; what others get means nothing.

        """
        rows = (self.before[1:] < ranks[:, None]).sum(axis=1)
        rows = np.minimum(rows, max(len(self.turned) - 1, 0))
        replications = np.arange(self.turned.shape[1])
        words = self._padded[rows, replications]
        within = (words[..., None] >> np.arange(WORD, dtype=np.uint64) & _ONE).cumsum(axis=-1, dtype=np.int64)
        short = ranks - self.before[rows, replications]
        places: NDArray[np.intp] = rows * WORD + (within < short[..., None]).sum(axis=-1)
        return places

    def cut(self, ends: NDArray[np.integer]) -> NDArray[np.uint64]:
        """Return the words without the people after an end, which each replication has its own."""
        last = -(-int(ends.max(initial=0)) // WORD)
        turned = self.turned[:last].copy()
        first = int(ends.min(initial=0)) // WORD
        left = np.clip(ends - WORD * np.arange(first, last)[:, None], 0, WORD)
        turned[first:] &= _first(left)
        return turned

    @cached_property
    def _padded(self) -> NDArray[np.uint64]:
        """The words and a row of nobody."""
        return np.concatenate([self.turned, np.zeros((1, self.turned.shape[1]), dtype=np.uint64)])


def _first(bits: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Return words whose first bits are set, so many of them, 0 to 64."""
    some = (_ONE << (bits % WORD).astype(np.uint64)) - _ONE
    return np.where(bits < WORD, some, ~np.uint64(0))


def by_people(words: Words) -> NDArray[np.uint64]:
    """Turn words of 64 replications into words of 64 people, uint64 [people / 64 rounded up, 64 x words].

    Person *p* is bit ``p % 64`` of row ``p // 64``. Squares of 64 by 64 bits are turned by exchanging their
    quarters, then the quarters of their quarters, down to single bits.
    """
    size, missing = len(words), -words.shape[1] % WORD
    squares = np.pad(words, ((0, 0), (0, missing))).reshape(size, (words.shape[1] + missing) // WORD, WORD)
    turned = np.ascontiguousarray(squares.transpose(2, 1, 0))
    side, low = WORD // 2, (1 << WORD // 2) - 1
    while side:
        halves = turned.reshape(WORD // (2 * side), 2, side, *turned.shape[1:])
        upper, lower = halves[:, 0], halves[:, 1]
        exchanged = upper >> np.uint64(side)
        exchanged ^= lower
        exchanged &= np.uint64(low)
        lower ^= exchanged
        exchanged <<= np.uint64(side)
        upper ^= exchanged
        side //= 2
        low ^= low << side & (1 << WORD) - 1
    return turned.transpose(1, 2, 0).reshape(turned.shape[1], size * WORD)


def count_masked(turned: NDArray[np.uint64], yes: NDArray[np.bool_]) -> Counts:
    """Count those of some people whom a mask [people] names, int64 [64 x words]."""
    whole = np.zeros(WORD * len(turned), dtype=np.bool_)
    whole[: len(yes)] = yes
    those = turned & np.packbits(whole, bitorder="little").view("<u8")[:, None]
    counts: Counts = np.add.reduce(np.bitwise_count(those), axis=0, dtype=np.uint32).astype(np.int64)
    return counts
