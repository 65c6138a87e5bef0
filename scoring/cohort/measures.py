"""Columns of the user's own that an added indicator looks at: numbers, yes and no, or categories.

The rulebook names them; the door then asks for them like for any column of the contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

import polars as pl

from scoring.cohort.contract import Column, Kind, Table
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.violations import Violation, error
from scoring.rulebook.held import Held, joint_held

MOST = 2_000_000_000
"""More than any count of months, records or yuan: what 32 bits hold."""

_COUNTED = (Kind.MONTHS, Kind.COUNT, Kind.YEAR, Kind.BOOL, Kind.NUMBER, Kind.HUNDREDTHS)

Measures = Mapping[str, Held] | Iterable[str]
"""Columns by name, and what they hold; names alone mean whole numbers."""


def joint_measures(*several: Measures) -> Mapping[str, Held]:
    """Put several together; a column is read in hundredths where one of them asks for it."""
    joint: dict[str, Held] = {}
    for measures in several:
        for name in measures:
            held: Held = measures[name] if isinstance(measures, Mapping) else False
            joint[name] = joint_held(held, joint.get(name))
    return MappingProxyType(joint)


def measure(name: str, held: Held = False, *, yes_or_no: bool = False) -> Column:  # noqa: FBT002  no flag alone
    """Describe a column that an added indicator looks at."""
    if isinstance(held, tuple):
        zh, en = "新增指标所用的类别列", "category, for an added indicator"
        return Column(name, Kind.LEVEL, zh, en, levels=held, group=True)
    if yes_or_no:
        return Column(name, Kind.BOOL, "新增指标所用的是否列", "yes or no, for an added indicator")
    if held:
        zh, en = "新增指标所用的数值列，最多两位小数", "number of up to two decimals, for an added indicator"
        return Column(name, Kind.HUNDREDTHS, zh, en, low=0, high=MOST)
    return Column(
        name, Kind.NUMBER, "新增指标所用的整数列", "number, for an added indicator", low=0, high=MOST
    )


def with_measures(table: Table, names: Mapping[str, Held], frame: pl.DataFrame) -> Table:
    """Return a table that asks for further columns; one that the contract leaves open must be filled in.

    A fact that is counted from records is not asked of the table of applicants.
    """
    asked = [name for name in names if name in table.names or name not in FACTS.names]
    if table.of_records or not asked:
        return table
    own = tuple(
        _asked(column, names[column.name]) if column.name in asked else column for column in table.columns
    )
    new = tuple(
        measure(name, names[name], yes_or_no=_yes_or_no(frame, name))
        for name in asked
        if name not in table.names
    )
    return replace(table, columns=(*own, *new))


def _asked(column: Column, held: Held) -> Column:
    """Ask for a column of the contract, one that is any category with those of the rules."""
    asked = replace(column, nullable=False, required=True)
    if isinstance(held, tuple) and column.kind is Kind.CATEGORY:
        return replace(asked, kind=Kind.LEVEL, levels=held)
    return asked


def no_numbers(table: Table, names: Mapping[str, Held]) -> list[Violation]:
    """List the columns that hold something else than numbers, or yes and no, though the rules count these."""
    counted = {name for name, held in names.items() if not isinstance(held, tuple)}
    columns = [column for column in table.columns if column.name in counted]
    return [
        error("wrong_type", table=table.name, column=column.name, type=str(column.kind))
        for column in columns
        if column.kind not in _COUNTED
    ]


def _yes_or_no(frame: pl.DataFrame, name: str) -> bool:
    if name not in frame.columns:
        return False
    cells = frame.get_column(name)
    if cells.dtype != pl.String:
        return cells.dtype == pl.Boolean
    written = cells.drop_nulls().str.to_lowercase()
    return len(written) > 0 and bool(written.is_in(["true", "false"]).all())
