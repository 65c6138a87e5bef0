"""The lever atlas, weights: how far each may move before the admitted set changes, solved exactly.

A person's total is a straight line over the weight of one indicator, so that the set changes where two lines
meet: a quotient of whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import polars as pl

from scoring.rulebook import INDICATORS
from simulate.engine.scores import Whole
from simulate.sensitivity.margin import Margin, moved_apart
from simulate.sensitivity.study import Study

Line = tuple[int, int]


@dataclass(frozen=True)
class End:
    """Say where the admitted set changes on one side of the baseline.

    Attributes:
        distance: from the baseline's weight of 1.
        included: whether the set is still the same at that very weight.
        entering: the position of the first person to enter, None if none does.
        leaving: the position of the first person to leave, None if none does.

    """

    distance: Fraction
    included: bool
    entering: int | None
    leaving: int | None


def weight_atlas(study: Study) -> pl.DataFrame:
    """Give the interval of each indicator's weight over which exactly the same people are admitted.

    All other weights stay 1. Everyone at the cutoff is in: where more people than places are admitted, those
    tied at the cutoff fall apart as soon as their points in the indicator differ, and the interval is the
    baseline alone. ``overtaking`` leaves such ties aside: it is where somebody not admitted draws level
    with somebody who is for the first time.

    Returns:
        A row an indicator and side (``down``, ``up``): ``lever``, ``people`` (of the pool, whom the weight
        moves otherwise than it moves most), ``side``, ``baseline``, ``end`` of the interval (null without
        end), ``included`` (whether the end itself is in), ``numerator`` and ``denominator`` of the end,
        ``entering_row`` and ``leaving_row`` of the first to move, ``overtaking`` (null if never),
        ``overtaking_row`` and ``overtaken_row``. Row numbers count the cohort from 1; they are for research
        on the cohort itself, and no part of a report.

    """
    rows = []
    for position, indicator in enumerate(INDICATORS):
        slopes, kind = np.unique(study.points[:, position], return_inverse=True)
        margin = Margin.of(study, kind)
        people = moved_apart(np.bincount(kind[study.pool], minlength=len(slopes)), slopes)
        for side, sign in (("down", -1), ("up", 1)):
            ends = [
                _within(one, sign) for one in (_same(margin, sign * slopes), _reached(margin, sign * slopes))
            ]
            rows.append(
                (
                    f"weights.{indicator}",
                    people,
                    side,
                    1.0,
                    *_told(ends[0], sign),
                    *_overtaking(ends[1], sign),
                )
            )
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


SCHEMA = {
    "lever": pl.String,
    "people": pl.Int64,
    "side": pl.String,
    "baseline": pl.Float64,
    "end": pl.Float64,
    "included": pl.Boolean,
    "numerator": pl.Int64,
    "denominator": pl.Int64,
    "entering_row": pl.Int64,
    "leaving_row": pl.Int64,
    "overtaking": pl.Float64,
    "overtaking_row": pl.Int64,
    "overtaken_row": pl.Int64,
}


def _within(end: End | None, sign: int) -> End | None:
    """Stop at a weight of 0, which has nothing below it."""
    if sign < 0 and (end is None or end.distance > 1):
        return End(Fraction(1), included=True, entering=None, leaving=None)
    return end


def _told(end: End | None, sign: int) -> tuple[object, ...]:
    if end is None:
        return (None,) * 6
    weight = 1 + sign * end.distance
    rows = (_row(end.entering), _row(end.leaving))
    return (float(weight), end.included, weight.numerator, weight.denominator, *rows)


def _overtaking(end: End | None, sign: int) -> tuple[object, ...]:
    if end is None or end.entering is None:
        return (None,) * 3
    return (float(1 + sign * end.distance), _row(end.entering), _row(end.leaving))


def _row(person: int | None) -> int | None:
    return None if person is None else person + 1


def _same(margin: Margin, slopes: Whole) -> End | None:
    """Return where the admitted set changes for the first time as the weight grows; None if nowhere.

    Args:
        margin: both sides of the cutoff.
        slopes: int64 [kinds], hundredths by which a kind moves over a weight of 1.

    """
    inside = margin.inside
    if not len(inside):
        return None
    if not margin.beyond:
        return _reached(margin, slopes)
    cutoff = inside.total.min()
    tied = np.flatnonzero(inside.total == cutoff)
    slowest = tied[np.argmin(slopes[inside.kind[tied]])]
    if inside.people[slowest] <= margin.beyond:
        return End(Fraction(0), included=True, entering=None, leaving=int(inside.person[slowest]))
    return _tie_holds(margin, slopes, cutoff=int(cutoff), slope=int(slopes[inside.kind[slowest]]))


def _tie_holds(margin: Margin, slopes: Whole, *, cutoff: int, slope: int) -> End | None:
    """Return where the tie at the cutoff, itself a line, is reached from below or left behind by others."""
    inside, outside = margin.inside, margin.outside
    up, down = slopes[outside.kind] - slope, slope - slopes[inside.kind]
    enters, leaves = _first(cutoff - outside.total, up), _first(inside.total - cutoff, down)
    if enters is not None and (leaves is None or enters[0] <= leaves[0]):
        return End(enters[0], included=False, entering=int(outside.person[enters[1]]), leaving=None)
    if leaves is not None:
        return End(leaves[0], included=True, entering=None, leaving=int(inside.person[leaves[1]]))
    return None


def _first(gap: Whole, speed: Whole) -> tuple[Fraction, int] | None:
    """Return the least quotient of gaps by speeds above 0, exactly, and where it is; None without any."""
    moving = np.flatnonzero(speed > 0)
    if not len(moving):
        return None
    quotients = gap[moving] / speed[moving]
    near = moving[quotients <= quotients.min() * (1 + 1e-9)]
    return min((Fraction(int(gap[one]), int(speed[one])), int(one)) for one in near)


def _reached(margin: Margin, slopes: Whole) -> End | None:
    """Return where somebody outside first draws level with somebody inside; None if nowhere.

    The distance between the lowest inside and the highest outside is a concave function of the weight: from
    the meeting of any two lines beyond its zero, the lines that are lowest and highest there meet closer by.
    """
    inside, outside = margin.inside, margin.outside
    if not len(inside) or not len(outside):
        return None
    low, high = slopes[inside.kind], slopes[outside.kind]
    lower, upper = int(np.lexsort((inside.total, low))[0]), int(np.lexsort((-outside.total, -high))[0])
    distance = None
    while (speed := int(high[upper] - low[lower])) > 0:
        closer = Fraction(int(inside.total[lower] - outside.total[upper]), speed)
        if closer == distance:
            people = int(outside.person[upper]), int(inside.person[lower])
            return End(closer, included=False, entering=people[0], leaving=people[1])
        distance = closer
        lower, upper = _closest(margin, (low, high), distance)
    return None


def _closest(margin: Margin, slopes: tuple[Whole, Whole], distance: Fraction) -> tuple[int, int]:
    """Return the lowest inside and the highest outside at a distance; of equals, the two that meet there."""
    over, under = distance.numerator, distance.denominator
    inside = margin.inside.total * under + slopes[0] * over
    outside = margin.outside.total * under + slopes[1] * over
    return int(np.argmin(inside)), int(np.argmax(outside))
