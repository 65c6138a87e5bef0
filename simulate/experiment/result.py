"""A result: the tables of a run and the record of how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from simulate.experiment.errors import ResultsError
from simulate.experiment.folder import RECORD, SPEC, TABLES, read_json
from simulate.experiment.summary import SCHEMA

PEOPLE = "people"
NOBODY = pl.LazyFrame(schema={"applicant_id": pl.String, "probability": pl.Float64})


@dataclass(frozen=True)
class Result:
    """Hold what a run gave, as lazy frames.

    Attributes:
        record: digests of experiment, rules, cohort and code; seed, design, draws, baseline, summary.
        spec: the experiment as it was written.
        draws: ``draw`` and the value of each lever and uncertainty as used.
        outcomes: ``draw, cutoff, cutoff_exact, admitted, tied, entered, left``. Over several years a row a
            draw and ``round``, with ``pool, eligible, backlog, settled, children, mean_waited`` as well, and
            who is admitted by that round and not by the baseline, and the other way round.
        groups: ``draw, group, level, admitted, share``, over several years with ``round``.
        people: ``applicant_id, probability``; a line a person, and no report's business. Over several years
            nobody: the people are synthetic.
        folder: where it is saved, None for a result in memory.

    """

    record: Mapping[str, Any]
    spec: str = field(repr=False)
    draws: pl.LazyFrame = field(repr=False)
    outcomes: pl.LazyFrame = field(repr=False)
    groups: pl.LazyFrame = field(repr=False)
    people: pl.LazyFrame = field(repr=False)
    folder: Path | None = None

    @classmethod
    def load(cls, folder: str | Path) -> Result:
        """Open a saved result.

        Raises:
            ResultsError: the folder holds no finished result.

        """
        place = Path(folder)
        if not (place / RECORD).is_file():
            raise ResultsError(f"{place} holds no finished result: it has no {RECORD}")
        record, spec = read_json(place / RECORD), (place / SPEC).read_text("utf-8")
        there = {name: place / f"{name}.parquet" for name in TABLES if f"{name}.parquet" in record["files"]}
        return cls.of(record, spec, {name: pl.scan_parquet(file) for name, file in there.items()}, place)

    @classmethod
    def of(
        cls,
        record: Mapping[str, Any],
        spec: str,
        tables: Mapping[str, pl.LazyFrame],
        folder: Path | None = None,
    ) -> Result:
        """Put a result together from its tables by name; without one of people there is nobody in it."""
        draws, outcomes, groups = (tables[name] for name in TABLES[:3])
        return cls(record, spec, draws, outcomes, groups, tables.get(PEOPLE, NOBODY), folder)

    @property
    def converged(self) -> bool:
        """Whether the mean cutoff may be reported."""
        return bool(self.record["converged"])

    def summary(self) -> pl.DataFrame:
        """Return every mean and quantile with its standard error, and whether it converged.

        Columns: ``round`` over several years; ``quantity`` (cutoff, share, and the counts of people in
        `outcomes`), ``group`` and ``level`` of a share, ``statistic`` (mean, p05 … p95), ``value``,
        ``standard_error``, ``tolerance``, ``converged``.
        A report refuses a row that has not converged.
        """
        rounds = {"round": pl.Int64} if "rounds" in self.record else {}
        return pl.DataFrame(self.record["summary"], schema={**rounds, **SCHEMA})
