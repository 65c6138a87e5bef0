"""Intervals of shares and of ratios of shares, all at 95 %.

The people of a round are all there are, so its counts are exact. An interval says what the counts leave open
about the chances behind them: how far a rate would move had as many people come from the same population.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrik

Z = NormalDist().inv_cdf(0.975)

ENDS = ("", "_low", "_high")
"""What a number's column, and those of the ends of its interval, are called after its name."""

Ends = tuple[NDArray[np.float64], NDArray[np.float64]]


def divided(part: ArrayLike, whole: ArrayLike) -> NDArray[np.float64]:
    """Return shares, not a number where there is nobody to share among."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.divide(part, whole), dtype=np.float64)


def wilson(successes: ArrayLike, people: ArrayLike) -> Ends:
    """Return the ends of Wilson's score interval of shares, not a number where there is nobody.

    It keeps within 0 and 1 and is a true interval at both ends, where the textbook one has no width.
    Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference.

    >>> [round(float(end), 4) for end in wilson(0, 10)]
    [0.0, 0.2775]
    """
    counted, size = np.asarray(successes, dtype=np.float64), np.asarray(people, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = counted / size
        middle = (share + Z**2 / (2 * size)) / (1 + Z**2 / size)
        half = Z / (1 + Z**2 / size) * np.sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    return np.where(counted == 0, 0.0 * middle, middle - half), np.where(
        counted == size, 1.0 + 0.0 * middle, middle + half
    )


def representation(admitted: ArrayLike, pool: ArrayLike) -> tuple[NDArray[np.float64], *Ends]:
    """Return each level's share of the admitted over its share of the pool, and the ratio's ends.

    1 is in proportion. The logarithm of the ratio is taken as normal; its variance follows from the two
    independent shares, the level's and the others', by the delta method, so that a level that is the whole
    pool has the ratio 1 and no width. Where nobody of a level is admitted, the upper end is that of Wilson's
    interval over the rate of all. Not a number where nobody at all is admitted or the level is empty.
    """
    counted, size = np.asarray(admitted, dtype=np.float64), np.asarray(pool, dtype=np.float64)
    people, places = size.sum(), counted.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        weight, overall = size / people, places / people
        rate, rest = counted / size, (places - counted) / (people - size)
        ratio = rate / overall
        own = (1 / rate - weight / overall) ** 2 * rate * (1 - rate) / size
        other = ((1 - weight) / overall) ** 2 * rest * (1 - rest) / (people - size)
        half = Z * np.sqrt(own + np.where(size == people, 0.0, other))
        low, high = ratio * np.exp(-half), ratio * np.exp(half)
        none = wilson(counted, size)[1] / overall
    nobody = counted == 0
    return ratio, np.where(nobody, ratio, low), np.where(nobody, none, high)


def mean(values: ArrayLike) -> tuple[float, float, float]:
    """Return the mean and its ends, as those of a normal mean; not a number of nobody, no ends of one."""
    held = np.asarray(values, dtype=np.float64)
    if not len(held):
        return (float("nan"),) * 3
    middle = float(held.mean())
    half = Z * float(held.std(ddof=1)) / np.sqrt(len(held)) if len(held) > 1 else float("nan")
    return middle, middle - half, middle + half


def ranks_around(part: float, people: int) -> tuple[int | None, int | None]:
    """Return between whose places, counted from 1, a quantile lies: exact, whatever values they have.

    Of so many people drawn, as many are below the quantile as a binomial draw says. None where there are too
    few of them for 95 %.
    Source: W. R. Thompson (1936), On confidence ranges for the median.

    >>> ranks_around(0.5, 10), ranks_around(0.5, 5)
    ((2, 9), (None, None))
    """
    low, high = (int(np.ceil(bdtrik(end, people, part))) for end in (0.025, 0.975)) if people else (0, 0)
    return low or None, high + 1 if high < people else None


def paired_change(
    entered: ArrayLike, left: ArrayLike, people: ArrayLike
) -> tuple[NDArray[np.float64], *Ends]:
    """Return the change of a rate among the same people, and its ends; all zero where nobody moved.

    Who came in and who fell out are counted person by person, so the variance is that of their difference
    (the one behind McNemar's test), far smaller than that of two independent rates.
    """
    came, went, size = (np.asarray(values, dtype=np.float64) for values in (entered, left, people))
    with np.errstate(divide="ignore", invalid="ignore"):
        change = (came - went) / size
        half = Z * np.sqrt(np.maximum(0.0, came + went - (came - went) ** 2 / size)) / size
    return change, change - half, change + half
