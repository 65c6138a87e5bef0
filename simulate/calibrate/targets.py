"""What is published, beside the same counted on a sample of lives: one target a number.

With the published cutoffs, everybody's path is fixed: in each round the eligible who applied, were not
admitted before and reach the cutoff are admitted. A target is therefore a sum of weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from synthetic_data import published
from synthetic_data.population.careers import Careers, cutoffs, rules_of
from synthetic_data.population.points import Points, points_of

Column = NDArray[Any]

_TIERS = (0, 1050, 1500, 2600, 3700)


@dataclass(frozen=True)
class Target:
    """Hold one published number and how it is counted.

    Attributes:
        name: what it is.
        round: of which round.
        values: what each of the target's people counts.
        published: the number; targets of means are moments around the published mean, and 0.
        spread: how far a good model may be from it: chance, quality of the source, what a model leaves out.
        scale: by what to divide to see the number in its own unit; people if 1.
        shown: the published number in its own unit, for targets that are moments.

    """

    name: str
    round: int
    values: Column
    published: float
    spread: float
    scale: float = 1.0
    shown: float | None = None


@dataclass(frozen=True)
class Admitted:
    """Hold the admitted of one round: places in the sample, points, birth years, insured and home years."""

    round: int
    rows: Column
    points: Points
    tier: Column
    born: Column
    insured: Column
    own: Column
    last_gain: Column


def admitted_rounds(careers: Careers, origin: int) -> Column:
    """Return the round in which each person is admitted by the published cutoffs, 0 if in none."""
    found = np.zeros(len(careers), np.int16)
    for year, cutoff in cutoffs(origin).items():
        reaches = careers.eligible[year] & (careers.totals[year] >= cutoff)
        found[(found == 0) & reaches & (careers.lives.applies_from <= year)] = year
    return found


def look_at(careers: Careers, rows: Column, year: int) -> Admitted:
    """Return the published columns of some people in a round."""
    lives = careers.lives.take(rows)
    points = points_of(lives, rules_of(year), year)
    insured = points["employment"] / 300
    before = points_of(lives, rules_of(year - 1), year - 1)
    gain = 400 + points["job_housing_area"] - before["job_housing_area"] + 200 * (points["tax"] > 0)
    return Admitted(
        year,
        rows,
        points,
        np.searchsorted(_TIERS, points["education"]),
        np.floor(lives.birth_day / 365.2425 + 1970 + 1e-4).astype(int),
        insured,
        np.maximum(2 * points["residence"] / 100 - insured, 0),
        gain,
    )


def targets_of(admitted: Admitted) -> Iterator[Target]:
    """Yield the targets of the admitted of one round."""
    year = admitted.round
    total = admitted_number(year)
    yield Target("admitted", year, np.ones(admitted.rows.size), total, 40)
    yield from _ranks(admitted)
    yield from _births(admitted)
    if year in (2020, 2022):
        counts = _counts(year)
        yield from _education(admitted, counts["education"])
        yield from _study(admitted, counts["study_deduction"], total)
        yield from _area(admitted, counts["job_housing_area"], total)
        yield from _area_by_tax(admitted)
        yield from _rare(admitted, counts, total)
        yield from _years(admitted, counts["education"], total)
    if year == 2022:
        low, high = published.returns()
        back = admitted.points["total"] - admitted.last_gain >= cutoffs(2021)[2021]
        # The share is a lower bound: the middle of its range, a little above.
        yield Target("late", year, back, (0.6 * high + 0.4 * low) * total, 0.012 * total, total)


def spread(number: float, *, share: float = 0.04, least: float = 4) -> float:
    """Return how far a count may be off: by chance, and by a share that a model leaves out."""
    return float(np.sqrt(least + number + (share * number) ** 2))


def admitted_number(year: int) -> int:
    """Return how many were admitted in a round."""
    return int(published.rounds().filter(pl.col("round") == year)["admitted"][0])


def _counts(year: int) -> dict[str, dict[int, int]]:
    frame = published.admitted_counts().filter(pl.col("round") == year)
    found: dict[str, dict[int, int]] = {}
    for _, column, points, number in frame.iter_rows():
        found.setdefault(column, {})[points] = number
    return found


def _ranks(admitted: Admitted) -> Iterator[Target]:
    scores = published.rank_scores().filter((pl.col("round") == admitted.round) & (pl.col("rank") < 6000))
    for _, rank, total in scores.iter_rows():
        reaches = admitted.points["total"] >= total
        yield Target(f"rank {rank}", admitted.round, reaches, rank, spread(rank, share=0.02, least=9))


def _births(admitted: Admitted) -> Iterator[Target]:
    year, born = admitted.round, admitted.born
    table = published.admitted_birth_years().filter(pl.col("round") == year)
    if not table.height:
        return
    births = dict(table.select("birth_year", "admitted").iter_rows())
    low, high = year - 49, year - 36
    early = sum(number for one, number in births.items() if one < low)
    late = sum(number for one, number in births.items() if one >= high)
    yield Target(f"born before {low}", year, born < low, early, spread(early, share=0.1))
    for one in range(low, high):
        number = births.get(one, 0)
        yield Target(f"born {one}", year, born == one, number, spread(number))
    yield Target(f"born from {high}", year, born >= high, late, spread(late))
    mean = sum(one * number for one, number in births.items()) / sum(births.values())
    yield _mean("mean birth year", admitted, born, mean=mean, off=0.03)


def _mean(name: str, admitted: Admitted, values: Column, *, mean: float, off: float) -> Target:
    people = admitted_number(admitted.round)
    return Target(name, admitted.round, values - mean, 0.0, off * people, people, mean)


def _education(admitted: Admitted, counts: Mapping[int, int]) -> Iterator[Target]:
    for points, number in counts.items():
        same = admitted.points["education"] == points
        yield Target(f"education {points / 100:g}", admitted.round, same, number, spread(number, share=0.02))


def _study(admitted: Admitted, counts: Mapping[int, int], total: int) -> Iterator[Target]:
    year, deducted = admitted.round, admitted.points["study_deduction"]
    some = total - counts[0]
    middle = sum(number for points, number in counts.items() if -500 < points < -50)
    kinds = {
        "deduction 14": (deducted == -1400, counts[-1400]),
        "deduction 10.5": (deducted == -1050, counts[-1050]),
        "deduction, any": (deducted < 0, some),
        "deduction, a month": (deducted == -29, counts[-29]),
        "deduction, 0.5 to 5": ((deducted > -500) & (deducted < -50), middle),
    }
    for name, (values, number) in kinds.items():
        yield Target(name, year, values, number, spread(number))


def _area(admitted: Admitted, counts: Mapping[int, int], total: int) -> Iterator[Target]:
    year, area = admitted.round, admitted.points["job_housing_area"]
    for points, number in counts.items():
        yield Target(f"area {points / 100:g}", year, area == points, number, spread(number, share=0.03))
    mean = sum(points * number for points, number in counts.items()) / total / 100
    yield _mean("mean area", admitted, area / 100, mean=mean, off=0.05)


def _area_by_tax(admitted: Admitted) -> Iterator[Target]:
    year, points = admitted.round, admitted.points
    table = published.admitted_area_by_tax().filter(pl.col("round") == year)
    edges = (0, 2, 4, 8, 9, 12) if year == 2022 else (0, 2, 4, 5, 6)
    for low, high in zip(edges, (*edges[1:], 13), strict=True):
        within = pl.col("job_housing_area").is_between(100 * low, 100 * high, closed="left")
        group = (points["job_housing_area"] >= 100 * low) & (points["job_housing_area"] < 100 * high)
        for tax in (0, 200, 400, 600):
            number = int(table.filter(within & (pl.col("tax") == tax))["admitted"].sum())
            name = f"area from {low}, tax {tax // 100}"
            yield Target(name, year, group & (points["tax"] == tax), number, spread(number))


def _rare(admitted: Admitted, counts: Mapping[str, Mapping[int, int]], total: int) -> Iterator[Target]:
    year, points = admitted.round, admitted.points
    for tax, number in counts["tax"].items():
        yield Target(f"tax {tax // 100}", year, points["tax"] == tax, number, spread(number, share=0.02))
    some = total - counts["innovation"][0]
    yield Target("innovation, any", year, points["innovation"] > 0, some, spread(some, share=0.05))
    most = counts["innovation"][1200]
    yield Target("innovation 12", year, points["innovation"] == 1200, most, spread(most, share=0.1))
    honoured = counts["honours"][2000]
    yield Target("honours", year, points["honours"] > 0, honoured, spread(honoured))


def _years(admitted: Admitted, education: Mapping[int, int], total: int) -> Iterator[Target]:
    """Yield quantiles and means of insured years and of estimated years in an own home."""
    year = admitted.round
    table = published.admitted_statistics().filter(pl.col("round") == year)
    for column, values in (("insured_years", admitted.insured), ("own_home_years_estimated", admitted.own)):
        name = column.removesuffix("_estimated").replace("_", " ")
        for statistic, at, figure in (
            table.filter(pl.col("column") == column).select("statistic", "at", "figure").iter_rows()
        ):
            # Many have the longest career that can be, and no home at all: these quantiles lie on steps.
            if statistic == "quantile" and figure > 0.3 and not (column == "insured_years" and at == 0.99):
                below = (values <= figure + 1e-6) - at
                yield Target(
                    f"{name}, quantile {at:g}",
                    year,
                    below,
                    0.0,
                    spread(total * min(at, 1 - at), share=0.03),
                    total,
                    at,
                )
            elif statistic == "mean":
                yield _mean(f"{name}, mean", admitted, values, mean=figure, off=0.05)
            elif statistic == "mean_by_education":
                people = education[int(at * 100)]
                among = admitted.points["education"] == int(at * 100)
                off = people * (0.05 + 0.75 / np.sqrt(people))
                yield Target(
                    f"{name}, mean of {at:g}", year, among * (values - figure), 0.0, off, people, figure
                )
