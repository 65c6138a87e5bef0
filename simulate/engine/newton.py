"""Newton's step: how many people are above a guess, and how densely they stand, say how far it is off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.field import Field
from simulate.engine.scores import EXACT, Flags, Floats, Real, Some
from simulate.engine.weighted import Products

_SAMPLE = 8
"""One draw in so many tells how densely people stand."""

_UNEVEN = 0.06
"""By how much the density of a draw differs from the mean of its part, as measured on generated cohorts."""


@dataclass(frozen=True)
class Step:
    """Hold the way from guesses to cutoffs, and who is far from the guesses in all draws.

    Attributes:
        values: float64 [draws], from each guess towards its cutoff.
        error: how far off the cutoffs typically are from there.
        above, below: bool [rows], who is farther than the reach above the guess, or below it, in all draws.

    """

    values: Real
    error: float
    above: Flags
    below: Flags


def step(field: Field, scores: Products, *, draws: Some, inside: int, reach: int) -> Step:
    """Step from the guesses towards the cutoffs of some draws.

    Scores are cut to the reach. Their sum over people then tells how many are above a guess, in the mean of
    guesses within the reach, which a few draws counted exactly put right; their sum over draws tells who is
    farther in all draws.

    Args:
        field: the rows that may be near a cutoff.
        scores: of these rows in these draws, above the guess.
        draws: which draws, intp [draws].
        inside: people who are above the guesses in all these draws.
        reach: how far from the guesses the cutoffs are looked for.

    """
    sizes: Floats = field.size.astype(scores.kind)
    some, half = slice(0, 1 + len(draws) // _SAMPLE), reach // 2 + 1
    sums, above = np.zeros(len(sizes)), np.zeros(len(draws))
    exact, near = np.zeros(some.stop), 0.0
    for part, block in field.blocks(scores, draws):
        few = block[:, some]
        exact += sizes[part] @ few.clip(0, 1)
        near += float((sizes[part] @ (np.abs(few) < half).astype(scores.kind)).sum())
        np.clip(block, -reach, reach, out=block)
        above += sizes[part] @ block
        sums[part] = _sums(block, int(EXACT[scores.kind] / reach))
    above = (above / reach + sizes.sum()) / 2
    surplus = inside + above + (exact - above[some]).mean() - field.quota[draws]
    density = near / (2 * half * some.stop)
    typical = float(np.sqrt(np.mean(surplus**2)))
    error = (1 + np.sqrt(typical) + _UNEVEN * typical) / density if density else float(reach)
    values = surplus / density if density else np.zeros(len(draws))
    whole = min(reach * len(draws), EXACT[np.float64])
    return Step(values, error, sums == whole, sums == -whole)


def _sums(block: Floats, most: int) -> Real:
    """Sum rows, [rows, any], of whole numbers; the float holds the sum of so many exactly."""
    ones, sums = np.ones(min(most, block.shape[1]), dtype=block.dtype), np.zeros(len(block))
    for start in range(0, block.shape[1], len(ones)):
        few = block[:, start : start + len(ones)]
        sums += few @ ones[: few.shape[1]]
    return sums
