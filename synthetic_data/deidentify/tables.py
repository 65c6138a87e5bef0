"""Make one table safe: parse what the contract knows, coarsen dates, merge small categories, drop the rest.

Every cell that stays was read as a number, a date, a yes or no, or a word of the contract, or is a category
that many people share. A cell that cannot be read as such may hold anything, so it is refused with its row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from scoring.cohort.check import Door, check_table, narrowed
from scoring.cohort.contract import Kind, Table
from scoring.cohort.source import Raw
from scoring.cohort.violations import Violation
from synthetic_data.deidentify.amounts import exact_amounts
from synthetic_data.deidentify.categories import merged, name_of_others
from synthetic_data.deidentify.columns import sort_columns
from synthetic_data.deidentify.days import NEEDED, Days
from synthetic_data.deidentify.identifiers import APPLICANT, EMPLOYER
from synthetic_data.deidentify.masking import heading
from synthetic_data.deidentify.treatment import Treatment


@dataclass(frozen=True)
class Means:
    """Hold what every table is treated with; ``births`` are the days of birth that the rules tell apart."""

    door: Door
    days: Mapping[str, Days] = field(repr=False)
    births: Days = field(repr=False)
    threshold: int


@dataclass(frozen=True)
class Safe:
    """Hold a table after treatment, its groups, and what was done; or what cannot be read in it."""

    table: Table
    frame: pl.DataFrame = field(repr=False)
    groups: tuple[str, ...]
    treatments: tuple[Treatment, ...] = field(repr=False)
    violations: tuple[Violation, ...] = field(repr=False)


def safe(raw: Raw, table: Table, means: Means) -> Safe:
    """Treat a table whose people and employers are pseudonyms already.

    Raises:
        UnsafeExport: a column is all but called as the contract calls one that is missing.

    """
    columns = sort_columns(raw.frame, table)
    known = replace(table, columns=tuple(table.column(name) for name in columns.of_contract))
    parsed, violations = _parsed(raw, known, means.door)
    if violations:
        return Safe(table, parsed.clear(), (), columns.treatments, tuple(violations))
    dated, coarsened = _coarsened(parsed, known, means)
    whole = dated.with_columns(_words(raw.frame.get_column(name)) for name in columns.groups)
    if EMPLOYER in raw.frame.columns and EMPLOYER not in whole.columns:
        whole = whole.with_columns(raw.frame.get_column(EMPLOYER))
    groups = [*(column.name for column in known.columns if column.group), *columns.groups]
    frame, merges = _merged(whole, groups, known, means.threshold)
    kept = tuple(name for name in groups if name in frame.columns)
    done = (*columns.treatments, *coarsened, *merges)
    return Safe(table, _in_new_order(_in_points(frame, known)), kept, done, ())


def _parsed(raw: Raw, table: Table, door: Door) -> tuple[pl.DataFrame, list[Violation]]:
    """Read the contract's columns as strictly as the cohort's door does, or list the errors."""
    frame, found = check_table(raw, table, door)
    errors = [violation for violation in found if violation.severity == "error"]
    if errors:
        return frame, errors
    return narrowed(frame, table, door.keys).with_columns(exact_amounts(raw, table)), []


def _coarsened(frame: pl.DataFrame, table: Table, means: Means) -> tuple[pl.DataFrame, list[Treatment]]:
    """Put the first day of its class in place of every date."""
    treatments = []
    for name in NEEDED:
        if name in frame.columns:
            exact, coarse = frame.get_column(name), means.days[name].first(frame.get_column(name))
            frame = frame.with_columns(coarse)
            counts = {"before": exact.drop_nulls().n_unique(), "after": coarse.drop_nulls().n_unique()}
            if name == "birth_date":
                counts["changed"] = int((means.births.classes(exact) != means.births.classes(coarse)).sum())
            treatments.append(Treatment(table.name, name, "days", counts))
    return frame, treatments


def _words(values: pl.Series) -> pl.Series:
    """Write a group as plain words: an Enum or a dictionary would carry the categories nobody has left."""
    words = values.cast(pl.String).str.strip_chars()
    return words.replace("", None)


def _merged(
    frame: pl.DataFrame, groups: list[str], table: Table, threshold: int
) -> tuple[pl.DataFrame, list[Treatment]]:
    treatments = []
    for name in groups:
        values = frame.get_column(name).cast(pl.String)
        emptied = name in table.names or _yes_or_no(values)
        others = None if emptied else name_of_others(values)
        result = merged(values, threshold=threshold, others=others)
        counts = {"categories": result.categories, "people": result.people, "others": others}
        if result.values is None:
            frame = frame.drop(name)
            treatments.append(Treatment(table.name, heading(name), "merged_away", counts))
        elif result.categories:
            frame = frame.with_columns(result.values.cast(frame.schema[name]))
            treatments.append(Treatment(table.name, heading(name), "merged", counts))
    return frame, treatments


def _yes_or_no(values: pl.Series) -> bool:
    return set(values.str.to_lowercase().unique().drop_nulls()) <= {"true", "false"}


def _in_points(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Write hundredths as points again, exactly, as an export has them."""
    points = [one.name for one in table.columns if one.kind is Kind.POINTS]
    exact = pl.Decimal(12, 2)
    return frame.with_columns((pl.col(points).cast(exact) / 100).cast(exact))


def _in_new_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Sort by pseudonym, or by all columns where there is none: the export's order may tell who is who."""
    if APPLICANT in frame.columns:
        return frame.sort(APPLICANT, maintain_order=True)
    return frame.sort(frame.columns)
