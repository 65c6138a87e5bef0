"""Chance for a block of people: as many uniform numbers as people at each call, whatever is made of them.

Streams never depend on a parameter: with another parameter and the same seed the same people lead slightly
other lives, so that a difference between two populations is the parameter's and not chance's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Drawn = NDArray[Any]
Floats = NDArray[np.float64]
Life = dict[str, Drawn]
"""What is drawn so far of the people of a block, by name."""

BLOCK = 1 << 14
"""People a block; each block has a stream of its own."""


@dataclass(frozen=True)
class Chance:
    """Draw for every person of a block at once."""

    random: np.random.Generator

    @classmethod
    def of(cls, seed: int, block: int) -> Chance:
        """Return the stream of a block: the one that ``SeedSequence(seed).spawn`` gives it."""
        sequence = np.random.SeedSequence(seed, spawn_key=(block,))
        return cls(np.random.Generator(np.random.PCG64DXSM(sequence)))

    def uniform(self) -> Floats:
        """Return numbers from 0 to below 1."""
        return self.random.random(BLOCK)

    def share(self, probability: Drawn | float) -> NDArray[np.bool_]:
        """Say yes with some probability."""
        return np.asarray(self.uniform() < probability)

    def normal(self) -> Floats:
        """Return standard normal numbers."""
        return np.asarray(ndtri(np.maximum(self.uniform(), 2.0**-54)))

    def with_normal(self, other: Floats, correlation: float) -> Floats:
        """Return standard normal numbers of some correlation with others."""
        return np.asarray(correlation * other + np.sqrt(1 - correlation**2) * self.normal())

    def waiting(self, mean: Drawn | float) -> Floats:
        """Return waiting times of a mean, as likely to end at any time (exponential)."""
        return np.asarray(-mean * np.log1p(-self.uniform()))

    def ripening(self, mean: Drawn | float) -> Floats:
        """Return waiting times of a mean, ever more likely to end the longer they last (Rayleigh)."""
        return np.asarray(mean * np.sqrt(-np.log1p(-self.uniform()) * 4 / np.pi))

    def gathering(self, mean: Drawn | float, *, shape: int = 2) -> Floats:
        """Return waiting times of a mean with a long tail, the rarer near 0 the larger the shape (gamma)."""
        return np.asarray(sum(self.waiting(np.asarray(mean) / shape) for _ in range(shape)))

    def between(self, low: Drawn | int, high: Drawn | int) -> NDArray[np.int64]:
        """Return whole numbers from *low* to *high*, both included."""
        return np.asarray(np.floor(low + self.uniform() * (np.asarray(high) - low + 1)).astype(np.int64))

    def choice(self, weights: Floats) -> NDArray[np.int64]:
        """Return positions by their weights, which add up to 1."""
        return np.asarray(place(self.uniform(), weights))


def place(levels: Floats, weights: Floats) -> NDArray[np.int64]:
    """Return the position whose share of 0-1 holds each level."""
    return np.searchsorted(np.cumsum(weights)[:-1], levels, side="right")


def level(normal: Floats) -> Floats:
    """Return the level, from 0 to 1, of standard normal numbers."""
    return np.asarray(ndtr(normal))


def chance_of(probability: Drawn | float, normal: Floats, correlation: float) -> Floats:
    """Return the probability for those with a standard normal trait that goes with it; its mean stays.

    A latent normal number of that correlation with the trait decides.
    """
    threshold = ndtri(np.clip(probability, 1e-12, 1 - 1e-12))
    return level((threshold + correlation * normal) / np.sqrt(1 - correlation**2))
