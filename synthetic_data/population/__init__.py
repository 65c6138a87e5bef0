"""Generate applicants who do not exist: lives first, and from them the facts of any round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from scoring.rulebook import Rulebook
from synthetic_data.population.draw import draw
from synthetic_data.population.fact_table import facts_of
from synthetic_data.population.lives import Lives
from synthetic_data.population.parameters import Parameters
from synthetic_data.population.points import points_of
from synthetic_data.population.pool import pool_parts

__all__ = ["Lives", "Parameters", "applicants", "draw", "facts", "facts_of", "points_of"]


def applicants(*, round_year: int, size: int, seed: int, parameters: Parameters | None = None) -> Lives:
    """Draw *size* applicants of a round who do not exist; the same seed gives the same people.

    They are numbered from 0 in their order. For more than memory holds see `pool.pool_parts`.

    Args:
        round_year: the year of the round.
        size: number of applicants.
        seed: 0 or more.
        parameters: how lives run; those that come with jifen if None.

    """
    parts = pool_parts(parameters or Parameters.load(), round_year=round_year, size=size, seed=seed)
    return replace(Lives.concat(list(parts)), person=np.arange(size, dtype=np.int32))


def facts(rules: Rulebook, *, round_year: int, size: int, seed: int) -> pl.DataFrame:
    """Draw the facts of *size* applicants of one round who do not exist; the same seed gives the same rows.

    Args:
        rules: facts are counted by its dates and windows.
        round_year: year of the round; everything is counted up to its reference date.
        size: number of applicants.
        seed: 0 or more.

    Returns:
        A frame in the columns and types of the cohort contract, with ``minor_children``, districts, employer
        and sector, and the group ``employer_size``.

    """
    return facts_of(applicants(round_year=round_year, size=size, seed=seed), rules, round_year)
