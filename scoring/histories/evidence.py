"""The spells behind one applicant's facts: what an explanation shows beside each number."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from scoring.errors import UnknownName
from scoring.histories.counting import Spelled
from scoring.histories.records import Records
from scoring.rulebook import Rulebook

_SCHEMA = {"fact": pl.String, "first_month": pl.Date, "last_month": pl.Date, "months": pl.Int16}


def spells(
    tables: Mapping[str, pl.DataFrame], applicant_id: str, *, rules: Rulebook, round_year: int
) -> pl.DataFrame:
    """Show the months that count for one applicant, merged into unbroken spells, fact by fact.

    Args:
        tables: the record tables by name, as for `facts`.
        applicant_id: the applicant.
        rules: the rulebook.
        round_year: the year of the round.

    Returns:
        ``fact``, ``first_month``, ``last_month`` and ``months``: a row for each spell, by fact in the
        contract's order, earliest first. The months of a fact add up to it.

    Raises:
        UnknownName: nobody has that pseudonym.

    """
    own = {name: table.filter(pl.col("applicant_id") == applicant_id) for name, table in tables.items()}
    records = Records(own)
    if records.applicants.is_empty():
        raise UnknownName(f"no applicant is called {applicant_id!r} in the table 'applicants'")
    months, _ = Spelled.of(records, rules, round_year).months(0)
    rows = [
        (fact, first, last, 12 * (last.year - first.year) + last.month - first.month + 1)
        for fact, counted in months.items()
        for first, last in counted.runs(0)
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")
