"""Minor children of the admitted: counted by the engine as a group, and summed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from scoring import Cohort
from simulate.engine import Outcomes
from simulate.engine.scores import Real

CHILDREN = "minor_children"


def known(cohort: Cohort) -> bool:
    """Say whether a cohort tells how many minor children everybody has."""
    frame = cohort.frame
    return CHILDREN in frame.columns and not frame.get_column(CHILDREN).null_count()


def grouped(cohort: Cohort) -> Cohort:
    """Return a cohort whose numbers of minor children are levels of a group."""
    frame = cohort.frame.with_columns(pl.col(CHILDREN).cast(pl.String))
    return replace(cohort, frame=frame, groups=(*cohort.groups, CHILDREN))


def each(outcomes: Outcomes) -> Real:
    """Return how many minor children each of the admitted has on average, float64 [draws]; 0 of nobody."""
    numbers = [_number(level) for level in outcomes.levels]
    children = outcomes.group_counts @ np.array(numbers, dtype=np.int64)
    return np.asarray(children / np.maximum(outcomes.admitted, 1), dtype=np.float64)


def without(levels: Sequence[tuple[str, str | None]]) -> list[int]:
    """Return the positions of the levels that are no numbers of children."""
    return [position for position, (group, _) in enumerate(levels) if group != CHILDREN]


def _number(level: tuple[str, str | None]) -> int:
    group, name = level
    return int(name) if group == CHILDREN and name is not None else 0
