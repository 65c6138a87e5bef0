"""Chance: when in the years an event comes to a person, one number a person and replication.

The hazards of the years make the probability to have met the event by each year; the number says the year by
falling between two of them. The same person, replication and seed have the same number whatever the quota,
how many people and replications are run, in which order and where: a scenario differs by its causes alone.

A number has 31 bits, so that probabilities are met to 1/2^31. Its upper 10 bits are a person's and
replication's own; the lower 21, which decide one case in 1,024, are shared by the 64 replications of a word.
Each replication is drawn exactly. Those of a word are tied to one another, person by person, by a covariance
below 2^-22: a mean over replications of what befalls two people in a hundred is as sure as that of 1 in 1,000
fewer.

Bits are held in words of 64 replications, so that one operation compares 64 numbers. A word is a function of
its place: SplitMix64 (Steele, Lea and Flood, 2014) with a key for the event, the 64 replications and the bit,
at the position of the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from simulate.queue.bits import Words, mask

ONE = 1 << 31
"""Certainty: probabilities are whole numbers of 1/2^31."""

_OWN = 10
"""Upper bits of a number, which no other number shares."""

_LOWER = 31 - _OWN

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIXING = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))
"""Shifts and factors of SplitMix64."""

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
    """Draw for one event.

    Attributes:
        keys: uint64 [bits, words], a key for each bit of the numbers and each 64 replications, so that these
            do not hang on how many there are.

    """

    keys: NDArray[np.uint64]

    @classmethod
    def of(cls, seed: int, event: Event, *, words: int) -> Chance:
        """Return the chance of an event in so many words of replications."""
        seeds = (np.random.SeedSequence(seed, spawn_key=(event, word)) for word in range(words))
        return cls(np.stack([one.generate_state(_OWN + 1, np.uint64) for one in seeds], axis=1))

    def spare(self, people: NDArray[np.integer], reached: Thresholds, spared: Words) -> None:
        """Fill in who has not met the event by each year, uint64 [years, words, people].

        Args:
            people: their positions in the line.
            reached: [years, people], or [years, 1] for all of them, the probability to have met it by then.
            spared: where to fill it in.

        """
        numbers = _Numbers.draw(self.keys, people, reached)
        for year, then in enumerate(spared):
            if year and (reached[year] == reached[year - 1]).all():
                then[:] = spared[year - 1]
            else:
                numbers.spare(reached[year], then)


@dataclass(frozen=True)
class _Numbers:
    """Hold the numbers of some people, as far down as they are asked for.

    Numbers are compared from their lowest bit on: where the threshold has a 1 the number must have it too,
    and where it has a 0 a 1 of the number is enough.

    Attributes:
        own: uint64 [bits, words, people], the highest bit first.
        lower: int64 [words, people], the shared lower numbers; nobody's where they are not asked for.

    """

    own: NDArray[np.uint64]
    lower: NDArray[np.int64]

    @classmethod
    def draw(cls, keys: NDArray[np.uint64], people: NDArray[np.integer], thresholds: Thresholds) -> _Numbers:
        """Draw numbers that are to be compared with some thresholds."""
        lowest = int(np.bitwise_or.reduce(thresholds, axis=None)) & ONE - 1
        asked = 31 - (lowest & -lowest).bit_length() + 1 if lowest else 0
        drawn = _words(keys[: min(asked, _OWN + 1)], people)
        return cls(drawn[:_OWN], (drawn[_OWN:].sum(axis=0) >> np.uint64(64 - _LOWER)).view(np.int64))

    def spare(self, reached: Thresholds, spared: Words) -> None:
        """Fill in who has not met an event by now, of which each has a probability, uint32 [people]."""
        never, always = reached == 0, reached == ONE
        values = reached[~(never | always)]
        if not len(values):
            spared[:] = mask(never)
        elif (values != values[0]).any():
            self.at_or_above_each(reached, spared)
        else:
            self.at_or_above(int(values[0]), spared)
            if len(values) < len(reached):
                spared |= mask(never)
                spared &= mask(~always)

    def at_or_above(self, threshold: int, found: Words) -> None:
        """Fill in whose numbers are at or above a threshold that all share, from 1 to 2^31 - 1."""
        steps, rest = divmod(threshold, 1 << _LOWER)
        ones = [place for place in range(_OWN) if steps >> _OWN - 1 - place & 1]
        if rest:
            lowest = _OWN
            self._lower_above(np.int64(rest - 1), found)
        else:
            # Below its lowest 1 a threshold asks for nothing.
            lowest = ones[-1]
            found[:] = self.own[lowest]
        for place in reversed(range(lowest)):
            joined = np.bitwise_and if place in ones else np.bitwise_or
            joined(found, self.own[place], out=found)

    def at_or_above_each(self, thresholds: Thresholds, found: Words) -> None:
        """Fill in the same for people each with their own threshold, uint32 [people]."""
        steps, rest = thresholds >> np.uint32(_LOWER), thresholds & np.uint32((1 << _LOWER) - 1)
        self._lower_above(rest.astype(np.int64) - 1, found)
        for place, own in reversed(list(enumerate(self.own))):
            enough = found ^ own
            enough &= mask(steps >> np.uint32(_OWN - 1 - place) & np.uint32(1) == 0)
            found &= own
            found |= enough
        found &= mask(thresholds < ONE)

    def _lower_above(self, before: np.int64 | NDArray[np.int64], found: Words) -> None:
        """Fill in all bits where the shared lower number exceeds another, be it -1: the sign says it."""
        signed = found.view(np.int64)
        np.subtract(before, self.lower, out=signed)
        signed >>= 63


def _words(keys: NDArray[np.uint64], people: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Return the words of some keys, uint64 [bits, words, people] for keys [bits, words]."""
    steps = (people.astype(np.uint64) + np.uint64(1)) * _STEP
    words = np.empty((*keys.shape, len(people)), dtype=np.uint64)
    shifted = np.empty(words.shape[1:], dtype=np.uint64)
    for key, drawn in zip(keys, words, strict=True):
        np.add(key[:, None], steps, out=drawn)
        for shift, factor in _MIXING:
            np.right_shift(drawn, np.uint64(shift), out=shifted)
            np.bitwise_xor(drawn, shifted, out=drawn)
            if factor > 1:
                np.multiply(drawn, np.uint64(factor), out=drawn)
    return words
