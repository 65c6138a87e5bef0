"""What is assumed of the years after the origin, because nothing published says it.

Lives are drawn under the parameters' own rates. Another rate after the origin is a likelihood ratio: who
begins to pay high tax weighs more by the ratio of the rates, who could have and did not weighs less, so that
what had happened by the origin stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synthetic_data.population import Lives, Parameters
from synthetic_data.population.events import TAX_FROM
from synthetic_data.population.lives import NEVER
from synthetic_data.population.looks import suburban_from_the_start

Column = NDArray[Any]
Floats = NDArray[np.float64]

HORIZON = 2031
"""Years from this one on are left as drawn: no forecast reaches there."""


@dataclass(frozen=True, kw_only=True)
class Future:
    """Hold what is assumed after the origin.

    Attributes:
        leaves: share of the waiting who leave after each round.
        tax_begins: by what the yearly rate of beginning to pay high tax is multiplied.
        tax_ends: the same for ending.
        moves: the same for moving to a home outside the six districts.
        late: by round, by what the number of late comers is multiplied.

    """

    leaves: float
    tax_begins: float = 1.0
    tax_ends: float = 1.0
    moves: float = 1.0
    late: Mapping[int, float]


def log_ratio(lives: Lives, future: Future, parameters: Parameters, origin: int) -> Floats:
    """Return the logarithm of how much more each life weighs under the assumptions."""
    ratio = _tax(lives, future, parameters, origin) + _moves(lives, future, parameters, origin)
    for year, times in future.late.items():
        ratio += np.where(lives.applies_from == year, np.log(times), 0.0)
    return ratio


def _tax(lives: Lives, future: Future, parameters: Parameters, origin: int) -> Floats:
    pays = lives.tax_from < NEVER
    from_ = np.maximum(lives.insured_from // 12 + TAX_FROM, origin)
    begun = _hazard(lives.tax_from, from_, parameters.number("tax.begins"), future.tax_begins)
    last = np.where(lives.tax_from < HORIZON, lives.tax_through, NEVER)
    # A spell may end from its first year on; those of one year are drawn apart and left as they are.
    single = lives.tax_through == lives.tax_from
    ended = _hazard(last, np.maximum(lives.tax_from, origin), parameters.number("tax.ends"), future.tax_ends)
    return np.where(pays, begun + np.where(single, 0.0, ended), 0.0)


def _moves(lives: Lives, future: Future, parameters: Parameters, origin: int) -> Floats:
    inside = (lives.home_from[0] < NEVER) & ~suburban_from_the_start(lives)
    year = np.minimum(lives.home_from[1] // 12, NEVER)
    from_ = np.maximum(lives.home_from[0] // 12, origin)
    return np.where(inside, _hazard(year, from_, parameters.number("home.moves_out"), future.moves), 0.0)


def _hazard(year: Column, from_: Column, rate: float, times: float) -> Floats:
    """Return the log likelihood ratio of an event in *year*, possible from *from_* on, at another rate."""
    old, new = 1 - np.exp(-rate), 1 - np.exp(-rate * times)
    spared = np.clip(np.minimum(year.astype(np.int32), HORIZON) - from_.astype(np.int32), 0, None)
    happens = (year >= from_) & (year < HORIZON)
    return np.asarray(spared * np.log((1 - new) / (1 - old)) + np.where(happens, np.log(new / old), 0.0))
