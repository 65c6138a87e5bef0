"""Sweep: all draws at once over the few people whose outcome hangs on them.

1. Bounds over all draws set aside who is always in and who never is (`corral`).
2. The cutoffs of pilot draws predict those of all draws (`pilots`, `predict`).
3. Draws are split into parts of draws like each other, where bounds and predictions are tighter (`part`),
   down to leaves, where the scores of whoever is left are compared with the guesses (`leaf`), once to guess
   better by how many people are above (`newton`), and once to count them by group (`packed`).
4. Scores near the guess settle the exact cutoff and correct the counts (`settle`). Where the cutoff is not
   near, all scores of step 1 settle it; the bounds there promise that it is among them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from simulate.engine import leaf
from simulate.engine.corral import Corral, corral
from simulate.engine.field import Field
from simulate.engine.ledger import Ledger
from simulate.engine.packed import Packed
from simulate.engine.part import Opened, Part
from simulate.engine.scores import Floats, Real, Some, Whole
from simulate.engine.settle import Band, settle

_AREA = 1 << 24
"""Scores of a leaf: more are split, as bounds over fewer draws are tighter."""

_FEWEST = 64
"""Draws of a leaf: fewer are not split, as products of narrow blocks are slow."""

_TOGETHER, _FIRST, _WIDER = 128, 2, 4
"""Draws that are looked at again at once, and by how much their band is wider at first, then each time."""


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
    field = whole.narrowed(pen.open).condensed()
    always = members(pen.inside).sum(axis=0, dtype=np.int64)
    ledger = Ledger.begun(Packed.of(members(pen.open)), len(field.quota))
    first = _first(pen, field, always)
    told = np.column_stack([field.scorer.coordinates, field.quota, field.presence.coordinates()])
    _Walk(first, ledger, told).count(first.piloted(told))
    row_counts = np.zeros(len(whole.size), dtype=np.int64)
    row_counts[pen.inside] = len(field.quota)
    row_counts[pen.open] = ledger.row_counts
    return Tally(ledger.cutoff, ledger.tied, ledger.counts, row_counts)


def _first(pen: Corral, field: Field, inside: Whole) -> Part:
    """Return all draws, whose cutoffs lie within the corral's bounds."""
    middle = (pen.floor + pen.ceiling) // 2
    draws, rows = np.arange(len(field.quota)), np.arange(len(field.size))
    return Part(draws, rows, field, inside, pen.origin + middle, band=pen.ceiling - middle + 1)


@dataclass(frozen=True)
class _Walk:
    """Count parts of the draws, from all of them down to leaves.

    Attributes:
        first: all draws, all open rows and the first guesses.
        ledger: what is counted so far.
        told: float64 [draws, any], what tells draws apart.

    """

    first: Part
    ledger: Ledger
    told: Real

    def count(self, part: Part) -> None:
        """Count all draws of a part."""
        waiting, missed = [part], list[Part]()
        while waiting:
            opened = self.admitted(waiting.pop().opened())
            if _is_leaf(opened.part):
                opened, guess, near = opened.looked()
                opened = self.admitted(opened)
                part = replace(opened.part, guess=guess)
                counted = leaf.count(replace(opened, part=part), near, self.ledger.members)
                if counted is not None:
                    self.ledger.enter(part.draws, part.rows, counted)
                    missed.append(self.settle_wider(self.settle(part, counted.band), opened.part))
                    continue
            waiting += self.halves(opened)
        self.look_again(missed)

    def admitted(self, opened: Opened) -> Opened:
        """Admit the rows that are above in all draws of a part."""
        part = opened.part
        people = self.ledger.admit(len(part.draws), opened.above)
        return replace(opened, part=replace(part, inside=part.inside + people))

    def halves(self, opened: Opened) -> list[Part]:
        """Split a part by what moves rows apart, be it weights or how far the guesses are from the pivot."""
        part = opened.part
        own = self.first.field.scorer.coordinates[part.draws]
        return part.halves(np.column_stack([own, part.guess - opened.lens.origin()]))

    def settle_wider(self, part: Part, before: Part) -> Part:
        """Settle draws by all scores of the open rows; the others were far from the guesses before."""
        if not len(part.draws):
            return part
        moved = part.guess - before.guess[np.isin(before.draws, part.draws)]
        part = replace(part, band=part.band - int(np.abs(moved).max()))
        return self.settle(part, leaf.whole_band(part))

    def look_again(self, missed: list[Part]) -> None:
        """Settle draws whose cutoffs are farther from the guesses, by ever wider bands of all open rows."""
        draws = np.concatenate([part.draws for part in missed])
        guess = np.concatenate([part.guess for part in missed])
        band = _FIRST * max(part.band for part in missed)
        widest = replace(self.first, draws=draws, guess=guess, band=band)
        for start in range(0, len(draws), _TOGETHER):
            part = widest.some(np.arange(start, min(start + _TOGETHER, len(draws))))
            while len(part.draws):
                part = replace(self.settle(part, leaf.whole_band(part)), band=_WIDER * part.band)

    def settle(self, part: Part, band: Band) -> Part:
        """Enter the cutoffs that a band holds; return the other draws."""
        quota = part.field.quota[part.draws]
        settled = settle(band, self.ledger.counts[part.draws, -1], quota)
        self.ledger.correct(part.draws, part.guess, settled)
        return part.some(np.flatnonzero(~settled.found))


def _is_leaf(part: Part) -> bool:
    draws, rows = len(part.draws), max(_FEWEST, len(part.rows))
    return draws <= _FEWEST or draws * rows <= _AREA
