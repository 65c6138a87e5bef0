"""Facts in, points out: the ten columns, the total and the failed conditions as small integers.

An applicant's item is looked up in a table over a small code (`scoring.indicators.item`). Blocks of rows stay
in the processor's cache; their points are put where polars finds them, so that nothing is held twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.indicators import codes_of, columns_of, indicators_of, tables_of
from scoring.indicators.eligibility import reasons
from scoring.indicators.facts import Extent, Facts, Reader
from scoring.indicators.item import Law, Lookup
from scoring.rounding import Hundredths
from scoring.rulebook import Rulebook

BLOCK = 1 << 16
"""Rows a block and thread: few enough for the processor's caches; threads wait for one another at every step,
so the more there are, the longer are the steps."""

ROWS_A_THREAD = 1 << 20
"""Rows for which another thread is worth the memory it works in."""

TOTAL = "total"
REASONS = "reasons"


@dataclass(frozen=True)
class Scorer:
    """Look up the points of blocks of facts under one law; tables are built once.

    Attributes:
        law: the law.
        lookups: the table of every item, by the item's name.
        kinds: the type of each column of the result: 16-bit where every sum of table entries fits, or 32-bit.

    """

    law: Law
    lookups: Mapping[str, Lookup]
    kinds: Mapping[str, type[np.integer]]

    @classmethod
    def of(cls, law: Law) -> Scorer:
        """Build the tables of a law."""
        own = (tables_of(indicator, law) for indicator in indicators_of(law.rules))
        tables = {name: table for one in own for name, table in one.items()}
        bounds = {column: _bounds(tables, column) for column in columns_of(law.rules)}
        kinds = {column: _kind(*bound) for column, bound in bounds.items()}
        lows, highs = zip(*bounds.values(), strict=True)
        return cls(
            law,
            {name: Lookup(table.astype(kinds[_column(name)])) for name, table in tables.items()},
            {**kinds, TOTAL: _kind(sum(lows), sum(highs)), REASONS: np.uint8},
        )

    def block(self, facts: Facts) -> dict[str, NDArray[np.integer]]:
        """Return each column, the total in hundredths, and the mask of reasons of a block of facts."""
        columns: dict[str, NDArray[np.integer]] = {}
        for indicator in indicators_of(self.law.rules):
            for name, code in codes_of(indicator, facts, self.law).items():
                points, column = self.lookups[name].points(code), _column(name)
                if column in columns:
                    columns[column] += points
                else:
                    columns[column] = points
        first, *others = columns_of(self.law.rules)
        total = columns[first].astype(self.kinds[TOTAL])
        for column in others:
            total += columns[column]
        return {**columns, TOTAL: total, REASONS: reasons(facts, self.law.rules, self.law.round_year)}


def score_facts(frame: pl.DataFrame, rules: Rulebook, *, round_year: int, workers: int = 2) -> pl.DataFrame:
    """Score a checked frame of facts.

    Args:
        frame: one row an applicant, columns and types of the cohort contract.
        rules: the rulebook.
        round_year: the year of the round; everything was counted up to the end of the year before.
        workers: threads, if there are rows for so many; the result does not depend on it.

    Returns:
        The ten columns, one for each indicator that the rulebook adds, and ``total``, in hundredths of a
        point (Int16, or Int32 where points are large), and ``reasons``, a bit for each failed condition in
        the contract's order; 0 is eligible.

    """
    measures = [name for name in rules.measures if name in frame.columns]
    law = Law(rules, round_year, Extent.of(frame, measures))
    scorer, reader = Scorer.of(law), Reader.of(frame, measures)
    result = {name: np.empty(frame.height, dtype=kind) for name, kind in scorer.kinds.items()}

    threads = max(1, min(workers, frame.height // ROWS_A_THREAD))
    rows = BLOCK * threads

    def score(start: int) -> None:
        for name, values in scorer.block(reader.block(start, rows)).items():
            result[name][start : start + rows] = values

    starts = range(0, frame.height, rows)
    if threads == 1:
        for start in starts:
            score(start)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(score, starts))
    return pl.DataFrame([pl.Series(name, values) for name, values in result.items()])


def chunks_of(scored: pl.DataFrame) -> Iterator[tuple[NDArray[np.integer], NDArray[np.bool_]]]:
    """Yield the totals and the eligibility of a scored frame, block by block."""
    for part in scored.iter_slices(BLOCK):
        yield part.get_column(TOTAL).to_numpy(), part.get_column(REASONS).to_numpy() == np.uint8(0)


def _column(item: str) -> str:
    return item.partition(".")[0]


def _bounds(tables: Mapping[str, Hundredths], column: str) -> tuple[int, int]:
    own = [table for name, table in tables.items() if _column(name) == column]
    return sum(int(table.min()) for table in own), sum(int(table.max()) for table in own)


def _kind(low: int, high: int) -> type[np.integer]:
    return np.int16 if np.iinfo(np.int16).min <= low and high <= np.iinfo(np.int16).max else np.int32
