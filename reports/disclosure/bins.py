"""Bins of totals, merged until each counts enough people."""

from __future__ import annotations

import polars as pl

from reports.disclosure.threshold import DisclosureError, Publishable, checked


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
    joint: list[int] = []
    for _, block in rising.group_by(_home(rising, within), maintain_order=True):
        start = joint[-1] + 1 if joint else 0
        joint += [start + run for run in runs(block["people"].to_list(), threshold)]
    together = rising.group_by(pl.Series("run", joint), maintain_order=True).agg(
        pl.col("lower").min(), pl.col("upper").max(), pl.col("people").sum(), pl.col("admitted").first()
    )
    falling = _cumulated(_stretched(together.drop("run"), within))
    return Publishable(falling, threshold, merged=rising.height - falling.height)


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


def runs(people: list[int], threshold: int) -> list[int]:
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
