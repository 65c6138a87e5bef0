"""Points by indicator: means and shares that single nobody out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import polars as pl

from reports.disclosure.threshold import Publishable, checked
from simulate.distribution import ADMITTED, POOL


def indicators(frame: pl.DataFrame, *, threshold: int, withheld: Collection[str] = ()) -> Publishable:
    """Hide means that rest on too few people, and give a bound for shares that would single a few people out.

    Adds `bound`: `exact`; `below`, when fewer than the threshold have points and `share` is the threshold's
    own share; `above`, when fewer than the threshold have none; null where the pool's value is hidden,
    because the one of the admitted would leave few people between them. `counted` is dropped. *withheld*
    are indicators of which nothing is told, because a table of their levels hides some: mean and share are
    two more equations for the hidden ones.
    """
    checked(threshold)
    frame = frame.select("indicator", "population", "people", "mean_points", "counted", "share")
    rows = frame.rows(named=True)
    admitted = {row["indicator"]: row for row in rows if row["population"] == ADMITTED}
    told: list[dict[str, Any]] = []
    for row in rows:
        part = admitted.get(row["indicator"]) if row["population"] == POOL else None
        bound = None if row["indicator"] in withheld else _bound(row, part, threshold)
        edge = threshold / row["people"] if row["people"] else 0.0
        shares = {"exact": row["share"], "below": edge, "above": 1 - edge}
        mean = None if bound in (None, "below") else row["mean_points"]
        told.append({**row, "mean_points": mean, "share": shares.get(bound or ""), "bound": bound})
    out = pl.DataFrame(told, schema={**frame.schema, "bound": pl.String}).drop("counted")
    return Publishable(out, threshold, hidden=sum(row["bound"] != "exact" for row in told))


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
