"""Joints: terms of few codes looked up together, so that a draw by itself takes fewer look-ups a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulate.engine.scores import Some, Whole
from simulate.engine.term import Term

_MOST_CODES = 1 << 12
"""Codes of a joint: its table stays in the first-level cache."""

_MOST_PAIRS = 1 << 18
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
        used, codes = _renumbered(term.codes.astype(np.intp))
        return cls(codes, ((term, used),))

    def __len__(self) -> int:
        return len(self.parts[0][1])

    def table(self, draw: int) -> Whole:
        """Return the weighted points of one draw, int64 [codes], in 1/102,400 of a point."""
        points: Whole = np.sum([term.table(draw)[codes] for term, codes in self.parts], axis=0)
        return points

    def with_other(self, other: Joint) -> Joint:
        """Return both as one; only pairs that occur are codes."""
        used, codes = _renumbered(self.codes * len(other) + other.codes)
        own, others = np.divmod(used, len(other))
        mine = tuple((term, at[own]) for term, at in self.parts)
        return Joint(codes, mine + tuple((term, at[others]) for term, at in other.parts))


def join(terms: Sequence[Term]) -> tuple[Joint, ...]:
    """Join terms while the pairs that occur are few; those of the fewest codes come first."""
    joints = sorted((Joint.of(term) for term in terms), key=len)
    if not terms or len(terms[0].variant) < _FEWEST:
        return tuple(joints)
    done, pending = [], joints[0]
    for one in joints[1:]:
        both = pending.with_other(one) if len(pending) * len(one) <= _MOST_PAIRS else None
        if both is not None and len(both) <= _MOST_CODES:
            pending = both
        else:
            done.append(pending)
            pending = one
    return (*done, pending)


def _renumbered(codes: Some) -> tuple[Some, Some]:
    """Return the codes that occur, and each row's position among them."""
    used = np.flatnonzero(np.bincount(codes))
    position = np.zeros(int(codes.max(initial=0)) + 1, dtype=np.intp)
    position[used] = np.arange(len(used))
    return used, position[codes]
