"""Settle the cutoff of each draw from its neighbourhood: exact, whatever the prediction was worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Some = NDArray[np.intp]
Whole = NDArray[np.int64]

_SPAN = 44
"""Bits of a sort key for the distance from the guess; the heaviest weights of the highest points fit."""


@dataclass(frozen=True)
class Band:
    """Hold the scores near the guessed cutoffs, one entry a row and draw.

    Attributes:
        draw: intp [entries], position of the draw.
        row: intp [entries], position of the row.
        score: int64 [entries], total less guess; nothing within the band is missing.
        size: int64 [entries], people of the row.

    """

    draw: Some
    row: Some
    score: Whole
    size: Whole

    def some(self, entries: Some) -> Band:
        """Return some of the entries, by position."""
        return Band(self.draw[entries], self.row[entries], self.score[entries], self.size[entries])


@dataclass(frozen=True)
class Settled:
    """Say for each draw where its cutoff lies and who moves.

    Attributes:
        found: bool [draws], whether the cutoff lies within the band; nothing else holds where it does not.
        cutoff: int64 [draws], less the guess.
        tied: int64 [draws], people at the cutoff.
        moved_draw, moved_row: intp [moves], rows that are on another side of the cutoff than of the guess.
        sign: int64 [moves], 1 where the row is admitted though below the guess, -1 where not though above.

    """

    found: NDArray[np.bool_]
    cutoff: Whole
    tied: Whole
    moved_draw: Some
    moved_row: Some
    sign: Whole


def settle(band: Band, at_guess: Whole, quota: Whole) -> Settled:
    """Find the score at rank *quota* of each draw.

    Where more than the quota stand at or above the guess, the lowest of them leave as long as the quota stays
    filled; where fewer do, the highest below enter until it is. Scores tied with the last one stay or enter
    together.

    Args:
        band: the entries near the guesses.
        at_guess: int64 [draws], people at or above the guess.
        quota: int64 [draws], places, from 1 to the size of the pool.

    """
    surplus = at_guess - quota
    leaving = surplus >= 0
    own = np.flatnonzero((band.score >= 0) == leaving[band.draw])
    distance = np.where(band.score[own] >= 0, band.score[own], -1 - band.score[own])
    keys = (band.draw[own].astype(np.int64) << _SPAN) | distance
    order = np.argsort(keys)
    keys, own = keys[order], own[order]
    below = np.concatenate([[0], np.cumsum(band.size[own])])
    draws = np.arange(len(quota), dtype=np.int64)
    first = np.searchsorted(keys, draws << _SPAN)
    end = np.searchsorted(keys, (draws + 1) << _SPAN)
    wanted = below[first] + np.where(leaving, surplus + 1, -surplus)
    last = np.searchsorted(below, wanted) - 1
    found = last < end
    last = np.minimum(last, max(len(own) - 1, 0))
    if not len(own):
        return _nothing(found)
    tie_first, tie_end = np.searchsorted(keys, keys[last]), np.searchsorted(keys, keys[last], side="right")
    moves = np.where(found, np.where(leaving, tie_first, tie_end) - first, 0)
    moved_draw = np.repeat(draws, moves)
    moved = np.arange(len(moved_draw)) - np.repeat(np.cumsum(moves) - moves - first, moves)
    return Settled(
        found=found,
        cutoff=band.score[own[last]],
        tied=below[tie_end] - below[tie_first],
        moved_draw=moved_draw,
        moved_row=band.row[own[moved]],
        sign=np.where(leaving, -1, 1)[moved_draw],
    )


def _nothing(found: NDArray[np.bool_]) -> Settled:
    none = np.zeros(0, dtype=np.int64)
    zeros = np.zeros(len(found), dtype=np.int64)
    return Settled(np.zeros_like(found), zeros, zeros, none, none, none)
