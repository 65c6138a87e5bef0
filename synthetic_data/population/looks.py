"""What traits of a life are made of: when people came and were born, with which credential, home and job."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.rulebook.schema import DISTRICTS, SIX_DISTRICTS
from synthetic_data.population.careers import Careers
from synthetic_data.population.lives import NEVER, Lives

Column = NDArray[Any]

TIERS = np.array([0, 1050, 1500, 2600, 3700])
"""Points of the credentials by tier, 0 (none) to 4 (doctor)."""

_OUTSIDE = np.array([name not in SIX_DISTRICTS for name in DISTRICTS])
# The least age at the first insured month by tier, as lives are drawn.
_LEAST_AGE = np.array([18, 20, 22, 23.3, 26])


@dataclass(frozen=True)
class Looks:
    """Hold what several traits are made of; times in years, credentials as tiers 0 (none) to 4 (doctor)."""

    careers: Careers
    origin: int

    @cached_property
    def tier(self) -> Column:
        """The tier of the credential claimed."""
        return np.searchsorted(TIERS, self.careers.education)

    @cached_property
    def came(self) -> Column:
        """When they were first insured."""
        return np.clip(self.careers.lives.insured_from / 12, 1998.5, 2014)

    @cached_property
    def since(self) -> Column:
        """The same, around 2005, in steps of three years."""
        return np.asarray((self.came - 2005) / 3)

    @cached_property
    def birth(self) -> Column:
        """When they were born."""
        return np.asarray(self.careers.lives.birth_day / 365.2425 + 1970)

    @cached_property
    def born(self) -> Column:
        """The same, around 1979, in steps of four years."""
        return np.asarray(np.clip((self.birth - 1979) / 4, -3, 3))

    @cached_property
    def waited(self) -> Column:
        """How long after the least age of their tier they were first insured, in steps of four years."""
        age = self.careers.lives.insured_from / 12 - self.birth
        return np.asarray(np.clip(age - _LEAST_AGE.take(self.tier), 0, 14) / 4)

    @cached_property
    def own(self) -> Column:
        """Who ever has an own home."""
        return np.asarray(self.careers.lives.home_from[0] < NEVER)

    @cached_property
    def suburban(self) -> Column:
        """Whose first own home lies outside the six districts."""
        return suburban_from_the_start(self.careers.lives)

    @cached_property
    def moved(self) -> Column:
        """The year of the move to a home outside, or never."""
        lives = self.careers.lives
        return np.asarray(np.where(self.own & ~self.suburban, lives.home_from[1] // 12, NEVER))

    @cached_property
    def outside(self) -> Column:
        """Whose first job lies outside the six districts."""
        return np.asarray(_OUTSIDE.take(self.careers.lives.job_district[0]))

    @cached_property
    def taxed(self) -> Column:
        """Who paid high tax in any of the seven years before the origin."""
        lives = self.careers.lives
        return np.asarray((lives.tax_from < self.origin) & (lives.tax_through >= self.origin - 7))


def suburban_from_the_start(lives: Lives) -> Column:
    """Say whose first own home lies outside the six districts."""
    return np.asarray((lives.home_from[0] < NEVER) & _OUTSIDE.take(lives.home_district[0]))
