"""Who the admitted are, beside the pool they came from, by one column of the cohort."""

from __future__ import annotations

from typing import Any

from reports.blocks import Figure
from reports.charts.bars import Bar, Titles, bars
from reports.charts.theme import figure
from reports.disclosure import Publishable
from reports.round_page import RoundPage
from reports.words import HIDDEN
from simulate.distribution import ADMITTED, LEVELS, POOL


def composition(frame: Publishable, page: RoundPage, *, by: str) -> Figure:
    """Draw the shares of each level among the admitted and in the pool."""
    key, dimension = f"composition-{page.dimensions.index(by) + 1}", page.words.name("dimension", by)
    drawn = []
    for row in frame.frame.rows(named=True):
        level = page.words.levels(by, row["levels"], other=row["other"])
        for population in page.populations:
            share = row[f"{population}_share"]
            value = None if share is None else share * 100
            drawn.append(Bar(level, population, value, HIDDEN if share is None else page.words.share(share)))
    titles = Titles(
        row=dimension,
        population=page.say("indicators.tip_population"),
        value=page.say("composition.tip_share"),
    )
    chart = bars(drawn, titles, words=page.words, populations=page.populations)
    title = _finding(frame, page, by)
    scope = page.words.join([page.words.name("of", name) for name in page.populations])
    alt_text = page.say("composition.alt", population=scope, dimension=dimension, title=title)
    return figure(
        chart,
        page,
        key=key,
        title=title,
        subtitle=page.say("composition.subtitle", population=page.populations_named(), dimension=dimension),
        description=alt_text,
        hides=any(bar.label == HIDDEN for bar in drawn),
    )


def _finding(frame: Publishable, page: RoundPage, by: str) -> str:
    """Tell the group whose share differs most between the populations, or else the largest."""
    name, share = page.words.name, page.words.share
    told = ADMITTED if ADMITTED in page.populations else POOL
    rows = [
        row for row in frame.frame.rows(named=True) if not row["other"] and row[f"{told}_share"] is not None
    ]
    if not rows:
        scope = page.words.join([name("of", population) for population in page.populations])
        return page.say("composition.title_plain", population=scope, dimension=name("dimension", by))
    both = [row for row in rows if page.compare and row["pool_share"] is not None]
    if both:
        apart = max(both, key=lambda row: abs(float(row["admitted_share"]) - float(row["pool_share"])))
        values = {"admitted": share(apart["admitted_share"]), "pool": share(apart["pool_share"])}
        return page.say("composition.title_both", level=_level(apart, page, by), **values)
    largest = max(rows, key=lambda row: float(row[f"{told}_share"]))
    values = {"population": name("of", told), "share": share(largest[f"{told}_share"])}
    return page.say("composition.title_one", level=_level(largest, page, by), **values)


def _level(row: dict[str, Any], page: RoundPage, by: str) -> str:
    """Name the levels of a row in a sentence: with their column, unless they speak for themselves."""
    level = page.words.levels(by, row["levels"])
    if by in LEVELS:
        return level
    return page.say("composition.of_dimension", dimension=page.words.name("dimension", by), level=level)
