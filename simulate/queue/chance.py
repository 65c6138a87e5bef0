"""Chance: when in the years an event comes to a person, one number a person and replication.

The hazards of the years make the probability to have met the event by each year; the number says the year by
falling between two of them. The same person, replication and seed have the same number whatever the quota,
how many replications are run and where: a scenario differs by its causes alone.

A number has 31 bits, so that probabilities are met to 1/2^31. Its upper 16 bits are a person's and
replication's own; the lower 15, which decide one case in 65,536, are shared by a block of people and a word
of replications. That ties these to one another by a covariance below 2^-33, which no count shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulate.queue.bits import WORD, Words, packed

ONE = 1 << 31
"""Certainty: probabilities are whole numbers of 1/2^31."""

ROWS = 2048
"""People of a block: their numbers stay in the processor's cache."""

_SHARED = 15
"""Lower bits of a number, which a block shares."""

_DRAWS = WORD // 4
"""Draws of 64 bits that one person takes, four numbers each."""

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
class Block:
    """Hold the probabilities of a block of people, uint32 [years, people], to have met an event by a year."""

    reached: Thresholds

    @property
    def people(self) -> int:
        """The number of people."""
        return int(self.reached.shape[1])

    @cached_property
    def always(self) -> Words:
        """Who has met the event for certain, all bits or none, uint64 [years, people]."""
        return np.where(self.reached == ONE, ~np.uint64(0), np.uint64(0))

    @cached_property
    def uncertain(self) -> NDArray[np.bool_]:
        """Of whom it is uncertain, bool [years, people]."""
        open_: NDArray[np.bool_] = (self.reached > 0) & (self.reached < ONE)
        return open_

    @cached_property
    def open_to_all(self) -> list[bool]:
        """In which years it is uncertain of everybody."""
        return [bool(year.all()) for year in self.uncertain]

    @cached_property
    def alike(self) -> tuple[int | None, ...]:
        """The one probability of each year that is uncertain, 0 where none is and None where several are."""
        found: list[int | None] = []
        for reached, uncertain in zip(self.reached, self.uncertain, strict=True):
            values = reached[uncertain]
            same = not len(values) or values.min() == values.max()
            found.append(int(values.max(initial=0)) if same else None)
        return tuple(found)


@dataclass(frozen=True)
class Chance:
    """Draw for one event and 64 replications, block of people after block."""

    generator: np.random.PCG64DXSM

    @classmethod
    def of(cls, seed: int, event: Event, word: int) -> Chance:
        """Return the chance of an event in replications ``64 x word`` to ``64 x word + 63``."""
        return cls(np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=(event, word))))

    def meet(self, block: Block, met: Words) -> None:
        """Fill in which of the next people have met the event by each year, uint64 [years, people].

        Where nothing is uncertain no number is drawn, and those of the people after stay the same.
        """
        if not block.uncertain.any():
            met[:] = block.always
            self.generator.advance(1 + block.people * _DRAWS)
            return
        lower, upper = self._numbers(block.people)
        rounding = (1 << _SHARED) - 1 - lower
        below = np.empty(upper.shape, dtype=np.bool_)
        for year, alike in enumerate(block.alike):
            if alike == 0:
                met[year] = block.always[year]
                continue
            # An upper part lies below so many steps when the whole number lies below the probability.
            if alike is None:
                _below_each(upper, (block.reached[year] + np.uint32(rounding)) >> np.uint32(_SHARED), below)
            else:
                _below(upper, (alike + rounding) >> _SHARED, below)
            bits = packed(below)[:, 0]
            if not block.open_to_all[year]:
                bits = np.where(block.uncertain[year], bits, block.always[year])
            met[year] = bits

    def _numbers(self, people: int) -> tuple[int, NDArray[np.uint16]]:
        """Return the shared lower part of the numbers of the next people, and the upper, [people, 64]."""
        raw = self.generator.random_raw(1 + people * _DRAWS)
        upper = raw[1:].astype("<u8", copy=False).view("<u2").reshape(people, WORD)
        return int(raw[0]) >> (64 - _SHARED), upper


def _below(upper: NDArray[np.uint16], steps: int, below: NDArray[np.bool_]) -> None:
    """Fill in which upper parts lie below so many steps of 1/2^16, from none to all 2^16 of them."""
    if steps:
        np.less_equal(upper, np.uint16(steps - 1), out=below)
    else:
        below[:] = False


def _below_each(upper: NDArray[np.uint16], steps: NDArray[np.uint32], below: NDArray[np.bool_]) -> None:
    """Fill in the same for people each with their own steps, uint32 [people]."""
    np.less_equal(upper, (np.maximum(steps, 1) - 1).astype(np.uint16)[:, None], out=below)
    if not steps.all():
        below &= (steps > 0)[:, None]


def blocks(people: int) -> Iterator[slice]:
    """Yield the blocks in which people are drawn."""
    for start in range(0, people, ROWS):
        yield slice(start, min(start + ROWS, people))
