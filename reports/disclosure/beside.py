"""The admitted by level under several settings, each beside the same baseline."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reports.disclosure.bins import runs
from reports.disclosure.composition import MOST_LEVELS, OTHERS, with_others
from reports.disclosure.threshold import Publishable, checked

LEAST = 0.03
"""Share of the admitted below which a level is joined with others, beside the threshold."""

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

_SCHEMA: dict[str, pl.DataType] = {
    "setting": pl.String(),
    "levels": pl.List(pl.String()),
    "other": pl.Boolean(),
    "baseline_share": pl.Float64(),
    "share_change": pl.Float64(),
    "within": pl.Float64(),
}


def beside(frame: pl.DataFrame, *, ordered: bool, threshold: int) -> Publishable:
    """Tell by how much settings move each level's share of the admitted, and of few people only a bound.

    Levels with few of the baseline's admitted are joined, with a neighbour where they have an order and into
    a last row of others where they have none. Where fewer people than the threshold make the difference, or
    none, the change is not told but that it is no more; where too few of a level are admitted, nothing is.
    The totals are taken to be known: levels are hidden with these until nobody can tell, to within the
    threshold, by how many people one differs.

    Args:
        frame: ``setting``, ``level``, ``baseline`` and ``admitted`` people of one group, a row a setting and
            level, each setting with the same levels in the same order.
        ordered: whether levels stand in an order of their own.
        threshold: people.

    Returns:
        A row a setting and joined level: ``setting``, ``levels`` (a list), ``other``, ``baseline_share``,
        ``share_change`` where it is exact, and ``within``, the bound on it where it is not; both null where
        it is hidden. No rows where too few are admitted for two levels.

    """
    checked(threshold)
    settings = frame["setting"].unique(maintain_order=True).to_list()
    people = frame.filter(pl.col("setting") == settings[0])["baseline"].to_list() if settings else []
    if sum(people) < threshold:
        return Publishable(pl.DataFrame(schema=_SCHEMA), threshold, hidden=frame.height)
    least = max(threshold, ceil(LEAST * sum(people)))
    joint = runs(people, least) if ordered else with_others(people, least, MOST_LEVELS)
    if len(set(joint)) < 2:
        return Publishable(pl.DataFrame(schema=_SCHEMA), threshold, merged=len(people))
    told = pl.concat(_told(frame.filter(setting=one), joint, threshold) for one in settings)
    return Publishable(
        told,
        threshold,
        hidden=told["share_change"].null_count(),
        merged=len(people) - told.height // len(settings),
    )


def _told(own: pl.DataFrame, joint: Sequence[int], threshold: int) -> pl.DataFrame:
    grouped = own.group_by(pl.Series("run", joint, dtype=pl.Int64), maintain_order=True)
    rows = grouped.agg(pl.col("level").alias("levels"), pl.col("baseline", "admitted").sum()).sort("run")
    before, after = (rows[name].to_numpy() for name in ("baseline", "admitted"))
    small, hide = _unsaid(before, after, threshold)
    share, places = before / before.sum(), max(1, int(after.sum()))
    within = (threshold + share * abs(places - int(before.sum()))) / places
    exact = pl.Series(~(small | hide))
    return rows.select(
        pl.lit(own["setting"][0]).alias("setting"),
        "levels",
        (pl.col("run") == OTHERS).alias("other"),
        pl.Series("baseline_share", share),
        pl.when(exact).then(pl.Series(after / places - share)).alias("share_change"),
        pl.when(pl.Series(small & ~hide)).then(pl.Series(within)).alias("within"),
    )


def _unsaid(before: Whole, after: Whole, threshold: int) -> tuple[Mask, Mask]:
    """Choose the levels of which a bound is told, and those of which nothing is, bool [levels] each."""
    differ = after - before
    small = np.abs(differ) < threshold
    hide = (after < threshold) & ~small
    free = [int(level) for level in np.argsort(np.abs(differ), kind="stable") if not (small | hide)[level]]
    while not _safe(small, hide, before=before, after=after, threshold=threshold):
        if not free:
            return np.zeros_like(small), np.ones_like(hide)
        hide[free.pop(0)] = True
    return small, hide


def _safe(small: Mask, hide: Mask, *, before: Whole, after: Whole, threshold: int) -> bool:
    """Say whether nobody who knows the totals can tell a level of few to within the threshold.

    What is not printed sums to a number that everyone knows, each within its bound; so that a level reaches
    from what is left when all others are as large as can be, to what is left when they are as small.
    """
    unsaid = np.flatnonzero(small | hide)
    whole = after[unsaid].sum()
    low = np.where(hide, 0, np.maximum(0, before - threshold + 1))[unsaid]
    high = np.where(hide, whole, before + threshold - 1)[unsaid]
    least = np.maximum(low, whole - (high.sum() - high))
    most = np.minimum(high, whole - (low.sum() - low))
    few = ((after < threshold) | ((after != before) & small))[unsaid]
    return bool((most - least)[few].min(initial=threshold) >= threshold)
