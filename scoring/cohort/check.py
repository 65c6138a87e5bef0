"""Check a table against the contract: every violation at once, with column, row, value and what would do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import polars as pl

from scoring.cohort.conditions import UNREAD, Condition, conditions, found
from scoring.cohort.contract import FIRST_YEAR, LAST_YEAR, Column, Kind, Table
from scoring.cohort.contradictions import contradictions
from scoring.cohort.hints import hint
from scoring.cohort.identity import identity_in, masked, shown, tidy
from scoring.cohort.measures import joint_measures
from scoring.cohort.parse import narrow_type, parsed
from scoring.cohort.provenance import Rules
from scoring.cohort.record_conditions import record_conditions
from scoring.cohort.source import Raw, refuse
from scoring.cohort.violations import Violation, error
from scoring.nearest import nearest
from scoring.rulebook.held import Held

Keys = Mapping[str, Sequence[str]]
LISTED = 20


@dataclass(frozen=True)
class Door:
    """Say for which round and with which keys a table is checked.

    ``counting_from`` is the first month that counts, ``reference`` the day up to which everything does.
    ``first_row`` numbers the table's first row, ``listed`` is how many rows are listed for one rule in one
    column, and ``unique_ids`` says that pseudonyms were compared before. ``measures`` are columns of the
    user's own that the rules look at, and what they hold.
    """

    round_year: int
    keys: Keys
    counting_from: dt.date
    reference: dt.date
    listed: int = LISTED
    first_row: int = 1
    unique_ids: bool = False
    measures: Mapping[str, Held] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Rules, round_year: int, **how: Any) -> Door:
        """Take the keys of the annexes and the dates that bound what counts from a rulebook.

        Raises:
            CohortError: there is no round of that year.

        """
        if not FIRST_YEAR < round_year <= LAST_YEAR:
            raise refuse("round", round=round_year)
        keys = {"awards": rules.award_keys, "honours": rules.honour_keys}
        counting_from = rules.date("employment.counting_from")
        measures = joint_measures(rules.measures, how.pop("measures", ()))
        reference = rules.reference_date(round_year)
        return cls(round_year, keys, counting_from, reference, measures=measures, **how)


def check_table(
    raw: Raw, table: Table, door: Door, *, beside: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, list[Violation]]:
    """Parse the contract's columns and list what is wrong; the frame is sound when no error is listed.

    ``beside`` holds columns that other tables say of the same rows.
    """
    columns = [column for column in table.columns if column.name in raw.frame.columns]
    frame, wrong_types = _parse(raw, columns, table=table, door=door)
    present = frame.columns
    both = frame.hstack(raw.frame.select(pl.col(present).name.map(found)))
    if beside is not None:
        both = both.hstack(beside)
    asked = [*conditions(table, present, door.reference), *_answerable(table, both.columns, door)]
    violations = [*wrong_types, *_broken(both, asked, table, door), *_duplicates(frame, table, door)]
    return frame, [*violations, *_identity(frame, columns, table, door)]


def narrowed(frame: pl.DataFrame, table: Table, keys: Keys) -> pl.DataFrame:
    """Give a checked frame the contract's order and the smallest types."""
    columns = [column for column in table.columns if column.name in frame.columns]
    return frame.select(
        pl.col(column.name).cast(narrow_type(column, keys.get(column.annex, ()))) for column in columns
    )


def _parse(
    raw: Raw, columns: Iterable[Column], *, table: Table, door: Door
) -> tuple[pl.DataFrame, list[Violation]]:
    expressions: list[pl.Expr] = []
    wrong: list[Violation] = []
    for column in columns:
        dtype = raw.frame.schema[column.name]
        expression = parsed(column, dtype, raw.origin, door.keys.get(column.annex, ()))
        if expression is None:
            wrong.append(error("wrong_type", table=table.name, column=column.name, type=str(dtype)))
        else:
            expressions.append(expression.alias(column.name))
    return raw.frame.select(expressions), wrong


