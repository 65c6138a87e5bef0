"""Compositions: who pool and admitted are, with small groups joined or hidden."""

from __future__ import annotations

import sys
from collections.abc import Collection

import polars as pl

from reports.disclosure.bins import runs
from reports.disclosure.threshold import Publishable, checked
from simulate.distribution import ADMITTED, POOL

MOST_LEVELS = 20
OTHERS = sys.maxsize


def composition(
    frame: pl.DataFrame,
    *,
    threshold: int,
    populations: Collection[str] = (POOL, ADMITTED),
    most: int = MOST_LEVELS,
) -> Publishable:
    """Hide the small cells of a composition and what would give them back.

    Where pool and admitted are both told, the rest, the applicants not admitted, is protected as well; a
    population that is not told loses its columns. Levels that count too few are joined with a neighbour
    where levels have an order, and into one last row where they have none or are more than *most*.
    The column `levels` lists what a row stands for, and `other` marks that last row.
    """
    checked(threshold)
    size = POOL if POOL in populations else ADMITTED
    present = frame.filter(pl.col(size) > 0)
    people = present[size].to_list()
    joined = frame["ordered"].all() and len(people) <= most
    joint = runs(people, threshold) if joined else with_others(people, threshold, most)
    rows = _summed(present, joint)
    hidden = {size: _to_hide(rows[size].to_list(), threshold=threshold)}
    if len(populations) > 1:
        rest = (rows[POOL] - rows[ADMITTED]).to_list()
        hidden[ADMITTED] = _to_hide(rows[ADMITTED].to_list(), rest, threshold=threshold, already=hidden[POOL])
        rows = _masked(rows, hidden[ADMITTED], ["admission_rate"])
    else:
        untold = ADMITTED if size == POOL else POOL
        rows = rows.drop(untold, f"{untold}_share", "admission_rate")
    for population, numbers in hidden.items():
        rows = _masked(rows, numbers, [population, f"{population}_share"])
    cells = sum(map(len, hidden.values()))
    return Publishable(rows, threshold, hidden=cells, merged=frame.height - rows.height)


def beside_baseline(groups: pl.DataFrame, *, threshold: int) -> Publishable:
    """Hide the small levels of the admitted beside the baseline's, and what would give them back.

    Columns: `group`, `level`, `admitted`, `share`, `baseline`, `baseline_share`. A level is hidden on both
    sides or on none, so that neither side tells what the other hides; no level is joined with another, so
    that rows stay where they are while a reform moves.
    """
    checked(threshold)
    counts = ("admitted", "baseline")
    parts, cells = [groups.clear()], 0
    for _, levels in groups.group_by("group", maintain_order=True):
        hidden = _to_hide(*(levels[count].to_list() for count in counts), threshold=threshold)
        parts.append(_masked(levels, hidden, [*counts, "share", "baseline_share"]))
        cells += len(counts) * len(hidden)
    return Publishable(pl.concat(parts), threshold, hidden=cells)


def with_others(people: list[int], threshold: int, most: int) -> list[int]:
    """Give each level a run of its own, but one, the last, to the small ones and those beyond the most."""
    ranked = sorted(range(len(people)), key=people.__getitem__)
    beyond = len(people) - most + 1 if len(people) > most else 0
    taken = max(beyond, sum(number < threshold for number in people))
    while 0 < taken < len(people) and (taken < 2 or sum(people[row] for row in ranked[:taken]) < threshold):
        taken += 1
    others = set(ranked[:taken])
    return [OTHERS if row in others else row for row in range(len(people))]


def _summed(rows: pl.DataFrame, runs: list[int]) -> pl.DataFrame:
    """Put the levels of a run into one row; the others come last."""
    counts = [pl.col(name).sum() for name in (POOL, ADMITTED, f"{POOL}_share", f"{ADMITTED}_share")]
    rate = (pl.col(ADMITTED).sum() / pl.col(POOL).sum()).alias("admission_rate")
    grouped = rows.group_by(pl.Series("run", runs, dtype=pl.Int64), maintain_order=True)
    summed = grouped.agg(pl.col("level").alias("levels"), *counts, rate).sort("run")
    return summed.with_columns((pl.col("run") == OTHERS).alias("other")).drop("run")


def _to_hide(*cells: list[int], threshold: int, already: Collection[int] = ()) -> set[int]:
    """Choose the rows to hide: the small ones, then the next smallest until the total tells none of them."""
    hidden = {row for row, counts in enumerate(zip(*cells, strict=True)) if min(counts) < threshold} | set(
        already
    )
    rest = sorted(set(range(len(cells[0]))) - hidden, key=cells[0].__getitem__, reverse=True)
    while (
        hidden
        and rest
        and (len(hidden) < 2 or min(sum(column[row] for row in hidden) for column in cells) < threshold)
    ):
        hidden.add(rest.pop())
    return hidden


def _masked(rows: pl.DataFrame, numbers: Collection[int], columns: list[str]) -> pl.DataFrame:
    shown = ~pl.int_range(pl.len()).is_in(sorted(numbers))
    return rows.with_columns(pl.when(shown).then(pl.col(name)).alias(name) for name in columns)
