"""Write the pool of a round, part by part: its facts into a file, its histories into a folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
import polars as pl

from scoring.cohort.atomic import replacing
from scoring.cohort.provenance import SYNTHETIC, facts_metadata
from scoring.errors import JifenError
from scoring.rulebook import Rulebook
from synthetic_data.deidentify.folder import check_place, new_folder
from synthetic_data.population.fact_table import facts_of
from synthetic_data.population.lives import Lives
from synthetic_data.population.parameters import Parameters
from synthetic_data.population.pool import DRAWN_AT_ONCE, pool_parts
from synthetic_data.population.records import histories_of

Progress = Callable[[int, int], None]
"""Told how many people are done with, and of how many."""


def _silent(_done: int, _size: int) -> None:
    """Tell nobody."""


ROW_GROUP = 1 << 17
"""Rows of a Parquet file that stand together, in whatever parts they came."""


class CannotWritePool(JifenError):
    """Refuse a file whose suffix says neither facts nor a folder."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Say which applicants are to be drawn: for a round, how many, from which seed and parameters.

    ``at_once`` people are drawn at a time; it decides on memory and on nothing that is written.
    """

    rules: Rulebook
    round_year: int
    size: int
    seed: int
    parameters: Parameters
    at_once: int = DRAWN_AT_ONCE

    def parts(self, progress: Progress = _silent) -> Iterator[Lives]:
        """Draw them part by part, numbered from 0 in their order, and tell how many are done with."""
        first = 0
        drawn = pool_parts(
            self.parameters,
            round_year=self.round_year,
            size=self.size,
            seed=self.seed,
            at_once=self.at_once,
        )
        for part in drawn:
            yield replace(part, person=np.arange(first, first + len(part), dtype=np.int32))
            first += len(part)
            progress(first, self.size)


class Applicants(Protocol):
    """Give the applicants of a round part by part, numbered from 0 in their order."""

    @property
    def rules(self) -> Rulebook:
        """By whose dates and windows facts are counted."""

    @property
    def round_year(self) -> int:
        """The year of the round."""

    def parts(self, progress: Progress = _silent) -> Iterator[Lives]:
        """Yield them, and tell how many are done with."""


def write_pool(pool: Applicants, path: str | Path, *, progress: Progress = _silent) -> None:
    """Write facts to a ``.parquet`` or ``.csv`` file, or histories to a new folder, as the suffix says.

    What is written is whole or not there at all. Memory holds one part of the people, however many there are.
    Parquet says of itself for which round and rulebook it was made, and that its people do not exist.

    Args:
        pool: the applicants.
        path: the file or folder.
        progress: told, after each part, how many people are written, and of how many.

    Raises:
        CannotWritePool: the suffix is another one.
        CannotWrite: the place cannot be written to; a folder must be new or empty.
        NobodyApplies: next to nobody of the population applies in that year.

    """
    target = Path(path)
    if target.is_dir() or not target.suffix:
        _write_folder(pool, target, progress)
    elif target.suffix.lower() == ".parquet":
        _write_parquet(pool, target, progress)
    elif target.suffix.lower() == ".csv":
        with replacing(target) as beside, beside.open("wb") as file:
            for number, frame in enumerate(_facts(pool, progress)):
                frame.write_csv(file, include_header=not number)
    else:
        raise CannotWritePool(
            f"cannot write {target}: facts are written to a .parquet or .csv file, histories to a folder"
        )


_SYNTHETIC = {SYNTHETIC: "true"}


def _facts(pool: Applicants, progress: Progress) -> Iterator[pl.DataFrame]:
    return (facts_of(part, pool.rules, pool.round_year) for part in pool.parts(progress))


def _write_parquet(pool: Applicants, target: Path, progress: Progress) -> None:
    with (
        replacing(target) as beside,
        tempfile.TemporaryDirectory(prefix=".jifen-", dir=target.parent) as parts,
    ):
        table = _Parted(Path(parts), "facts")
        for frame in _facts(pool, progress):
            table.add(frame)
        table.join(beside, facts_metadata(pool.rules, pool.round_year) | _SYNTHETIC)


def _write_folder(pool: Applicants, target: Path, progress: Progress) -> None:
    check_place(target)
    tables: dict[str, _Parted] = {}
    with (
        new_folder(target) as beside,
        tempfile.TemporaryDirectory(prefix=".jifen-", dir=beside.parent) as parts,
    ):
        for part in pool.parts(progress):
            for name, frame in histories_of(part, pool.rules, pool.round_year).items():
                tables.setdefault(name, _Parted(Path(parts), name)).add(frame)
        for name, table in tables.items():
            table.join(beside / f"{name}.parquet", _SYNTHETIC)


@dataclass
class _Parted:
    """Hold a table in parts on the disk until it is whole."""

    folder: Path
    name: str
    parts: int = 0

    def add(self, frame: pl.DataFrame) -> None:
        """Write one part."""
        frame.write_parquet(self._path(self.parts))
        self.parts += 1

    def join(self, target: Path, metadata: Mapping[str, str]) -> None:
        """Write all parts, in their order, to one file, and forget them; memory holds some rows of them."""
        paths = [self._path(part) for part in range(self.parts)]
        pl.scan_parquet(paths).sink_parquet(target, metadata=dict(metadata), row_group_size=ROW_GROUP)
        for path in paths:
            path.unlink()

    def _path(self, part: int) -> Path:
        return self.folder / f"{self.name}-{part:06}.parquet"
