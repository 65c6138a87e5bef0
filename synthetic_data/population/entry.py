"""When people join the queue and when they leave it: the end of every life that is drawn."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.indicators import education
from scoring.indicators.facts import Extent
from scoring.indicators.item import Law
from scoring.rulebook import Rulebook
from synthetic_data.population.chance import Chance
from synthetic_data.population.lives import NEVER_DAY
from synthetic_data.population.parameters import Parameters

Life = dict[str, NDArray[Any]]

FIRST_ROUND = 2018
"""The first round that was held; who was ready before came then, if they had not left."""

_LAST_ROUND = 2200
_OLDEST = 60
# What people count on when they judge their own chance: a year's points, and the points of age.
_POINTS_A_YEAR = 3.6
_POINTS_OF_AGE = 20


def entry(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw the first and the last round in which somebody applies, and when their insurance ends.

    People apply once they have seven unbroken years, a permit, and by their own estimate as many points as
    their bar; some let rounds pass all the same. Later each round some do not come again, and nobody who
    turned 60 in an earlier year.
    """
    bar = p.number("queue.bar") + p.number("queue.bar_spread") * chance.normal()
    tier = _tiers().take(life["credential"].astype(int)).max(axis=0)
    career = np.maximum((bar - _POINTS_OF_AGE - tier) / _POINTS_A_YEAR, 0)
    ready = _unbroken(life, life["insured_from"] + np.maximum(np.floor(12 * career), 84))
    ready = np.maximum(ready, np.where(life["permit_day"] == NEVER_DAY, 0, _month(life["permit_day"])))
    waits = chance.share(p.number("queue.waits"))
    waited = 1 + np.floor(chance.waiting(max(p.number("queue.waits_rounds") - 0.5, 0.1)))
    applies_from = np.minimum(np.ceil(ready / 12) + np.where(waits, waited, 0), _LAST_ROUND)
    again = np.log1p(-chance.uniform()) / np.log1p(-max(p.number("queue.leaves"), 1e-9))
    leaves_after = np.maximum(applies_from, FIRST_ROUND) + np.floor(again)
    leaves_after = np.minimum(leaves_after, np.floor(life["born"]) + _OLDEST)
    ends = 12 * leaves_after + chance.between(0, 119)
    return {
        "applies_from": applies_from,
        "leaves_after": leaves_after,
        "insured_last": ends,
    }


def _unbroken(life: Life, ready: NDArray[Any]) -> NDArray[Any]:
    """Return the month from which seven years are unbroken: a gap within them starts the count again."""
    for begin, months in zip(life["gap_from"], life["gap_months"], strict=True):
        after = begin + months
        ready = np.where((begin < ready) & (after > ready - 84), after + 84, ready)
    return ready


def _month(days: NDArray[Any]) -> NDArray[Any]:
    """Return the month after the one of a day, near enough."""
    return np.ceil((days / 365.2425 + 1970) * 12)


@cache
def _tiers() -> NDArray[np.float64]:
    """Return the points of each credential, as the rules in force give them."""
    law = Law(Rulebook.load("beijing-2020"), FIRST_ROUND, Extent(0, 0))
    return education.tables(law)["education"] / 100
