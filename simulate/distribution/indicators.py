"""Tell what each of the ten columns gives the pool and the admitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from scoring.indicators import COLUMNS
from simulate.distribution.intervals import ENDS, divided, mean, wilson
from simulate.distribution.populations import ADMITTED, POOL, hundredths, pool

if TYPE_CHECKING:
    from scoring.scored import Scored

#: The two published columns that only take points away: having some means being below zero.
DEDUCTIONS = ("study_deduction", "law_abiding")


def indicators(scored: Scored) -> pl.DataFrame:
    """Give each of the ten columns' mean points and how many people have some, for pool and admitted.

    Columns: `indicator`, `population` (`pool` or `admitted`), `people`, `mean_points`, `counted`, `share`;
    mean and share have their `_low` and `_high` (as for a normal mean, and Wilson's).
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
        counted = int((points != 0 if name in DEDUCTIONS else points > 0).sum())
        shares = (divided(counted, total), *wilson(counted, total))
        means = [one / 100 for one in mean(points)]
        rows.append((name, population, total, *means, counted, *map(float, shares)))
    counts = dict.fromkeys(("people", "counted"), pl.Int64)
    numbers = {f"{name}{end}": pl.Float64 for name in ("mean_points", "share") for end in ENDS}
    kinds = {"indicator": pl.String, "population": pl.String, **counts, **numbers}
    order = ["indicator", "population", "people", *list(numbers)[:3], "counted", *list(numbers)[3:]]
    return pl.DataFrame(rows, schema={name: kinds[name] for name in order}, orient="row").fill_nan(None)
