"""When people join the queue and when they leave it: the end of every life that is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthetic_data.population.chance import Chance, Life
from synthetic_data.population.lives import NEVER_DAY
from synthetic_data.population.parameters import Parameters

FIRST_ROUND = 2018
"""The first round that was held; who was ready before came then, if they had not left."""

_LAST_ROUND = 2200
_OLDEST = 60
_LONG_BEFORE = 12 * 2004


def entry(p: Parameters, chance: Chance, life: Life) -> Life:
    """Draw the first and the last round in which somebody applies, and when their insurance ends.

    People apply once they have seven unbroken years and a permit. Some came to the first rounds, above all
    those insured for long, most to that of 2020 at the latest; the others come when they come, as many in
    every later round. After each round some do not come again, and nobody who turned 60 in an earlier year.
    """
    ready = _unbroken(life, life["insured_from"] + 84.0)
    ready = np.maximum(ready, np.where(life["permit_day"] == NEVER_DAY, 0, _month(life["permit_day"])))
    first = chance.choice(p.weights("queue.first"))
    eager = chance.share(p.number("queue.eager")) & (life["insured_from"] < _LONG_BEFORE)
    first = np.where(eager, 0, first)
    late = len(p.weights("queue.first")) - 1
    waited = np.floor(chance.uniform() * p.number("queue.late_rounds"))
    comes = np.where(first == 0, 0, FIRST_ROUND + np.where(first == late, late + waited, first))
    applies_from = np.minimum(np.maximum(np.ceil(ready / 12), comes), _LAST_ROUND)
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
