"""Sweep: all draws at once over the few people whose outcome hangs on them.

1. Bounds over all draws set aside who is always in and who never is (`corral`).
2. The cutoffs of pilot draws predict those of all draws (`pilots`, `predict`).
3. Draws are split into parts of draws like each other, where bounds and predictions are tighter (`part`),
   down to leaves, where the scores of whoever is left are compared with the guesses (`leaf`).
4. Scores near the guess settle the exact cutoff and correct the counts (`settle`). Where the cutoff is not
   near, all scores of step 1 settle it; the bounds there promise that it is among them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from simulate.engine.corral import Corral, corral
from simulate.engine.field import Field
from simulate.engine.leaf import all_entries, count
from simulate.engine.ledger import Ledger
from simulate.engine.part import Part
from simulate.engine.scores import Floats, Real, Some, Whole
from simulate.engine.settle import settle

_AREA = 1 << 21
"""Scores of a leaf: more are split, as bounds over fewer draws are tighter."""

_FEWEST = 64
"""Draws of a leaf: fewer are not split, as products of narrow blocks are slow."""

_CROWDED = 150
"""Rows in a band above which a better prediction pays."""

_MISSES = 16
"""Draws that are settled by all scores at once."""


@dataclass(frozen=True)
class Tally:
    """Hold what a sweep counted.

    Attributes:
        cutoff: int64 [draws], in 1/102,400 of a point.
        tied: int64 [draws], people at the cutoff.
        counts: int64 [draws, levels + 2], the admitted by level, those of them admitted at the baseline, all.
        row_counts: int64 [rows], in how many draws each row is admitted.

    """

    cutoff: Whole
    tied: Whole
    counts: Whole
    row_counts: Whole


def sweep(whole: Field, members: Callable[[Some], Floats]) -> Tally:
    """Count every draw.

    Args:
        whole: all rows, in all draws.
        members: gives of some rows the people by level, [rows, levels + 2].

    """
    pen = corral(whole)
    field = whole.narrowed(pen.open)
    always = members(pen.inside).sum(axis=0, dtype=np.int64)
    ledger = Ledger.begun(members(pen.open), always, len(field.quota))
    first = _first(pen, field, inside=int(always[-1]))
    for part in _leaves(first, field, ledger):
        _look_again(part, field, ledger)
    row_counts = np.zeros(len(whole.size), dtype=np.int64)
    row_counts[pen.inside] = len(field.quota)
    row_counts[pen.open] = ledger.row_counts
    return Tally(ledger.cutoff, ledger.tied, ledger.counts, row_counts)


def _first(pen: Corral, field: Field, *, inside: int) -> Part:
    """Return all draws, whose cutoffs lie within the corral's bounds."""
    low, high = int(np.floor(pen.floor)), int(np.ceil(pen.ceiling))
    middle = (low + high) // 2
    draws, rows = np.arange(len(field.quota)), np.arange(len(field.size))
    guess = pen.lens.origin() + middle
    return Part(draws, rows, inside, guess, band=high - middle + 1, asked=0)


def _leaves(first: Part, field: Field, ledger: Ledger) -> list[Part]:
    """Count all draws of a part; return those whose cutoffs are not near the guess."""
    told = _told(field)
    reference = first.guess
    missed = []
    waiting = [first.refined(field, told)]
    while waiting:
        part, inside, lens, crowd = waiting.pop().narrowed(field)
        ledger.admit(part.draws, inside)
        large = len(part.draws) * len(part.rows) > _AREA and len(part.draws) > _FEWEST
        counted = None if large else count(field, part, lens, ledger.members[part.rows])
        if counted is None:
            if crowd > _CROWDED and 8 * len(part.draws) <= part.asked:
                part = part.refined(field, told)
            offset = part.guess - reference[part.draws]
            waiting += part.halves(np.column_stack([field.scorer.coordinates[part.draws], offset]))
            continue
        ledger.enter(part.draws, part.rows, counted)
        settled = settle(counted.band, ledger.counts[part.draws, -1], field.quota[part.draws])
        ledger.correct(part.draws, part.guess, settled)
        missed.append(part.some(np.flatnonzero(~settled.found)))
    return missed


def _look_again(missed: Part, field: Field, ledger: Ledger) -> None:
    """Settle the draws of a part by the scores of all rows."""
    rows = np.arange(len(field.size))
    for start in range(0, len(missed.draws), _MISSES):
        some = np.arange(start, min(start + _MISSES, len(missed.draws)))
        part = replace(missed.some(some), rows=rows)
        lens, _ = field.lens(part.draws, rows, float(part.guess.mean()))
        band = all_entries(field, part, lens)
        settled = settle(band, ledger.counts[part.draws, -1], field.quota[part.draws])
        ledger.correct(part.draws, part.guess, settled)


def _told(field: Field) -> Real:
    """Return what tells draws apart for a prediction, float64 [draws, any]."""
    return np.column_stack([field.scorer.coordinates, field.quota, field.presence.coordinates()])
