"""The record tables keyed by the applicant's row: what every count starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import polars as pl

from scoring.cohort.contract_histories import APPLICANTS, HISTORIES
from scoring.cohort.parse import narrow_type
from scoring.errors import JifenError
from scoring.nearest import did_you_mean

ROW = "row"
"""The column that stands for the applicant: the row in the table of applicants, from 0."""

_TABLES = {table.name: table for table in HISTORIES}


class HistoriesError(JifenError):
    """Refuse records that no checked folder holds: an unknown table or applicant, a reversed spell."""


@dataclass(frozen=True)
class Records:
    """Hold the record tables of a cohort, checked and in the contract's types.

    A table that is absent or has no row is empty; only ``applicants`` must be there.
    """

    tables: Mapping[str, pl.DataFrame]

    def __post_init__(self) -> None:
        """Refuse a table that the contract does not know, and a mapping without applicants."""
        for name in self.tables:
            if name not in _TABLES:
                raise HistoriesError(f"no record table is called {name!r}{did_you_mean(name, _TABLES)}")
        if APPLICANTS.name not in self.tables:
            raise HistoriesError("the table 'applicants' is missing: it says whom the records are about")

    @property
    def applicants(self) -> pl.DataFrame:
        """The applicants, one a row."""
        return self.tables[APPLICANTS.name]

    @cached_property
    def _rows(self) -> dict[str, pl.Series]:
        """The applicant's row of each record; all tables are looked up at once."""
        held = {name: self.tables[name] for name in _TABLES if not self._is_empty(name)}
        ids = self.applicants.select("applicant_id").with_row_index(ROW)
        records = pl.concat([table.select("applicant_id") for table in held.values()])
        rows = records.join(ids, on="applicant_id", how="left", maintain_order="left").get_column(ROW)
        if rows.len() > records.height:
            raise HistoriesError("applicants: an applicant_id stands in several rows")
        ends = list(accumulate(table.height for table in held.values()))
        return {name: rows[end - held[name].height : end] for name, end in zip(held, ends, strict=True)}

    def _is_empty(self, name: str) -> bool:
        return name == APPLICANTS.name or name not in self.tables or self.tables[name].is_empty()

    def keyed(self, name: str) -> pl.DataFrame:
        """Return a table with the applicant's row in place of the pseudonym.

        Raises:
            HistoriesError: a record is about nobody in the table of applicants.

        """
        if self._is_empty(name):
            columns = _TABLES[name].columns[1:]
            return pl.DataFrame(schema={ROW: pl.UInt32, **{one.name: narrow_type(one) for one in columns}})
        rows = self._rows[name]
        if rows.null_count():
            first = rows.is_null().arg_max() or 0
            raise HistoriesError(
                f"{name}: row {first + 1} is about nobody in the table 'applicants'"
                f" ({rows.null_count()} such rows)"
            )
        return self.tables[name].drop("applicant_id").with_columns(rows)

    def spread(self, found: pl.DataFrame, name: str) -> pl.Series:
        """Return a column that some applicants have, by ``row``, for all of them; the others have null."""
        rows = pl.select(pl.int_range(self.applicants.height, dtype=pl.UInt32).alias(ROW))
        return rows.join(found.select(ROW, name), on=ROW, how="left", maintain_order="left").get_column(name)
