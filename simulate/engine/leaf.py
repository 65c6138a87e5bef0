"""A leaf: few draws and few rows, whose scores are all formed and compared with the guesses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.packed import Packed
from simulate.engine.part import Opened, Part
from simulate.engine.scores import ABSENT, Floats, Some, Whole
from simulate.engine.settle import Band

_MOST_ENTRIES = 1 << 19
"""Entries of a band that are held at once."""

_MORE, _LEAST = 1.5, 12
"""People between guess and cutoff that are looked at: times and besides those who are missing or too many."""

Entries = tuple[Some, Some, Whole]


@dataclass(frozen=True)
class Count:
    """Hold who is at or above the guesses of a part.

    Attributes:
        counts: int64 [draws, levels + 2], people by level, who are no rows any more included.
        row_counts: int64 [rows], in how many draws each row is.
        band: the scores near the guesses, with positions of draws in the part and of rows in the field.

    """

    counts: Whole
    row_counts: Whole
    band: Band


def count(opened: Opened, near: int, members: Packed) -> Count | None:
    """Count who is at or above the guesses; None if their neighbourhoods are too crowded to be held.

    Args:
        opened: the part to count.
        near: how far from the guesses scores are held.
        members: of all rows, people by level.

    """
    part, lens = opened.part, opened.lens
    # Scores are one too high here, so that clipping them to 0 and 1 says who is at or above the guess.
    scores = lens.scores(part.guess - lens.origin() - 1)
    columns, ones = members.columns[part.rows], np.ones(len(part.draws), dtype=scores.kind)
    sums = np.zeros((columns.shape[1], len(part.draws)), dtype=columns.dtype)
    row_counts = np.zeros(len(part.rows), dtype=np.int64)
    entries, held = list[Entries](), 0
    for some, block in part.field.blocks(scores, part.draws):
        flat = np.flatnonzero((block > -near) ^ (block >= near))
        held += len(flat)
        if held > _MOST_ENTRIES and len(part.draws) > 1:
            return None
        entries.append(_entries(block, some.start, flat))
        np.clip(block, 0, 1, out=block)
        sums += columns[some].T @ block
        row_counts[some] = block @ ones
    counts = part.inside + members.unpacked(sums)
    band = _band(part, entries, excess=1)
    return Count(counts, row_counts, _likely(band, counts[:, -1] - part.field.quota[part.draws], near))


def _likely(band: Band, surplus: Whole, near: int) -> Band:
    """Keep the scores between guess and cutoff, as the surplus at the guess and the mean density have it.

    Whole neighbourhoods on one side of each guess are kept, so that none lacks a score.
    """
    side = 1 + band.size.sum() / (2 * len(surplus))
    reach = near * (_MORE * np.abs(surplus) + _LEAST) / side
    low, high = np.where(surplus < 0, -reach, 0), np.where(surplus < 0, 0, reach)
    return band.some(np.flatnonzero((band.score >= low[band.draw]) & (band.score < high[band.draw])))


def whole_band(part: Part) -> Band:
    """Return the scores of a part's rows that are within its band."""
    lens = part.lens()
    scores = lens.scores(part.guess - lens.origin())
    width = min(part.band, -ABSENT[scores.kind])
    entries = [
        _entries(block, some.start, np.flatnonzero(np.abs(block) < width))
        for some, block in part.field.blocks(scores, part.draws)
    ]
    return _band(part, entries, excess=0)


def _entries(block: Floats, start: int, flat: Some) -> Entries:
    row = flat // block.shape[1]
    return flat - row * block.shape[1], row + start, block.ravel()[flat].astype(np.int64)


def _band(part: Part, entries: list[Entries], *, excess: int) -> Band:
    nothing = _entries(np.zeros((0, 1)), 0, np.zeros(0, dtype=np.intp))
    draw, position, score = (np.concatenate(parts) for parts in zip(nothing, *entries, strict=True))
    return Band(draw, part.rows[position], score - excess, part.field.size[position])
