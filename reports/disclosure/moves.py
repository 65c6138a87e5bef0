"""Who entered and who left by level, and the flows between levels, as far as they may be told.

Flows hang on nothing but who entered and who left each level (`simulate.displacement.flows`). They are worked
out here from the numbers that are told anyway, those of hidden levels taken together, so that they give
nobody anything to learn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from reports.disclosure.levels import levels as hidden_levels
from reports.disclosure.threshold import Publishable, checked
from simulate.displacement.flows import matched

COUNTS = ("before", "after", "entered", "left")
_SUMS = {"before": ("stayed", "left"), "after": ("stayed", "entered")}

Names = tuple[str | None, ...]


@dataclass(frozen=True)
class Moves:
    """Hold what may be told of one group's moves.

    Attributes:
        counts: ``levels``, what a row stands for, one level or several that are too small to stand alone, and
            ``before``, ``after``, ``entered``, ``left``, null where hidden.
        places: the levels between which flows are told; the last may be all others together.
        flows: int64 [places + 1, places + 1], from by to; nobody comes last.

    """

    counts: Publishable
    places: tuple[Names, ...]
    flows: tuple[tuple[int, ...], ...]


def moves(groups: pl.DataFrame, *, ordered: bool, threshold: int) -> Moves:
    """Hide what would tell of few people among one group's moves.

    Levels of which too few entered or left are joined with a neighbour where levels have an order, and with
    each other where they have none.

    Args:
        groups: ``level`` and the four counts, of one group; their totals are taken to be known.
        ordered: whether levels stand in an order of their own.
        threshold: people.

    Raises:
        DisclosureError: the totals alone would tell of too few people.

    """
    rows = _joined(groups, _runs(groups, ordered=ordered, threshold=checked(threshold)))
    told = hidden_levels(rows, counts=COUNTS, threshold=threshold, sums=_SUMS)
    made = Publishable(told.frame, threshold, hidden=told.hidden, merged=groups.height - rows.height)
    places, sides = _public(told.frame, {side: int(groups[side].sum()) for side in ("left", "entered")})
    table = matched(sides["left"], sides["entered"])
    return Moves(made, places, tuple(tuple(row) for row in table.tolist()))


def _runs(groups: pl.DataFrame, *, ordered: bool, threshold: int) -> list[int]:
    """Say by number which row each level goes into: enough shall have entered it, and enough left it."""
    moved = list(zip(groups["entered"].to_list(), groups["left"].to_list(), strict=True))
    if not ordered:
        few = [min(one) < threshold for one in moved]
        own = iter(range(len(few)))
        return [len(few) if one and sum(few) > 1 else next(own) for one in few]
    numbers, row, sums = [], 0, (0, 0)
    for entered, left in moved:
        numbers.append(row)
        sums = (sums[0] + entered, sums[1] + left)
        if min(sums) >= threshold:
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


def _public(
    frame: pl.DataFrame, totals: dict[str, int]
) -> tuple[tuple[Names, ...], dict[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]]]:
    """Return the levels whose moves are told, all others as one, and how many left and entered each."""
    told = pl.col("left").is_not_null() & pl.col("entered").is_not_null()
    open_, rest = frame.filter(told), frame.filter(~told)
    places = [tuple(names) for names in open_["levels"].to_list()]
    sides = {side: open_[side].to_list() for side in totals}
    if rest.height:
        places.append(tuple(name for names in rest["levels"].to_list() for name in names))
        for side, whole in totals.items():
            sides[side].append(whole - sum(sides[side]))
    return tuple(places), {side: np.array(people, dtype=np.int64) for side, people in sides.items()}
