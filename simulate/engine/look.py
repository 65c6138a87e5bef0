"""A look: the rows that matter in some draws, with the points that these draws have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulate.engine.joint import Joint, join
from simulate.engine.scores import Some
from simulate.engine.term import Term

_HALF = 1 << 29
"""Totals below it fit 32 bits, and so do sums and differences of a few of them."""


@dataclass(frozen=True)
class Look:
    """Hold rows and their points, in 1/102,400 of a point.

    Attributes:
        rows: intp, positions of the rows in the field, in order.
        base: int32 or int64 [rows], the points that are the same in all the draws.
        joints: the terms that differ.

    """

    rows: Some
    base: NDArray[np.integer]
    joints: tuple[Joint, ...]

    @classmethod
    def of(cls, terms: Sequence[Term]) -> Look:
        """Look at all rows of some terms; those that no draw changes make the base."""
        base = np.zeros(len(terms[0].codes), dtype=np.int64)
        for term in terms:
            if term.fixed:
                base += term.table(0).take(term.codes)
        if sum(term.largest for term in terms) < _HALF:
            return cls(
                np.arange(len(base)), base.astype(np.int32), join([one for one in terms if not one.fixed])
            )
        return cls(np.arange(len(base)), base, join([term for term in terms if not term.fixed]))

    def narrowed(self, kept: Some) -> Look:
        """Return the look at some of the rows, by their positions in this one."""
        return Look(self.rows[kept], self.base[kept], tuple(joint.narrowed(kept) for joint in self.joints))

    def renumbered(self) -> Look:
        """Return the look with its rows numbered from 0, for a field that holds them alone."""
        return replace(self, rows=np.arange(len(self.rows)))

    def settled(self, term: Term) -> Settled:
        """Take a term out, so that its points can be told to the base for draws that share them."""
        joint, codes = next(
            (joint, codes) for joint in self.joints for one, codes in joint.parts if one is term
        )
        rest = tuple(joint.without(term) if one is joint else one for one in self.joints)
        return Settled(self, term, codes[joint.codes], tuple(one for one in rest if one is not None))

    def totals(self, draws: Some) -> NDArray[np.integer]:
        """Return the totals of the rows in some draws, integers [draws, rows]."""
        out = np.empty((len(draws), len(self.rows)), dtype=self.base.dtype)
        out[:] = self.base
        points = np.empty_like(self.base)
        for joint in self.joints:
            for total, table in zip(out, joint.tables(draws, self.base.dtype.type), strict=True):
                np.take(table, joint.codes, out=points, mode="clip")
                np.add(total, points, out=total)
        return out


@dataclass(frozen=True)
class Settled:
    """A look without one of its terms.

    Attributes:
        look: the look.
        term: the term that was taken out.
        codes: intp [rows], the rows' codes in it.
        joints: the other terms.

    """

    look: Look
    term: Term
    codes: Some
    joints: tuple[Joint, ...]

    def at(self, draw: int) -> Look:
        """Return the look for draws that have a draw's table of the term."""
        table = self.term.table(draw).astype(self.look.base.dtype)
        return Look(self.look.rows, self.look.base + table.take(self.codes), self.joints)
