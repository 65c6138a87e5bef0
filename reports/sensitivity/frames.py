"""What of the analyses may be published: shares that single nobody out, levers that move enough people."""

from __future__ import annotations

import polars as pl

from reports import disclosure
from reports.disclosure import Publishable
from reports.round_page import RoundPage
from simulate.distribution import LEVELS
from simulate.sensitivity import Effects, Study

MARGIN, ADMITTED = "margin", "admitted"
PEOPLE = ("entering_row", "leaving_row", "overtaking_row", "overtaken_row")


def effects(found: Effects, page: RoundPage) -> Publishable:
    """Give outcomes of settings, with bounds for shares of the admitted that would single a few out."""
    counts = {"share_changed": "left"}
    if "below_old_cutoff" in found.outcomes.columns:
        counts["share_below_old_cutoff"] = "below_old_cutoff"
    ends = {"share_changed": ("share_changed_low", "share_changed_high")}
    known = ("indicator", "weight", "cutoff", "cutoff_change", "cutoff_change_low", "cutoff_change_high")
    told = found.outcomes.select(*known, *counts, *counts.values(), *ends["share_changed"])
    return disclosure.shares(told, counts=counts, of=page.admitted, threshold=page.threshold, ends=ends)


def groups(found: Effects, study: Study, page: RoundPage) -> dict[str, Publishable]:
    """Give by how much leaving out each indicator moves each level's share of the admitted, by group."""
    counted = study.baseline.group_counts[0]
    levels = [(*level, int(people)) for level, people in zip(study.baseline.levels, counted, strict=True)]
    baseline = pl.DataFrame(levels, schema=["group", "level", "baseline"], orient="row")
    beside = found.groups.join(baseline, on=["group", "level"], nulls_equal=True, maintain_order="left")
    told = beside.select("group", "level", "baseline", "admitted", setting="indicator")
    return {
        str(group): disclosure.beside(own, ordered=group in LEVELS, threshold=page.threshold)
        for (group,), own in told.group_by("group", maintain_order=True)
    }


def variance(shares: pl.DataFrame, page: RoundPage) -> Publishable:
    """Give the shares of the variance of populations of enough people, for indicators that enough have."""
    enough = (pl.col("people") >= page.threshold) & (pl.col("apart") >= page.threshold)
    values = ("share", "share_low", "share_high")
    told = shares.filter(pl.col("population").is_in(_populations(page))).with_columns(
        pl.when(enough).then(name).alias(name) for name in values
    )
    hidden = told["share"].null_count()
    return Publishable(told.drop("apart", "variance", "covariance"), page.threshold, hidden=hidden)


def levers(atlas: pl.DataFrame, page: RoundPage) -> Publishable:
    """Give the ends of levers that move enough people, without anybody's row."""
    enough = pl.col("people") >= page.threshold
    ends = [name for name in ("end", "overtaking") if name in atlas.columns]
    told = atlas.drop(PEOPLE, strict=False).with_columns(
        enough.alias("told"), *(pl.when(enough).then(name).alias(name) for name in ends)
    )
    return Publishable(told.drop("people"), page.threshold, hidden=told.filter(~pl.col("told")).height)


def _populations(page: RoundPage) -> list[str]:
    return [ADMITTED, MARGIN] if page.compare else [ADMITTED]
