"""Compare levels among people alike in other traits, so that composition is not mistaken for treatment.

Those with a doctorate may be admitted less often because they are young. Direct standardisation asks what the
rate of each level would be if its people were as old, and as long insured, as the whole pool: the rates by
stratum are weighted by the pool's strata instead of the level's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.distribution.errors import DistributionError
from simulate.distribution.intervals import ENDS, Ends, Z, divided, representation, wilson
from simulate.distribution.rates import in_pool, is_admitted, levels_of
from simulate.distribution.traits import Trait, trait

if TYPE_CHECKING:
    from scoring.scored import Scored

WITHIN = ("age_band", "career")


@dataclass(frozen=True)
class _Strata:
    """Count pool and admitted by level and stratum, [levels, strata]; only strata of the pool are held."""

    told: Trait
    names: tuple[tuple[str | None, ...], ...]
    pool: NDArray[np.int64]
    admitted: NDArray[np.int64]

    @property
    def weights(self) -> NDArray[np.float64]:
        """The pool's own share of each stratum."""
        return np.asarray(self.pool.sum(axis=0) / max(1, self.pool.sum()), dtype=np.float64)


def standardised(scored: Scored, by: str, *, within: Sequence[str] = WITHIN) -> pl.DataFrame:
    """Return each level's admission rate as it is, and as it were with the whole pool's strata.

    A stratum is one combination of the levels of the traits in *within*. A level without people in a stratum
    has no rate there: the stratum is left out for that level, the weights of the others are scaled up, and
    ``covered`` says how much of the pool is compared with. `strata` lists those that are empty.

    Columns: ``level``; ``pool``; ``admission_rate`` with ``rate_low`` and ``rate_high`` (Wilson);
    ``standardised_rate`` with ``standardised_low`` and ``standardised_high``, Wilson's interval at the sample
    size that has the weighted rate's variance; ``ratio``, the rate over that of the whole pool, with
    ``ratio_low`` and ``ratio_high`` as for `representation`; ``standardised_ratio``, the standardised rate
    over that of the whole pool in the strata compared, with ``standardised_ratio_low`` and
    ``standardised_ratio_high``; ``covered``, a share; ``empty_strata``, how many are left out.

    Raises:
        UnknownName: the cohort has no such trait.
        DistributionError: *by* is itself in *within*, or *within* is empty.

    """
    counted = _strata(scored, by, within)
    there = counted.pool > 0
    weights = np.where(there, counted.weights, 0.0)
    covered = weights.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = weights / covered[:, np.newaxis]
    local = np.nan_to_num(divided(counted.admitted, counted.pool))
    rate = (weights * local).sum(axis=1)
    overall = np.nan_to_num(divided(counted.admitted.sum(axis=0), counted.pool.sum(axis=0)))
    expected = (weights * overall).sum(axis=1)
    low, high = _interval(counted, weights, rate)
    pool, places = counted.pool.sum(axis=1), counted.admitted.sum(axis=1)
    crude = (divided(places, pool), *wilson(places, pool))
    ratios = _ratio(counted, weights, rate=rate, expected=expected, highest=high)
    frame = pl.DataFrame(
        {
            "level": levels_of(counted.told),
            "pool": pool,
            **dict(zip(("admission_rate", "rate_low", "rate_high"), crude, strict=True)),
            "standardised_rate": rate,
            "standardised_low": low,
            "standardised_high": high,
            **{f"ratio{end}": one for end, one in zip(ENDS, representation(places, pool), strict=True)},
            **{f"standardised_ratio{end}": one for end, one in zip(ENDS, ratios, strict=True)},
            "covered": covered,
            "empty_strata": (~there).sum(axis=1),
        }
    )
    return frame.filter(pl.col("pool") > 0).fill_nan(None)


