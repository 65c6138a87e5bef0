"""Decide what of a count may be published, so that no page describes fewer people than the threshold.

A cell that counts fewer people than the threshold, nobody included, is never shown, nor is a share, a rate or
a mean that rests on it. Where a total would give a hidden cell back, further cells are hidden with it: what a
column hides is always at least two cells that together count at least the threshold. What only a difference
of two published numbers would say (the applicants who were not admitted, say) is held to the same rule.

What this does not undertake: to keep apart what several means and counts of one column say together when
almost everyone's points in it are known from elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from scoring.errors import JifenError
from simulate.distribution import ADMITTED, POOL

THRESHOLD = 10
LEAST_THRESHOLD = 5
MOST_LEVELS = 20
OTHERS = sys.maxsize


class DisclosureError(JifenError):
    """Refuse a threshold that protects nobody, or bins that would give each other's people away."""


@dataclass(frozen=True)
class Publishable:
    """A frame that may be read by anyone; charts and tables take nothing else.

    A hidden value is null. `hidden` counts the cells hidden, `merged` the rows that became part of another.
    """

    frame: pl.DataFrame
    threshold: int
    hidden: int = 0
    merged: int = 0


def checked(threshold: object) -> int:
    """Return the threshold, or raise DisclosureError where it is no whole number of at least 5 people."""
    if isinstance(threshold, bool) or not isinstance(threshold, int) or threshold < LEAST_THRESHOLD:
        raise DisclosureError(
            f"threshold: {threshold!r} people; a cell may be shown from a whole number of at least "
            f"{LEAST_THRESHOLD} people on (the default is {THRESHOLD})"
        )
    return threshold


def merged(bins: pl.DataFrame, *, threshold: int, within: Publishable | None = None) -> Publishable:
    """Merge neighbouring score bins until each counts at least the threshold, and number them from the top.

    Bins above the cutoff are never merged with bins below it; where a whole side counts too few, no bin is
    given at all. With *within*, bins already merged, every merged bin lies in one of those, so that the two
    cannot be subtracted from each other, and the outermost reach to the ends of theirs.
    The rows come from the highest bin down; `cumulative` is everyone in a bin and in all higher ones.
    Raises DisclosureError where an edge of *within* is no edge of the bins.
    """
    checked(threshold)
    told = bins.select("lower", "upper", "people", "admitted").sort("lower")
    # A cutoff that is the lowest total leaves an empty stretch below it, which tells nothing of anyone.
    rising = told.filter(pl.col("people").sum().over("admitted") > 0)
    sides = rising.group_by("admitted").agg(pl.col("people").sum())["people"].to_list()
    if min(sides, default=0) < threshold:
        return Publishable(_cumulated(rising.clear()), threshold, hidden=rising.height)
    runs: list[int] = []
    for _, block in rising.group_by(_home(rising, within), maintain_order=True):
        start = runs[-1] + 1 if runs else 0
        runs += [start + run for run in _runs(block["people"].to_list(), threshold)]
    together = rising.group_by(pl.Series("run", runs), maintain_order=True).agg(
        pl.col("lower").min(), pl.col("upper").max(), pl.col("people").sum(), pl.col("admitted").first()
    )
    falling = _cumulated(_stretched(together.drop("run"), within))
    return Publishable(falling, threshold, merged=rising.height - falling.height)


def indicators(frame: pl.DataFrame, *, threshold: int) -> Publishable:
    """Hide means that rest on too few people, and give a bound for shares that would single a few people out.

    Adds `bound`: `exact`; `below`, when fewer than the threshold have points and `share` is the threshold's
    own share; `above`, when fewer than the threshold have none; null where the pool's value is hidden,
    because the one of the admitted would leave few people between them. `counted` is dropped.
    """
    checked(threshold)
    rows = frame.rows(named=True)
    admitted = {row["indicator"]: row for row in rows if row["population"] == ADMITTED}
    told: list[dict[str, Any]] = []
    for row in rows:
        part = admitted.get(row["indicator"]) if row["population"] == POOL else None
        bound = _bound(row, part, threshold)
        edge = threshold / row["people"] if row["people"] else 0.0
        shares = {"exact": row["share"], "below": edge, "above": 1 - edge}
        mean = None if bound in (None, "below") else row["mean_points"]
        told.append({**row, "mean_points": mean, "share": shares.get(bound or ""), "bound": bound})
    out = pl.DataFrame(told, schema={**frame.schema, "bound": pl.String}).drop("counted")
    return Publishable(out, threshold, hidden=sum(row["bound"] != "exact" for row in told))


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
    runs = _runs(people, threshold) if joined else _with_others(people, threshold, most)
    rows = _summed(present, runs)
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


