"""A queue in plain Python: one replication, one person after the other, as rules and docstrings say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

import numpy as np


@dataclass
class Person:
    """Hold one person: what they have each year, what may befall them, and where they are."""

    totals: list[int]
    eligible: list[bool]
    barred: list[bool]
    children: list[int]
    levels: list[int]
    enters: list[Fraction]
    leaves: list[Fraction]
    fates: tuple[Fraction, Fraction, Fraction]
    applied_since: int | None
    arrives: int
    numbers: tuple[Fraction, Fraction, Fraction] = (Fraction(0), Fraction(0), Fraction(0))
    state: str = "reservoir"
    first_applied: int | None = None


@dataclass
class Year:
    """Hold what one round gave."""

    cutoff: int | None = None
    counts: Counter[str] = field(default_factory=Counter)
    levels: Counter[int] = field(default_factory=Counter)
    waited: Counter[int] = field(default_factory=Counter)
    rank_totals: list[int | None] = field(default_factory=list)


def number(seed: int, event: int, person: int, replication: int) -> Fraction:
    """Return the number in [0, 1) of a person, event and replication, bit by bit.

    Each 64 replications have eleven keys. Those of the person's word of the first ten are the upper bits of
    the 64 numbers; the highest 21 bits of the last word are the lower bits of all 64.
    """
    word, bit = divmod(replication, 64)
    *own, lower = (_split_mix(key, person + 1) for key in _keys(seed, event, word))
    bits = [drawn >> bit & 1 for drawn in own] + [lower >> 63 - place & 1 for place in range(21)]
    return sum((Fraction(one, 2 << place) for place, one in enumerate(bits)), Fraction(0))


@cache
def _keys(seed: int, event: int, word: int) -> list[int]:
    seeds = np.random.SeedSequence(seed, spawn_key=(event, word))
    return [int(key) for key in seeds.generate_state(11, np.uint64)]


@cache
def _split_mix(key: int, at: int) -> int:
    """Return the number at a place of the SplitMix64 that begins with a key, the first being 1."""
    z = (key + at * 0x9E3779B97F4A7C15) % 2**64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
    return z ^ z >> 31


def run(people: list[Person], years: list[int], quotas: list[int], ranks: list[int]) -> list[Year]:
    """Run one replication; the people carry their numbers and are changed."""
    for person in people:
        if person.applied_since is not None:
            person.state, person.first_applied = "pool", person.applied_since
    told = []
    for at, (year, quota) in enumerate(zip(years, quotas, strict=True)):
        outcome = Year()
        _come_and_go(people, at, year, outcome)
        _admit(people, at, year, quota, outcome, ranks)
        told.append(outcome)
    return told


def _by(chances: list[Fraction], at: int, since: int, years: list[int]) -> Fraction:
    """Return the probability that an event has come by a year, its chances beginning with *since*."""
    staying = Fraction(1)
    for year, chance in zip(years[: at + 1], chances[: at + 1], strict=True):
        if year >= since:
            staying *= 1 - chance
    return 1 - staying


def _come_and_go(people: list[Person], at: int, year: int, outcome: Year) -> None:
    first = year - at
    years = list(range(first, year + 1))
    for person in people:
        entering, leaving, _ = person.numbers
        if person.state in ("reservoir", "pool") and leaving < _by(person.leaves, at, person.arrives, years):
            outcome.counts["left"] += person.state == "pool"
            person.state = "gone"
        if person.state == "reservoir" and entering < _by(person.enters, at, person.arrives, years):
            outcome.counts["entered"] += 1
            person.state, person.first_applied = "pool", year
    for person in people:
        if person.state in ("pool", "gone"):
            outcome.counts[person.state] += 1
        elif person.state == "reservoir" and person.arrives <= year:
            outcome.counts["reservoir"] += 1


def _admit(people: list[Person], at: int, year: int, quota: int, outcome: Year, ranks: list[int]) -> None:
    pool = [person for person in people if person.state == "pool"]
    ranked = sorted((person for person in pool if person.eligible[at]), key=lambda one: -one.totals[at])
    outcome.counts["eligible"] = len(ranked)
    outcome.counts["barred"] = sum(person.barred[at] and not person.eligible[at] for person in pool)
    outcome.rank_totals = [ranked[rank - 1].totals[at] if rank <= len(ranked) else None for rank in ranks]
    if quota and ranked:
        outcome.cutoff = ranked[min(quota, len(ranked)) - 1].totals[at]
    for person in ranked:
        if outcome.cutoff is None or person.totals[at] < outcome.cutoff:
            outcome.counts["backlog"] += 1
            continue
        outcome.counts["admitted"] += 1
        outcome.counts["tied"] += person.totals[at] == outcome.cutoff
        outcome.levels[person.levels[at]] += 1
        assert person.first_applied is not None
        outcome.waited[year - person.first_applied] += 1
        person.state = _fate(person)
        outcome.counts[person.state] += 1
        outcome.counts["children"] += person.children[at] * (person.state == "settled")


def _fate(person: Person) -> str:
    reached = Fraction(0)
    for fate, chance in zip(("removed", "withdrew", "lapsed"), person.fates, strict=True):
        reached += chance
        if person.numbers[2] < reached:
            return fate
    return "settled"
