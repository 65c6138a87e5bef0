"""The rounds under the trial rules: how many of those who applied in vain did not come again.

The applicants of 2018 and 2019 are published, and no fit of the pool of 2020 tells them: whether somebody
below the cutoff had applied before cannot be seen afterwards. Most lives of that pool could have applied
then, and they are too few to have been all the applicants. Two shares, the same in both rounds, say how it
may have been: of those who could have applied below the cutoff and stand in the pool of 2020, so many had
applied; and of all who applied in vain, so many did not come again. Two numbers settle two shares, so that
both are assumptions which nothing tests. They weigh nobody anew: who left before 2020 is in no later round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from simulate.calibrate.sample import Sample
from simulate.calibrate.targets import admitted_rounds
from synthetic_data import published
from synthetic_data.population.careers import Careers, cutoffs

Column = NDArray[Any]
Floats = NDArray[np.float64]

ROUNDS = FIRST, SECOND = 2018, 2019
"""The rounds under the trial rules."""
AFTER = 2020
"""The first round after them."""
SPREAD = 0.02
"""How far the number of applicants may be off, as in later rounds."""
START = (0.8, 0.1)
DIGITS = 4


@dataclass(frozen=True)
class Trial:
    """Hold what is found of the rounds under the trial rules.

    Attributes:
        applied: of those of the pool of 2020 who could have applied below the cutoff, the share who had.
        left: of those who applied in vain, the share who did not come again, beyond those who leave anyway.
        given: applicants of the two rounds with these shares.
        known: applicants of whom the calibration itself says that they had applied.

    """

    applied: float
    left: float
    given: tuple[float, ...]
    known: tuple[float, ...]


@dataclass(frozen=True)
class Stock:
    """Hold numbers of people of the two rounds under the trial rules.

    Attributes:
        admitted: in each round.
        waiting: those admitted in the second round who had applied in the first.
        applied: who had applied in vain, and applies again in 2020.
        could: who could have applied in vain, and is in the calibration first in 2020.

    """

    admitted: tuple[float, ...]
    waiting: float
    applied: tuple[float, ...]
    could: tuple[float, ...]

    @classmethod
    def of(cls, careers: Careers, weights: Floats, *, leaves: float) -> Stock:
        """Count people by what each stands for in the first round it applies in."""
        gone = admitted_rounds(careers, AFTER - 1)
        ready = careers.ready_from.astype(np.int32)

        def number(some: Column, year: int) -> float:
            stayed = (1 - leaves) ** np.clip(year - ready[some], 0, None)
            return float(weights[some] @ stayed)

        below = {SECOND: careers.totals[SECOND] < cutoffs(SECOND)[SECOND]}
        below[FIRST] = below[SECOND] & (careers.totals[FIRST] < cutoffs(FIRST)[FIRST])
        later = {year: (gone == 0) & careers.eligible[year] for year in ROUNDS}
        could = {year: later[year] & below[year] & (ready == AFTER) for year in ROUNDS}
        return cls(
            admitted=tuple(number(gone == year, year) for year in ROUNDS),
            waiting=number((gone == SECOND) & (ready == FIRST), FIRST),
            applied=tuple(number(later[year] & (ready <= year), year) for year in ROUNDS),
            could=tuple(number(could[year], AFTER) / (1 - leaves) ** (AFTER - year) for year in ROUNDS),
        )

    def applicants(self, applied: float, left: float) -> tuple[float, ...]:
        """Return how many applied in the two rounds, if so many had and so many did not come again."""
        first, second = (
            known + applied * could for known, could in zip(self.applied, self.could, strict=True)
        )
        stayed = 1 - left
        return (
            self.admitted[0] + self.waiting / stayed + first / stayed**2,
            self.admitted[1] + second / stayed,
        )


def trial(sample: Sample, coefficients: Floats, *, leaves: float) -> Trial:
    """Find the two shares under which as many applied in 2018 and 2019 as did.

    Args:
        sample: the people.
        coefficients: of the traits.
        leaves: share of the waiting who leave after each round anyway.

    """
    stock = Stock.of(sample.careers, sample.weights(coefficients), leaves=leaves)
    aim = np.array([applicants(year) for year in ROUNDS])

    def off(shares: Floats) -> Floats:
        applied, left = shares
        return np.asarray((np.array(stock.applicants(applied, left)) - aim) / (SPREAD * aim))

    found = least_squares(off, START, bounds=([0.0, 0.0], [1.0, 0.9]), xtol=1e-12, ftol=1e-12, gtol=1e-12)
    applied, left = (round(float(share), DIGITS) for share in found.x)
    return Trial(applied, left, stock.applicants(applied, left), stock.applicants(0.0, 0.0))


def applicants(year: int) -> int:
    """Return how many applied in a round."""
    table = published.rounds()
    return int(table.filter(table["round"] == year)["applicants"][0])