def headline(counts: Mapping[str, int], *, threshold: int) -> dict[str, int | None]:
    """Give the headline counts `applicants`, `eligible`, `admitted` and `tied`, None for one to be hidden.

    Hidden is a count of some people but fewer than the threshold, and a count that would tell such a one by
    difference. Nobody at all may be told: a headline describes a round and no group of people.
    """
    applicants, eligible, admitted, tied = (
        counts[name] for name in ("applicants", "eligible", "admitted", "tied")
    )
    telling = {
        "applicants": (applicants, applicants - eligible, applicants - admitted),
        "eligible": (eligible, eligible - admitted),
        "admitted": (admitted,),
        "tied": (tied, admitted - tied),
    }
    few = range(1, checked(threshold))
    return {name: None if any(value in few for value in told) else told[0] for name, told in telling.items()}


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


def _cumulated(rising: pl.DataFrame) -> pl.DataFrame:
    return rising.reverse().with_columns(pl.col("people").cum_sum().alias("cumulative"))


def _home(rising: pl.DataFrame, within: Publishable | None) -> pl.Series:
    """Tell in which bin of *within*, or else on which side of the cutoff, each bin lies."""
    if within is None:
        return rising["admitted"].cast(pl.Int64).alias("home")
    edges = within.frame["lower"].sort()
    if not set(edges[1:].to_list()) <= set(rising["lower"].to_list()):
        raise DisclosureError(
            "bin_width: the bars would not fit into the bands of the table; take a width that divides theirs"
        )
    lower, steps = rising["lower"].cast(pl.Float64), edges.cast(pl.Float64)
    return steps.search_sorted(lower, side="right").cast(pl.Int64).alias("home")


def _runs(people: list[int], threshold: int) -> list[int]:
    """Give each bin its run: runs grow from both ends inward, and what is left over joins the fullest bin."""
    if not people:
        return []
    peak = people.index(max(people))
    left, right = _lengths(people[:peak], threshold), _lengths(people[:peak:-1], threshold)[::-1]
    start, stop = sum(left), len(people) - sum(right)
    if sum(people[start:stop]) < threshold and (left or right):
        start, stop = (start - left.pop(), stop) if left else (start, stop + right.pop(0))
    lengths = [*left, stop - start, *right]
    return [run for run, length in enumerate(lengths) for _ in range(length)]


def _lengths(people: list[int], threshold: int) -> list[int]:
    """Cut bins, from the first on, into runs that each count the threshold; the last may be left over."""
    lengths, start, held = [], 0, 0
    for stop, number in enumerate(people, start=1):
        held += number
        if held >= threshold:
            lengths.append(stop - start)
            start, held = stop, 0
    return lengths


def _stretched(rising: pl.DataFrame, within: Publishable | None) -> pl.DataFrame:
    """Let the outermost bins reach as far as the bands do, so that they do not tell the extreme totals."""
    if within is None:
        return rising
    ends = within.frame.select(pl.col("lower").min(), pl.col("upper").max()).row(0)
    number = pl.int_range(pl.len())
    return rising.with_columns(
        pl.when(number == 0).then(pl.lit(ends[0])).otherwise(pl.col("lower")).alias("lower"),
        pl.when(number == pl.len() - 1).then(pl.lit(ends[1])).otherwise(pl.col("upper")).alias("upper"),
    ).cast({"lower": rising.schema["lower"], "upper": rising.schema["upper"]})


def _bound(row: dict[str, Any], part: dict[str, Any] | None, threshold: int) -> str | None:
    people, counted = row["people"], row["counted"]
    if people < threshold:
        return None
    if counted < threshold:
        return "below"
    if people - counted < threshold:
        return "above"
    if part is not None:
        rest = counted - part["counted"]
        if min(rest, people - part["people"] - rest) < threshold:
            return None
    return "exact"


def _with_others(people: list[int], threshold: int, most: int) -> list[int]:
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
