"""Facts in, points out: the ten columns, the total and the failed conditions as small integers.

An applicant's item is looked up in a table over a small code (`scoring.indicators.item`). Blocks of rows stay
in the processor's cache; a block becomes one chunk of the frame, so that nothing is held twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.indicators import COLUMNS, INDICATORS
from scoring.indicators.eligibility import reasons
from scoring.indicators.facts import Extent, Facts, Reader
from scoring.indicators.item import Law, Lookup
from scoring.rounding import Hundredths
from scoring.rulebook import Rulebook

BLOCK = 1 << 16
"""Rows a block: the columns of a block and the tables fit the second-level cache."""

TOTAL = "total"
REASONS = "reasons"


@dataclass(frozen=True)
class Scorer:
    """Look up the points of blocks of facts under one law.

    Tables are built once. Columns and totals are 16-bit where every sum of table entries fits, else 32-bit.
    """

    law: Law

    @cached_property
    def tables(self) -> Mapping[str, Hundredths]:
        """The table of every item, by the item's name."""
        return {name: table for module in INDICATORS for name, table in module.tables(self.law).items()}

    @cached_property
    def _lookups(self) -> Mapping[str, Lookup]:
        kinds = {column: _kind(self.tables, (column,)) for column in COLUMNS}
        return {name: Lookup(table.astype(kinds[_column(name)])) for name, table in self.tables.items()}

    @cached_property
    def _total_kind(self) -> type[np.integer]:
        return _kind(self.tables, COLUMNS)

    def block(self, facts: Facts) -> dict[str, NDArray[np.integer]]:
        """Return the ten columns, the total in hundredths, and the mask of reasons of a block of facts."""
        columns: dict[str, NDArray[np.integer]] = {}
        for module in INDICATORS:
            for name, code in module.codes(facts, self.law).items():
                points = self._lookups[name].points(code)
                column = _column(name)
                columns[column] = (
                    np.add(columns[column], points, out=columns[column]) if column in columns else points
                )
        total = columns[COLUMNS[0]].astype(self._total_kind)
        for column in COLUMNS[1:]:
            total += columns[column]
        return {
            **{column: columns[column] for column in COLUMNS},
            TOTAL: total,
            REASONS: reasons(facts, self.law.rules, self.law.round_year),
        }


def score_facts(frame: pl.DataFrame, rules: Rulebook, *, round_year: int, workers: int = 2) -> pl.DataFrame:
    """Score a checked frame of facts.

    Args:
        frame: one row an applicant, columns and types of the cohort contract.
        rules: the rulebook.
        round_year: the year of the round; everything was counted up to the end of the year before.
        workers: threads; the result does not depend on it.

    Returns:
        The ten columns and ``total`` in hundredths of a point (Int16, or Int32 where points are large), and
        ``reasons``, a bit for each failed condition in the contract's order; 0 is eligible.

    """
    scorer = Scorer(Law(rules, round_year, Extent.of(frame)))
    reader = Reader.of(frame)
    _ = scorer.block(reader.block(0, 0))

    def one(start: int) -> pl.DataFrame:
        return pl.DataFrame(scorer.block(reader.block(start, BLOCK)))

    starts = range(0, max(frame.height, 1), BLOCK)
    if len(starts) == 1 or workers == 1:
        return pl.concat(map(one, starts), rechunk=False)
    with ThreadPoolExecutor(workers) as pool:
        return pl.concat(pool.map(one, starts), rechunk=False)


def chunks_of(scored: pl.DataFrame) -> Iterator[tuple[NDArray[np.integer], NDArray[np.bool_]]]:
    """Yield the totals and the eligibility of a scored frame, block by block."""
    for part in scored.iter_slices(BLOCK):
        yield part.get_column(TOTAL).to_numpy(), part.get_column(REASONS).to_numpy() == np.uint8(0)


def _column(item: str) -> str:
    return item.partition(".")[0]


def _kind(tables: Mapping[str, Hundredths], columns: tuple[str, ...]) -> type[np.integer]:
    own = [table for name, table in tables.items() if _column(name) in columns]
    low, high = sum(int(table.min()) for table in own), sum(int(table.max()) for table in own)
    return np.int16 if np.iinfo(np.int16).min <= low and high <= np.iinfo(np.int16).max else np.int32
