"""Lots: who applies when only a share of the cohort does, the same people in every draw of that share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_BITS = np.uint64(11)
"""A float64 in [0, 1) holds the upper 53 of 64 bits."""


def lots(seed: int, people: int) -> NDArray[np.float64]:
    """Return each person's lot, float64 [people], uniform in [0, 1): below the share, a person applies.

    A lot hangs on the seed and on the person's position alone (SplitMix64 as a counter-based generator:
    Steele, Lea and Flood 2014). So a larger share only adds people, and no draw hangs on its chunk.
    """
    start = np.uint64(seed % 2**64)
    with np.errstate(over="ignore"):
        state = _mixed(start * np.ones(1, np.uint64)) + np.arange(1, people + 1, dtype=np.uint64) * _GOLDEN
    return (_mixed(state) >> _BITS).astype(np.float64) * 2.0**-53


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = (state ^ (state >> np.uint64(30))) * _FIRST
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SECOND
    return mixed ^ (mixed >> np.uint64(31))
