"""Tell what each of the ten columns gives the pool and the admitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from scoring.indicators import COLUMNS
from simulate.distribution.populations import ADMITTED, POOL, hundredths, pool

if TYPE_CHECKING:
    from scoring.scored import Scored

#: The two published columns that only take points away: having some means being below zero.
DEDUCTIONS = ("study_deduction", "law_abiding")


def indicators(scored: Scored) -> pl.DataFrame:
    """Give each of the ten columns' mean points and how many people have some, for pool and admitted.

    Columns: `indicator`, `population` (`pool` or `admitted`), `people`, `mean_points`, `counted`, `share`.
    `counted` are the people above zero; in the two columns that only take points away (study deduction,
    law-abiding) they are the people with a deduction, that is whose points are not zero.
    """
    everyone = pool(scored)
    parts = [
        _indicators(everyone, population=POOL),
        _indicators(everyone.filter("admitted"), population=ADMITTED),
    ]
    return pl.concat(parts)


def _indicators(people: pl.DataFrame, *, population: str) -> pl.DataFrame:
    total = people.height
    rows = []
    for name in COLUMNS:
        points = people.select(hundredths(name)).to_series()
        counted = (points != 0 if name in DEDUCTIONS else points > 0).sum()
        mean = points.sum() / total / 100 if total else None
        rows.append((name, population, total, mean, counted, counted / total if total else None))
    schema = {
        "indicator": pl.String,
        "population": pl.String,
        "people": pl.Int64,
        "mean_points": pl.Float64,
        "counted": pl.Int64,
        "share": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
