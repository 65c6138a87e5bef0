"""The cohort: the applicants of one round, checked once, so that inside every frame keeps its promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from scoring.cohort.check import LISTED, Door, check_table, narrowed
from scoring.cohort.columns import TABLES, column_errors, level_of
from scoring.cohort.contract import FIRST_YEAR, LAST_YEAR, Level, Table
from scoring.cohort.digest import digest_of
from scoring.cohort.errors import CohortError
from scoring.cohort.groups import Extra, as_group, extras_of, left_out
from scoring.cohort.provenance import Rules, provenance_errors, provenance_notes
from scoring.cohort.source import Raw, refuse
from scoring.cohort.violations import Violation, merged, note


@dataclass(frozen=True)
class Cohort:
    """Hold the applicants of one round, as checked against the contract.

    ``frame`` has the contract's columns in their order, then the groups of the user's own. Months, counts
    and years are Int16, dates Date, levels and keys Enum in the contract's and the annex's order, points
    Int32 in hundredths. ``groups`` names the columns to break results down by, ``notices`` are warnings
    and notes.
    """

    level: Level
    frame: pl.DataFrame = field(repr=False)
    groups: tuple[str, ...]
    notices: tuple[Violation, ...] = field(repr=False)
    round_year: int
    source: str

    @classmethod
    def from_frame(
        cls, frame: pl.DataFrame, *, rules: Rules, round_year: int, listed: int = LISTED
    ) -> Cohort:
        """Check a frame of facts or points against the contract, as if it had been read from Parquet.

        Points are in points (97.13), not in hundredths; ``listed`` is how many rows are listed for each rule
        that is broken in a column.

        Raises:
            CohortError: the contract is broken; ``violations`` says all that is wrong.

        """
        if not frame.height:
            raise refuse("no_rows")
        return admit(Raw(frame, "typed", "frame"), rules, Door.of(rules, round_year, listed=listed))

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
    if not FIRST_YEAR < door.round_year <= LAST_YEAR:
        raise refuse("round", round=door.round_year)
    level = level_of(raw.frame.columns)
    table = TABLES[level]
    raw = _without_empty_ids(raw, level, door)
    wrong_columns = column_errors(raw.frame.columns, table)
    if extras is None:
        extras = extras_of(raw.frame, table, wrong_columns)
    frame, violations = check_table(raw, table, door)
    found = [
        *raw.notices,
        *provenance_notes(raw.metadata),
        *wrong_columns,
        *(
            provenance_errors(raw.metadata, rules=rules, round_year=door.round_year)
            if level == "facts"
            else []
        ),
        *violations,
        *(violation for extra in extras.values() for violation in extra.verdict()),
        *left_out(raw.frame, table, door.first_row, door.listed),
        *(
            []
            if "applicant_id" in frame.columns or level == "facts"
            else [note("row_numbers", column="applicant_id")]
        ),
    ]
    all_found = merged([found], limit=door.listed)
    if any(violation.severity == "error" for violation in all_found):
        return None, all_found
    return _cohort(raw, frame, notices=all_found, table=table, door=door, extras=extras), all_found


def _without_empty_ids(raw: Raw, level: Level, door: Door) -> Raw:
    """Take out a column of pseudonyms that the template offered and nobody filled in, if none is needed."""
    if level == "facts" or door.unique_ids or "applicant_id" not in raw.frame.columns:
        return raw
    empty = raw.frame["applicant_id"].null_count() == raw.frame.height
    return replace(raw, frame=raw.frame.drop("applicant_id")) if empty else raw


def _cohort(
    raw: Raw,
    frame: pl.DataFrame,
    *,
    notices: tuple[Violation, ...],
    table: Table,
    door: Door,
    extras: Mapping[str, Extra],
) -> Cohort:
    expressions = {name: group for name, extra in extras.items() if (group := as_group(extra)) is not None}
    kept = narrowed(frame, table, door.keys).drop(set(extras) - set(expressions), strict=False)
    if "applicant_id" not in kept.columns:
        numbers = pl.int_range(door.first_row, door.first_row + kept.height, dtype=pl.Int64, eager=True)
        kept.insert_column(0, numbers.cast(pl.String).alias("applicant_id"))
    settled = {column.name for column in table.columns if column.levels}
    own = [group for name, group in expressions.items() if name not in settled]
    whole = kept.with_columns(raw.frame.select(own))
    groups = tuple(name for name in whole.columns if name in expressions)
    level: Level = "points" if table.name == "points" else "facts"
    return Cohort(level, whole, groups, notices, door.round_year, raw.source)
