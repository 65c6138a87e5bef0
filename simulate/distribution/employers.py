"""Tell how concentrated the pool and the admitted are among employers, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.distribution.errors import DistributionError
from simulate.distribution.populations import ADMITTED, POOL
from simulate.distribution.rates import in_pool, is_admitted
from simulate.distribution.resampling import REPLICATES, SEED, Counts, middle_of, resampled

if TYPE_CHECKING:
    from scoring.scored import Scored

TOP = (1, 10, 100)

Measures = dict[str, NDArray[np.float64]]


def employers(
    scored: Scored, *, top: Sequence[int] = TOP, replicates: int = REPLICATES, seed: int = SEED
) -> pl.DataFrame:
    """Return how concentrated the pool and the admitted are among employers, one row each.

    Columns: ``population``; ``people`` and of them ``unknown``, whose employer the cohort does not say and
    who count in nothing that follows; ``employers`` with at least one; ``hhi``, the sum of squared shares of
    employers, 1 when there is one; ``effective_employers``, its inverse; ``gini`` of people among those
    employers; a column ``top_10_share`` for each number in *top*. No employer is named.
    From ``employers`` on each has its ``_low`` and ``_high``: the middle 95 % over *replicates* draws of as
    many of the pool's employers with replacement, each with all of its people, for pool and admitted alike.
    An employer that is drawn twice is two: resampled people would gather with fewer employers, and every
    measure would move one way.

    Raises:
        DistributionError: the cohort has no employers.

    """
    people = scored.cohort.frame
    if "employer_id" not in people.columns:
        raise DistributionError(
            "the cohort has no column employer_id: employers can be told of facts with that column only"
        )
    ids = people.get_column("employer_id")
    codes = ids.rank("dense").fill_null(0).to_numpy().astype(np.int64)
    populations = (in_pool(scored), is_admitted(scored))
    counted = np.stack(
        [np.bincount(codes[who], minlength=codes.max(initial=0) + 1) for who in populations], axis=1
    )
    unknown, known = counted[0], counted[1:][counted[1:, 0] > 0]
    # Employers of as many people in the pool and among the admitted are one kind; there are few kinds.
    kinds, many = np.unique(known, axis=0, return_counts=True)
    drawn = [*resampled(many, replicates, np.random.default_rng(seed))] or [many[np.newaxis]]
    rows = []
    for place, name in enumerate((POOL, ADMITTED)):
        told = {"population": name, "people": int(counted[:, place].sum()), "unknown": int(unknown[place])}
        value = _measures(kinds[:, place], many[np.newaxis], top)
        again = _measures(kinds[:, place], np.concatenate(drawn), top)
        for measure, found in value.items():
            low, high = middle_of(again[measure])
            told |= {measure: found[0], f"{measure}_low": float(low), f"{measure}_high": float(high)}
        rows.append(told)
    whole = [f"employers{end}" for end in ("", "_low", "_high")]
    return pl.DataFrame(rows).fill_nan(None).with_columns(pl.col(whole).cast(pl.Int64))


def _measures(sizes: Counts, counts: Counts, top: Sequence[int]) -> Measures:
    """Measure employers of so many people each.

    Args:
        sizes: int64 [kinds], people of one employer; those without anybody are no employers.
        counts: int64 [replicates, kinds], employers of each kind.
        top: how many of the largest.

    """
    order = np.argsort(sizes, kind="stable")[::-1]
    order = order[sizes[order] > 0]
    held, many = sizes[order].astype(np.float64), counts[:, order]
    upto = many.cumsum(axis=1)
    people = many @ held
    firms = many.sum(axis=1).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        hhi = (many @ held**2) / people**2
        measures = {"employers": firms, "hhi": hhi, "effective_employers": 1 / hhi}
        # Twice the mean rank of each kind, less what it would be in the middle.
        apart = firms[:, np.newaxis] - 2 * (upto - many) - many
        measures["gini"] = (many * apart) @ held / (people * firms)
        for most in top:
            taken = np.diff(np.minimum(upto, most), axis=1, prepend=0)
            measures[f"top_{most}_share"] = (taken @ held) / people
    return measures
