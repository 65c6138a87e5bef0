"""How sure a ledger is: the same question to applicants drawn anew, with replacement (Efron 1979).

A replicate draws as many applicants as there are, and fills the quota under the baseline and under the reform
from the same draw, so that what is common to both falls away: an empty reform moves exactly nobody. Only
people near enough to a place in one of the two rounds are told apart; all others are drawn as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isqrt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.displacement.ledger import Displacement
from simulate.engine.groups import Groups

REPLICATES, SEED = 500, 1
INTERVAL = (0.025, 0.975)
"""The middle 95 % of the replicates; each end is one of them."""

_AT_ONCE = 2_000_000
"""Draws held at a time."""

Counts = NDArray[np.int64]
Name = tuple[str, str | None, str | None]


def intervals(ledger: Displacement, *, replicates: int = REPLICATES, seed: int = SEED) -> pl.DataFrame:
    """Return what a ledger counts with the interval of each number.

    Columns: ``quantity`` (``cutoff_before``, ``cutoff_after`` and ``cutoff_change`` in points; ``entered``,
    ``left`` and ``net`` in people), ``group`` and ``level``, null for everyone, ``value``, ``low``, ``high``.
    Where nobody is admitted in some round, there are no rows.
    """
    schema = {"quantity": pl.String, "group": pl.String, "level": pl.String}
    numbers = dict.fromkeys(("value", "low", "high"), pl.Float64)
    sample = Sample.of(ledger)
    if sample is None:
        return pl.DataFrame(schema={**schema, **numbers})
    names, value = sample.names, sample.outcome(np.ones((1, len(sample.rows)), dtype=np.int64))[0]
    drawn = np.concatenate([sample.outcome(counts) for counts in sample.draws(replicates, seed)])
    low, high = np.quantile(drawn, INTERVAL, axis=0, method="inverted_cdf")
    columns = zip(("quantity", "group", "level"), zip(*names, strict=True), strict=True)
    told = {name: pl.Series(values, dtype=pl.String) for name, values in columns}
    return pl.DataFrame({**told, "value": value, "low": low, "high": high})


@dataclass(frozen=True)
class Sample:
    """Hold whoever may get a place in a replicate.

    Attributes:
        rows: intp, their positions in the cohort.
        applicants: everyone, among whom replicates are drawn.
        quota: places.
        before: their totals at the baseline in hundredths; below any other for the ineligible. ``after``
            likewise under the reform.
        after: under the reform.
        groups: the levels of the ledger.

    """

    rows: NDArray[np.intp]
    applicants: int
    quota: int
    before: Counts
    after: Counts
    groups: Groups

    @classmethod
    def of(cls, ledger: Displacement) -> Sample | None:
        """Take those within reach of a place in either round; None where a round admits nobody."""
        moves, reach = ledger.moves, ledger.quota + 10 * isqrt(ledger.quota) + 100
        rounds = (moves.before, moves.after)
        if any(one.ranking.cutoff is None for one in rounds):
            return None
        totals = [np.where(one.eligible, one.totals.astype(np.int64), _NOBODY) for one in rounds]
        near = np.logical_or.reduce([one >= max(_nth(one, reach), _NOBODY + 1) for one in totals])
        rows = np.flatnonzero(near)
        before, after = (one[rows] for one in totals)
        return cls(rows, len(near), ledger.quota, before, after, ledger.places)

    @property
    def names(self) -> list[Name]:
        """The quantities, in the order of `outcome`."""
        cutoffs = [(f"cutoff_{name}", None, None) for name in ("before", "after", "change")]
        everyone: list[Name] = [(name, None, None) for name in _PEOPLE]
        return [*cutoffs, *everyone, *((name, *level) for name in _PEOPLE for level in self.groups.levels)]

    def draws(self, replicates: int, seed: int) -> Iterator[Counts]:
        """Yield how often each is drawn, int64 [some replicates, rows]."""
        generator, rest = np.random.default_rng(seed), self.applicants - len(self.rows)
        shares = np.full(len(self.rows) + 1, 1 / self.applicants)
        shares[-1] = rest / self.applicants
        chunk = max(1, _AT_ONCE // len(shares))
        for start in range(0, replicates, chunk):
            size = min(chunk, replicates - start)
            yield generator.multinomial(self.applicants, shares, size=size)[:, :-1]

    def outcome(self, counts: Counts) -> NDArray[np.float64]:
        """Return cutoffs, moved people and moved people by level, float64 [replicates, quantities]."""
        cutoffs = [cutoff_of(one, counts, self.quota) for one in (self.before, self.after)]
        was, now = (
            one >= cutoff[:, None] for one, cutoff in zip((self.before, self.after), cutoffs, strict=True)
        )
        member = self._member()
        sides = [(counts * some) @ member for some in (now & ~was, was & ~now)]
        people = [*sides, sides[0] - sides[1]]
        points = np.column_stack([*cutoffs, cutoffs[1] - cutoffs[0]]) / 100
        whole = np.column_stack([one[:, 0] for one in people])
        return np.hstack([points, whole, *(one[:, 1:] for one in people)])

    def _member(self) -> NDArray[np.float64]:
        """Say who is in which level, behind a column for everyone: float64 [rows, 1 + levels]."""
        member = np.zeros((len(self.rows), 1 + len(self.groups.levels)))
        member[:, 0] = 1
        for places in self.groups.places[self.rows].T:
            member[np.arange(len(self.rows)), 1 + places] = 1
        return member


_PEOPLE = ("entered", "left", "net")
_NOBODY = np.iinfo(np.int64).min // 2


def cutoff_of(totals: Counts, counts: Counts, quota: int) -> Counts:
    """Return the total at rank *quota* where each is there so many times, int64 [replicates].

    Where fewer than that are there and eligible, it is the lowest total of those who are.
    """
    order = np.argsort(-totals, kind="stable")
    order = order[totals[order] > _NOBODY]
    reached = counts[:, order].cumsum(axis=1)
    places = np.minimum(quota, reached[:, -1])
    cutoffs: Counts = totals[order][(reached < places[:, None]).sum(axis=1)]
    return cutoffs


def _nth(totals: Counts, place: int) -> int:
    """Return the total at a place from the top, the lowest where there are fewer."""
    return int(np.partition(totals, -min(place, len(totals)))[-min(place, len(totals))])
