"""The tables and the summary of an experiment over several years: a row a draw and round."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from simulate.engine import Level
from simulate.experiment.frames import cutoffs_of, levels_frame
from simulate.experiment.summary import SCHEMA, Counted, Summariser
from simulate.experiment.years.outcomes import PEOPLE, Arrays

SUMMARY = {"round": pl.Int64, **SCHEMA}


def outcomes_frame(arrays: Arrays, rounds: Sequence[int]) -> pl.DataFrame:
    """Return a row a draw and round, with ``mean_waited`` in years, null where nobody is admitted."""
    n = len(arrays["admitted"])
    frame = pl.DataFrame(
        {
            **_places(n, rounds),
            **{name: arrays[name].ravel() for name in ("cutoff_exact", *PEOPLE, "waited")},
        }
    )
    some = pl.col("admitted") > 0
    mean = pl.when(some).then(pl.col("waited") / pl.col("admitted")).alias("mean_waited")
    return frame.select("draw", "round", *cutoffs_of("cutoff_exact"), *PEOPLE, mean)


def groups_frame(arrays: Arrays, rounds: Sequence[int], levels: Sequence[Level]) -> pl.DataFrame:
    """Return a row a draw, round and level: the admitted of the level and their share of all admitted."""
    counts = arrays["group_counts"]
    places = pl.DataFrame(_places(len(counts), rounds))
    by_level = counts.reshape(places.height, len(levels))
    return levels_frame(places, by_level, levels, arrays["admitted"].ravel())


def _places(draws: int, rounds: Sequence[int]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    return {
        "draw": np.repeat(np.arange(draws, dtype=np.int64), len(rounds)),
        "round": np.tile(np.array(rounds, dtype=np.int64), draws),
    }


def summary_frame(
    arrays: Arrays, rounds: Sequence[int], levels: Sequence[Level], summariser: Summariser
) -> pl.DataFrame:
    """Return the rows of every round, its number before them."""
    rows = [
        (year, *row)
        for at, year in enumerate(rounds)
        for row in summariser.rows(
            Counted(
                arrays["cutoff_exact"][:, at],
                {name: arrays[name][:, at] for name in PEOPLE},
                arrays["group_counts"][:, at],
                tuple(levels),
            )
        )
    ]
    return pl.DataFrame(rows, schema=SUMMARY, orient="row")
