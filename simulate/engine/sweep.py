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

from simulate.engine import leaf
from simulate.engine.corral import Corral, corral
from simulate.engine.field import Field
from simulate.engine.ledger import Ledger
from simulate.engine.part import Part
from simulate.engine.predict import predict
from simulate.engine.scores import Floats, Lens, Real, Some, Whole
from simulate.engine.settle import Band, settle

_AREA = 1 << 21
"""Scores of a leaf: more are split, as bounds over fewer draws are tighter."""

_FEWEST = 64
"""Draws of a leaf: fewer are not split, as products of narrow blocks are slow."""

_CROWDED = 150
"""Rows in a band above which scouts pay, at so many times fewer draws than when last corrected."""
_FEWER = 8

_SCORES = 1 << 18
"""Scores by which draws are settled at once that the band did not settle."""


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
    _Walk.over(pen, field, ledger).run(inside=int(always[-1]))
    row_counts = np.zeros(len(whole.size), dtype=np.int64)
    row_counts[pen.inside] = len(field.quota)
    row_counts[pen.open] = ledger.row_counts
    return Tally(ledger.cutoff, ledger.tied, ledger.counts, row_counts)


@dataclass(frozen=True)
class _Walk:
    """Count parts of the draws, from all of them down to leaves.

    Attributes:
        field: the open rows.
        ledger: what is counted so far.
        start: int64 [draws], the first guesses.
        width: cutoffs are at most so far from the first guesses.
        told: float64 [draws, any], what tells draws apart.

    """

    field: Field
    ledger: Ledger
    start: Whole
    width: int
    told: Real

    @classmethod
    def over(cls, pen: Corral, field: Field, ledger: Ledger) -> _Walk:
        low, high = int(np.floor(pen.floor)), int(np.ceil(pen.ceiling))
        middle = (low + high) // 2
        told = np.column_stack([field.scorer.coordinates, field.quota, field.presence.coordinates()])
        return cls(field, ledger, pen.origin + middle, high - middle + 1, told)

    def run(self, *, inside: int) -> None:
        """Count all draws; *inside* are the people admitted in each of them who are no row of the field."""
        draws, rows = np.arange(len(self.field.quota)), np.arange(len(self.field.size))
        first = Part(draws, rows, inside, self.start, self.width, told=0)
        self.count(first.piloted(self.field, self.told))

    def count(self, part: Part) -> None:
        """Count all draws of a part."""
        waiting = [part]
        while waiting:
            waiting += self.opened(waiting.pop())

    def opened(self, part: Part) -> list[Part]:
        """Count a part if it is small; else return the parts to count in its place."""
        part, above, lens, crowd = part.narrowed(self.field)
        self.ledger.admit(part.draws, above)
        few = len(part.draws) <= _FEWEST
        small = len(part.draws) * max(_FEWEST, len(part.rows)) <= _AREA
        if (small or few) and self.leaf(part, lens):
            return []
        if crowd > _CROWDED and _FEWER * len(part.draws) <= part.told and not few:
            part = self.scouted(part)
        offset = part.guess - self.start[part.draws]
        return part.halves(np.column_stack([self.field.scorer.coordinates[part.draws], offset]))

    def scouted(self, part: Part) -> Part:
        """Count some draws of a part, and return the others with the guesses that follow."""
        first, others = part.scouts()
        self.count(replace(part.some(first), told=0))
        off = self.ledger.cutoff[part.draws[first]] - part.guess[first]
        fit = predict(self.told[part.draws], first, off.astype(np.float64))
        return part.corrected(fit).some(others)

    def leaf(self, part: Part, lens: Lens) -> bool:
        """Count a small part; say whether its band was not too crowded to be held."""
        counted = leaf.count(self.field, part, lens, self.ledger.members[part.rows])
        if counted is None:
            return False
        self.ledger.enter(part.draws, part.rows, counted)
        missed = self.settle(part, counted.band)
        step = max(1, _SCORES // len(self.field.size))
        for start in range(0, len(missed), step):
            self.look_again(part.some(missed[start : start + step]))
        return True

    def look_again(self, part: Part) -> None:
        """Settle draws by the scores of all rows."""
        whole = replace(part, rows=np.arange(len(self.field.size)))
        lens, _ = self.field.lens(whole.draws, whole.rows, float(whole.guess.mean()))
        self.settle(whole, leaf.all_entries(self.field, whole, lens))

    def settle(self, part: Part, band: Band) -> Some:
        """Enter the cutoffs that a band holds; return the positions of the other draws."""
        settled = settle(band, self.ledger.counts[part.draws, -1], self.field.quota[part.draws])
        self.ledger.correct(part.draws, part.guess, settled)
        return np.flatnonzero(~settled.found)
