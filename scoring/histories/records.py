"""The record tables keyed by the applicant's row: what every count starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from scoring.cohort.contract_histories import APPLICANTS, HISTORIES
from scoring.cohort.parse import narrow_type
from scoring.errors import JifenError
from scoring.nearest import did_you_mean

ROW = "row"
"""The column that stands for the applicant: the row in the table of applicants, from 0."""

_TABLES = {table.name: table for table in HISTORIES}


class HistoriesError(JifenError):
    """Refuse records that no checked folder holds: a table or an applicant unknown, a spell reversed."""


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

    def keyed(self, name: str, *where: pl.Expr) -> pl.DataFrame:
        """Return the records of a table that meet conditions, with the applicant's row for the pseudonym.

        Raises:
            HistoriesError: a record is about nobody in the table of applicants.

        """
        table = self.tables.get(name)
        if table is None or table.is_empty():
            columns = _TABLES[name].columns[1:]
            return pl.DataFrame(schema={ROW: pl.UInt32, **{one.name: narrow_type(one) for one in columns}})
        ids = self.applicants.select("applicant_id").with_row_index(ROW)
        keyed = table.filter(*where).join(ids, on="applicant_id", how="left", maintain_order="left")
        unknown = keyed.get_column(ROW).null_count()
        if unknown:
            raise HistoriesError(f"{name}: {unknown} records are about nobody in the table 'applicants'")
        return keyed.drop("applicant_id")

    def spread(self, found: pl.DataFrame, name: str) -> pl.Series:
        """Return a column that some applicants have, by ``row``, for all of them; the others have null."""
        rows = pl.select(pl.int_range(self.applicants.height, dtype=pl.UInt32).alias(ROW))
        return rows.join(found.select(ROW, name), on=ROW, how="left", maintain_order="left").get_column(name)
