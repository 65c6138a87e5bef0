"""Points as whole numbers: a column an indicator, and who cannot be told from whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.indicators import INDICATOR_OF
from scoring.points import REASONS, TOTAL
from simulate.engine.rows import Kinds
from simulate.engine.scores import Flags, Real, Some


@dataclass(frozen=True)
class Points:
    """Hold the points of people under one rulebook.

    Attributes:
        columns: float64 [people, indicators], whole hundredths of a point by indicator, the nine and then
            those that are added; education less the study deduction.
        eligible: bool [people].
        kinds: people of equal points are of one kind.

    """

    columns: Real
    eligible: Flags
    kinds: Kinds

    @classmethod
    def of(cls, points: pl.DataFrame) -> Points:
        """Take points as `scoring.scored.points_of` gives them."""
        named = [name for name in points.columns if name not in (TOTAL, REASONS)]
        indicators = list(dict.fromkeys(INDICATOR_OF.get(name, name) for name in named))
        # Each indicator in one piece of memory: some of the people are then taken six times as fast.
        columns = np.zeros((len(indicators), points.height)).T
        for name in named:
            place = indicators.index(INDICATOR_OF.get(name, name))
            columns[:, place] += points.get_column(name).to_numpy()
        kinds = Kinds(alike(columns.T.astype(np.int32)))
        return cls(columns, points.get_column(REASONS).to_numpy() == 0, kinds)


def alike(columns: NDArray[np.integer] | list[NDArray[np.integer]]) -> Some:
    """Give people numbers, intp [people], equal for those of equal values in every column."""
    frame = pl.DataFrame({str(position): column for position, column in enumerate(columns)})
    kinds = frame.with_row_index("person").group_by(frame.columns, maintain_order=True).agg("person")
    people = kinds.get_column("person")
    numbers = np.empty(frame.height, dtype=np.intp)
    numbers[people.explode().to_numpy()] = np.repeat(np.arange(kinds.height), people.list.len().to_numpy())
    return numbers
