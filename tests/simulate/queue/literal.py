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
    """Return the number in [0, 1) of a person, event and replication, read from the generator one by one.

    Each block of 1,024 people shares the lower 15 bits of its numbers, the upper 15 of one draw for it; a
    person takes 16 draws of four times 16 bits, which are the upper bits of 64 numbers.
    """
    word, bit = divmod(replication, 64)
    lower = _draw(seed, (event,), person // 1024) >> 49
    upper = _draw(seed, (event, word), person * 16 + bit // 4) >> 16 * (bit % 4) & 0xFFFF
    return Fraction(upper << 15 | lower, 1 << 31)


@cache
def _draw(seed: int, key: tuple[int, ...], at: int) -> int:
    generator = np.random.PCG64DXSM(np.random.SeedSequence(seed, spawn_key=key))
    generator.advance(at)
    return int(generator.random_raw())


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
