"""Exact Shapley values over the parts of a reform: whole numbers in units of 1 / n!, n being the parts.

A part's value is the mean, over all orders in which the parts could come, of what it changes when its turn
is (Shapley 1953). Over all subsets S without the part that is a weight of |S|! (n - |S| - 1)! each.
"""

from __future__ import annotations

from math import factorial

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


def coefficients(parts: int) -> Whole:
    """Return by what each subset's value is multiplied, int64 [parts, subsets]; the sum is in 1 / parts!.

    >>> coefficients(1).tolist()
    [[-1, 1]]
    """
    subsets = np.arange(1 << parts)
    inside = subsets[None, :] >> np.arange(parts)[:, None] & 1
    size = np.array([int(subset).bit_count() for subset in subsets])
    weights = [factorial(rest) * factorial(parts - rest - 1) for rest in range(parts)]
    joined = np.array([0, *weights], dtype=np.int64)[size]
    missed = np.array([*weights, 0], dtype=np.int64)[size]
    signed: Whole = np.where(inside == 1, joined, -missed)
    return signed


def shapley(values: NDArray[np.integer | np.bool_]) -> Whole:
    """Return each part's share of the change from no part to all of them, in units of 1 / parts!.

    Args:
        values: integers [subsets, any], what is counted under each subset.

    Returns:
        int64 [parts, any]; over the parts it sums to parts! times the change.

    """
    parts = len(values).bit_length() - 1
    shares: Whole = coefficients(parts) @ values.astype(np.int64)
    return shares
