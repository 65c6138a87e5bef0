"""Sort the columns of a table: the contract's stay, groups stay, everything else goes and it is said why.

What is identity is told by the cohort's own door, by name and by content; what the door would ignore is not
passed on either, for nothing reads it and it may point at people.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from scoring.cohort.columns import column_errors
from scoring.cohort.contract import Kind, Table
from scoring.cohort.groups import Extra, reserved
from scoring.cohort.identity import named_for_identity
from synthetic_data.deidentify.errors import UnsafeExport
from synthetic_data.deidentify.identifiers import EMPLOYER, WITH_GROUPS
from synthetic_data.deidentify.masking import heading, masked_lines
from synthetic_data.deidentify.treatment import Treatment


@dataclass(frozen=True)
class Sorted:
    """Name the columns that stay, the contract's and the groups, and say what becomes of the others."""

    of_contract: tuple[str, ...]
    groups: tuple[str, ...]
    treatments: tuple[Treatment, ...] = field(repr=False)


def sort_columns(frame: pl.DataFrame, table: Table) -> Sorted:
    """Sort the columns of one table.

    Raises:
        UnsafeExport: a column that the contract asks for is missing, and another is all but called so.

    """
    errors = column_errors(frame.columns, table)
    slips = [error for error in errors if error.data.get("nearest")]
    if slips:
        raise UnsafeExport(masked_lines(slips))
    missing = [Treatment(table.name, str(error.column), "missing") for error in errors]
    free = [column.name for column in table.columns if column.kind is Kind.CATEGORY]
    of_contract = [name for name in table.names if name in frame.columns and name not in free]
    results = reserved(table, frame.columns)
    fates = {
        name: _fate(frame.get_column(name), table, results)
        for name in frame.columns
        if name not in (*of_contract, EMPLOYER)
    }
    groups = tuple(name for name, fate in fates.items() if fate is None)
    return Sorted(tuple(of_contract), groups, (*missing, *(fate for fate in fates.values() if fate)))


def _fate(values: pl.Series, table: Table, results: tuple[str, ...]) -> Treatment | None:
    """Say why a column is dropped, or None when it is a group."""
    name, shown = values.name, heading(values.name)
    if kind := named_for_identity(name):
        return Treatment(table.name, shown, "named", {"kind": kind})
    if name in results:
        return Treatment(table.name, shown, "result")
    extra = Extra(name, values.dtype, of_contract=name in table.names)
    extra.feed(values, 1)
    said = extra.verdict()
    if not said:
        return None if table.name in WITH_GROUPS else Treatment(table.name, shown, "no_place")
    if "kind" in said[0].data:
        return Treatment(table.name, shown, "holds", {"kind": said[0].data["kind"], "rows": said[0].count})
    return Treatment(table.name, shown, "no_group", {"reason": said[0].data["reason"]})
