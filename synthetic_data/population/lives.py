"""Life courses: one entry a person, everything dated once, as columns of small integers.

From these the facts of any round follow without a further draw: what a person will have done by the reference
date of 2031 is already there in 2020, and only the date says what counts. Months are numbered as in
`scoring.histories.months`: 12 x year + month - 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEVER = 30_000
"""The month, year or round that never comes; far enough from the end of 16 bits to add months to it."""
NEVER_DAY = np.iinfo(np.int32).max
"""The day that never comes."""
NONE = 255
"""The code of no award and no honour."""

GAPS = HOMES = JOBS = CREDENTIALS_HELD = 2
CHILDREN = 3

NO_TENANCY, LEASE, DORMITORY = range(3)
"""How somebody without an own home lives: in no way that counts, under a filed lease, in a dormitory."""

SIZES = ("1-9", "10-49", "50-199", "200-999", ">=1000")
"""Classes of employers by the number of people they employ."""

Whole = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class Lives:
    """Hold people's lives: arrays whose last axis is the person; the first of several comes first.

    Spells last from their first month on, for so many months, or until something ends them. Gaps and the
    back-paid spell begin in or after the first insured month and share no month; one of no months is `NEVER`.
    What lies after the last insured month counts for nothing. A later home is later than the one before, or
    never. Levels and districts are positions in the contract's own lists.

    Attributes:
        person: the number of each person, from 0; int32.
        birth_day: days since 1970-01-01; int32.
        sex: 0 female, 1 male; uint8.
        post: 0 worker, 1 cadre; uint8.
        permit_day: the residence permit, days since 1970-01-01 or `NEVER_DAY`; int32.
        insured_from: first insured month, of all five insurances; int16.
        insured_last: last insured month, `NEVER` while it goes on; int16.
        gap_from: first months without any record, or `NEVER`; int16, two rows.
        gap_months: how long; int16, two rows.
        back_paid_from: first month of the spell that was only paid back, or `NEVER`; int16.
        back_paid_months: how long; int16.
        credential: level of education, 0 none; uint8, two rows.
        graduated: month of graduation, or `NEVER`; int16, two rows.
        home_from: first month of an own home, and of the next own home, which ends it; int16, two rows.
        home_district: of these homes; uint8, two rows.
        spouse_home_from: first month of a home that the spouse owns, or `NEVER`; int16.
        other_district: where they live without an own home; uint8.
        tenancy: how they live there: `NO_TENANCY`, `LEASE` or `DORMITORY`; uint8.
        tenancy_from: first month of that, as far as they are insured; int16.
        job_district: of the first job and of the next one; uint8, two rows.
        job_moved: first month of the next job, or `NEVER`; int16.
        tax_from: first year with that income tax, or `NEVER`; int16.
        tax_through: last year with it; int16.
        tax_yuan: income tax of each of these years; int32.
        award: position in Annex 3, or `NONE`; uint8.
        award_month: when it was won; int16.
        honour: position in Annex 4, or `NONE`; uint8.
        honour_month: when it was awarded; int16.
        fined_month: of a tax fine of 2,000 yuan, or `NEVER`; int16.
        detained_month: of an administrative detention, or `NEVER`; int16.
        false_material_year: year in which false material was found, or `NEVER`; int16.
        criminal_record: bool.
        child_born: months of birth, or `NEVER`; int16, three rows.
        sector: position in the parameters' sectors; uint8.
        employer: number of the employer; int32.
        employer_size: position in `SIZES`; uint8.
        applies_from: first round in which they apply; int16.
        leaves_after: last round in which they still would; int16.

    """

    person: Whole
    birth_day: Whole
    sex: Whole
    post: Whole
    permit_day: Whole
    insured_from: Whole
    insured_last: Whole
    gap_from: Whole
    gap_months: Whole
    back_paid_from: Whole
    back_paid_months: Whole
    credential: Whole
    graduated: Whole
    home_from: Whole
    home_district: Whole
    spouse_home_from: Whole
    other_district: Whole
    tenancy: Whole
    tenancy_from: Whole
    job_district: Whole
    job_moved: Whole
    tax_from: Whole
    tax_through: Whole
    tax_yuan: Whole
    award: Whole
    award_month: Whole
    honour: Whole
    honour_month: Whole
    fined_month: Whole
    detained_month: Whole
    false_material_year: Whole
    criminal_record: Whole
    child_born: Whole
    sector: Whole
    employer: Whole
    employer_size: Whole
    applies_from: Whole
    leaves_after: Whole

    def __len__(self) -> int:
        return int(self.person.size)

    def take(self, rows: NDArray[Any] | slice) -> Lives:
        """Return some people: by position, by a mask, or a slice, which shares the memory."""
        if isinstance(rows, slice):
            return Lives(**{name: values[..., rows] for name, values in self.columns().items()})
        places = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        return Lives(**{name: values.take(places, axis=-1) for name, values in self.columns().items()})

    @classmethod
    def concat(cls, parts: Sequence[Lives]) -> Lives:
        """Return the people of several parts, one part after the other; there is at least one."""
        columns = [part.columns() for part in parts]
        return cls(**{name: np.concatenate([one[name] for one in columns], axis=-1) for name in columns[0]})

    def columns(self) -> dict[str, Whole]:
        """Return the arrays by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @property
    def bytes(self) -> int:
        """The memory that the arrays take."""
        return sum(values.nbytes for values in self.columns().values())


def first_of(months: Whole) -> NDArray[np.datetime64]:
    """Return the first days of numbered months."""
    return (months.astype(np.int64) - 12 * 1970).astype("datetime64[M]").astype("datetime64[D]")
