"""Shapley shares: which indicators make totals differ, counted so that the shares sum to one."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import polars as pl

from simulate.distribution.scores import whole_hundredths
from simulate.engine.scores import Flags, Real, Whole
from simulate.sensitivity.study import Study

BLOCKS = 50
"""Parts of a population, each left out once for the interval."""

_Z = 1.959963984540054
"""Standard errors on each side that hold 95 % of a normal distribution."""


def variance_shares(study: Study, *, within: Decimal | float | str = 2, seed: int = 0) -> pl.DataFrame:
    """Share the variance of total scores among the indicators, exactly: the nine and any that are added.

    The game: indicators are the players, and a coalition is worth the variance of the sum of its members'
    points. Its Shapley value has a closed form, the covariance of an indicator's points with the total, so
    that no coalition need be listed. A share below zero says that the indicator evens totals out.

    Args:
        study: the prepared cohort.
        within: points from the cutoff, on both sides, that make the margin.
        seed: of the parts that are left out in turn for the interval.

    Returns:
        A row a population (``pool``, ``admitted``, ``margin``) and indicator: ``population``, ``people``,
        ``variance`` of the totals in points squared, ``indicator``, ``apart`` (people whose points in it are
        not those that most have), ``covariance`` in points squared,
        ``share`` of the variance (null without variance), and the ends of its interval, ``share_low`` and
        ``share_high``: a jackknife over `BLOCKS` random parts, and null below two people a part.

    Raises:
        WidthError: ``within`` is not above zero or finer than a hundredth.

    """
    frames = [_of_population(study, name, who, seed) for name, who in _populations(study, within).items()]
    return pl.concat(frames)


def _populations(study: Study, within: Decimal | float | str) -> dict[str, Flags]:
    margin = np.zeros(len(study.totals), dtype=bool)
    if study.cutoff is not None:
        margin = study.pool & (np.abs(study.totals - study.cutoff) <= whole_hundredths(within))
    return {"pool": study.pool, "admitted": study.admitted, "margin": margin}


def _of_population(study: Study, name: str, who: Flags, seed: int) -> pl.DataFrame:
    points = study.points[who]
    people = len(points)
    number = len(study.indicators)
    covariance = covariances(*_sums(points)) if people else np.full(number, np.nan)
    low, high = _interval(points, seed)
    frame = pl.DataFrame(
        {
            "population": [name] * number,
            "people": [people] * number,
            "variance": [covariance.sum() / 1e4] * number,
            "indicator": study.indicators,
            "apart": [_apart(column) for column in points.T],
            "covariance": covariance / 1e4,
            "share": _shares(covariance),
            "share_low": low,
            "share_high": high,
        }
    )
    return frame.with_columns(pl.col(pl.Float64).fill_nan(None))


def _apart(points: Whole) -> int:
    return len(points) - int(np.unique(points, return_counts=True)[1].max(initial=0))


def covariances(people: int, sums: Whole, products: Whole) -> Real:
    """Return the covariance of each indicator with the total, float64 [indicators], hundredths squared.

    Args:
        people: how many there are.
        sums: int64 [indicators], of each indicator's points.
        products: int64 [indicators], sums of each indicator's points times the total.

    """
    total = int(sums.sum())
    exact = [people * int(product) - int(one) * total for one, product in zip(sums, products, strict=True)]
    return np.array([one / people**2 for one in exact])


def _sums(points: Whole) -> tuple[int, Whole, Whole]:
    totals = points.sum(axis=1)
    return len(points), points.sum(axis=0), totals @ points


def _shares(covariance: Real) -> Real:
    variance = covariance.sum()
    shares: Real = covariance / variance if variance else np.full(len(covariance), np.nan)
    return shares


def _interval(points: Whole, seed: int) -> tuple[Real, Real]:
    if len(points) < 2 * BLOCKS:
        none = np.full(points.shape[1], np.nan)
        return none, none
    blocks = np.array_split(np.random.default_rng(seed).permutation(len(points)), BLOCKS)
    people, sums, products = _sums(points)
    left: list[Real] = []
    for block in blocks:
        own, own_sums, own_products = _sums(points[block])
        left.append(_shares(covariances(people - own, sums - own_sums, products - own_products)))
    spread = np.stack(left) - np.mean(left, axis=0)
    error = np.sqrt((BLOCKS - 1) / BLOCKS * (spread**2).sum(axis=0))
    share = _shares(covariances(people, sums, products))
    return share - _Z * error, share + _Z * error
