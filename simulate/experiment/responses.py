"""What a result says of its levers: how the cutoff moves with each, and how many of a level are admitted.

A lever's draws are put into parts by its value. The part of the variance of the cutoff that lies between
parts is the lever's first-order share, read off a given sample (Plischke, Borgonovo and Smith 2013): it needs
no design of its own. Parts lose a little: of a straight line, one in the square of their number.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from simulate.engine import UNIT
from simulate.experiment.summary import EXACT

Values = NDArray[np.float64]

PARTS, MANY = (5, 10), 1_000
"""Parts of a lever with more values than that: five, and ten from so many draws on."""
BLOCKS = 20
"""Parts of the draws that are left out in turn, for the error of a share."""


def responses(draws: pl.DataFrame, outcomes: pl.DataFrame) -> pl.DataFrame:
    """Return how the cutoff moves with each lever, from the tables of a result.

    Columns: ``lever``; ``low`` and ``high`` of the part's values, null for a choice, which ``choice`` names;
    ``draws`` in the part; ``cutoff``, their mean in points, and its ``standard_error`` as of random draws,
    null for one draw. Parts go from the lowest values up. Draws without a cutoff have no part in it.
    """
    table = _with_cutoff(draws, outcomes)
    return pl.concat([_of_lever(table, lever) for lever in _levers(draws)])


def bins(outcomes: pl.DataFrame, *, most: int) -> pl.DataFrame:
    """Return how many draws have a cutoff from ``lower`` to below ``upper``: at most so many bins, in points.

    Columns: ``lower``, ``upper``, ``draws``. Bins are 1, 2 or 5 times a power of ten wide, not below 0.01,
    and begin at a multiple of their width; between the lowest and the highest cutoff none is left out.
    """
    exact = outcomes["cutoff_exact"].drop_nulls().to_numpy()
    if not len(exact):
        return pl.DataFrame(schema={"lower": pl.Float64, "upper": pl.Float64, "draws": pl.Int64})
    widths = (step * 10**power for power in range(9) for step in (1, 2, 5))
    width = next(width for width in widths if np.ptp(exact // (width * UNIT)) < most)
    places = exact // (width * UNIT)
    counts = np.bincount(places - places.min())
    edges = (places.min() + np.arange(len(counts) + 1)) * width / 100
    return pl.DataFrame({"lower": edges[:-1], "upper": edges[1:], "draws": counts.astype(np.int64)})


def explained(draws: pl.DataFrame, outcomes: pl.DataFrame) -> pl.DataFrame:
    """Return how much of the variance of the cutoff each lever explains by itself, from a result's tables.

    Columns: ``lever``; ``share``, freed from what chance alone would explain, and so sometimes below 0; its
    ``standard_error``, a jackknife over twenty blocks of draws. Both are null where the cutoff never moves
    and where there are too few draws.
    """
    table = _with_cutoff(draws, outcomes)
    cutoffs = table["cutoff"].to_numpy()
    rows = [(lever, *_share(_parts(table[lever]), cutoffs)) for lever in _levers(draws)]
    schema = {"lever": pl.String, "share": pl.Float64, "standard_error": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def levels(groups: pl.LazyFrame, *, most: int) -> pl.DataFrame:
    """Return how many of each level are admitted over the draws, from the table of groups of a result.

    Columns: ``group``; ``level``, null for those whom the group does not place; ``others``, how many levels
    beyond the *most* of a group the row takes together, else 0; of the number admitted ``mean``, ``p05`` and
    ``p95``, people; ``share``, the mean share of the admitted. Rows keep their order, the others come last.
    """
    level, size = ("group", "level"), pl.col("size")
    known = groups.group_by(level, maintain_order=True).agg(pl.col("admitted").mean().alias("size"))
    place = size.rank("ordinal", descending=True).over("group")
    beyond = (pl.len().over("group") > most) & (place >= most)
    # The number of a row: its first level's, those beyond in one.
    own = pl.int_range(pl.len())
    rows = known.with_columns(beyond.alias("beyond")).with_columns(
        pl.when("beyond").then(own.max().over("group", "beyond")).otherwise(own).alias("row")
    )
    drawn = (
        groups.join(rows, on=level, nulls_equal=True)
        .group_by("draw", "row")
        .agg(pl.col("admitted").sum(), pl.col("share").sum())
    )
    admitted = pl.col("admitted")
    told = drawn.group_by("row").agg(
        admitted.mean().alias("mean"),
        *(admitted.quantile(end, "linear").alias(f"p{end * 100:02.0f}") for end in (0.05, 0.95)),
        pl.col("share").mean(),
    )
    named = rows.group_by("row").agg(
        pl.col("group").first(),
        pl.when(~pl.col("beyond").first()).then(pl.col("level").first()).alias("level"),
        pl.col("beyond").sum().cast(pl.Int64).alias("others"),
    )
    last = (pl.col("row").min().over("group"), pl.col("others") > 0, "row")
    ordered = named.join(told, on="row").sort(*last)
    return ordered.select("group", "level", "others", "mean", "p05", "p95", "share").collect()


def _with_cutoff(draws: pl.DataFrame, outcomes: pl.DataFrame) -> pl.DataFrame:
    known = outcomes.drop_nulls("cutoff_exact").select(
        "draw", (pl.col("cutoff_exact") / EXACT).alias("cutoff")
    )
    return draws.join(known, on="draw", how="inner", maintain_order="left")


def _levers(draws: pl.DataFrame) -> list[str]:
    return [name for name in draws.columns if name != "draw"]


def _of_lever(table: pl.DataFrame, lever: str) -> pl.DataFrame:
    value, cutoff = pl.col(lever), pl.col("cutoff")
    named = table[lever].dtype == pl.String
    ends = (
        (pl.lit(None, pl.Float64),) * 2
        if named
        else (value.min().cast(pl.Float64), value.max().cast(pl.Float64))
    )
    parts = table.group_by(pl.Series("part", _parts(table[lever])), maintain_order=True).agg(
        pl.lit(lever).alias("lever"),
        ends[0].alias("low"),
        ends[1].alias("high"),
        (value.first() if named else pl.lit(None, pl.String)).alias("choice"),
        pl.len().alias("draws"),
        cutoff.mean().alias("cutoff"),
        (cutoff.std() / pl.len().sqrt()).alias("standard_error"),
    )
    columns = ("lever", "low", "high", "choice", "draws", "cutoff", "standard_error")
    return parts.sort("part").select(pl.col("lever").cast(pl.String), *columns[1:])


def _parts(values: pl.Series) -> NDArray[np.int64]:
    """Give each draw the number of its part: a part a value where they are few, else parts of equal size."""
    most = PARTS[len(values) >= MANY]
    if values.dtype == pl.String or values.n_unique() <= most:
        return np.unique(values.to_numpy(), return_inverse=True)[1].astype(np.int64)
    numbers = values.to_numpy()
    edges = np.quantile(numbers, np.arange(1, most) / most)
    return np.unique(np.searchsorted(edges, numbers, side="right"), return_inverse=True)[1].astype(np.int64)


def _share(parts: NDArray[np.int64], cutoffs: Values) -> tuple[float | None, float | None]:
    """Return the part of the variance between parts and its error, from sums over part and block."""
    # Shuffled, since neighbours in a design are chosen to differ; so the error is that of random draws.
    blocks = np.random.default_rng(0).permutation(len(parts)) % BLOCKS
    size = (int(parts.max(initial=-1)) + 1, BLOCKS)
    if len(parts) <= BLOCKS * size[0] or not np.ptp(cutoffs):
        return None, None
    cell = parts * BLOCKS + blocks
    # About the mean, so that squares lose no digits.
    apart = cutoffs - cutoffs.mean()
    sums = [np.bincount(cell, weights, size[0] * BLOCKS).reshape(size) for weights in (None, apart, apart**2)]
    whole = _ratio(*(one.sum(axis=1, keepdims=True) for one in sums))
    without = _ratio(*(one.sum(axis=1, keepdims=True) - one for one in sums))
    spread = ((without - without.mean()) ** 2).sum() * (BLOCKS - 1) / BLOCKS
    return float(whole[0]), float(np.sqrt(spread))


def _ratio(counts: Values, sums: Values, squares: Values) -> Values:
    """Return the adjusted correlation ratio, float64 [m], of sums by part, float64 [parts, m]."""
    n, filled = counts.sum(axis=0), (counts > 0).sum(axis=0)
    between = np.divide(sums**2, counts, out=np.zeros_like(sums), where=counts > 0).sum(axis=0)
    mean = sums.sum(axis=0) ** 2 / n
    total = squares.sum(axis=0) - mean
    within = (squares.sum(axis=0) - between) / (n - filled)
    return np.asarray((between - mean - (filled - 1) * within) / total)
