"""From record tables to facts, for a whole cohort at once, block by block of applicants.

The months that count for a fact are a set; the fact is their number. `spells` shows the same sets, so that an
explanation cannot disagree with a count.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.cohort.contract_facts import FACTS
from scoring.histories import (
    education,
    eligibility,
    employment,
    honours,
    innovation,
    job_housing_area,
    law_abiding,
    residence,
    tax,
)
from scoring.histories.ledger import Ledger
from scoring.histories.months import Calendar, Months
from scoring.histories.records import HistoriesError, Records
from scoring.indicators.education import LEVELS
from scoring.rulebook import Rulebook

Columns = dict[str, NDArray[np.generic]]


def facts(
    tables: Mapping[str, pl.DataFrame], rules: Rulebook, *, round_year: int, workers: int = 2
) -> pl.DataFrame:
    """Count the facts of every applicant from dated records.

    Everything is cut at the reference date and counts from the rulebook's start; which months, awards and
    penalties count is said article by article in the modules of this package.

    Args:
        tables: the record tables by name, checked and in the contract's types; an absent one is empty.
        rules: the rulebook.
        round_year: the year of the round.
        workers: threads; the result does not depend on it.

    Returns:
        A row for each applicant, in the order of ``applicants``: the columns and narrow types of the contract
        of facts, then the groups of ``applicants`` as they are.

    Raises:
        HistoriesError: a table or an applicant is unknown, a spell reversed, or a group called like a fact.

    """
    records = Records(tables)
    penalties = records.keyed("penalties")
    paid = tax.income_tax(records, rules, round_year)
    counted = pl.DataFrame(
        {
            **_of_months(Spelled.of(records, rules, round_year), workers),
            "barred_through": eligibility.barred_through(records, penalties, rules, round_year),
            "innovation_award": innovation.innovation_award(
                records, rules, round_year, taxed_yuan=tax.latest_yuan(paid)
            ),
            "taxed_100k_years": tax.taxed_years(paid, rules),
            "tax_penalties": tax.penalties(records, penalties, rules, round_year),
            "honour": honours.honour(records, rules, round_year),
            "detentions": law_abiding.detentions(records, penalties, rules, round_year),
        }
    )
    for name in counted.columns:
        if name in records.applicants.columns:
            raise HistoriesError(f"applicants: the column {name!r} is a fact, which is counted from records")
    everything = records.applicants.with_columns(counted)
    ordered = [name for name in FACTS.names if name in everything.columns]
    return everything.select(*ordered, pl.exclude(ordered))


@dataclass(frozen=True)
class Spelled:
    """Hold what facts in months are counted from: the ledger of spells and the credentials."""

    rules: Rulebook
    ledger: Ledger
    claims: education.Claims

    @classmethod
    def of(cls, records: Records, rules: Rulebook, round_year: int) -> Spelled:
        """Enter all spells and credentials."""
        calendar = Calendar.of(rules, round_year)
        tables = {"insurance": employment.kinds(rules), "dwellings": residence.kinds(rules)}
        ledger = Ledger.of(
            ((name, records.keyed(name), kinds) for name, kinds in tables.items()),
            calendar,
            records.applicants.height,
        )
        return cls(rules, ledger, education.Claims.of(records, rules, calendar, round_year))

    def months(self, block: int) -> tuple[dict[str, Months], Columns]:
        """Return, of a block of applicants, the months behind each fact, and the facts that are no months."""
        rules, calendar = self.rules, self.ledger.calendar
        kinds = self.ledger.sets(block)
        insured, homes = employment.Insured(kinds), residence.Homes(kinds)
        level, study = self.claims.best(insured, *self.ledger.rows(block))
        months = {
            **eligibility.months(insured, rules, calendar),
            **employment.months(insured),
            **residence.months(homes, insured, rules),
            "study_insured_months": study,
            **job_housing_area.months(homes, insured, rules),
        }
        others: Columns = {
            **eligibility.flags(insured, rules, calendar),
            "education": level,
            **job_housing_area.flags(homes, calendar),
        }
        return months, others


def _of_months(spelled: Spelled, workers: int) -> dict[str, pl.Series]:
    def one(block: int) -> Columns:
        months, others = spelled.months(block)
        return {**{name: one.count() for name, one in months.items()}, **others}

    with ThreadPoolExecutor(workers) as pool:
        blocks = list(pool.map(one, spelled.ledger.blocks))
    series = {name: pl.Series(np.concatenate([block[name] for block in blocks])) for name in blocks[0]}
    levels = pl.Series(LEVELS, dtype=pl.Enum(LEVELS))
    return {**series, "education": levels.gather(series["education"])}
