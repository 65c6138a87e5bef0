"""What every way of scoring hands over, and how many of its ranks are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.indicators import COLUMNS


@dataclass(frozen=True)
class Outcome:
    """Hold points, ranks with 0 for the ineligible, and who is admitted, applicant by applicant.

    Points are the ten columns and the total, in whole hundredths or as floats in points.
    """

    points: Mapping[str, NDArray[Any]]
    ranks: NDArray[np.uint32]
    admitted: NDArray[np.bool_]

    @property
    def ending(self) -> str:
        """How the round ended."""
        cutoff = self.hundredths("total")[self.admitted].min() / 100
        return f"cutoff {cutoff:.2f}, {np.count_nonzero(self.admitted):,} admitted"

    def hundredths(self, column: str) -> NDArray[np.int64]:
        """Return a column of points in whole hundredths, floats to the nearest."""
        points = self.points[column]
        if points.dtype.kind == "f":
            return np.rint(points.astype(np.float64) * 100).astype(np.int64)
        return points.astype(np.int64)

    def differing(self, other: Outcome) -> list[str]:
        """Name what *other* has otherwise: points to the hundredth, who is eligible, how the round ends."""
        columns = [
            column
            for column in (*COLUMNS, "total")
            if not np.array_equal(self.hundredths(column), other.hundredths(column))
        ]
        others = {
            "who is eligible": not np.array_equal(self.ranks > 0, other.ranks > 0),
            f"how the round ends ({self.ending}, not {other.ending})": self.ending != other.ending,
        }
        return [*columns, *(name for name, differs in others.items() if differs)]

    @cached_property
    def wrong_ranks(self) -> int:
        """The number of applicants whose rank is not the one that sorting exact totals gives.

        The exact totals are the sums of the items in whole hundredths.
        """
        totals = np.zeros(len(self.ranks), dtype=np.int64)
        for column in COLUMNS:
            totals += self.hundredths(column)
        ranked = self.ranks > 0
        descending = np.sort(-totals[ranked])
        exact = np.searchsorted(descending, -totals[ranked]) + 1
        return int(np.count_nonzero(self.ranks[ranked] != exact))
