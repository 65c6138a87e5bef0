"""One table through the door: columns sorted, cells parsed and checked, groups settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from scoring.cohort.check import Door, check_table, narrowed
from scoring.cohort.columns import column_errors
from scoring.cohort.contract import Table
from scoring.cohort.groups import Extra, as_group, extras_of, left_out
from scoring.cohort.measures import no_numbers, with_measures
from scoring.cohort.source import Raw
from scoring.cohort.violations import Violation


@dataclass(frozen=True)
class Sifted:
    """Hold a table with its cells parsed, its columns beyond the contract, and all that is to be said of it.

    ``beside`` holds columns that other tables say of the same rows.
    """

    raw: Raw = field(repr=False)
    table: Table
    door: Door
    frame: pl.DataFrame = field(repr=False)
    extras: Mapping[str, Extra] = field(repr=False)
    beside: pl.DataFrame | None = field(repr=False)
    found: tuple[Violation, ...] = field(repr=False)

    def kept(self) -> tuple[pl.DataFrame, tuple[str, ...]]:
        """Return the contract's columns and the groups in their final types, and the names of the groups.

        Only to be asked for when no error was found.
        """
        groups = {
            name: group for name, extra in self.extras.items() if (group := as_group(extra)) is not None
        }
        kept = narrowed(self.frame, self.table, self.door.keys)
        kept = kept.drop(set(self.extras) - set(groups), strict=False)
        settled = {column.name for column in self.table.columns if column.levels}
        own = [group for name, group in groups.items() if name not in settled]
        whole = kept.with_columns(self.raw.frame.select(own))
        return whole, tuple(name for name in whole.columns if name in groups)


def sift(
    raw: Raw,
    table: Table,
    door: Door,
    *,
    extras: Mapping[str, Extra] | None = None,
    beside: pl.DataFrame | None = None,
) -> Sifted:
    """Check a table against its contract.

    ``extras`` are the columns that the contract does not know, when they were looked through before.
    """
    table = with_measures(table, door.measures, raw.frame)
    wrong_columns = column_errors(raw.frame.columns, table)
    if extras is None:
        extras = extras_of(raw.frame, table, wrong_columns)
    frame, violations = check_table(raw, table, door, beside=beside)
    found = [
        *raw.notices,
        *wrong_columns,
        *no_numbers(table, door.measures),
        *violations,
        *(violation for extra in extras.values() for violation in extra.verdict()),
        *left_out(raw.frame, table, door.first_row, door.listed),
    ]
    return Sifted(raw, table, door, frame, extras, beside, tuple(found))


def refused(found: Iterable[Violation]) -> bool:
    """Say whether there is an error among what was found."""
    return any(violation.severity == "error" for violation in found)