def strata(scored: Scored, by: str, *, within: Sequence[str] = WITHIN) -> pl.DataFrame:
    """Return the counts that `standardised` weighs: one row a level and stratum of the pool.

    Columns: ``level``; one for each trait in *within*; ``standard_share``, the pool's share of the stratum;
    ``pool``; ``admitted``; ``admission_rate``, null where the level has nobody in the stratum, with
    ``rate_low`` and ``rate_high`` (Wilson); ``empty``.

    Raises:
        UnknownName: the cohort has no such trait.
        DistributionError: *by* is itself in *within*, or *within* is empty.

    """
    counted = _strata(scored, by, within)
    levels, size = counted.pool.shape
    places = {
        name: pl.Series(name, [stratum[number] for stratum in counted.names] * levels, dtype=pl.String)
        for number, name in enumerate(within)
    }
    low, high = wilson(counted.admitted, counted.pool)
    frame = pl.DataFrame(
        {
            "level": pl.Series(np.repeat(np.arange(levels), size)).replace_strict(
                list(range(levels)), list(counted.told.levels), return_dtype=pl.String
            ),
            **places,
            "standard_share": np.tile(counted.weights, levels),
            "pool": counted.pool.reshape(-1),
            "admitted": counted.admitted.reshape(-1),
            "admission_rate": divided(counted.admitted, counted.pool).reshape(-1),
            "rate_low": low.reshape(-1),
            "rate_high": high.reshape(-1),
            "empty": (counted.pool == 0).reshape(-1),
        }
    )
    present = np.repeat(counted.pool.sum(axis=1) > 0, size)
    return frame.filter(pl.Series(present)).fill_nan(None)


def _strata(scored: Scored, by: str, within: Sequence[str]) -> _Strata:
    if not within or by in within:
        raise DistributionError(
            f"compare {by} within {', '.join(within) or 'nothing'}: name one trait or more, other than {by}"
        )
    told, others = trait(scored, by), [trait(scored, name) for name in within]
    sizes = [len(other.levels) for other in others]
    cells = np.ravel_multi_index(tuple(one.codes for one in (told, *others)), (len(told.levels), *sizes))
    shape = (len(told.levels), int(np.prod(sizes)))
    pool, places = (
        np.bincount(cells[who], minlength=shape[0] * shape[1]).reshape(shape)
        for who in (in_pool(scored), is_admitted(scored))
    )
    kept = np.flatnonzero(pool.any(axis=0))
    names = tuple(
        tuple(other.levels[place] for other, place in zip(others, np.unravel_index(code, sizes), strict=True))
        for code in kept
    )
    return _Strata(told, names, pool[:, kept], places[:, kept])


def _interval(
    counted: _Strata, weights: NDArray[np.float64], rate: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give Wilson's interval at the number of people who would give the weighted rate's variance."""
    smooth, spread = _spread(counted.admitted, counted.pool)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (weights * smooth).sum(axis=1)
        people = middle * (1 - middle) / (weights**2 * spread).sum(axis=1)
    return wilson(rate * people, people)


def _ratio(
    counted: _Strata,
    weights: NDArray[np.float64],
    *,
    rate: NDArray[np.float64],
    expected: NDArray[np.float64],
    highest: NDArray[np.float64],
) -> tuple[NDArray[np.float64], *Ends]:
    """Give the standardised ratio and its ends, as those of `representation`, summed over strata.

    The level's own people stand above and below: in each stratum theirs and the others' rates are
    independent, and the logarithm of the ratio is taken as normal.
    """
    everyone = counted.pool.sum(axis=0)
    own = _spread(counted.admitted, counted.pool)[1]
    other = _spread(counted.admitted.sum(axis=0) - counted.admitted, everyone - counted.pool)[1]
    part = counted.pool / everyone
    with np.errstate(divide="ignore", invalid="ignore"):
        over, under = 1 / rate[:, np.newaxis], 1 / expected[:, np.newaxis]
        variance = (weights**2 * ((over - part * under) ** 2 * own + ((1 - part) * under) ** 2 * other)).sum(
            axis=1
        )
        ratio, half = rate / expected, Z * np.sqrt(variance)
        low, high, none = ratio * np.exp(-half), ratio * np.exp(half), highest / expected
    nobody = rate == 0
    return ratio, np.where(nobody, ratio, low), np.where(nobody, none, high)


def _spread(
    admitted: NDArray[np.int64], pool: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give each stratum's rate at half a person more in and out, and its variance; 0 where there is nobody.

    So a stratum of a few people of whom none was admitted still leaves something open.
    """
    smooth = (admitted + 0.5) / (pool + 1)
    return smooth, smooth * (1 - smooth) * np.divide(1, pool, out=np.zeros(pool.shape), where=pool > 0)
