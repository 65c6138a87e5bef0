"""Newton's step: how many people are above a guess, and how densely they stand, say how far it is off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.field import Field
from simulate.engine.scores import Floats, Real, Scores, Some

_SAMPLE = 8
"""One draw in so many tells how densely people stand."""

_UNEVEN = 0.12
"""By how much the density of a draw differs from the mean of its part, as measured on generated cohorts."""


@dataclass(frozen=True)
class Step:
    """Hold the way from guesses to cutoffs.

    Attributes:
        values: float64 [draws], from each guess towards its cutoff.
        error: how far off the cutoffs typically are from there.

    """

    values: Real
    error: float


def step(field: Field, scores: Scores, *, draws: Some, inside: int, width: int) -> Step:
    """Step from the guesses towards the cutoffs of some draws.

    Args:
        field: the rows that may be near a cutoff.
        scores: of these rows in these draws, above guess less one.
        draws: which draws, intp [draws].
        inside: people who are above the guesses in all these draws.
        width: the density is that of people so near to the guesses.

    """
    sizes: Floats = field.size.astype(scores.kind)
    some = slice(0, 1 + len(draws) // _SAMPLE)
    above, near = np.zeros(len(draws)), 0.0
    for part, block in field.blocks(scores, draws):
        near += float(sizes[part] @ (np.abs(block[:, some]) < width).sum(axis=1))
        np.clip(block, 0, 1, out=block)
        above += sizes[part] @ block
    surplus = inside + above - field.quota[draws]
    density = near / (2 * width * some.stop)
    if not density:
        return Step(np.zeros(len(draws)), width)
    typical = float(np.sqrt(np.mean(surplus**2)))
    return Step(surplus / density, (1 + np.sqrt(typical) + _UNEVEN * typical) / density)
