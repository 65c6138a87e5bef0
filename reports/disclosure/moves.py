"""Who entered and who left by level, and the flows between levels, as far as they may be told.

Flows hang on nothing but who entered and who left each level (`simulate.displacement.flows`). They are worked
out here from the numbers that are told anyway, those of hidden levels taken together, so that they give
nobody anything to learn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reports.disclosure.levels import levels as hidden_levels
from reports.disclosure.threshold import Publishable, checked
from simulate.displacement.flows import matched

COUNTS = ("before", "after", "entered", "left")
_SUMS = {"before": ("stayed", "left"), "after": ("stayed", "entered")}

Names = tuple[str | None, ...]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Moves:
    """Hold what may be told of one group's moves.

    Attributes:
        counts: ``levels``, what a row stands for, one level or several that are too small to stand alone, and
            ``before``, ``after``, ``entered``, ``left``, null where hidden.
        places: the levels between which flows are told; None, the last, is whoever is hidden on a side.
        flows: int64 [places + 1, places + 1], from by to; nobody comes last.

    """

    counts: Publishable
    places: tuple[Names | None, ...]
    flows: tuple[tuple[int, ...], ...]


def moves(groups: pl.DataFrame, *, ordered: bool, threshold: int) -> Moves:
    """Hide what would tell of few people among one group's moves.

    Levels of which too few moved are joined with a neighbour where levels have an order, and with each other
    where they have none. Either until enough entered and enough left each row; or, where that tells more
    than twice as much, until enough did one of the two, and then the admitted before and after are not told.

    Args:
        groups: ``level`` and the four counts, of one group; their totals are taken to be known.
        ordered: whether levels stand in an order of their own.
        threshold: people.

    Raises:
        DisclosureError: the totals alone would tell of too few people.

    """
    checked(threshold)
    both = _told(
        groups, _runs(groups, ordered=ordered, enough=lambda moved: min(moved) >= threshold), threshold
    )
    either = _told(
        groups,
        _runs(groups, ordered=ordered, enough=lambda moved: max(moved) >= threshold),
        threshold,
        counts=("entered", "left"),
    )
    told = both if 2 * _telling(both) >= _telling(either) else either
    places, sides = _public(told.frame, {side: int(groups[side].sum()) for side in ("left", "entered")})
    table = matched(sides["left"], sides["entered"])
    return Moves(told, places, tuple(tuple(row) for row in table.tolist()))


def _told(
    groups: pl.DataFrame, joint: list[int], threshold: int, *, counts: tuple[str, ...] = COUNTS
) -> Publishable:
    """Hide the cells of some columns and whole columns of the others."""
    rows = _joined(groups, joint)
    sums = {whole: parts for whole, parts in _SUMS.items() if whole in counts}
    told = hidden_levels(rows, counts=counts, threshold=threshold, sums=sums)
    others = [pl.lit(None, pl.Int64).alias(name) for name in COUNTS if name not in counts]
    hidden = told.hidden + len(others) * rows.height
    return Publishable(
        told.frame.with_columns(others), threshold, hidden=hidden, merged=groups.height - rows.height
    )


def _telling(told: Publishable) -> int:
    """Return how many numbers of the moved are told; one row tells nothing that the totals do not."""
    return 0 if told.frame.height == 1 else sum(told.frame[side].count() for side in ("entered", "left"))


def _runs(groups: pl.DataFrame, *, ordered: bool, enough: Callable[[Sequence[int]], bool]) -> list[int]:
    """Say by number which row each level goes into."""
    moved = list(zip(groups["entered"].to_list(), groups["left"].to_list(), strict=True))
    if not ordered:
        few = [not enough(one) for one in moved]
        own = iter(range(len(few)))
        return [len(few) if one and sum(few) > 1 else next(own) for one in few]
    numbers, row, sums = [], 0, (0, 0)
    for entered, left in moved:
        numbers.append(row)
        sums = (sums[0] + entered, sums[1] + left)
        if enough(sums):
            row, sums = row + 1, (0, 0)
    # What is left over at the end has too few for a row of its own.
    return [min(number, max(row - 1, 0)) for number in numbers]


def _joined(groups: pl.DataFrame, joint: list[int]) -> pl.DataFrame:
    return (
        groups.with_columns(pl.Series("run", joint))
        .group_by("run", maintain_order=True)
        .agg(pl.col("level").alias("levels"), pl.col(COUNTS).sum())
        .sort("run")
        .drop("run")
    )


def _public(frame: pl.DataFrame, totals: dict[str, int]) -> tuple[tuple[Names | None, ...], dict[str, Whole]]:
    """Return the levels of which either side is told, all the rest as one, and who left and entered each."""
    open_ = frame.filter(pl.col("left").is_not_null() | pl.col("entered").is_not_null())
    places: list[Names | None] = [tuple(names) for names in open_["levels"].to_list()]
    sides = {side: open_[side].fill_null(0).to_list() for side in totals}
    rest = {side: whole - sum(sides[side]) for side, whole in totals.items()}
    if any(rest.values()):
        places.append(None)
        sides = {side: [*people, rest[side]] for side, people in sides.items()}
    return tuple(places), {side: np.array(people, dtype=np.int64) for side, people in sides.items()}
