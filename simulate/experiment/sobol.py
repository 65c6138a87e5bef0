"""Sobol' points with nested uniform scrambling (Owen 1995), any stretch of the sequence by itself.

Each binary digit of a point is flipped or not by a random bit that hangs on the digits before it. Whole
powers of two stay balanced; and unlike a random linear scramble, which moves all stretches of a sequence
alike, this one lets the differences between stretches tell how large the error is
(`simulate.experiment.convergence`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

BITS = 32
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)

Words = NDArray[np.uint64]


def sobol(dimensions: int, seed: np.random.SeedSequence, start: int, stop: int) -> NDArray[np.float64]:
    """Return scrambled points from *start* up to *stop*, float64 [stop - start, dimensions] in [0, 1)."""
    sequence = qmc.Sobol(dimensions, scramble=False, bits=BITS)
    if start:
        sequence.fast_forward(start)
    # A whole power of two is drawn and cut: scipy warns of anything else at the sequence's beginning.
    plain = sequence.random(1 << (stop - start - 1).bit_length())[: stop - start]
    keys = np.random.default_rng(seed).integers(0, 2**64, size=(BITS, dimensions), dtype=np.uint64)
    return scrambled((plain * 2.0**BITS).astype(np.uint64), keys).astype(np.float64) * 2.0**-BITS


def scrambled(words: Words, keys: Words) -> Words:
    """Flip digits of 32-bit words, uint64 [n, dimensions], by keys, uint64 [32, dimensions]."""
    result = np.zeros_like(words)
    one = np.uint64(1)
    for level, key in enumerate(keys):
        before, here = (words >> np.uint64(BITS - level - less) for less in (0, 1))
        result = result << one | (here & one) ^ (_mixed(key + before * _GOLDEN) >> np.uint64(63))
    return result


def _mixed(state: Words) -> Words:
    """Mix 64 bits until each hangs on all (the finisher of SplitMix64: Steele, Lea and Flood 2014)."""
    mixed = (state ^ (state >> np.uint64(30))) * _FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
    return mixed ^ (mixed >> np.uint64(31))
