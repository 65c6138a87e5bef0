"""The cohort: the applicants of one round, checked once, so that inside every frame keeps its promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import polars as pl

from scoring.cohort.check import LISTED, Door
from scoring.cohort.columns import TABLES, level_of
from scoring.cohort.contract import Level
from scoring.cohort.counting import count_facts
from scoring.cohort.digest import digest_of
from scoring.cohort.errors import CohortError
from scoring.cohort.groups import Extra
from scoring.cohort.measures import Measures
from scoring.cohort.provenance import Rules, provenance_errors, provenance_notes
from scoring.cohort.sift import refused, sift
from scoring.cohort.source import Raw, refuse
from scoring.cohort.violations import Violation, merged, note


@dataclass(frozen=True)
class Cohort:
    """Hold the applicants of one round, as checked against the contract.

    ``frame`` has the contract's columns in their order, then the groups of the user's own. Months, counts
    and years are Int16, dates Date, levels and keys Enum in the contract's and the annex's order, points
    Int32 in hundredths. ``groups`` names the columns to break results down by, ``notices`` are warnings
    and notes.

    Where the facts were counted from records, ``tables`` holds these by name, with the applicant's row in
    ``frame`` for the pseudonym, and ``counted_under`` the digest of the rulebook; elsewhere both are empty.
    ``measures`` names the columns that were read for indicators beyond the nine.
    """

    level: Level
    frame: pl.DataFrame = field(repr=False)
    groups: tuple[str, ...]
    notices: tuple[Violation, ...] = field(repr=False)
    round_year: int
    source: str
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict, repr=False)
    counted_under: str = ""
    measures: tuple[str, ...] = ()

    @classmethod
    def from_frame(
        cls,
        frame: pl.DataFrame,
        *,
        rules: Rules,
        round_year: int,
        listed: int = LISTED,
        measures: Measures = (),
    ) -> Cohort:
        """Check a frame of facts or points against the contract, as if it had been read from Parquet.

        Points are in points (97.13), not in hundredths; ``listed`` is how many rows are listed for each rule
        that is broken in a column; ``measures`` are columns that reforms would look at.

        Raises:
            CohortError: the contract is broken; ``violations`` says all that is wrong.

        """
        return admit(
            Raw(frame, "typed", "frame"), rules, Door.of(rules, round_year, listed=listed, measures=measures)
        )

    def under(self, rules: Rules) -> Cohort:
        """Return the cohort with its facts counted under other rules; facts that came as such stay.

        The rules settle which credential and which award count, so facts of one rulebook are not another's.
        """
        if not self.tables or self.counted_under == rules.digest:
            return self
        frame = count_facts(self.tables, self.frame.get_column("applicant_id"), rules, self.round_year)
        return replace(self, frame=frame, counted_under=rules.digest)

    def records_of(self, row: int) -> dict[str, pl.DataFrame]:
        """Return the records of the applicant in a row of ``frame``, table by table, under the pseudonym."""
        named = pl.lit(self.frame[row, "applicant_id"]).alias("applicant_id")
        return {
            name: table.filter(pl.col("applicant_id") == row).with_columns(named)
            for name, table in self.tables.items()
        }

    @property
    def synthetic(self) -> bool:
        """Whether the file says of itself that its people do not exist."""
        return any(notice.rule == "synthetic" for notice in self.notices)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, whatever format it came in; 64 hexadecimal digits."""
        return digest_of(self.frame, self.level)


def admit(raw: Raw, rules: Rules, door: Door) -> Cohort:
    """Check a table and make a cohort of it.

    Raises:
        CohortError: the contract is broken; ``violations`` says all that is wrong.

    """
    if not raw.frame.height:
        raise refuse("no_rows", Path(raw.source))
    cohort, found = inspect(raw, rules, door)
    if cohort is None:
        raise CohortError(found)
    return cohort


def inspect(
    raw: Raw, rules: Rules, door: Door, *, extras: Mapping[str, Extra] | None = None
) -> tuple[Cohort | None, tuple[Violation, ...]]:
    """Check a table: the cohort, or None if there is an error, and all that is to be said of it.

    ``extras`` are the columns that the contract does not know, when they were looked through before.

    Raises:
        CohortError: it cannot even be told what the table is.

    """
    level = level_of(raw.frame.columns)
    raw = _without_empty_ids(raw, level, door)
    sifted = sift(raw, TABLES[level], door, extras=extras)
    found = [*provenance_notes(raw.metadata), *sifted.found]
    if level == "facts":
        found += provenance_errors(raw.metadata, rules=rules, round_year=door.round_year)
    elif "applicant_id" not in raw.frame.columns:
        found.append(note("row_numbers", column="applicant_id"))
    all_found = merged([found], limit=door.listed)
    if refused(all_found):
        return None, all_found
    frame, groups = sifted.kept()
    cohort = Cohort(level, _numbered(frame, door), groups, all_found, door.round_year, raw.source)
    return replace(cohort, measures=tuple(door.measures)), all_found


def _without_empty_ids(raw: Raw, level: Level, door: Door) -> Raw:
    """Take out a column of pseudonyms that the template offered and nobody filled in, if none is needed."""
    if level == "facts" or door.unique_ids or "applicant_id" not in raw.frame.columns:
        return raw
    empty = raw.frame["applicant_id"].null_count() == raw.frame.height
    return replace(raw, frame=raw.frame.drop("applicant_id")) if empty else raw


def _numbered(frame: pl.DataFrame, door: Door) -> pl.DataFrame:
    """Let row numbers stand in where there are no pseudonyms."""
    if "applicant_id" in frame.columns:
        return frame
    numbers = pl.int_range(door.first_row, door.first_row + frame.height, dtype=pl.Int64, eager=True)
    return frame.insert_column(0, numbers.cast(pl.String).alias("applicant_id"))
