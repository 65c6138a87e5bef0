"""Groups: the levels by which the admitted are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from simulate.engine.errors import EngineError
from simulate.engine.outcomes import Level

MOST_LEVELS = 1_000
"""More levels than a table can bear: such a column names people rather than groups."""

_MOST_CELLS = 1 << 12
"""Cells of groups that are counted at once and then added up by level."""


@dataclass(frozen=True)
class Groups:
    """Place every applicant in one level of each group.

    Attributes:
        levels: all levels of the first group, then of the second, and so on.
        places: int32 [applicants, groups], the position in ``levels`` of each applicant's level.

    """

    levels: tuple[Level, ...]
    places: NDArray[np.int32]

    @classmethod
    def of(cls, frame: pl.DataFrame, names: Sequence[str]) -> Groups:
        """Take groups from the categorical columns of a frame of people, each level in its own order.

        Only levels that occur are told; those whom the column does not place come last, under None.

        Raises:
            UnknownName: the frame has no such column.
            EngineError: the column is no category, or has too many levels.

        """
        levels: list[Level] = []
        places = np.zeros((frame.height, len(names)), dtype=np.int32)
        for position, name in enumerate(names):
            column = _column(frame, name)
            own = _levels(column)
            codes = column.replace_strict(own, list(range(len(own))), return_dtype=pl.Int32)
            places[:, position] = codes.to_numpy() + len(levels)
            levels += [(name, level) for level in own]
        return cls(tuple(levels), places)

    def counts(self, people: NDArray[np.intp]) -> NDArray[np.int64]:
        """Count some people, given by position, by level, int64 [levels]."""
        if not len(people):
            return np.zeros(len(self.levels), dtype=np.int64)
        counts = [np.zeros(0, dtype=np.int64)]
        for codes, shape in self._crossed:
            table = np.bincount(codes[people], minlength=int(np.prod(shape))).reshape(shape)
            axes = range(len(shape))
            counts += [table.sum(axis=tuple(other for other in axes if other != axis)) for axis in axes]
        return np.concatenate(counts)

    @cached_property
    def _crossed(self) -> list[tuple[NDArray[np.intp], tuple[int, ...]]]:
        """Consecutive groups as one, as far as their cells are few: each person's cell, and their levels."""
        crossed = list[tuple[NDArray[np.intp], tuple[int, ...]]]()
        for column in self.places.T.astype(np.intp):
            own = column - column.min(initial=len(self.levels))
            size = int(own.max(initial=0)) + 1
            if crossed and int(np.prod(crossed[-1][1])) * size <= _MOST_CELLS:
                codes, shape = crossed.pop()
                crossed.append((codes * size + own, (*shape, size)))
            else:
                crossed.append((own, (size,)))
        return crossed


def _column(frame: pl.DataFrame, name: str) -> pl.Series:
    if name not in frame.columns:
        known = [other for other, kind in frame.schema.items() if _categorical(kind)]
        raise UnknownName(f"the cohort has no group {name!r}{did_you_mean(name, known)} (there are {known})")
    column = frame.get_column(name)
    if not _categorical(column.dtype):
        raise EngineError(f"{name} is no group: its values are numbers or dates, and not categories")
    if column.n_unique() > MOST_LEVELS:
        raise EngineError(f"{name} is no group: it has {column.n_unique()} levels, more than {MOST_LEVELS}")
    return column.cast(pl.String) if column.dtype == pl.Boolean else column


def _categorical(kind: pl.DataType) -> bool:
    return kind in (pl.Boolean, pl.String) or isinstance(kind, pl.Categorical | pl.Enum)


def _levels(column: pl.Series) -> list[str | None]:
    present = column.unique().cast(pl.String).to_list()
    ordered = column.dtype.categories.to_list() if isinstance(column.dtype, pl.Enum) else []
    known = [level for level in ordered if level in set(present)]
    others = sorted(level for level in set(present) - set(known) if level is not None)
    return [*known, *others, *([None] if None in present else [])]
