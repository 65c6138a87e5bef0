"""The facts of a round as the contract's table: `counting` gives the numbers, this their names and types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.cohort.contract_facts import FACTS
from scoring.indicators.education import LEVELS
from scoring.indicators.facts import Column
from scoring.rulebook import Rulebook
from scoring.rulebook.schema import DISTRICTS
from synthetic_data.population.counting import counted, districts
from synthetic_data.population.lives import NEVER_DAY, NONE, SIZES, Lives

SECTORS = (
    *("信息技术", "制造业", "金融业", "商务服务", "科研技术"),
    *("教育", "卫生", "建筑业", "批发零售", "其他"),
)
"""Sectors of the economy, in the order of the parameters' shares."""


FLAGS = ("insurance_in_order", "criminal_record", "suburban_home_in_december")


def facts_of(lives: Lives, rules: Rulebook, round_year: int) -> pl.DataFrame:
    """Count the facts of every person for a round, as the cohort contract has them.

    Args:
        lives: the people.
        rules: the rulebook whose dates and windows count.
        round_year: the year of the round; everything is counted up to its reference date.

    Returns:
        A row a person: the contract's columns in their narrow types, ``minor_children``, districts, employer
        and sector, and the group ``employer_size``. The same lives' records give the same facts.

    """
    numbers = counted(lives, rules, round_year)
    levels = _levels(lives, rules, round_year, numbers)
    columns = {
        "applicant_id": numbered("S", lives.person + 1, 8),
        **{name: pl.Series(values) for name, values in numbers.items() if name not in levels},
        **{name: named(values, names) for name, (values, names) in levels.items()},
        **{name: pl.Series(numbers[name].view(np.bool_)) for name in FLAGS},
        "birth_date": dated(lives.birth_day),
        "residence_permit_date": dated(lives.permit_day),
        "barred_through": years(numbers["barred_through"]),
        "employer_id": numbered("E", lives.employer, 7),
    }
    ordered = [name for name in FACTS.names if name in columns]
    return pl.DataFrame({name: columns[name] for name in (*ordered, "employer_size")})


Levels = dict[str, tuple[NDArray[Any], Sequence[str]]]


def _levels(lives: Lives, rules: Rulebook, round_year: int, numbers: dict[str, Column]) -> Levels:
    """Return the positions and the names of every column that is a level."""
    home, job = districts(lives, round_year)
    return {
        "sex": (lives.sex, ("female", "male")),
        "post": (lives.post, ("worker", "cadre")),
        "education": (numbers["education"], LEVELS),
        "innovation_award": (numbers["innovation_award"], rules.award_keys),
        "honour": (numbers["honour"], rules.honour_keys),
        "home_district": (home, DISTRICTS),
        "job_district": (job, DISTRICTS),
        "sector": (lives.sector, SECTORS),
        "employer_size": (lives.employer_size, SIZES),
    }


def numbered(letter: str, numbers: NDArray[Any], digits: int) -> pl.Series:
    """Return pseudonyms: a letter and the number in so many digits."""
    padded = pl.Series(numbers).cast(pl.String).str.zfill(digits)
    return pl.select(pl.format(f"{letter}{{}}", padded)).to_series()


def named(places: NDArray[Any], names: Sequence[str]) -> pl.Series:
    """Return names by their positions; `NONE` is null."""
    levels = pl.Series(names, dtype=pl.Enum(names))
    positions = pl.Series(places.astype(np.uint32))
    return levels.gather(positions.set(positions == NONE, None) if (places == NONE).any() else positions)


def dated(days: NDArray[np.int32]) -> pl.Series:
    """Return days since 1970-01-01 as dates; `NEVER_DAY` is null."""
    series = pl.Series(days.astype(np.int32))
    return (series.set(series == NEVER_DAY, None) if (days == NEVER_DAY).any() else series).cast(pl.Date)


def years(numbers: NDArray[np.integer]) -> pl.Series:
    """Return years; 0 is null."""
    series = pl.Series(numbers)
    return series.set(series == 0, None)
