"""Pilots: the cutoffs of a few draws, read off a histogram of scores."""

from __future__ import annotations

import numpy as np

from simulate.engine.field import Field
from simulate.engine.scores import Real, Some, Whole
from simulate.engine.weighted import Lens

BINS = 512


def pilot_cutoffs(field: Field, lens: Lens, *, draws: Some, shift: Whole, width: float, inside: int) -> Real:
    """Return the cutoffs of some draws, right to one bin.

    Args:
        field: the rows that may be near a cutoff.
        lens: of these draws.
        draws: which draws, intp [draws].
        shift: int64 [draws], where the histogram is centred, above the lens's pivot.
        width: half the width of the histogram; cutoffs beyond it are taken to be at its end.
        inside: people who are above the histogram in all these draws.

    Returns:
        float64 [draws], above the shift.

    """
    scale = BINS / (2 * width)
    start = np.arange(len(draws)) * BINS
    counts = np.zeros(len(draws) * BINS)
    for part, block in field.blocks(lens.scores(shift), draws):
        np.multiply(block, scale, out=block)
        np.add(block, BINS / 2, out=block)
        np.clip(block, 0, BINS - 1, out=block)
        bins = block.astype(np.intp)
        bins += start
        sizes = np.repeat(field.size[part], len(draws))
        counts += np.bincount(bins.ravel(), weights=sizes, minlength=len(counts))
    above = counts.reshape(len(draws), BINS)[:, ::-1].cumsum(axis=1)
    steps = (above < (field.quota[draws] - inside)[:, None]).sum(axis=1)
    centres: Real = (BINS / 2 - 0.5 - np.minimum(steps, BINS - 1)) / scale
    return centres
