"""Common random numbers: replications in which the same befalls the same people, whatever their causes are.

Where replications are scenarios, each with its own rates, every person keeps one number for each event in all
of them: who applies, leaves or lets the right lapse in one does so in another unless a rate says otherwise.
So two scenarios differ by their causes alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulate.queue.bits import WORD, Adder, Words, mask, packed, words_of
from simulate.queue.chance import ONE, Event, reached_by
from simulate.queue.line import NOT_YET, Line
from simulate.queue.people import came, chances
from simulate.queue.presence import Presence
from synthetic_data.population import Lives, Parameters

_BITS = np.uint64(33)
"""Of 64 random bits those that a number leaves aside."""


@dataclass(frozen=True)
class Numbers:
    """Hold one number a person and event, uint32 [events, people] below 2^31, and a lot, float64 [people]."""

    numbers: NDArray[np.uint32]
    lots: NDArray[np.float64]

    @classmethod
    def draw(cls, people: int, *, seed: int) -> Numbers:
        """Draw them; those of the first people are the same however many there are."""

        def raw(*key: int) -> NDArray[np.uint64]:
            seeds = np.random.SeedSequence(seed, spawn_key=key)
            return np.asarray(np.random.PCG64DXSM(seeds).random_raw(people))

        numbers = np.stack([(raw(event) >> _BITS).astype(np.uint32) for event in Event])
        return cls(numbers, (raw(len(Event)) >> np.uint64(11)).astype(np.float64) * 2.0**-53)

    def take(self, people: NDArray[np.integer]) -> Numbers:
        """Return the numbers of some people, by position."""
        return Numbers(self.numbers[:, people], self.lots[people])


@dataclass(frozen=True)
class Classes:
    """Hold people whom the same may befall: those who come and leave in the same rounds stand together.

    Attributes:
        order: the people's positions, class by class.
        starts: where each class begins, and where the last one ends.
        examples: one life a class.
        years: the rounds.

    """

    order: NDArray[np.intp]
    starts: NDArray[np.intp]
    examples: Lives
    years: tuple[int, ...]

    @classmethod
    def of(cls, lives: Lives, years: tuple[int, ...]) -> Classes:
        """Find the classes of some people."""
        leaves = np.clip(lives.leaves_after, years[0] - 1, years[-1])
        order = np.lexsort((leaves, lives.applies_from))
        kinds = np.stack([lives.applies_from[order], leaves[order]])
        begins = np.flatnonzero(np.any(kinds[:, 1:] != kinds[:, :-1], axis=0)) + 1
        starts = np.concatenate([[0], begins, [len(order)]])
        return cls(order, starts, lives.take(order[starts[:-1]]), years)

    def odds(self, rates: Parameters) -> Odds:
        """Return what may befall each class under some rates."""
        told = {**chances(self.examples, self.years, rates), **came(self.examples, self.years)}
        there = told["arrives"] <= np.array(self.years)[:, None]
        enters = reached_by(told["enters"] * there)
        enters[:, told["applied_since"] != NOT_YET] = ONE
        fates = np.cumsum([told[name] for name in ("removed", "withdraws", "lapses")])
        reached = np.minimum(np.rint(fates * ONE), ONE).astype(np.uint32)
        return Odds(enters, reached_by(told["leaves"] * there), reached)

    def __iter__(self) -> Iterator[tuple[int, slice]]:
        for number, (start, stop) in enumerate(zip(self.starts[:-1], self.starts[1:], strict=True)):
            yield number, slice(int(start), int(stop))


@dataclass(frozen=True)
class Odds:
    """Hold probabilities in 1/2^31: to have applied and to have left, uint32 [years, classes]; the fates."""

    enters: NDArray[np.uint32]
    leaves: NDArray[np.uint32]
    fates: NDArray[np.uint32]


@dataclass(frozen=True)
class Applying:
    """Say who applies at all.

    Attributes:
        shares: float64 [scenarios], of the people: those whose lot is below.
        there: bool [people, populations], who is one of a population; None where there is one of everybody.
        population: int [scenarios], the position of each scenario's.

    """

    shares: NDArray[np.float64]
    there: NDArray[np.bool_] | None
    population: NDArray[np.integer]


def present(
    line: Line, classes: Classes, *, odds: Sequence[Odds], numbers: Numbers, applying: Applying
) -> Presence:
    """Say who would stand in the pool in several scenarios if nobody were ever admitted.

    Args:
        line: the people, class by class.
        classes: what they are.
        odds: one a scenario.
        numbers: those of the people, in the line's order.
        applying: who applies at all in these years.

    """
    known, years = len(odds), len(line.years)
    bits = words_of(known) * WORD
    ends = np.array([*range(known), *[known - 1] * (bits - known)])
    applying = Applying(applying.shares[ends], applying.there, applying.population[ends])
    filling = _Filling(line, numbers, _stacked([odds[end] for end in ends]), applying)
    counts = {name: np.zeros((years, bits), dtype=np.int64) for name in ("in_pool", "reservoir", "entered")}
    adders = {name: Adder() for name in counts}
    standing = np.zeros((years, bits // WORD, line.people), dtype=np.uint64)
    for number, some in classes:
        for name, words in filling.fill(number, some, standing).items():
            adders[name].add(words)
    counts |= {name: adder.total() for name, adder in adders.items() if line.people}
    lasting = ~_met(numbers.numbers[Event.SETTLING], filling.odds.fates)
    rankable = line.eligible & standing.any(axis=1)
    return Presence(line, known, 0, standing=standing, lasting=lasting, rankable=rankable, **counts)


@dataclass(frozen=True)
class _Filling:
    """Fill in class after class."""

    line: Line
    numbers: Numbers
    odds: Odds
    applying: Applying

    def fill(self, number: int, some: slice, standing: Words) -> dict[str, Words]:
        """Say who of a class stands in the pool, and return who else is to be counted, by name."""
        entering, leaving = (self.numbers.numbers[event, some] for event in (Event.ENTERING, Event.LEAVING))
        apply = self._apply(some)
        applied = _met(entering, self.odds.enters[..., number]) & apply
        stay = ~_met(leaving, self.odds.leaves[..., number]) & apply
        here = standing[..., some]
        np.bitwise_and(applied, stay, out=here)
        first = some.start
        if self.line.applied_since[first] != NOT_YET:
            nobody = applied[..., :0]
            return {"in_pool": here, "entered": nobody, "reservoir": nobody}
        new = here.copy()
        new[1:] &= ~applied[:-1]
        there = mask(self.line.arrives[first] <= np.array(self.line.years))
        waiting = stay & ~applied & there[:, None, None]
        return {"in_pool": here, "entered": new, "reservoir": waiting}

    def _apply(self, some: slice) -> Any:
        shares, there = self.applying.shares, self.applying.there
        apply: Any = ~np.uint64(0)
        if there is not None:
            apply = packed(there[some].take(self.applying.population, axis=1))
        if (shares == 1).all():
            return apply
        return packed(self.numbers.lots[some, None] < shares) & apply


def _stacked(odds: Sequence[Odds]) -> Odds:
    return Odds(*(np.stack([getattr(one, name) for one in odds]) for name in ("enters", "leaves", "fates")))


def _met(numbers: NDArray[np.uint32], reached: NDArray[np.uint32]) -> Words:
    """Return who has met an event, uint64 [events, words, people], of thresholds [64 x words, events]."""
    met = np.empty((reached.shape[1], len(reached) // WORD, len(numbers)), dtype=np.uint64)
    for here, thresholds in zip(met, reached.T, strict=True):
        alike = (thresholds == thresholds[0]).all()
        here[:] = mask(numbers < thresholds[0]) if alike else packed(numbers[:, None] < thresholds)
    return met
