"""Round points exactly: integers in hundredths, no binary float between the rule and the rank."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.rulebook import Rulebook

Hundredths = NDArray[np.int32]


@dataclass(frozen=True)
class Rounding:
    """Round a quotient of whole numbers to a step of hundredths.

    The public lists show every item rounded to 0.01 with the magnitude half-up, then signed:
    -0.875 is published as -0.88. ``step`` is in hundredths of a point.

    >>> Rounding(step=1, rule="half_away_from_zero").quotient(np.array([-175, 175]), 2).tolist()
    [-88, 88]
    """

    step: int
    rule: str

    @classmethod
    def of(cls, rules: Rulebook) -> Rounding:
        """Take the rounding that a rulebook sets for every item."""
        return cls(step=rules.points("rounding.step"), rule=rules.text("rounding.rule"))

    def quotient(self, numerator: NDArray[np.integer] | int, denominator: int) -> Hundredths:
        """Return numerator / denominator in hundredths, rounded to the step; the denominator is positive."""
        exact = np.asarray(numerator, dtype=np.int64)
        divisor = denominator * self.step
        whole, rest = np.divmod(np.abs(exact), divisor)
        up: NDArray[np.bool_]
        if self.rule == "half_away_from_zero":
            up = 2 * rest >= divisor
        elif self.rule == "half_to_even":
            up = (2 * rest > divisor) | ((2 * rest == divisor) & (whole % 2 == 1))
        else:
            up = np.zeros(exact.shape, dtype=bool)
        rounded: Hundredths = (np.sign(exact) * (whole + up) * self.step).astype(np.int32)
        return rounded

    def whole(self, hundredths: NDArray[np.integer] | int) -> Hundredths:
        """Return points that are whole hundredths already, rounded to the step."""
        return self.quotient(hundredths, 1)
