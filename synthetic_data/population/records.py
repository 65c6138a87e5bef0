"""The dated records behind life courses: what departments would hold of these people on the reference date.

Counted by `scoring.histories`, they give the facts that `counting` gives in closed form. What happens after
the reference date is in no record yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.cohort.contract_histories import HISTORIES
from scoring.cohort.parse import narrow_type
from scoring.histories.months import number_of
from scoring.indicators.education import LEVELS
from scoring.rulebook import Rulebook
from scoring.rulebook.schema import INSURANCES
from synthetic_data.population.counting import FINE_YUAN
from synthetic_data.population.fact_table import facts_of, named
from synthetic_data.population.lives import DORMITORY, LEASE, NEVER, NONE, Lives, first_of

Whole = NDArray[Any]

_APPLICANT = (
    *(
        "applicant_id",
        "birth_date",
        "sex",
        "post",
        "residence_permit_date",
        "criminal_record",
        "minor_children",
    ),
    *("home_district", "job_district", "employer_id", "sector", "employer_size"),
)
_TABLES = {table.name: table for table in HISTORIES}
_HELD = ("junior_college", "bachelor", "master", "doctor")
_OWN, _SPOUSE, _RENTED, _DORMITORY = range(4)
_TAX_FINE, _DETENTION, _FALSE_MATERIAL = range(3)
_NORMAL, _BACK_PAID = range(2)


def histories_of(lives: Lives, rules: Rulebook, round_year: int) -> dict[str, pl.DataFrame]:
    """Write the records of every person as they stand on the reference date of a round.

    Args:
        lives: the people.
        rules: the rulebook; its dates decide on no record, but on what ``minor_children`` counts.
        round_year: the year of the round.

    Returns:
        The contract's nine tables by name, in its narrow types, each by person and then by time.

    """
    writer = _Writer(lives, rules, round_year, number_of(rules.reference_date(round_year)) + 1)
    people = facts_of(lives, rules, round_year).select(_APPLICANT)
    tables = {
        "insurance": writer.insurance(),
        "dwellings": writer.dwellings(),
        "degrees": writer.degrees(),
        "awards": writer.awards(),
        "equity": writer.equity(),
        "income_tax": writer.income_tax(),
        "penalties": writer.penalties(),
        "honours": writer.honours(),
    }
    ids = people.get_column("applicant_id")
    written = {name: _table(name, ids, table, rules) for name, table in tables.items()}
    return {"applicants": people, **written}


Rows = tuple[Whole, dict[str, pl.Series]]


def _table(name: str, ids: pl.Series, written: Rows, rules: Rulebook) -> pl.DataFrame:
    """Put the pseudonyms of the rows before the columns; without rows the types are the contract's own."""
    rows, columns = written
    if rows.size:
        return pl.DataFrame({"applicant_id": ids.gather(rows), **columns})
    keys = {"awards": rules.award_keys, "honours": rules.honour_keys}
    types = {one.name: narrow_type(one, keys.get(one.annex, ())) for one in _TABLES[name].columns}
    return pl.DataFrame(schema=types)


