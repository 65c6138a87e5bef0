"""The queue of one draw, person by person in plain Python: it shares the engine's chance and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scoring.rulebook import INDICATORS, Rulebook
from simulate.experiment.years.engine import YearsEngine
from simulate.queue.behaviour import behaviour
from synthetic_data.population import points_of
from synthetic_data.population.pool import applying
from tests.simulate.experiment.years.specs import ROUNDS

FIRST = ROUNDS[0]


@dataclass
class Round:
    """What came of one round."""

    cutoff: Fraction | None
    admitted: set[int]
    tied: int
    pool: int
    eligible: int


@dataclass
class Draw:
    """One draw: what it changes."""

    places: list[int]
    rates: dict[str, float] = field(default_factory=dict)
    lives: dict[str, float] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)
    weights: dict[str, Fraction] = field(default_factory=dict)
    share: float = 1.0
    member: int = 0


def standing(engine: YearsEngine, draw_: Draw, lives: Any) -> list[set[int]]:
    """Say who is in the pool of each round if nobody were admitted, year after year and person by person."""
    rates = behaviour({**engine.source.rates(draw_.member), **draw_.rates})
    entering, leaving, _ = (engine.numbers.numbers / 2**31).tolist()
    skips, leaves = rates.number("entering.skips"), rates.number("leaving.leaves")
    known, there = applying(lives, FIRST), engine.source.there
    pools: list[set[int]] = [set() for _ in ROUNDS]
    for person in range(len(lives)):
        first, last = int(lives.applies_from[person]), int(lives.leaves_after[person])
        if engine.numbers.lots[person] >= draw_.share or (first < FIRST and not known[person]):
            continue
        if there is not None and not there[draw_.member][person]:
            continue
        waits, stays = float(first >= FIRST), 1.0
        for pool, year in zip(pools, ROUNDS, strict=True):
            if year < first:
                continue
            waits *= skips
            if year > last:
                stays = 0.0
            elif year > max(first, FIRST):
                stays *= 1 - leaves
            if entering[person] < 1 - waits and leaving[person] >= 1 - stays:
                pool.add(person)
    return pools


def follow(engine: YearsEngine, draw_: Draw) -> list[Round]:
    """Follow one draw through its rounds."""
    lives = engine.source.lives(draw_.lives)
    rules = engine.rules.changed(draw_.rules) if draw_.rules else engine.rules
    gone: set[int] = set()
    rounds = []
    for year, places, pool in zip(ROUNDS, draw_.places, standing(engine, draw_, lives), strict=True):
        there = pool - gone
        total = totals(lives, rules, year, draw_)
        ranked = sorted((total[person] for person in there if person in total), reverse=True)
        cutoff = ranked[min(places, len(ranked)) - 1] if places and ranked else None
        admitted = {one for one in there if cutoff is not None and one in total and total[one] >= cutoff}
        tied = sum(total[one] == cutoff for one in admitted)
        rounds.append(Round(cutoff, admitted, tied, len(there), len(ranked)))
        gone |= admitted
    return rounds


def totals(lives: Any, rules: Rulebook, year: int, draw_: Draw) -> dict[int, Fraction]:
    """Give the weighted total of everybody who is eligible, in points."""
    points = {name: values.tolist() for name, values in points_of(lives, rules, year).items()}
    found = {}
    for person, reasons in enumerate(points["reasons"]):
        if reasons:
            continue
        own = {name: points[name][person] for name in INDICATORS}
        own["education"] += points["study_deduction"][person]
        more = sum((draw_.weights[name] - 1) * own[name] for name in draw_.weights)
        found[person] = (sum(own.values()) + more) / Fraction(100)
    return found
