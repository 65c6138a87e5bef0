"""Sets of months, one for each of many applicants, as bits of 64-bit words.

Whatever overlaps, touches, nests or is there twice counts once by construction: a union is a bitwise or,
an intersection a bitwise and, the number of months a count of bits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.rulebook import Rulebook

Words = NDArray[np.uint64]
Places = NDArray[np.integer]

WORD = 64
_ALL = np.uint64(2**WORD - 1)


def number_of(month: dt.date) -> int:
    """Return a date's month as the number of months since January of the year 0."""
    return 12 * month.year + month.month - 1


def month_of(number: int) -> dt.date:
    """Return the first day of the month with that number."""
    return dt.date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class Calendar:
    """Give each month from *first* to *last*, both included, its place: 0, 1, 2 ...

    What lies before or after is clipped. An empty calendar (the last month before the first) is allowed.
    """

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, rules: Rulebook, round_year: int) -> Calendar:
        """Return the months that count for a round: from the rulebook's start to the reference date."""
        return cls(rules.date("employment.counting_from"), rules.reference_date(round_year))

    @cached_property
    def length(self) -> int:
        """The number of months."""
        return max(0, self.place(self.last) + 1)

    @cached_property
    def words(self) -> int:
        """The number of 64-bit words a set of these months takes."""
        return max(1, -(-self.length // WORD))

    @cached_property
    def _firsts(self) -> Words:
        """The set of the first 0, 1, 2 ... months, as columns."""
        held = np.arange(self.length + 1) - WORD * np.arange(self.words)[:, None]
        bits = np.clip(held, 0, WORD).astype(np.uint64)
        return np.where(bits == WORD, _ALL, (np.uint64(1) << (bits % np.uint64(WORD))) - np.uint64(1))

    def place(self, day: dt.date) -> int:
        """Return how many months after the first a day's month lies; it may lie outside the calendar."""
        return number_of(day) - number_of(self.first)

    @cached_property
    def _bounds(self) -> tuple[Places, Places]:
        """The bound before and the bound after the month of each day, from the day before the calendar on."""
        days = np.arange(
            _day(self.first) - 1, max(_day(month_of(number_of(self.last) + 1)), _day(self.first)) + 1
        )
        months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        places = months - number_of(self.first) + number_of(dt.date(1970, 1, 1))
        return np.clip(places, 0, self.length), np.clip(places + 1, 0, self.length)

    def _bound(self, days: pl.Series, bounds: Places) -> Places:
        return bounds.take(days.to_physical().to_numpy() - (_day(self.first) - 1), mode="clip")

    def begins(self, days: pl.Series) -> Places:
        """Return the bound before the month of each day; what lies outside the calendar is clipped."""
        return self._bound(days, self._bounds[0])

    def ends(self, days: pl.Series) -> Places:
        """Return the bound after the month of each day; what lies outside the calendar is clipped."""
        return self._bound(days, self._bounds[1])

    def spans(self, begins: Places, ends: Places) -> Months:
        """Return the months between two bounds each; a begin that lies after its end gives none."""
        begins = np.minimum(begins, ends)
        return Months(np.stack([self.word(row, begins, ends) for row in range(self.words)]), self)

    def word(self, row: int, begins: Places, ends: Places) -> Words:
        """Return one row of the words of many spans, of which none begins after its end."""
        firsts = self._firsts[row]
        word: Words = firsts.take(ends)
        word ^= firsts.take(begins)
        return word

    def window(self, first: dt.date | None = None, last: dt.date | None = None) -> Months:
        """Return the months from *first* to *last*, both included, as one set for all; None is no bound."""
        begin = 0 if first is None else self.place(first)
        end = self.length if last is None else self.place(last) + 1
        begins, ends = np.clip([[begin], [end]], 0, self.length)
        return self.spans(begins, ends)


@dataclass(frozen=True)
class Months:
    """Hold a set of months of one calendar for each of many applicants.

    ``words`` has a row for each 64 months, earliest first, and a column for each applicant; a set for all has
    one column. ``|``, ``&`` and ``-`` are union, intersection and difference.
    """

    words: Words
    calendar: Calendar

    def __or__(self, other: Months) -> Months:
        return Months(self.words | other.words, self.calendar)

    def __and__(self, other: Months) -> Months:
        return Months(self.words & other.words, self.calendar)

    def __sub__(self, other: Months) -> Months:
        return Months(self.words & ~other.words, self.calendar)

    def count(self) -> NDArray[np.int16]:
        """Return the number of months of each applicant."""
        counted: NDArray[np.int16] = np.bitwise_count(self.words).sum(axis=0, dtype=np.int16)
        return counted

    def within(self, first: dt.date | None = None, last: dt.date | None = None) -> Months:
        """Return the months from *first* to *last*, both included; None is no bound."""
        return self & self.calendar.window(first, last)

    def covers(self, month: dt.date) -> NDArray[np.bool_]:
        """Say of each applicant whether the set holds a month."""
        covered: NDArray[np.bool_] = np.any(self.within(month, month).words, axis=0)
        return covered

    def run_ending(self, month: dt.date) -> Months:
        """Return the longest unbroken run that ends with a month: empty where that month is missing."""
        until = self.calendar.window(last=month).words
        words = np.zeros_like(self.words)
        if not 0 <= self.calendar.place(month) < self.calendar.length:
            return Months(words, self.calendar)
        unbroken = np.full(self.words.shape[1], _ALL)
        for row in reversed(range(self.calendar.words)):
            missing = ~self.words[row] & until[row]
            words[row] = until[row] & ~_down_from_highest(missing) & unbroken
            unbroken[missing != 0] = 0
        return Months(words, self.calendar)

    def gaps(self) -> Months:
        """Return the months that are missing between the first and the last one of each set."""
        before, after = np.zeros_like(self.words), np.zeros_like(self.words)
        for row in range(self.calendar.words):
            earlier = self.words[:row].any(axis=0)
            later = self.words[row + 1 :].any(axis=0)
            before[row] = np.where(earlier, _ALL, _up_from_lowest(self.words[row]))
            after[row] = np.where(later, _ALL, _down_from_highest(self.words[row]))
        return Months(before & after, self.calendar) - self

    def of(self, applicants: Places) -> Months:
        """Return the sets of some applicants, by their places; one may be there several times."""
        return Months(self.words.take(applicants, axis=1), self.calendar)

    def runs(self, applicant: int) -> list[tuple[dt.date, dt.date]]:
        """Return the unbroken runs of one applicant, earliest first, as first and last months."""
        held = np.unpackbits(self.words[:, applicant].copy().view(np.uint8), bitorder="little")
        edges = np.flatnonzero(np.diff(held.astype(np.int8), prepend=0, append=0))
        start = number_of(self.calendar.first)
        return [
            (month_of(start + int(first)), month_of(start + int(after) - 1))
            for first, after in edges.reshape(-1, 2)
        ]


def union(sets: Iterable[Months]) -> Months:
    """Return the months that are in any of some sets, of which there is at least one."""
    return reduce(or_, sets)


def intersection(sets: Iterable[Months]) -> Months:
    """Return the months that are in all of some sets, of which there is at least one."""
    return reduce(and_, sets)


def chosen(which: Places, sets: Iterable[Months]) -> Months:
    """Return for each applicant the set at a place among several: the first set is at 0."""
    several = list(sets)
    stacked = np.stack([one.words for one in several])
    return Months(np.take_along_axis(stacked, which[None, None, :], axis=0)[0], several[0].calendar)


def _day(day: dt.date) -> int:
    """Return a date as days since 1970-01-01."""
    return (day - dt.date(1970, 1, 1)).days


def _down_from_highest(words: Words) -> Words:
    """Set every bit below the highest one that is set."""
    filled = words.copy()
    for shift in (1, 2, 4, 8, 16, 32):
        filled |= filled >> np.uint64(shift)
    return filled


def _up_from_lowest(words: Words) -> Words:
    """Set every bit above the lowest one that is set; a number's negative has all of these."""
    filled: Words = words | (~words + np.uint64(1))
    return filled
