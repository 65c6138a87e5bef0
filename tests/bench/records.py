"""Random record tables of a pool: plausible spells in the contract's types, made fast, from a fixed seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.cohort.contract_histories import HISTORIES
from scoring.cohort.parse import narrow_type
from scoring.rulebook import Rulebook
from tests.bench.facts import ROUND_YEAR, SEED

Whole = NDArray[np.int64]
Tables = dict[str, pl.DataFrame]

_UNTIL = 12 * (ROUND_YEAR - 1 - 1970) + 11
"""December of the year before the round, in months since January 1970."""


def random_records(size: int, rules: Rulebook, *, seed: int = SEED) -> Tables:
    """Return the record tables of so many applicants: some 9 spells of insurance and 2.5 of dwelling each."""
    rng = np.random.default_rng(seed)
    several = {
        "applicants": np.arange(size),
        "insurance": _insured(rng, size),
        "dwellings": np.repeat(np.arange(size), rng.integers(1, 5, size)),
        "degrees": np.repeat(np.arange(size), rng.integers(1, 3, size)),
        "income_tax": np.repeat(np.arange(size), 3),
        **{
            name: np.flatnonzero(rng.random(size) < 0.02)
            for name in ("awards", "equity", "penalties", "honours")
        },
    }
    tables = {name: _table(rng, name, len(rows), rules) for name, rows in several.items()}
    tables["insurance"] = tables["insurance"].with_columns(_careers(rng, several["insurance"]))
    ids = pl.Series("applicant_id", [f"p{number:08x}" for number in rng.permutation(size)])
    return {
        name: table.select(ids.gather(several[name]), pl.exclude("applicant_id"))
        for name, table in tables.items()
    }


def _insured(rng: np.random.Generator, size: int) -> Whole:
    return np.repeat(np.arange(size), 5 * rng.choice([1, 2, 3], size, p=[0.4, 0.45, 0.15]))


def _careers(rng: np.random.Generator, applicants: Whole) -> list[pl.Series]:
    """Give the five insurances of an applicant the same spells, one after the other up to the round."""
    number = np.arange(len(applicants))
    nth = (number - np.searchsorted(applicants, applicants)) // 5
    long = rng.integers(20, 80, applicants[-1] + 1)[applicants]
    last = np.datetime64(_UNTIL, "M") - (nth * long).astype("timedelta64[M]")
    first = last - (long - 1 - rng.integers(0, 2, len(number))).astype("timedelta64[M]")
    insurances = narrow_type(
        next(table for table in HISTORIES if table.name == "insurance").column("insurance")
    )
    return [
        pl.Series("first_month", first.astype("datetime64[D]")),
        pl.Series("last_month", last.astype("datetime64[D]")),
        _levels("insurance", insurances, number % 5),
    ]


def _table(rng: np.random.Generator, name: str, rows: int, rules: Rulebook) -> pl.DataFrame:
    """Fill a table of the contract at random, column by column; a spell ends at or after its first month."""
    keys: Mapping[str, Sequence[str]] = {"awards": rules.award_keys, "honours": rules.honour_keys}
    table = next(table for table in HISTORIES if table.name == name)
    types = {column.name: narrow_type(column, keys.get(column.annex, ())) for column in table.columns}
    columns = [_column(rng, *item, rows) for item in types.items() if item[0] != "applicant_id"]
    frame = pl.DataFrame(columns)
    if "last_month" not in types:
        return frame
    return frame.with_columns(pl.max_horizontal("first_month", "last_month").alias("last_month"))


def _column(rng: np.random.Generator, name: str, dtype: pl.DataType, rows: int) -> pl.Series:
    if isinstance(dtype, pl.Enum):
        return _levels(name, dtype, rng.integers(0, len(dtype.categories), rows))
    if dtype == pl.Boolean:
        return pl.Series(name, rng.random(rows) < 0.9)
    if dtype == pl.Date:
        months = np.datetime64(_UNTIL, "M") - rng.integers(0, 200, rows).astype("timedelta64[M]")
        return pl.Series(name, months.astype("datetime64[D]"))
    if name == "year":
        return pl.Series(name, ROUND_YEAR - 1 - np.arange(rows) % 3).cast(dtype)
    if dtype == pl.Float64:
        return pl.Series(name, np.round(rng.random(rows) * (0.3 if name == "share_held" else 120_000), 2))
    return pl.Series(name, np.zeros(rows)).cast(dtype)


def _levels(name: str, dtype: pl.DataType, places: Whole) -> pl.Series:
    return pl.Series(name, dtype.categories if isinstance(dtype, pl.Enum) else [], dtype=dtype).gather(places)
