"""What of a quota curve may be published: steps between quotas that count enough people, in every group."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reports.disclosure.threshold import Publishable, checked

Cells = NDArray[np.int64]

_COUNTED: dict[str, pl.DataType] = {
    "quota": pl.Int64(),
    "levels": pl.List(pl.String()),
    "other": pl.Boolean(),
    "pool": pl.Int64(),
    "admitted": pl.Int64(),
}
_RATES: dict[str, pl.DataType] = {**_COUNTED, "admission_rate": pl.Float64()}


def curve(frame: pl.DataFrame, *, threshold: int) -> Publishable:
    """Keep the quotas of a curve between which enough people lie, and hide a slope that rests on too few.

    The frame is that of `simulate.quota.QuotaCurve.at`. Of two quotas whose admitted differ by fewer people
    than the threshold, the later one is left out, and so is one that admits too few or leaves too few over.
    """
    checked(threshold)
    kept, before = [], 0
    for row in frame.sort("quota").iter_rows(named=True):
        enough = row["admitted"] - before >= threshold and row["backlog"] not in range(1, threshold)
        kept.append(enough)
        before = row["admitted"] if enough else before
    told = (
        frame.sort("quota")
        .filter(pl.Series(kept, dtype=pl.Boolean))
        .drop("tied", "tied_low", "tied_high", strict=False)
    )
    few = pl.col("people_per_point") < threshold
    told = told.with_columns(pl.when(~few).then("people_per_point").alias("people_per_point"))
    hidden = told["people_per_point"].null_count()
    return Publishable(told, threshold, hidden=hidden, merged=frame.height - told.height)


def group_rates(frame: pl.DataFrame, *, ordered: bool, threshold: int) -> Publishable:
    """Join levels until every level has enough people between any two quotas, and beyond the last.

    The frame is that of `simulate.quota.QuotaCurve.groups_at` for one group. Whatever can be computed from
    what is left, a sum of such cells, counts enough people as well. Levels that have an order are joined with
    a neighbour, others into one row of others. Empty where not even everybody together is enough.

    Columns: ``quota``, ``levels`` (a list), ``other``, ``pool``, ``admitted``, ``admission_rate``.
    """
    checked(threshold)
    quotas = frame["quota"].unique().sort()
    levels = frame["level"].unique(maintain_order=True).to_list()
    if frame.is_empty():
        return Publishable(pl.DataFrame(schema=_RATES), threshold)
    admitted = np.stack([frame.filter(pl.col("quota") == quota)["admitted"].to_numpy() for quota in quotas])
    pool = frame.filter(pl.col("quota") == quotas[0])["pool"].to_numpy()
    reached = np.concatenate([admitted, pool[np.newaxis]]).T
    runs = _joined(np.diff(reached, prepend=0, axis=1), threshold, ordered=ordered)
    rows = [
        {
            "quota": quota,
            "levels": [levels[level] for level in run],
            "other": not ordered and len(run) > 1,
            "pool": int(pool[run].sum()),
            "admitted": int(reached[run, number].sum()),
        }
        for run in runs
        for number, quota in enumerate(quotas.to_list())
    ]
    told = pl.DataFrame(rows, schema=_COUNTED).with_columns(
        admission_rate=pl.col("admitted") / pl.col("pool")
    )
    return Publishable(told, threshold, merged=len(levels) - len(runs))


def _joined(cells: Cells, threshold: int, *, ordered: bool) -> list[list[int]]:
    """Join rows of cells until all cells count enough; no row is left where even the sum does not."""
    runs = [[row] for row in range(len(cells)) if cells[row].any()]
    while runs:
        small = [number for number, run in enumerate(runs) if cells[run].sum(axis=0).min() < threshold]
        if not small:
            return runs
        if len(runs) == 1:
            return []
        runs = _with_neighbour(runs, cells, small[0]) if ordered else _into_others(runs, cells, small)
    return runs


def _with_neighbour(runs: list[list[int]], cells: Cells, number: int) -> list[list[int]]:
    """Join a run with its smaller neighbour."""
    sides = [side for side in (number - 1, number + 1) if 0 <= side < len(runs)]
    other = min(sides, key=lambda side: int(cells[runs[side]].sum()))
    first, last = sorted((number, other))
    return [*runs[:first], runs[first] + runs[last], *runs[last + 1 :]]


def _into_others(runs: list[list[int]], cells: Cells, small: list[int]) -> list[list[int]]:
    """Join all small rows, and with a lone one the smallest of the rest, into others, which come last."""
    rest = sorted(set(range(len(runs))) - set(small), key=lambda number: int(cells[runs[number]].sum()))
    taken = small if len(small) > 1 else [*small, rest[0]]
    others = sorted(level for number in taken for level in runs[number])
    return [*(run for number, run in enumerate(runs) if number not in taken), others]
