"""Families: draws that share values are ranked one by one, over the few rows that matter to them.

1. The cutoffs of some draws, ranked by themselves over all rows, predict those of all draws (`guesses`).
2. Bounds set aside who is surely in and who surely is not, if the cutoff is near its prediction (`bounds`).
3. A family of draws is split by the term that moves its rows farthest apart: those that share its table have
   one sum of it, and bounds over them are tighter.
4. Each draw is ranked exactly over the rows that are left. Where the cutoff is not near its prediction, so
   that somebody set aside might count, the draw is left to be ranked by itself over all rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulate.engine.bounds import Bounds
from simulate.engine.brute import cut
from simulate.engine.guesses import Guesses
from simulate.engine.look import Look
from simulate.engine.packed import Packed
from simulate.engine.pool import Pool
from simulate.engine.scores import Flags, Floats, Some, Whole
from simulate.engine.tabled import Tabled

_WIDTH = 3.0
"""Half the window around a prediction in its standard errors; a cutoff outside costs time, no exactness."""

_BOUNDS = 8.0
"""Draws whose ranking costs as much as bounds over them."""

_AREA = 1 << 18
"""Totals formed at once: they stay in the second-level cache."""


@dataclass(frozen=True)
class Ranked:
    """Hold what ranking found.

    Attributes:
        draws: intp, the draws that were ranked in families.
        cutoff: int64 [draws], in 1/102,400 of a point.
        tied: int64 [draws], people at the cutoff.
        counts: int64 [draws, levels + 2], the admitted by level, those of them admitted at the baseline, all.
        row_counts: int64 [rows], in how many draws each row is admitted.
        left: intp, the draws that are still to be ranked by themselves.

    """

    draws: Some
    cutoff: Whole
    tied: Whole
    counts: Whole
    row_counts: Whole
    left: Some


@dataclass(frozen=True)
class _Family:
    """Hold draws and whoever is still open in them.

    Attributes:
        draws: intp.
        look: the open rows.
        always: int64 [levels + 2], the people who are admitted in all these draws and are no row here.

    """

    draws: Some
    look: Look
    always: Whole


def rank(whole: Pool[Tabled], members: Callable[[Some], Floats], alone: Callable[[Some], Whole]) -> Ranked:
    """Rank every draw of a scorer by tables.

    Args:
        whole: all rows, in all draws.
        members: gives of some rows the people by level, [rows, levels + 2].
        alone: ranks some draws by themselves, for good, and gives their cutoffs.

    """
    guesses = Guesses.of(whole, alone)
    others = np.delete(np.arange(len(whole.quota)), guesses.pilots)
    look, window = whole.scorer.look, int(_WIDTH * guesses.error) + 1
    bounds = Bounds.of(look.base, look.joints, others, guesses.values[others])
    inside, kept = _aside(bounds, whole.is_steady, window)
    always = members(inside).sum(axis=0, dtype=np.int64)
    walk = _Walk.begun(whole.narrowed(kept), Packed.of(members(kept)), guesses.values, window)
    left = walk.split(_Family(others, look.narrowed(kept).renumbered(), always), bounds)
    row_counts = np.zeros(len(whole.size), dtype=np.int64)
    row_counts[kept] = walk.row_counts
    row_counts[inside] = len(others) - len(left)
    done = np.setdiff1d(others, left)
    return Ranked(done, walk.cutoff[done], walk.tied[done], walk.counts[done], row_counts, left)


def _aside(bounds: Bounds, steady: Flags, window: int) -> tuple[Some, Some]:
    """Return the rows above all cutoffs near the guesses, and those neither above nor below; intp."""
    above = (bounds.low > int(bounds.shift.max()) + window) & steady
    kept = ~above & (bounds.high >= int(bounds.shift.min()) - window)
    return np.flatnonzero(above), np.flatnonzero(kept)


@dataclass(frozen=True)
class _Walk:
    """Rank families, from all draws down to leaves; the last four arrays are written to.

    Attributes:
        pool: the rows that are open in some draw, in all draws.
        members: of each row, people by level.
        guess: int64 [draws].
        window: a cutoff this far from its guess is exact; one farther is not found.

    """

    pool: Pool[Tabled]
    members: Packed
    guess: Whole
    window: int
    cutoff: Whole
    tied: Whole
    counts: Whole
    row_counts: Whole

    @classmethod
    def begun(cls, pool: Pool[Tabled], members: Packed, guess: Whole, window: int) -> _Walk:
        """Begin with nothing counted."""
        draws, rows = len(guess), len(pool.size)
        cutoff, tied, row_counts = (np.zeros(length, dtype=np.int64) for length in (draws, draws, rows))
        counts = np.zeros((draws, len(members.place)), dtype=np.int64)
        return cls(pool, members, guess, window, cutoff, tied, counts, row_counts)

    def count(self, family: _Family) -> Some:
        """Rank the draws of a family; return those whose cutoffs are not near their guesses."""
        look, draws = family.look, family.draws
        bounds = Bounds.of(look.base, look.joints, draws, self.guess[draws])
        above, kept = _aside(bounds, look.rows < self.pool.steady, self.window)
        inside = look.rows[above]
        always = family.always + self.members.people(inside)
        left = self.split(_Family(draws, look.narrowed(kept), always), bounds)
        self.row_counts[inside] += len(draws) - len(left)
        return left

    def split(self, family: _Family, bounds: Bounds) -> Some:
        """Rank the draws of a family whose rows are bounded already."""
        parts = [self.count(part) for part in self._parts(family, bounds)]
        return np.concatenate(parts) if parts else self.leaf(family)

    def _parts(self, family: _Family, bounds: Bounds) -> Iterator[_Family]:
        """Yield the families that a family is split into, none if it is not worth it.

        A split saves the more ranking the more it takes from what keeps rows open, and costs bounds of each
        of the families.
        """
        look, draws = family.look, family.draws
        shift = float(np.ptp(bounds.shift))
        held = shift + 2 * self.window + sum(one.width for one in bounds.spreads)
        best, settled, parts = len(draws) * 0.5 * shift / held - 2 * _BOUNDS, None, None
        if best > 0:
            parts = _halves(bounds.shift)
        for one in bounds.spreads:
            count, state = one.term.states(draws)
            whole = len(draws) * one.width / held - count * _BOUNDS
            half = len(draws) * 0.5 * one.width / held - 2 * _BOUNDS
            if count > 1 and max(whole, half) > max(best, 0):
                best, settled = max(whole, half), one.term if whole >= half else None
                parts = state if whole >= half else _halves(one.moved)
        if parts is None:
            return
        out = look.settled(settled) if settled else None
        for number in range(int(parts.max()) + 1):
            own = draws[parts == number]
            yield replace(family, draws=own, look=out.at(int(own[0])) if out else look)

    def leaf(self, family: _Family) -> Some:
        """Rank the draws of a family one by one."""
        look, draws = family.look, family.draws
        columns, left = self.members.columns.take(look.rows, axis=0), [draws[:0]]
        height = max(1, _AREA // max(1, len(look.rows)))
        for start in range(0, len(draws), height):
            some = draws[start : start + height]
            totals = self._totals(look, some)
            found = self._settle(family, some, totals)
            some, totals = some[found], totals[found]
            admitted = (totals >= self.cutoff[some, None]).astype(columns.dtype)
            self.counts[some] = self.members.unpacked((admitted @ columns).T) + family.always
            self.row_counts[look.rows] += admitted.sum(axis=0).astype(np.int64)
            left.append(draws[start : start + height][~found])
        return np.concatenate(left)

    def _totals(self, look: Look, draws: Some) -> NDArray[np.integer]:
        """Return totals, integers [draws, rows]; whoever is not in the pool has the least."""
        totals = look.totals(draws)
        fickle = int(np.searchsorted(look.rows, self.pool.steady))
        if fickle < len(look.rows):
            present = self.pool.presence.of(self.pool.example[look.rows[fickle:]], draws)
            np.copyto(totals[:, fickle:], np.iinfo(totals.dtype).min, where=~present.T)
        return totals

    def _settle(self, family: _Family, draws: Some, totals: NDArray[np.integer]) -> Flags:
        """Find the cutoffs of some draws; say which are near their guesses, bool [draws]."""
        size, found = self.pool.size[family.look.rows], np.zeros(len(draws), dtype=bool)
        places, everyone = self.pool.quota[draws] - family.always[-1], int(size.sum())
        for position, (draw, rank) in enumerate(zip(draws.tolist(), places.tolist(), strict=True)):
            if not 1 <= rank <= everyone:
                continue
            one = cut(totals[position], size, rank)
            if abs(one.cutoff - int(self.guess[draw])) <= self.window:
                self.cutoff[draw], self.tied[draw] = one.cutoff, one.tied
                found[position] = True
        return found


def _halves(values: Whole) -> Some:
    """Tell the lower half of some values from the upper, 0 or 1 each."""
    upper = np.zeros(len(values), dtype=np.intp)
    upper[np.argpartition(values, len(values) // 2)[len(values) // 2 :]] = 1
    return upper