def _answerable(table: Table, present: Sequence[str], door: Door) -> list[Condition]:
    """Keep the conditions across columns of which all columns are there."""
    asked = [
        *contradictions(table.name, door.counting_from, door.reference),
        *record_conditions(table, door.counting_from, door.reference),
    ]
    return [condition for condition in asked if set(condition.broken.meta.root_names()) <= set(present)]


def _broken(frame: pl.DataFrame, asked: Sequence[Condition], table: Table, door: Door) -> list[Violation]:
    """Count, for all conditions at once, the rows that break them, and list the first of those rows."""
    if not asked:
        return []
    counts = frame.select(condition.broken.sum().alias(str(i)) for i, condition in enumerate(asked)).row(0)
    broken = [(condition, count) for condition, count in zip(asked, counts, strict=True) if count]
    return [
        violation
        for condition, count in broken
        for violation in _rows(frame, condition, count=count, table=table, door=door)
    ]


def _rows(
    frame: pl.DataFrame, condition: Condition, *, count: int, table: Table, door: Door
) -> list[Violation]:
    column = table.column(condition.column)
    rows = frame.select(condition.broken.arg_true().head(door.listed)).to_series()
    values = frame.get_column(found(column.name)).gather(rows).cast(pl.String, strict=False)
    return [
        Violation(
            condition.severity,
            condition.rule,
            table.name,
            column.name,
            row + door.first_row,
            _text(value, nearest_level := _nearest(value, column, door)),
            count,
            MappingProxyType({**condition.data, **_more(condition, value, column, nearest_level)}),
        )
        for row, value in zip(rows, values, strict=True)
    ]


def _more(
    condition: Condition, value: str | None, column: Column, nearest_level: str | None
) -> dict[str, str]:
    """Say of a value that was not read what was probably meant."""
    if nearest_level:
        return {"nearest": nearest_level}
    if value is None or condition.rule != UNREAD.get(column.kind):
        return {}
    why = hint(column.kind, value)
    return {"hint": why} if why else {}


def _nearest(value: str | None, column: Column, door: Door) -> str | None:
    known = column.levels or door.keys.get(column.annex, ())
    return nearest(value, known) if value and known else None


def _text(value: str | None, nearest_level: str | None) -> str | None:
    """Show a value; one that is near to a known word, as a misspelt district, is no person's name."""
    if value is None:
        return None
    return tidy(value) if nearest_level else shown(value)


def _duplicates(frame: pl.DataFrame, table: Table, door: Door) -> list[Violation]:
    if door.unique_ids or table.of_records or "applicant_id" not in frame.columns:
        return []
    ids = frame.get_column("applicant_id")
    count = ids.count() - ids.drop_nulls().n_unique()
    if not count:
        return []
    again = (~ids.is_first_distinct() & ids.is_not_null()).arg_true().head(door.listed)
    first: dict[str, int] = {}
    for row in ids.is_in(ids.gather(again).implode()).arg_true():
        first.setdefault(ids[row], row)
    where = ((ids[row], row + door.first_row, first[ids[row]] + door.first_row) for row in again)
    return [duplicate(table, value, row=row, first=before, count=count) for value, row, before in where]


def duplicate(table: Table, value: str, *, row: int, first: int, count: int) -> Violation:
    """Make the error of a pseudonym that was there before."""
    where = {"table": table.name, "column": "applicant_id", "row": row, "value": shown(value)}
    return error("duplicate_id", **where, count=count, first=first)


def _identity(frame: pl.DataFrame, columns: Iterable[Column], table: Table, door: Door) -> list[Violation]:
    """Refuse pseudonyms that are none; records are compared with the applicants' pseudonyms."""
    if table.of_records:
        return []
    violations = []
    for name in (
        column.name for column in columns if column.kind is Kind.ID and column.name in frame.columns
    ):
        hit = identity_in(frame.get_column(name), share=0.0)
        if hit:
            kind, mask = hit
            row = int(mask.arg_true()[0])
            where = {"row": row + door.first_row, "value": masked(frame[row, name]), "count": int(mask.sum())}
            violations.append(error("identity", table=table.name, column=name, kind=kind, **where))
    return violations
