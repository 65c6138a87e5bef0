"""A few people whose points are given by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from synthetic_data.population import Parameters, draw
from synthetic_data.population.careers import Careers, expected_line


def careers(
    totals: Mapping[int, Sequence[float]], *, applies_from: Sequence[int] | None = None, origin: int = 2022
) -> Careers:
    """Give people totals in points, round by round; all are eligible, and apply from 2018 on unless said."""
    size = len(next(iter(totals.values())))
    lives = draw(Parameters.load(), size=size, seed=1)
    lives = replace(lives, applies_from=np.array(applies_from or [2018] * size, np.int16))
    nothing = np.zeros(size, np.int16)
    return Careers(
        lives,
        {year: np.round(100 * np.array(values)).astype(np.int16) for year, values in totals.items()},
        {year: np.ones(size, np.bool_) for year in totals},
        nothing,
        nothing,
        nothing,
        expected_line(origin, max(totals)),
    )