@dataclass(frozen=True)
class _Writer:
    """Write the rows of each table: whose they are, by position, and their columns."""

    lives: Lives
    rules: Rulebook
    round_year: int
    end: int

    def insurance(self) -> Rows:
        """Write the paid and the back-paid spells of a career, alike for all five insurances."""
        lives = self.lives
        moved = np.broadcast_to(lives.job_moved, (5, len(lives)))
        begin, end = self._career()
        back_paid = lives.back_paid_from, lives.back_paid_from + lives.back_paid_months
        begin, end = (np.vstack([one, other]) for one, other in zip((begin, end), back_paid, strict=True))
        end = np.minimum(np.minimum(end, lives.insured_last + 1), self.end)
        # What lies before the move of the job, and what lies after it.
        begins, ends = np.vstack([begin, np.maximum(begin, moved)]), np.vstack([np.minimum(end, moved), end])
        which, rows = _in_order(begins < ends)
        job = np.where(which < len(begin), lives.job_district[0, rows], lives.job_district[1, rows])
        payment = np.where(which % len(begin) == len(begin) - 1, _BACK_PAID, _NORMAL)
        each = len(INSURANCES)
        spells = self._months(np.repeat(begins[which, rows], each), np.repeat(ends[which, rows], each))
        return np.repeat(rows, each), {
            "insurance": named(np.tile(np.arange(each), rows.size), INSURANCES),
            **spells,
            "payment": named(np.repeat(payment, each), ("normal", "back_paid")),
            "district": _level("insurance", "district", np.repeat(job, each)),
        }

    def _career(self) -> tuple[Whole, Whole]:
        """Return the four spells between the gaps and the back-paid spell."""
        lives = self.lives
        begin = np.vstack([lives.gap_from, lives.back_paid_from])
        months = np.vstack([lives.gap_months, lives.back_paid_months])
        order = np.argsort(begin, axis=0, kind="stable")
        begin, months = (np.take_along_axis(one, order, axis=0) for one in (begin, months))
        return np.vstack([lives.insured_from, begin + months]), np.vstack([begin, lives.insured_last + 1])

    def dwellings(self) -> Rows:
        """Write own homes, the spouse's, and the months as a tenant: a lease is not filed until it is."""
        lives = self.lives
        own, moved, spouse = (np.minimum(one, self.end) for one in (*lives.home_from, lives.spouse_home_from))
        never = np.full_like(own, self.end)
        owned = np.minimum(own, spouse)
        begin, end = self._career()
        begin = np.maximum(begin, lives.tenancy_from)
        end = np.minimum(np.minimum(end, lives.insured_last + 1), owned)
        end = np.where(lives.tenancy > 0, end, begin)
        unfiled = np.where(lives.tenancy > 0, np.minimum(lives.tenancy_from, owned), owned)
        begins = np.vstack([own, moved, spouse, lives.insured_from, begin])
        ends = np.vstack([moved, never, never, unfiled, end])
        which, rows = _in_order(begins < ends)
        kinds = np.array([_OWN, _OWN, _SPOUSE, _RENTED, *[_RENTED] * len(begin)])
        kind, counts = kinds[which], which >= len(kinds) - len(begin)
        kind = np.where(counts & (lives.tenancy[rows] == DORMITORY), _DORMITORY, kind)
        filed = pl.Series(counts & (lives.tenancy[rows] == LEASE))
        where = np.where(
            which < 2, lives.home_district[np.minimum(which, 1), rows], lives.other_district[rows]
        )
        return rows, {
            "dwelling": _level("dwellings", "dwelling", kind),
            **self._months(begins[which, rows], ends[which, rows]),
            "district": _level("dwellings", "district", where),
            "titled": pl.Series(np.ones(rows.size, np.bool_)),
            "lease_filed": filed.set(pl.Series(kind != _RENTED), None),
        }

    def _months(self, begin: Whole, end: Whole) -> dict[str, pl.Series]:
        return {"first_month": _days(begin), "last_month": _days(end - 1)}

    def degrees(self) -> Rows:
        """Write the credentials of graduations up to the reference date, the first first."""
        lives = self.lives
        which, rows = _in_order((lives.credential > 0) & (lives.graduated < self.end))
        level = lives.credential[which, rows]
        names = pl.Series(LEVELS).gather(level)
        return rows, {
            "level": names.str.replace("_(diploma|degree)$", "").cast(pl.Enum(_HELD)),
            "diploma": ~names.str.ends_with("_degree"),
            "degree": ~names.str.ends_with("_diploma") & (names != "junior_college"),
            "graduated_on": _days(lives.graduated[which, rows]),
            "recognised": pl.Series(np.ones(rows.size, np.bool_)),
        }

    @cached_property
    def _shares(self) -> dict[int, tuple[float, float]]:
        """The rows of Annex 3 that shares give, by position: the share to hold, and the financing."""
        return {
            place: (float(award.min_share_held or 0), float(award.financing.first))
            for place, award in enumerate(self.rules.awards)
            if award.financing
        }

    def awards(self) -> Rows:
        """Write the awards that were won."""
        award, won = self.lives.award, self.lives.award_month
        rows = np.flatnonzero((award != NONE) & (won < self.end) & ~np.isin(award, list(self._shares)))
        return rows, {"award": named(award[rows], self.rules.award_keys), "won_on": _days(won[rows])}

    def equity(self) -> Rows:
        """Write the years in which shares were held, from that of the award on."""
        first = self.lives.award_month // 12
        held = np.isin(self.lives.award, list(self._shares))
        rows, year = self._years(first, np.where(held, self.round_year - 1, first - 1))
        terms = [self._shares[place] for place in self.lives.award[rows].tolist()]
        share, financing = np.array(terms, np.float64).reshape(-1, 2).T
        return rows, {
            "year": pl.Series(year),
            "share_held": pl.Series(share),
            "financing_3y_yuan": pl.Series(financing),
        }

    def honours(self) -> Rows:
        """Write the honours that were awarded."""
        honour, awarded = self.lives.honour, self.lives.honour_month
        rows = np.flatnonzero((honour != NONE) & (awarded < self.end))
        return rows, {
            "honour": named(honour[rows], self.rules.honour_keys),
            "awarded_on": _days(awarded[rows]),
        }

    def income_tax(self) -> Rows:
        """Write the years of high income tax, each with its amount."""
        lives = self.lives
        rows, year = self._years(lives.tax_from, np.minimum(lives.tax_through, self.round_year - 1))
        paid = pl.Series(lives.tax_yuan[rows].astype(np.float64))
        return rows, {"year": pl.Series(year), "paid_yuan": paid}

    def _years(self, first: Whole, last: Whole) -> tuple[Whole, Whole]:
        """Return a row for each year from the first to the last, both included, and the year."""
        years = np.maximum(last - first + 1, 0)
        rows = np.repeat(np.arange(years.size), years)
        nth = np.arange(rows.size) - np.repeat(np.cumsum(years) - years, years)
        return rows, (first[rows] + nth).astype(np.int16)

    def penalties(self) -> Rows:
        """Write tax fines, detentions and findings of false material."""
        lives = self.lives
        false = np.where(lives.false_material_year <= self.round_year, lives.false_material_year * 12, NEVER)
        months = np.vstack([lives.fined_month, lives.detained_month, false])
        until = np.array([self.end, self.end, NEVER])[:, None]
        kind, rows = _in_order(months < until)
        fine = pl.Series(np.full(rows.size, float(FINE_YUAN))).set(pl.Series(kind != _TAX_FINE), None)
        return rows, {
            "kind": _level("penalties", "kind", kind),
            "decided_on": _days(months[kind, rows]),
            "fine_yuan": fine,
        }


def _in_order(there: NDArray[np.bool_]) -> tuple[Whole, Whole]:
    """Return which of several entries there are, and whose, person by person."""
    rows, which = np.nonzero(there.T)
    return which, rows


def _days(months: Whole) -> pl.Series:
    return pl.Series(first_of(months))


def _level(table: str, column: str, places: Whole) -> pl.Series:
    return named(places, _TABLES[table].column(column).levels)
