"""Which days the rules tell apart, so that a date is kept as far as they need it and no further.

Age (Art. 15(7)) needs the year of birth. Retirement (Art. 14(2)) needs whether the age of each group of sex
and post is reached by 31 December of the year before a round. The permit (Art. 14(1)), awards, honours and
penalties need the year, a graduation (Annex 2) the month. Days that no rule tells apart become the first of
them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.cohort.contract import FIRST_YEAR, LAST_YEAR
from scoring.indicators.calendar import Births, births_until, completed_years, epoch_day, reached
from scoring.indicators.eligibility import retirement_months
from scoring.rulebook import Rulebook

Birth = Literal["rules", "month", "year"]
Starts = NDArray[np.int32]

ROUNDS = range(2018, 2100)
"""Rounds for which dates keep what the rules need when none is named: from the first round on."""

NEEDED = {
    "birth_date": "rules",
    "residence_permit_date": "year",
    "graduated_on": "month",
    "won_on": "year",
    "awarded_on": "year",
    "decided_on": "year",
}
"""What the rules read of each date."""


@dataclass(frozen=True)
class Days:
    """Hold the first day of every class of days that are treated alike, as days since 1970, in order."""

    starts: Starts

    def classes(self, dates: pl.Series) -> NDArray[np.int64]:
        """Return the class of each date; -1 where it is null."""
        days = dates.cast(pl.Date).to_physical()
        found = np.searchsorted(self.starts, days.fill_null(0).to_numpy(), side="right") - 1
        return np.where(days.is_null().to_numpy(), -1, found)

    def first(self, dates: pl.Series) -> pl.Series:
        """Return the first day of the class of each date."""
        classes = pl.Series(self.classes(dates)).replace(-1, None).cast(pl.UInt32)
        return pl.Series(self.starts).gather(classes).cast(pl.Date).alias(dates.name)


def days_needed(books: Sequence[Rulebook], rounds: Iterable[int], *, birth: Birth) -> Mapping[str, Days]:
    """Return by column which days are told apart under some rulebooks in some rounds.

    Args:
        books: the rulebooks that shall score the same.
        rounds: the years of the rounds that shall.
        birth: ``rules`` keeps of a birth date what those rules need, ``month`` and ``year`` keep only that,
            which may change who is past the retirement age.

    """
    years = tuple(rounds)
    told_apart = _by_period(books, years)
    births = _births(_unlike(books), years) if birth == "rules" else _starts_of(birth)
    return {**{column: told_apart[need] for column, need in NEEDED.items() if need != "rules"}} | {
        "birth_date": births
    }


def _by_period(books: Sequence[Rulebook], years: tuple[int, ...]) -> dict[str, Days]:
    """Return calendar years and months, parted where a day of the rules falls within one."""
    cuts = {
        book.day_before_round(path, year)
        for book in books
        for year in years
        for path in ("round.reference_day", "eligibility.residence_permit_by")
    }
    after = [epoch_day(cut) + 1 for cut in cuts]
    return {
        period: Days(np.union1d(_starts_of(period).starts, np.array(after, dtype=np.int32)))
        for period in ("year", "month")
    }


@lru_cache(maxsize=2)
def _starts_of(period: str) -> Days:
    months = range(1, 13) if period == "month" else (1,)
    days = [
        epoch_day(dt.date(year, month, 1)) for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in months
    ]
    return Days(np.array(days, dtype=np.int32))


def _unlike(books: Sequence[Rulebook]) -> tuple[Rulebook, ...]:
    """Keep one of those rulebooks that read a birth date alike."""
    return tuple({_reading_of_births(book): book for book in books}.values())


def _reading_of_births(book: Rulebook) -> tuple[tuple[str, object], ...]:
    paths = [path for path in book if path.startswith("eligibility.retirement.")]
    return tuple((path, book[path]) for path in (*paths, "age.as_of", "round.reference_day"))


@lru_cache(maxsize=4)
def _births(books: tuple[Rulebook, ...], years: tuple[int, ...]) -> Days:
    """Part the days of birth where age or retirement changes, in any of the rounds, and at each new year."""
    parts = [_starts_of("year").starts]
    for book in books:
        parts += [_retirement_changes(book, book.reference_date(year)) for year in years]
        # Age changes on the same days of the year in every round, but for leap days: four show them all.
        parts += [_age_changes(book, year) for year in years[-4:]]
    return Days(np.unique(np.concatenate(parts)))


def _age_changes(book: Rulebook, year: int) -> Starts:
    """Return the days of birth on which the completed age of Art. 15(7) is another than the day before."""
    born = births_until(book.reference_date(year))
    ages = completed_years(born, book.day_before_round("age.as_of", year))
    return _days(born[1:][np.diff(ages) != 0])


def _retirement_changes(book: Rulebook, on: dt.date) -> Starts:
    """Return the days of birth on which retirement by Art. 14(2) is another than the day before.

    Only births between the lowest and the highest age of the law, with a year to spare, are looked at.
    """
    paths = [path for path in book if path.startswith("eligibility.retirement.") and path.endswith("age")]
    groups = sorted({path.split(".")[2] for path in paths})
    ages = [book.count(path) for path in paths]
    born = births_until(on)
    birth_years = born.astype("datetime64[Y]").astype(np.int64) + 1970
    born = born[(birth_years >= on.year - max(ages) - 1) & (birth_years <= on.year - min(ages) + 1)]
    changes = np.zeros(max(born.size - 1, 0), dtype=np.bool_)
    for group in groups:
        changes |= np.diff(reached(born, retirement_months(born, book, group, on), on))
    return _days(born[1:][changes])


def _days(born: Births) -> Starts:
    return born.astype(np.int64).astype(np.int32)
