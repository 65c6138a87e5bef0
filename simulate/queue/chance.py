"""Chance: when in the years an event comes to a person, one number a person and replication.

A hazard of each year makes the probability to have met the event by each year; the number, uniform on 2^31
values, says the year by falling between two of them. The same person, replication and seed have the same
number whatever the quota, how many replications are run and where: a scenario differs by its causes alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from simulate.queue.bits import WORD, Words, packed

ONE = 1 << 31
"""Certainty: probabilities are whole numbers of 1/2^31."""

_ROWS = 2048
"""People at a time: their numbers stay in the processor's cache."""

_COUNTERS = WORD // 8
"""Steps of the generator that one person takes: each gives four words of two numbers."""

Thresholds = NDArray[np.uint32]


class Event(IntEnum):
    """Name the events that have numbers of their own."""

    ENTERING = 0
    LEAVING = 1
    SETTLING = 2


def reached_by(hazards: NDArray[np.floating]) -> Thresholds:
    """Return the probability to have met an event by each year, in 1/2^31, uint32 like ``hazards``.

    ``hazards`` [years, people] are those of each year, given that the event has not come before.
    """
    left = np.full(hazards.shape[1], float(ONE))
    reached = np.empty(hazards.shape, dtype=np.uint32)
    for year, hazard in enumerate(hazards):
        left = left - np.rint(left * hazard)
        reached[year] = ONE - left
    return reached


@dataclass(frozen=True)
class Chance:
    """Draw for one event and 64 replications, block of people after block."""

    generator: np.random.Philox

    @classmethod
    def of(cls, seed: int, event: Event, word: int) -> Chance:
        """Return the chance of an event in replications ``64 x word`` to ``64 x word + 63``."""
        return cls(np.random.Philox(np.random.SeedSequence(seed, spawn_key=(event, word))))

    def meet(self, thresholds: Thresholds, met: Words) -> None:
        """Fill in which of the next people have met the event by each year, uint64 [years, people].

        Where nothing is uncertain no number is drawn, and those of the people after stay the same.
        """
        people = thresholds.shape[1]
        if not ((thresholds > 0) & (thresholds < ONE)).any():
            self.generator.advance(people * _COUNTERS)
            np.multiply(thresholds > 0, ~np.uint64(0), out=met)
            return
        numbers = self._numbers(people)
        for year, row in enumerate(thresholds):
            met[year] = packed(numbers < row[:, None])[:, 0]

    def _numbers(self, people: int) -> NDArray[np.uint32]:
        raw = self.generator.random_raw(people * WORD // 2)
        numbers = raw.astype("<u8", copy=False).view("<u4").reshape(people, WORD)
        numbers >>= np.uint32(1)
        return numbers


def blocks(people: int) -> Iterator[slice]:
    """Yield the blocks in which people are drawn."""
    for start in range(0, people, _ROWS):
        yield slice(start, min(start + _ROWS, people))
