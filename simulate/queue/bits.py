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

_FEW = 12
"""Rows below which counting bit by bit is cheaper than adding words."""

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
    """Count the people of each replication, int64 […, 64 x words] of words [people, …, words].

    Three rows become a row of sums and a row of carries, as in an adder of a processor, until few are left:
    two operations a word instead of 64 additions.
    """
    counts = np.zeros((*words.shape[1:-1], words.shape[-1] * WORD), dtype=np.int64)
    rows, weight = words, 1
    while len(rows):
        carried = []
        while len(rows) > _FEW:
            third = len(rows) // 3
            one, two, three = rows[:third], rows[third : 2 * third], rows[2 * third : 3 * third]
            half = one ^ two
            carried.append((one & two) | (half & three))
            half ^= three
            rows = np.concatenate([half, rows[3 * third :]])
        counts += weight * unpacked(rows).sum(axis=0, dtype=np.int64)
        rows, weight = np.concatenate(carried) if carried else rows[:0], 2 * weight
    return counts


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
