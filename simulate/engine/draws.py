"""Draws: for each what-if its nine weights, its quota, its changed rules, and who applies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.rulebook import INDICATORS
from simulate.engine.errors import EngineError

UNIT = 1024
"""The weight 1.0: weights lie on a grid of 1/1024, so that a weighted total is a whole number."""

HEAVIEST = 1_000 * UNIT
"""The largest weight that is accepted; weighted totals then fit 64 bits with room to spare."""

Changes = Mapping[str, object]


@dataclass(frozen=True)
class Draws:
    """Hold *n* what-ifs of one cohort.

    Attributes:
        weights: int32 [n, 9], in 1/1024, in the order of `scoring.rulebook.INDICATORS`; a weight multiplies
            its indicator's published points, ``education`` the study deduction as well; 0 leaves it out.
        quota: int64 [n], places.
        changes: for each draw the changed values of the rulebook by dotted path, empty for none; None when no
            draw changes a rule.
        applies: float64 [n], the share of the cohort that applies; None when everyone does.

    Raises:
        EngineError: a shape, a weight, a quota or a share that cannot be; it names the draw.

    """

    weights: NDArray[np.int32]
    quota: NDArray[np.int64]
    changes: tuple[Changes, ...] | None = None
    applies: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        if self.weights.shape != (len(self.quota), len(INDICATORS)):
            raise EngineError(
                f"weights of shape {self.weights.shape} for {len(self.quota)} quotas: "
                f"{len(INDICATORS)} weights a draw are needed"
            )
        for name, parts in (("changes", self.changes), ("applies", self.applies)):
            if parts is not None and len(parts) != len(self):
                raise EngineError(f"{len(parts)} {name} for {len(self)} draws")
        _refuse((self.weights < 0) | (self.weights > HEAVIEST), "a weight", f"0 to {HEAVIEST // UNIT}")
        _refuse(self.quota < 0, "a quota", "0 or more")
        if self.applies is not None:
            _refuse(~((self.applies >= 0) & (self.applies <= 1)), "a share", "0 to 1")

    def __len__(self) -> int:
        return len(self.quota)

    def __getitem__(self, part: slice | NDArray[np.integer]) -> Draws:
        """Return some of the draws, in the order asked for."""
        which = np.arange(len(self))[part]
        return Draws(
            self.weights[which],
            self.quota[which],
            None if self.changes is None else tuple(self.changes[one] for one in which),
            None if self.applies is None else self.applies[which],
        )


def _refuse(wrong: NDArray[np.bool_], what: str, allowed: str) -> None:
    if wrong.any():
        draw = int(np.argwhere(wrong)[0, 0])
        raise EngineError(f"draw {draw}: {what} out of its range, {allowed}")
