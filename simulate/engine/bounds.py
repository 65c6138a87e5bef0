"""Bounds: how far each row can be above or below the guessed cutoffs in any of some draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.engine.joint import Joint
from simulate.engine.scores import Real, Some, Whole
from simulate.engine.term import Term

_NEAR, _SAMPLE = 128, 4_096
"""Rows whose mean is the pivot, and rows among which they are looked for, about."""

_ROUNDS = 3
"""Rounds in which the pivot's points are fitted to the guesses, term by term."""


@dataclass(frozen=True)
class Spread:
    """Say how far a term moves rows apart.

    Attributes:
        term: the term.
        width: the mean over the rows of the difference between its highest and lowest points above the pivot.
        moved: int64 [draws], the points of the pivot.

    """

    term: Term
    width: float
    moved: Whole


@dataclass(frozen=True)
class Bounds:
    """Hold bounds of rows above a pivot that follows the guesses from draw to draw.

    What moves the cutoff is taken out of each term, so that bounds over many draws are tight.

    Attributes:
        low, high: integers [rows], the least and the most that each row is above the pivot in any draw.
        shift: int64 [draws], the guesses above the pivot.
        spreads: how far each term moves the rows apart.

    """

    low: NDArray[np.integer]
    high: NDArray[np.integer]
    shift: Whole
    spreads: tuple[Spread, ...]

    @classmethod
    def of(cls, base: NDArray[np.integer], joints: Sequence[Joint], draws: Some, guess: Whole) -> Bounds:
        """Bound rows whose points are a base and those of joints."""
        near = _nearest(base, joints, draws, float(guess.mean()))
        start = int(np.rint(base[near].mean()))
        pivots = [_pivots(joint, draws, joint.codes[near]) for joint in joints]
        _fit([pivot for own in pivots for pivot in own], (guess - start).astype(np.float64))
        low, high, spreads = base - base.dtype.type(start), base - base.dtype.type(start), []
        for joint, own in zip(joints, pivots, strict=True):
            share = np.bincount(joint.codes, minlength=len(joint)) / max(1, len(base))
            least, most = np.zeros(len(joint), dtype=base.dtype), np.zeros(len(joint), dtype=base.dtype)
            for pivot in own:
                bottom, top = pivot.sides()
                least += bottom.astype(base.dtype)
                most += top.astype(base.dtype)
                spreads.append(Spread(pivot.term, float(share @ (top - bottom)), pivot.moved()))
            low += least.take(joint.codes)
            high += most.take(joint.codes)
        shift = guess - start - np.sum([one.moved for one in spreads], axis=0, dtype=np.int64)
        return cls(low, high, shift, tuple(spreads))


@dataclass
class _Pivot:
    """The points of the pivot in one term of a joint.

    Attributes:
        term: the term.
        tables: integers [variants, any], hundredths, of those variants that the draws have.
        position: intp [joint codes], where a joint code is found in the tables; None where they are the same.
        points: float64 [variants], hundredths, fitted step by step.
        variant: intp [draws].
        weight: int64 [draws].

    """

    term: Term
    tables: NDArray[np.integer]
    position: Some | None
    points: Real
    variant: Some
    weight: Whole

    def follow(self, rest: Real) -> Real:
        """Move the points so that they follow what is left to explain, float64 [draws]; return what stays."""
        squares = np.bincount(self.variant, weights=self.weight**2)
        step = np.bincount(self.variant, weights=rest * self.weight) / np.maximum(squares, 1)
        before, largest = self.points, self.term.highest
        self.points = (before + step).clip(-largest, largest)
        stays: Real = rest - (self.points - before)[self.variant] * self.weight
        return stays

    def moved(self) -> Whole:
        """Return the weighted points in each draw, int64 [draws]."""
        moved: Whole = np.rint(self.points).astype(np.int64)[self.variant] * self.weight
        return moved

    def sides(self) -> tuple[Whole, Whole]:
        """Return the least and the most that each joint code is above the pivot, int64 [codes]."""
        above = self.tables - np.rint(self.points).astype(np.int32)[:, None]
        lightest, heaviest = int(self.weight.min()), int(self.weight.max())
        if lightest == heaviest:
            low, high = (side.astype(np.int64) * lightest for side in (above.min(axis=0), above.max(axis=0)))
        else:
            light, heavy = np.full(len(above), heaviest), np.full(len(above), lightest)
            np.minimum.at(light, self.variant, self.weight)
            np.maximum.at(heavy, self.variant, self.weight)
            ends = above * light[:, None], above * heavy[:, None]
            low = np.minimum(*ends).min(axis=0)
            high = np.maximum(*ends).max(axis=0)
        return (low, high) if self.position is None else (low[self.position], high[self.position])


def _pivots(joint: Joint, draws: Some, near: Some) -> list[_Pivot]:
    """Begin each term of a joint with the mean points of some joint codes."""
    share = np.bincount(near, minlength=len(joint)) / max(1, len(near))
    pivots = []
    for term, codes in joint.parts:
        variants, own = np.unique(term.variant[draws], return_inverse=True)
        fewer = len(codes) < term.tables.shape[1]
        tables = np.take(term.tables[variants], codes, axis=1) if fewer else term.tables[variants]
        near_codes = np.flatnonzero(share)
        points = tables[:, near_codes if fewer else codes[near_codes]] @ share[near_codes]
        weight = term.weight[draws].astype(np.int64)
        pivots.append(_Pivot(term, tables, None if fewer else codes, points, own, weight))
    return pivots


def _fit(pivots: Sequence[_Pivot], rest: Real) -> None:
    """Fit the pivots to the guesses above the base's pivot, float64 [draws], by turns."""
    for pivot in pivots:
        rest = rest - pivot.points[pivot.variant] * pivot.weight
    for _ in range(_ROUNDS):
        for pivot in pivots:
            rest = pivot.follow(rest)


def _nearest(base: NDArray[np.integer], joints: Sequence[Joint], draws: Some, cutoff: float) -> Some:
    """Return rows nearest to a cutoff in the mean of some draws, of a sample of the rows."""
    sample = slice(0, None, 1 + len(base) // _SAMPLE)
    middle = base[sample].astype(np.float64)
    for joint in joints:
        middle += joint.mean(draws).take(joint.codes[sample])
    distance = np.abs(middle - cutoff)
    count = min(_NEAR, len(distance))
    near = np.argpartition(distance, count - 1)[:count] if count else np.zeros(0, dtype=np.intp)
    return near * (sample.step or 1)
