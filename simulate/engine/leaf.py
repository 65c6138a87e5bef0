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

Entries = tuple[Some, Some, Whole]


@dataclass(frozen=True)
class Count:
    """Hold who is at or above the guesses of a part.

    Attributes:
        part: with the guesses that were counted.
        counts: int64 [draws, levels + 2], people of the part's rows by level.
        row_counts: int64 [rows], in how many draws each row is.
        band: the scores near the guesses, with positions of draws in the part and of rows in the field.

    """

    part: Part
    counts: Whole
    row_counts: Whole
    band: Band


def count(opened: Opened, members: Packed) -> Count | None:
    """Count who is at or above the guesses, corrected; None if their bands are too crowded to be held.

    Args:
        opened: the part to count.
        members: of all rows, people by level.

    """
    part, lens = opened.part, opened.lens
    # Scores are one too high here, so that clipping them to 0 and 1 says who is at or above the guess.
    scores = lens.scores(part.guess - lens.origin() - 1, room=part.band)
    part, step, inner = part.stepped(scores)
    columns, ones = members.columns[part.rows], np.ones(len(part.draws), dtype=scores.kind)
    sums = np.zeros((columns.shape[1], len(part.draws)), dtype=columns.dtype)
    row_counts = np.zeros(len(part.rows), dtype=np.int64)
    near, held = [_entries(np.zeros((0, 1)), 0, np.zeros(0, dtype=np.intp))], 0
    for some, block in part.field.blocks(scores.less(step), part.draws):
        flat = np.flatnonzero((block > -inner) ^ (block >= inner))
        held += len(flat)
        if held > _MOST_ENTRIES and len(part.draws) > 1:
            return None
        near.append(_entries(block, some.start, flat))
        np.clip(block, 0, 1, out=block)
        sums += columns[some].T @ block
        row_counts[some] = block @ ones
    return Count(part, members.unpacked(sums), row_counts, _band(part, near, excess=1))


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
    row, draw = np.divmod(flat, block.shape[1])
    return draw, row + start, block.ravel()[flat].astype(np.int64)


def _band(part: Part, entries: list[Entries], *, excess: int) -> Band:
    draw, position, score = (np.concatenate(parts) for parts in zip(*entries, strict=True))
    return Band(draw, part.rows[position], score - excess, part.field.size[position])
