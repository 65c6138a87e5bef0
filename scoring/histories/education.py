"""教育背景, education, from records: Art. 15(3), Annex 2.

经国家教育部承认的国内及国（境）外学历学位: a recognised record gives a credential, and the one with the best
points after deduction is claimed (reading).
自毕业日期起往前扣除相应连续缴纳社会保险年限: the months of study are the insured months in the window that
ends with the month of graduation and is as long as Annex 2 says (reading).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.histories.employment import Insured
from scoring.histories.months import Calendar, Months
from scoring.histories.packing import Packed, Packing
from scoring.histories.records import ROW, Records
from scoring.indicators import education
from scoring.indicators.facts import Extent
from scoring.indicators.item import Law
from scoring.rulebook import Rulebook

_CREDENTIAL = Packing({"row": 34, "order": 4, "day": 22, "level": 4})
_HELD = ("junior_college", "bachelor", "master", "doctor")
_YEAR_ONE = 719_162
"""Days from 1 January of the year 1 to 1970-01-01, so that no day is negative."""


@dataclass(frozen=True)
class Claims:
    """Hold every credential that may be claimed: by applicant, then in the order in which ties are decided.

    More points before deduction go first, then the earlier graduation (reading), then the first in Annex 2.
    """

    packed: Packed
    law: Law
    calendar: Calendar

    @classmethod
    def of(cls, records: Records, rules: Rulebook, calendar: Calendar, round_year: int) -> Claims:
        """Take the recognised credentials of graduations up to the reference date."""
        law = Law(rules, round_year, Extent(0, 0))
        graduated = pl.col("graduated_on") <= rules.reference_date(round_year)
        held = records.keyed("degrees").filter("recognised", graduated)
        level = _levels(held)
        packed = _CREDENTIAL.pack(
            row=held.get_column(ROW).to_numpy(),
            order=_order(law).take(level),
            day=held.get_column("graduated_on").to_physical().to_numpy() + _YEAR_ONE,
            level=level,
        )[level > 0]
        packed.sort()
        return cls(packed, law, calendar)

    @cached_property
    def _points(self) -> NDArray[np.int64]:
        """The points after deduction of each level and number of insured months of study."""
        tables = education.tables(self.law)
        tiers = tables["education"].astype(np.int64)
        return tiers[:, None] + tables["study_deduction"].reshape(tiers.size, -1)

    @cached_property
    def _windows(self) -> NDArray[np.int64]:
        return np.array(education.windows(self.law))

    def best(self, insured: Insured, first: int, after: int) -> tuple[NDArray[np.uint8], Months]:
        """Return the level claimed by each of some applicants, and the insured months of study.

        Args:
            insured: the insurance of the applicants.
            first: the row of the first of them.
            after: the row after the last.

        """
        begin, end = self.packed.searchsorted([_CREDENTIAL.least(first), _CREDENTIAL.least(after)])
        claims = self.packed[begin:end]
        rows = _CREDENTIAL.unpack(claims, "row") - first
        level = _CREDENTIAL.unpack(claims, "level")
        windows = self._window(claims, level)
        studied = (insured.months.of(rows) & windows).count()
        best = _first_highest(self._points[level, studied], rows)
        claimed = np.zeros(after - first, np.uint8)
        claimed[rows[best]] = level[best]
        months = np.zeros((self.calendar.words, after - first), np.uint64)
        months[:, rows[best]] = windows.words[:, best]
        return claimed, insured.months & Months(months, self.calendar)

    def _window(self, claims: Packed, level: NDArray[np.int64]) -> Months:
        """Return the months of study: as many as Annex 2 says, the month of graduation the last (reading)."""
        days = (_CREDENTIAL.unpack(claims, "day") - _YEAR_ONE).astype("datetime64[D]")
        ends = self.calendar.ends(pl.Series(days))
        return self.calendar.spans(np.maximum(ends - self._windows[level], 0), ends)


def _shown(level: str, *, diploma: bool, degree: bool) -> int:
    """Tell the level of a record: diploma and degree together, or one of them; junior college the diploma."""
    if level == "junior_college":
        name = level if diploma else "none"
    elif diploma and degree:
        name = level
    else:
        name = f"{level}_diploma" if diploma else f"{level}_degree" if degree else "none"
    return education.LEVELS.index(name)


def _levels(degrees: pl.DataFrame) -> NDArray[np.int64]:
    """Return the level of each record; 0 is none."""
    held = pl.col("level").cast(pl.Enum(_HELD)).to_physical().cast(pl.Int64)
    which = degrees.select(held * 4 + pl.col("diploma") * 2 + pl.col("degree")).to_series().to_numpy()
    no_yes = (False, True)
    shown = [
        _shown(level, diploma=one, degree=other) for level in _HELD for one in no_yes for other in no_yes
    ]
    return np.array(shown).take(which)


def _order(law: Law) -> NDArray[np.int64]:
    """Return the rank of each level by its points before deduction, the most points first."""
    _, rank = np.unique(-education.tables(law)["education"], return_inverse=True)
    return rank


def _first_highest(points: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place of the highest points of each row, the first where several are as high."""
    if not rows.size:
        return np.empty(0, np.int64)
    places = np.arange(rows.size)
    ordered = points * rows.size + (rows.size - 1 - places)
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    highest = np.maximum.reduceat(ordered, starts)
    return rows.size - 1 - highest % rows.size
