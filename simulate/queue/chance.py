"""Chance: when in the years an event comes to a person, one number a person and replication.

The hazards of the years make the probability to have met the event by each year; the number says the year by
falling between two of them. The same person, replication and seed have the same number whatever the quota,
how many replications are run and where: a scenario differs by its causes alone.

A number has 31 bits, so that probabilities are met to 1/2^31. Its upper 16 bits are a person's and
replication's own; the lower 15, which decide one case in 65,536, are shared by a block of people. That ties
these to one another by a covariance below 2^-33, which no count shows.
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

ROWS = 1024
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
    def years(self) -> tuple[Year, ...]:
        """What is to be drawn in each year."""
        lowest, highest = self.reached.min(axis=1), self.reached.max(axis=1)
        return tuple(
            Year(int(low)) if low == high else Year.mixed(reached)
            for reached, low, high in zip(self.reached, lowest, highest, strict=True)
        )


@dataclass(frozen=True)
class Year:
    """Say what is to be drawn in one year: the probability of those of whom it is uncertain.

    Attributes:
        alike: the probability that all of them have, None where they have several.
        uncertain: bool [people], who they are, None for everybody.

    """

    alike: int | None
    uncertain: NDArray[np.bool_] | None = None

    @classmethod
    def mixed(cls, reached: NDArray[np.uint32]) -> Year:
        """Part people of several probabilities into the certain and the uncertain."""
        uncertain = (reached > 0) & (reached < ONE)
        values = reached[uncertain]
        same = not len(values) or values.min() == values.max()
        return cls(int(values.max(initial=0)) if same else None, uncertain)

    @property
    def is_certain(self) -> bool:
        """Whether nothing is to be drawn."""
        return self.alike in (0, ONE)


@dataclass(frozen=True)
class Chance:
    """Draw for one event, block of people after block.

    Attributes:
        lower: the generator of the lower bits, one draw a block.
        upper: a generator for each 64 replications, so that these do not hang on how many there are.

    """

    lower: np.random.PCG64DXSM
    upper: tuple[np.random.PCG64DXSM, ...]

    @classmethod
    def of(cls, seed: int, event: Event, *, words: int, first: int = 0) -> Chance:
        """Return the chance of an event in so many words of replications, from the block of *first* on."""

        def generator(*key: int, passed: int) -> np.random.PCG64DXSM:
            seeds = np.random.SeedSequence(seed, spawn_key=(event, *key))
            return np.random.PCG64DXSM(seeds).advance(passed)

        upper = (generator(word, passed=first * _DRAWS) for word in range(words))
        return cls(generator(passed=first // ROWS), tuple(upper))

    def meet(self, block: Block, met: Words) -> None:
        """Fill in which of the next people have met the event by each year, uint64 [people, years, words].

        Where nothing is uncertain no number is drawn, and those of the people after stay the same.
        """
        if all(year.is_certain for year in block.years):
            met[:] = _always(block.reached)
            self._pass_over(block.people)
            return
        rounding, upper = (1 << _SHARED) - 1 - self._lower(), self._upper(block.people)
        below = np.empty(upper.shape, dtype=np.bool_)
        for at, (year, reached) in enumerate(zip(block.years, block.reached, strict=True)):
            if year.is_certain:
                met[:, at] = _always(reached)
                continue
            # An upper part lies below so many steps when the whole number lies below the probability.
            if year.alike is None:
                _below_each(upper, (reached + np.uint32(rounding)) >> np.uint32(_SHARED), below)
            else:
                _below(upper, (year.alike + rounding) >> _SHARED, below)
            bits = packed(below)
            some = year.uncertain
            met[:, at] = bits if some is None else np.where(some[:, None], bits, _always(reached))

    def _pass_over(self, people: int) -> None:
        self.lower.advance(1)
        for generator in self.upper:
            generator.advance(people * _DRAWS)

    def _lower(self) -> int:
        return int(self.lower.random_raw()) >> (64 - _SHARED)

    def _upper(self, people: int) -> NDArray[np.uint16]:
        """Return the upper bits of the numbers of the next people, uint16 [people, 64 x words]."""
        upper = np.empty((people, len(self.upper), WORD), dtype=np.uint16)
        for word, generator in enumerate(self.upper):
            raw = generator.random_raw(people * _DRAWS).astype("<u8", copy=False)
            upper[:, word] = raw.view("<u2").reshape(people, WORD)
        return upper.reshape(people, -1)


def _always(reached: Thresholds) -> Words:
    """Return all bits of those who have met the event for certain and none of others, […, people] turned."""
    return np.where(reached == ONE, ~np.uint64(0), np.uint64(0)).T[..., None]


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
