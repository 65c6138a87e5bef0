"""Tell how far each level's people are from the cutoff, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.points import TOTAL
from simulate.distribution.intervals import ENDS, wilson
from simulate.distribution.rates import in_pool
from simulate.distribution.resampling import REPLICATES, SEED, Counts, middle_of, resampled
from simulate.distribution.traits import trait

if TYPE_CHECKING:
    from scoring.scored import Scored

QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)

POINTS = pl.Decimal(12, 2)
_A_POINT = 100


def distances(
    scored: Scored,
    by: str,
    *,
    quantiles: Sequence[float] = QUANTILES,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> pl.DataFrame:
    """Return how far from the cutoff each level's pool is, in points, one row a level.

    Columns: ``level``; ``pool``; ``just_below``, the eligible less than one point under the cutoff; a column
    ``p50`` for each quantile, exact hundredths: the lowest distance that at least so large a part of the pool
    does not exceed. At or above zero is admitted. Null where there is no cutoff.
    ``just_below`` and each quantile have their ``_low`` and ``_high``: the middle 95 % over *replicates*
    pools of as many people drawn from this one with replacement, each with the cutoff that it gives itself.
    Where nobody is just below, no such pool has anybody there: the upper end is Wilson's.

    Raises:
        UnknownName: the cohort has no such trait.

    """
    told, cutoff = trait(scored, by), scored.ranking.cutoff
    eligible = in_pool(scored)
    totals = scored.points.get_column(TOTAL).to_numpy()[eligible].astype(np.int64)
    pool = _Pool.of(totals, told.codes[eligible], len(told.levels), scored.quota)
    there = np.flatnonzero(pool.counts.sum(axis=1))
    names = ["just_below", *(f"p{part * 100:g}" for part in quantiles)]
    columns: dict[str, pl.Series] = {}
    if cutoff is None:
        ends = [f"{name}{end}" for name in names for end in ENDS]
        columns = {name: pl.Series(name, [None] * len(there), pl.Int64) for name in ends}
    else:
        value = pool.told(pool.counts[np.newaxis], quantiles)[0]
        drawn = [pool.told(counts, quantiles) for counts in pool.drawn(replicates, seed)]
        low, high = middle_of(np.concatenate(drawn) if drawn else value[np.newaxis])
        people = pool.counts.sum(axis=1)
        high[:, 0] = np.where(value[:, 0] > 0, high[:, 0], np.floor(people * wilson(0, people)[1]))
        for place, name in enumerate(names):
            for end, found in zip(ENDS, (value, low, high), strict=True):
                columns[name + end] = pl.Series(name + end, found[there, place]).cast(pl.Int64)
    frame = pl.DataFrame(
        {
            "level": pl.Series([told.levels[code] for code in there], dtype=pl.String),
            "pool": pool.counts.sum(axis=1)[there],
            **columns,
        }
    )
    points = [name for name in columns if not name.startswith("just_below")]
    return frame.with_columns((pl.col(name).cast(pl.Decimal(18, 2)) / 100).cast(POINTS) for name in points)


@dataclass(frozen=True)
class _Pool:
    """Count the pool by level and total.

    Attributes:
        totals: int64 [totals], the distinct ones in hundredths, rising.
        counts: int64 [levels, totals].
        quota: places.

    """

    totals: Counts
    counts: Counts
    quota: int

    @classmethod
    def of(cls, totals: Counts, codes: Counts, levels: int, quota: int) -> _Pool:
        distinct, place = np.unique(totals, return_inverse=True)
        cells = np.bincount(codes * len(distinct) + place, minlength=levels * len(distinct))
        return cls(distinct, cells.reshape(levels, len(distinct)), quota)

    def drawn(self, replicates: int, seed: int) -> Iterator[Counts]:
        """Yield as many people drawn anew, int64 [some replicates, levels, totals]."""
        for counts in resampled(self.counts.reshape(-1), replicates, np.random.default_rng(seed)):
            yield counts.reshape(-1, *self.counts.shape)

    def told(self, counts: Counts, quantiles: Sequence[float]) -> NDArray[np.float64]:
        """Return who is just below and the distances, float64 [replicates, levels, 1 + quantiles].

        In hundredths; not a number where a level has nobody.
        """
        cutoff = self._cutoffs(counts.sum(axis=1))
        upto = counts.cumsum(axis=2)
        people = upto[..., -1]
        near = np.searchsorted(self.totals, cutoff - _A_POINT, "right")
        below = self._before(upto, np.searchsorted(self.totals, cutoff)) - self._before(upto, near)
        columns = [np.where(people, below, np.nan)]
        for part in quantiles:
            needed = np.maximum(1, np.ceil(people * part)).astype(np.int64)
            found = self.totals[np.minimum(_first(upto, needed), len(self.totals) - 1)]
            columns.append(np.where(people, found - cutoff[:, np.newaxis], np.nan))
        return np.stack(columns, axis=2)

    def _cutoffs(self, counts: Counts) -> Counts:
        """Return the total at rank quota, or the lowest of who is there, int64 [replicates]."""
        above = counts[:, ::-1].cumsum(axis=1)
        places = np.minimum(self.quota, above[:, -1])
        cutoffs: Counts = self.totals[::-1][_first(above, places)]
        return cutoffs

    @staticmethod
    def _before(upto: Counts, edge: Counts) -> Counts:
        """Return who stands before a place among the totals, int64 [replicates, levels]."""
        taken = upto[np.arange(len(upto)), :, np.maximum(edge, 1) - 1]
        return np.where(edge[:, np.newaxis] > 0, taken, 0)


def _first(rising: Counts, needed: Counts) -> Counts:
    """Return the first place along the last axis that reaches what is needed, its length if none does."""
    rows = rising.reshape(-1, rising.shape[-1])
    apart = np.arange(len(rows)) * (int(rising.max(initial=0)) + 1)
    found = np.searchsorted((rows + apart[:, np.newaxis]).reshape(-1), needed.reshape(-1) + apart)
    places: Counts = (found - np.arange(len(rows)) * rows.shape[1]).reshape(needed.shape)
    return places
