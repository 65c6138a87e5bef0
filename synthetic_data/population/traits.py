"""Traits of a life on which its weight hangs: smooth in time, and defined for everyone alike.

A calibrated population is the drawn one, weighted by the exponential of a sum over traits. No trait looks at
whether somebody was admitted, so that what is learned from the admitted carries over to those next in line.
Traits of single years reach up to the *origin*, the last round that may be known; what happens later is not
learned here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthetic_data.population.arrival import EARLIEST
from synthetic_data.population.careers import LATE_FROM, Careers
from synthetic_data.population.lives import NEVER, NONE
from synthetic_data.population.looks import TIERS, Looks
from synthetic_data.population.settling import MOVES_FROM

Column = NDArray[Any]

# A bachelor with a degree is the reference: its share follows from the others'.
_OTHERS = (0, 1, 3, 4)
# Knots, and how far the function may lie from the drawn population there.
_BORN = dict.fromkeys((1966, 1970, 1973, 1976, 1979, 1982, 1985, 1989), 0.3)
_CAME = dict.fromkeys((1999, 2001, 2003, 2005, 2007, 2009, 2011, 2014), 0.3)
_BOUGHT = dict.fromkeys((2001, 2004, 2006.5, 2009, 2012, 2016, 2020), 0.5)
# Far below the line many do not apply: nobody knows how many.
_TOTAL = {50: 1.0, 60: 1.0, 70: 0.8, 80: 0.5, 88: 0.25, 94: 0.2, 99: 0.2, 106: 0.2}
# Master's courses were enlarged three to four years after bachelor's: of those who came from 2003 to 2011,
# ever more were masters. Logarithm of the odds in three years, beyond what is drawn.
_RISES = {3: 0.25}


@dataclass(frozen=True)
class Trait:
    """Hold one trait: a value for each person, and how far its coefficient may lie from the mean."""

    name: str
    values: Column
    spread: float
    mean: float = 0.0


def traits(careers: Careers, origin: int) -> list[Trait]:
    """Return the traits of people, in a fixed order.

    Args:
        careers: the people and what they would score.
        origin: the last round of which anything may be known.

    """
    looks = Looks(careers, origin)
    return [Trait("all", np.ones(len(careers)), 50.0), *(one for kind in KINDS for one in kind(looks))]


def matrix(found: Sequence[Trait]) -> NDArray[np.float64]:
    """Return a column a trait."""
    return np.stack([one.values for one in found], axis=1).astype(np.float64)


def _hats(
    name: str, values: Column, knots: Mapping[Any, float], *, among: Column | int = 1
) -> Iterator[Trait]:
    """Yield a piecewise linear function of a value: one hat a knot, flat beyond the outer ones."""
    for place, (knot, spread) in enumerate(knots.items()):
        heights = np.zeros(len(knots))
        heights[place] = 1
        yield Trait(f"{name}.{knot:g}", np.interp(values, list(knots), heights) * among, spread)


def _career(looks: Looks) -> Iterator[Trait]:
    """When they came, when they were born, with which credential, and how these go together."""
    yield from _hats("came", looks.came, _CAME)
    yield Trait("came.at_start", looks.careers.lives.insured_from == EARLIEST, 0.7)
    yield from _hats("born", looks.birth, _BORN)
    for tier in range(len(TIERS)):
        among = looks.tier == tier
        if tier in _OTHERS:
            yield Trait(f"tier{tier}", among, 0.7)
            yield Trait(f"tier{tier}.came", among * looks.since, 0.2, _RISES.get(tier, 0.0))
            yield Trait(f"tier{tier}.came2", among * looks.since**2, 0.05)
        yield Trait(f"tier{tier}.waited", among * looks.waited, 0.5)
        yield Trait(f"tier{tier}.waited.log", among * np.log(looks.waited + 0.1), 0.4)
    yield Trait("waited.came", looks.waited * looks.since, 0.25)
    yield Trait("waited.came.tier1", looks.waited * looks.since * (looks.tier == 1), 0.15)
    yield Trait("waited.came.tier3", looks.waited * looks.since * (looks.tier == 3), 0.15)
    yield Trait("gap", looks.careers.lives.gap_from[0] < NEVER, 0.7)
    yield Trait("gap.years", np.clip(looks.careers.lives.gap_months.sum(axis=0), 0, 36) / 12, 0.5)


def _standing(looks: Looks) -> Iterator[Trait]:
    """Apply or not by what they would have scored in 2020, among those who applied by then."""
    early = looks.careers.lives.applies_from < LATE_FROM
    yield from _hats("total", looks.careers.total(2020), _TOTAL, among=early)


def _home(looks: Looks) -> Iterator[Trait]:
    """Whether and when they bought a home, and where."""
    lives, own, suburban = looks.careers.lives, looks.own, looks.suburban
    bought = np.minimum(lives.home_from[0] / 12, 2040)
    delay = np.clip(bought - looks.came, 0, 12) / 4
    yield Trait("own", own, 0.8)
    yield from _hats("own.bought", bought, _BOUGHT, among=own)
    yield Trait("own.delay", own * delay, 0.5)
    yield Trait("own.at_once", own & (delay < 0.08), 0.7)
    yield Trait("spouse", lives.spouse_home_from < NEVER, 0.5)
    yield Trait("suburban", suburban, 0.8)
    yield Trait("suburban.born", suburban * looks.born, 0.3)
    yield Trait("suburban.came", suburban * looks.since, 0.3)
    yield Trait("suburban.bought", suburban * np.clip((bought - 2008) / 4, -2, 3), 0.3)
    for tier in _OTHERS:
        among = looks.tier == tier
        yield Trait(f"own.tier{tier}", own * among, 0.4)
        yield Trait(f"own.delay.tier{tier}", own * delay * among, 0.25)
        yield Trait(f"suburban.tier{tier}", suburban * among, 0.4)


def _area(looks: Looks) -> Iterator[Trait]:
    """Who works outside the six districts too, who moves there and when, and whose job does."""
    outside, origin = looks.outside, looks.origin
    there = looks.suburban | (looks.moved < origin)
    job_moved = looks.careers.lives.job_moved // 12
    moves = there * (job_moved >= 2017) * (job_moved < NEVER)
    yield Trait("outside", there * outside, 0.7)
    yield Trait("outside.born", there * outside * looks.born, 0.3)
    yield Trait("outside.tier", there * outside * (looks.tier - 2), 0.3)
    yield Trait("job_moves", moves, 0.5)
    yield Trait("job_moves.inwards", moves * outside, 0.5)
    for year in range(2017, origin):
        yield Trait(f"job_moves.{year}", there * (job_moved == year), 0.3)
    moved = looks.moved < origin
    for year in range(MOVES_FROM, origin):
        yield Trait(f"moves.{year}", looks.moved == year, 0.5)
    yield Trait("moves.tier", moved * (looks.tier - 2), 0.3)
    yield Trait("moves.born", moved * looks.born, 0.3)
    yield Trait("moves.taxed", moved * looks.taxed, 0.3)
    yield Trait("moves.outside", moved * outside, 0.4)


def _tax(looks: Looks) -> Iterator[Trait]:
    """Who pays high tax, since when and until when."""
    lives, taxed, origin = looks.careers.lives, looks.taxed, looks.origin
    began = lives.tax_from < origin
    yield Trait("taxed", taxed, 0.7)
    yield Trait("taxed.before", began & ~taxed, 0.5)
    for tier in _OTHERS:
        yield Trait(f"taxed.tier{tier}", taxed * (looks.tier == tier), 0.4)
    yield Trait("taxed.suburban", taxed * looks.suburban, 0.4)
    yield Trait("taxed.outside", taxed * looks.suburban * looks.outside, 0.4)
    yield Trait("taxed.own", taxed * looks.own, 0.3)
    yield Trait("taxed.born", taxed * looks.born, 0.3)
    yield Trait("taxed.came", taxed * looks.since, 0.3)
    for year in range(2016, origin):
        yield Trait(f"tax_begins.{year}", lives.tax_from == year, 0.4)
    for year in range(2016, origin - 1):
        yield Trait(f"tax_ends.{year}", began & (lives.tax_through == year), 0.3)
    recent = began & (lives.tax_from >= origin - 3)
    yield Trait("tax_begins.suburban", recent * looks.suburban, 0.3)
    yield Trait("tax_begins.tier", recent * (looks.tier - 2), 0.3)


def _study(looks: Looks) -> Iterator[Trait]:
    """Who studied while insured, and for how long."""
    deducted = -looks.careers.deduction
    some, full = deducted > 0, deducted >= 1050
    yield Trait("studied", some, 0.8)
    yield Trait("studied.full", full, 0.6)
    yield Trait("studied.four_years", deducted == 1400, 0.6)
    yield Trait("studied.a_month", deducted == 29, 0.7)
    yield Trait("studied.born", some * looks.born, 0.3)
    yield Trait("studied.came", some * looks.since, 0.3)
    for tier in (1, 3, 4):
        yield Trait(f"studied.tier{tier}", some * (looks.tier == tier), 0.4)
        yield Trait(f"studied.full.tier{tier}", full * (looks.tier == tier), 0.4)


def _entry(looks: Looks) -> Iterator[Trait]:
    """When they apply for the first time, and who comes late.

    Of the drawn lives fewer come for the first time from 2019 on than did: the means make up for it, that of
    ``late`` by what the lists of 2021 and 2022 hold beyond the pool of 2020.
    Late comers who could have been admitted before are the rarer the longer that was so: each round some of
    them come. ``late.rounds_above`` is the logarithm of the share that still does not.
    """
    careers = looks.careers
    round_, late = careers.lives.applies_from, careers.lives.applies_from >= LATE_FROM
    yield Trait("first.2019", round_ == 2019, 0.8, 1.5)
    first = round_ == 2020
    yield Trait("first.2020", first, 0.8, 1.0)
    yield Trait("first.2020.total", first * np.clip((careers.total(2020) - 97) / 5, -2, 3), 0.4)
    yield Trait("first.2020.born", first * looks.born, 0.3)
    yield Trait("first.2020.suburban", first * looks.suburban, 0.4)
    yield Trait("first.2020.taxed", first * looks.taxed, 0.3)
    yield Trait("late", late, 0.5, 1.8)
    for year in range(LATE_FROM + 1, looks.origin + 1):
        yield Trait(f"late.{year}", round_ == year, 0.15)
    yield Trait("late.rounds_above", careers.rounds_above, 0.2, -0.4)
    yield Trait("late.below", late * np.clip(careers.below / 10, 0, 1), 0.5)
    yield Trait("late.far_below", late * np.clip(careers.below / 10 - 1, 0, 3), 0.5)
    for name, values in (("born", looks.born), ("suburban", looks.suburban), ("taxed", looks.taxed)):
        yield Trait(f"late.{name}", late * values, 0.3)
    yield Trait("late.came", late * looks.since, 0.3)
    yield Trait("late.studied", late * (careers.deduction < 0), 0.3)
    for tier in _OTHERS:
        yield Trait(f"late.tier{tier}", late * (looks.tier == tier), 0.3)


def _rare(looks: Looks) -> Iterator[Trait]:
    """Who has an award, one of twelve points, or an honour."""
    lives, innovation = looks.careers.lives, looks.careers.innovation
    yield Trait("award", lives.award != NONE, 0.8)
    yield Trait("award.most", innovation == 1200, 0.8)
    yield Trait("honour", lives.honour != NONE, 0.8)


KINDS: tuple[Callable[[Looks], Iterator[Trait]], ...] = (
    _career,
    _standing,
    _home,
    _area,
    _tax,
    _study,
    _entry,
    _rare,
)
"""The kinds of traits, in the order of the columns."""
