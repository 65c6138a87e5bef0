"""Completed years of age, as Chinese law counts 周岁: a year is completed on the day after the birthday.

A birthday of 29 February falls on the 28th in a common year. Both are readings of the digest of Art. 14(2)
and 15(7). Everything about a birth date is a table over its day, computed once a round.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Births = NDArray[np.datetime64]
Flags = NDArray[np.bool_]

FIRST_BIRTH = dt.date(1900, 1, 1)
"""The earliest birth date that the cohort contract allows."""

_EPOCH = dt.date(1970, 1, 1)
FIRST_DAY = (FIRST_BIRTH - _EPOCH).days


def epoch_day(day: dt.date) -> int:
    """Return a date as days since 1970-01-01."""
    return (day - _EPOCH).days


def births_until(last: dt.date) -> Births:
    """Return every birth date from the first the contract allows to *last*, in order."""
    return np.arange(FIRST_DAY, epoch_day(last) + 1).astype("datetime64[D]")


def months_of(births: Births) -> NDArray[np.int64]:
    """Return birth months as months since January of the year 0."""
    return births.astype("datetime64[M]").astype(np.int64) + 1970 * 12


def reached(births: Births, age_months: NDArray[np.int64] | int, on: dt.date) -> Flags:
    """Say which births have completed an age in months on a day: the anniversary lies before it."""
    month = months_of(births) + age_months
    this_month = on.year * 12 + on.month - 1
    day_of_month = (births - births.astype("datetime64[M]")).astype(np.int64) + 1
    anniversary = np.minimum(day_of_month, monthrange(on.year, on.month)[1])
    earlier: Flags = (month < this_month) | ((month == this_month) & (anniversary < on.day))
    return earlier


@lru_cache(maxsize=32)
def years_by_birth(last: dt.date, on: dt.date) -> NDArray[np.int16]:
    """Return the completed years on a day of all who are born until *last*, as `births_until` has them."""
    return completed_years(births_until(last), on)


def completed_years(births: Births, on: dt.date) -> NDArray[np.int16]:
    """Return the completed years of age on a day, not below 0."""
    years = on.year - births.astype("datetime64[Y]").astype(np.int64) - 1970
    years -= ~reached(births, years * 12, on)
    return np.maximum(years, 0).astype(np.int16)
