"""Check the tables of histories one by one, each record against the table of applicants."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from scoring.cohort.check import Door
from scoring.cohort.contract import APPLICANT_ID, Table
from scoring.cohort.contract_histories import APPLICANTS, NEEDED, RECORDS
from scoring.cohort.errors import CohortError
from scoring.cohort.folder_source import Histories, of_table
from scoring.cohort.parse import parsed
from scoring.cohort.provenance import provenance_notes
from scoring.cohort.record_conditions import BIRTH, KNOWN
from scoring.cohort.sift import Sifted, refused, sift
from scoring.cohort.source import Raw
from scoring.cohort.violations import Violation, error, merged, warning


@dataclass(frozen=True)
class Checked:
    """Hold the record tables of a cohort, sound unless an error was found, and the applicants' groups.

    ``ids`` are the pseudonyms. In the tables the applicant's row, from 0, stands in their place: four bytes
    say whom a record is about, and pseudonyms are never compared again.
    """

    tables: dict[str, pl.DataFrame] = field(repr=False)
    ids: pl.Series = field(repr=False)
    groups: tuple[str, ...]
    found: tuple[Violation, ...] = field(repr=False)


@dataclass(frozen=True)
class People:
    """Hold each pseudonym once, with the applicant's row and day of birth."""

    known: pl.DataFrame

    @classmethod
    def of(cls, applicants: Sifted) -> People | None:
        """Take the people from the table of applicants, or None where it does not tell them."""
        if not {"applicant_id", "birth_date"} <= set(applicants.frame.columns):
            return None
        told = applicants.frame.select("applicant_id", pl.col("birth_date").alias(BIRTH)).with_row_index(
            KNOWN
        )
        return cls(told.filter(pl.col("applicant_id").is_first_distinct()))

    def beside(self, raw: Raw) -> pl.DataFrame | None:
        """Say of each record whom it is about, null where nobody is known, and when he or she was born."""
        if "applicant_id" not in raw.frame.columns:
            return None
        cells = parsed(APPLICANT_ID, raw.frame.schema["applicant_id"], raw.origin)
        if cells is None:
            return None
        ids = raw.frame.select(cells)
        return ids.join(self.known, on="applicant_id", how="left", maintain_order="left").drop("applicant_id")


def check_histories(histories: Histories, door: Door) -> Checked:
    """Read and check every table; one table's errors do not hide another's.

    Of each table at most one is held as it was found at any time.
    """
    applicants, found = _sifted(histories, APPLICANTS, door)
    people = None if applicants is None else People.of(applicants)
    parts, tables = [histories.found, found], dict[str, pl.DataFrame]()
    ids, groups = pl.Series(dtype=pl.String), tuple[str, ...]()
    if applicants is not None and not refused(found):
        frame, groups = applicants.kept()
        ids, rows = frame.get_column("applicant_id"), pl.int_range(pl.len(), dtype=pl.get_index_type())
        tables[APPLICANTS.name] = frame.with_columns(rows.alias("applicant_id"))
    for table in RECORDS:
        records, found = _records(histories, table, people, door)
        parts.append(found)
        if records is not None:
            tables[table.name] = records
    return Checked(tables, ids, groups, merged(parts, limit=door.listed))


def _records(
    histories: Histories, table: Table, people: People | None, door: Door
) -> tuple[pl.DataFrame | None, list[Violation]]:
    """Return a table of records in its final types, if it is sound, and what is to be said of it."""
    sifted, found = _sifted(histories, table, door, people)
    if sifted is None or sifted.beside is None or refused(found):
        return None, found
    frame, _ = sifted.kept()
    return frame.with_columns(sifted.beside.get_column(KNOWN).alias("applicant_id")), found


def _sifted(
    histories: Histories, table: Table, door: Door, people: People | None = None
) -> tuple[Sifted | None, list[Violation]]:
    read = histories.tables.get(table.name)
    if read is None:
        return None, []
    try:
        raw = read()
    except CohortError as failure:
        return None, of_table(table.name, failure.violations)
    beside = None if people is None else people.beside(raw)
    sifted = sift(raw, table, door, beside=beside)
    made = provenance_notes(raw.metadata) if table is APPLICANTS else []
    return sifted, [*made, *of_table(table.name, [*_without_rows(raw, table), *sifted.found])]


def _without_rows(raw: Raw, table: Table) -> list[Violation]:
    """Refuse a cohort of nobody, and say so when nobody was ever insured; other tables may be empty."""
    if raw.frame.height or table not in NEEDED:
        return []
    return [error("no_rows", path=raw.source) if table is APPLICANTS else warning("no_records")]
