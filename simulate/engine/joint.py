"""Joints: terms of few codes looked up together, so that a draw by itself takes fewer look-ups a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.engine.scores import Real, Some
from simulate.engine.term import Term, renumbered

_MOST_CODES = 1 << 12
"""Codes of a joint: its table stays in the first-level cache, and making it costs little."""

_MOST_PAIRS = 1 << 20
"""Pairs of codes that are counted to see which occur."""

_FEWEST = 16
"""Draws for which joining pays: it costs as much as they save."""


@dataclass(frozen=True)
class Joint:
    """Hold terms whose pairs of codes are one code.

    Attributes:
        codes: intp [rows].
        parts: each term, and its code at each joint code, intp [codes].

    """

    codes: Some
    parts: tuple[tuple[Term, Some], ...]

    @classmethod
    def of(cls, term: Term) -> Joint:
        """Take one term by itself, without the codes that no row has."""
        used, codes = renumbered(term.codes.astype(np.intp))
        return cls(codes, ((term, used),))

    def __len__(self) -> int:
        return len(self.parts[0][1])

    def tables(self, draws: Some, kind: type[np.integer]) -> NDArray[np.integer]:
        """Return the weighted points of some draws, integers [draws, codes], in 1/102,400 of a point."""
        points = np.zeros((len(draws), len(self)), dtype=kind)
        for term, codes in self.parts:
            some = np.take(term.tables[term.variant[draws]], codes, axis=1)
            points += some * term.weight[draws, None].astype(kind)
        return points

    def mean(self, draws: Some) -> Real:
        """Return the mean points of some draws, float64 [codes]."""
        mean: Real = np.sum([term.mean(draws)[codes] for term, codes in self.parts], axis=0)
        return mean

    def narrowed(self, rows: Some) -> Joint:
        """Return the joint of some of the rows, without the codes that none of them has."""
        used, codes = renumbered(self.codes[rows], len(self))
        return Joint(codes, tuple((term, own[used]) for term, own in self.parts))

    def with_other(self, other: Joint) -> Joint:
        """Return both as one; only pairs that occur are codes."""
        used, codes = renumbered(self.codes * len(other) + other.codes)
        own, others = np.divmod(used, len(other))
        mine = tuple((term, at[own]) for term, at in self.parts)
        return Joint(codes, mine + tuple((term, at[others]) for term, at in other.parts))

    def without(self, leaving: Term) -> Joint | None:
        """Return the joint of the other terms; None if there are none."""
        rest = [(term, codes) for term, codes in self.parts if term is not leaving]
        if not rest:
            return None
        number = np.zeros(len(self), dtype=np.intp)
        for term, codes in rest:
            pairs = number * term.tables.shape[1] + codes
            _, first, number = np.unique(pairs, return_index=True, return_inverse=True)
        return Joint(number[self.codes], tuple((term, codes[first]) for term, codes in rest))


def join(terms: Sequence[Term]) -> tuple[Joint, ...]:
    """Join terms that change together, and others while the pairs that occur are few, the fewest first."""
    if not terms or len(terms[0].variant) < _FEWEST:
        return tuple(Joint.of(term) for term in terms)
    joints = sorted((Joint.of(term) for term in _together(terms)), key=len)
    done, pending = [], joints[0]
    for one in joints[1:]:
        both = pending.with_other(one) if len(pending) * len(one) <= _MOST_PAIRS else None
        if both is not None and len(both) <= _MOST_CODES:
            pending = both
        else:
            done.append(pending)
            pending = one
    return (*done, pending)


def _together(terms: Sequence[Term]) -> list[Term]:
    """Add up the terms that change together."""
    sums: list[Term] = []
    for term in terms:
        for place, other in enumerate(sums):
            both = other.with_other(term)
            if both is not None:
                sums[place] = both
                break
        else:
            sums.append(term)
    return sums
