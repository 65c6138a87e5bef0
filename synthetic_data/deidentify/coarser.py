"""One step coarser: what a quasi-identifier would become next, to see how much that helps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from scoring.rulebook.schema import DISTRICTS, SIX_DISTRICTS

How = Literal["year", "five_years", "six_districts", "level", "two_or_more", "twelves", "frequent"]

FREQUENT = 0.01
"""Categories with a smaller share of the people would be merged next."""


@dataclass(frozen=True)
class Coarser:
    """Name the step and hold the column after it."""

    how: How
    values: pl.Series = field(repr=False)


def one_step(values: pl.Series) -> Coarser | None:
    """Return a column one step coarser, or None where leaving it out is the next step.

    >>> one_step(pl.Series("minor_children", [0, 1, 2, 4])).values.to_list()
    [0, 1, 2, 2]
    """
    step = _dates(values) or _by_name(values) or _numbers(values) or _frequent(values)
    return step if step and step.values.n_unique() < values.n_unique() else None


def _dates(values: pl.Series) -> Coarser | None:
    if values.dtype != pl.Date:
        return None
    years = Coarser("year", values.dt.year())
    return years if years.values.n_unique() < values.n_unique() else Coarser("five_years", years.values // 5)


def _by_name(values: pl.Series) -> Coarser | None:
    if values.name in ("birth_year", "graduation_year"):
        return Coarser("five_years", values // 5)
    if values.name == "education":
        return Coarser("level", values.cast(pl.String).str.replace("_(?:diploma|degree)$", ""))
    if values.name == "minor_children":
        return Coarser("two_or_more", values.clip(upper_bound=2))
    if values.dtype != pl.Boolean and set(values.cast(pl.String).unique().drop_nulls()) <= set(DISTRICTS):
        return Coarser("six_districts", values.cast(pl.String).is_in(SIX_DISTRICTS))
    return None


def _numbers(values: pl.Series) -> Coarser | None:
    return Coarser("twelves", values // 12) if values.dtype.is_integer() else None


def _frequent(values: pl.Series) -> Coarser | None:
    if values.dtype == pl.Boolean or not (values.dtype == pl.String or isinstance(values.dtype, pl.Enum)):
        return None
    words = values.cast(pl.String)
    counts = words.value_counts(name="people")
    rare = counts.filter(pl.col("people") < FREQUENT * len(words)).get_column(values.name)
    rare = rare.drop_nulls()
    return Coarser("frequent", words.set(words.is_in(rare.implode()).fill_null(value=False), "other"))
