"""Pools for quotas: ten people to count by hand, and pools drawn dense with ties."""

from decimal import Decimal

import numpy as np

import scoring
from tests.reports.rounds import frame, scored

TEN = ["99.00", "98.50", "98.50", "98.00", "97.00", "97.00", "97.00", "96.50", "95.00", "90.00"]
"""Totals of ten people: three tied at 97.00, two at 98.50."""

SEX = ["female", "male", "female", "male", "female", "female", "male", "male", "female", "male"]


def ten() -> scoring.Scored:
    """Score the ten people."""
    return scored(frame({"employment": TEN, "sex": SEX}), quota=0)


def drawn(size: int, *, seed: int) -> scoring.Scored:
    """Score people whose totals are few quarters of a point, so that most are tied."""
    random = np.random.default_rng(seed)
    points = [str(Decimal(int(number)) / 4) for number in random.integers(0, max(2, size // 2), size)]
    area = random.choice(["north", "south", "west"], size).tolist()
    return scored(frame({"employment": points, "area": area}), quota=0)
