"""Merge categories with few people: what only a handful share points at them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from scoring.cohort.identity import HAN

LEAST_THRESHOLD = 5
THRESHOLD = 10

# What the rest is called, by the language of the categories.
OTHERS = ("其他", "other")


@dataclass(frozen=True)
class Merged:
    """Hold a column after merging, None where nothing would be left, with how many categories and people."""

    values: pl.Series | None = field(repr=False)
    categories: int = 0
    people: int = 0


def merged(values: pl.Series, *, threshold: int, others: str | None) -> Merged:
    """Merge the categories that fewer than *threshold* people have into *others*; None empties their cells.

    Empty cells are no category. When those merged, with those who were there already, are still fewer than
    *threshold*, the next smallest category joins them; when none would remain beside them, the column goes.
    """
    people = pl.col("people")
    counts = values.value_counts(name="people").sort("people", values.name, nulls_last=True)
    levels = counts.drop_nulls()
    takes_in = pl.col(values.name).eq_missing(pl.lit(others, dtype=pl.String))
    if levels.filter(people < threshold).is_empty():
        return Merged(values)
    there = int(counts.filter(takes_in).get_column("people").sum())
    ordered = levels.remove(takes_in).with_columns(together=people.cum_sum() - people + there)
    small = ordered.filter((people < threshold) | (pl.col("together") < threshold))
    found = small.height, int(small.get_column("people").sum())
    if small.height == ordered.height:
        return Merged(None, *found)
    gone = values.is_in(small.get_column(values.name).implode())
    left = pl.select(pl.when(gone).then(pl.lit(others, dtype=pl.String)).otherwise(values)).to_series()
    return Merged(left.alias(values.name), *found)


def name_of_others(values: pl.Series) -> str:
    """Return what the merged categories are called: a name that is there already, else by the language.

    >>> name_of_others(pl.Series(["制造业", "金融业"])), name_of_others(pl.Series(["trade", "other"]))
    ('其他', 'other')
    """
    known = values.unique().drop_nulls().to_list()
    for name in OTHERS:
        if name in known:
            return name
    return OTHERS[0] if any(re.search(f"[{HAN}]", value) for value in known) else OTHERS[1]
