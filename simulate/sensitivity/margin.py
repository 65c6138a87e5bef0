"""The margin: of people whom a lever moves alike, only the nearest to the cutoff can be the first to swap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.engine.scores import Flags, Some, Whole
from simulate.sensitivity.study import Study


@dataclass(frozen=True)
class Front:
    """Hold the first to cross of each kind of people on one side of the cutoff.

    Attributes:
        kind: intp [kinds], which kind of people.
        total: int64 [kinds], hundredths.
        people: int64 [kinds], how many of the kind have that total.
        person: intp [kinds], the position in the cohort of the first of them.

    """

    kind: Some
    total: Whole
    people: Whole
    person: Some

    @classmethod
    def of(cls, kind: Some, totals: Whole, who: Flags, *, lowest: bool) -> Front:
        """Take the lowest, or the highest, of each kind among some people."""
        people = np.flatnonzero(who)
        key = totals[people] if lowest else -totals[people]
        order = people[np.lexsort((people, key, kind[people]))]
        pairs = np.stack([kind[order], totals[order]])
        starts = np.flatnonzero(np.r_[True, (pairs[:, 1:] != pairs[:, :-1]).any(axis=0)][: len(order)])
        counts = np.diff(np.r_[starts, len(order)])
        first = np.r_[True, pairs[0, starts[1:]] != pairs[0, starts[:-1]]][: len(starts)]
        chosen = starts[first]
        return cls(kind[order[chosen]], totals[order[chosen]], counts[first], order[chosen])

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True)
class Margin:
    """Hold both sides of the cutoff.

    The admitted stay the same as long as everyone inside is above everyone outside, and the lowest inside are
    enough people of one total: whoever is beyond the quota is in by a tie, and out when it breaks.

    Attributes:
        inside: the lowest admitted of each kind; empty where no change of points can move anybody.
        outside: the highest not admitted of each kind.
        beyond: people admitted beyond the quota.

    """

    inside: Front
    outside: Front
    beyond: int

    @classmethod
    def of(cls, study: Study, kind: Some) -> Margin:
        """Take the margin of a study; people of equal *kind*, intp [people], are moved alike."""
        admitted, pool = study.admitted, study.pool
        if study.quota >= int(pool.sum()):
            admitted = np.zeros(len(pool), dtype=bool)
        return cls(
            Front.of(kind, study.totals, admitted, lowest=True),
            Front.of(kind, study.totals, pool & ~study.admitted, lowest=False),
            max(0, int(admitted.sum()) - study.quota),
        )

    def same(self, moved: Whole, *, ties: bool) -> bool:
        """Say whether the admitted are the same when each kind is moved by so much, int64 [kinds].

        Args:
            moved: in hundredths.
            ties: whether a broken tie at the cutoff counts as a change; else only being reached from outside.

        """
        inside = self.inside.total + moved[self.inside.kind]
        lowest = inside.min()
        if len(self.outside) and (self.outside.total + moved[self.outside.kind]).max() >= lowest:
            return False
        return not ties or int(self.inside.people[inside == lowest].sum()) > self.beyond

    def safe(self, least: Whole, most: Whole, *, ties: bool) -> bool:
        """Say whether no movement within bounds, int64 [kinds], changes the admitted; False is no proof."""
        inside = self.inside.total + least[self.inside.kind]
        lowest = inside.min()
        if len(self.outside) and (self.outside.total + most[self.outside.kind]).max() >= lowest:
            return False
        still = least[self.inside.kind] == most[self.inside.kind]
        return (
            not ties
            or not self.beyond
            or int(self.inside.people[still & (inside == lowest)].sum()) > self.beyond
        )


def moved_apart(people: Whole, moves: Whole) -> int:
    """Count the people whom a lever moves otherwise than it moves most of them.

    Args:
        people: int64 [kinds], how many there are of each kind.
        moves: int64 [kinds], how far the lever moves each kind.

    """
    alike = np.bincount(np.unique(moves, return_inverse=True)[1], weights=people)
    return int(alike.sum() - alike.max(initial=0))
