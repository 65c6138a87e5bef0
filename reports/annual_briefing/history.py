"""The rounds before: what the city has published of each."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import polars as pl

from reports import cells
from reports.blocks import Block, Blocks, Cell, Figure, Heading, Paragraph, Row
from reports.charts.lines import Axes, Dot, Mark, lines
from reports.charts.theme import figure
from reports.round_page import RoundPage
from reports.sections import table

COLUMNS = ("quota", "applicants", "admitted", "cutoff", "median", "highest")


def history(page: RoundPage, rounds: pl.DataFrame) -> Block:
    """Tell the published rounds up to this one, or all where there are none so early.

    *rounds* is what `synthetic_data.published.rounds` gives; points in hundredths, null where not known.
    """
    until = rounds.filter(pl.col("round") <= page.round_year)
    rows = (until if until.height > 1 else rounds).sort("round").rows(named=True)
    say = page.say
    head = [say(f"published_rounds.column_{name}") for name in ("round", *COLUMNS)]
    return Blocks(
        [
            Heading(say("published_rounds.heading")),
            Paragraph(say("published_rounds.lead")),
            _chart(page, rows),
            table(
                page,
                "published-rounds",
                caption=say("published_rounds.caption"),
                head=head,
                rows=[
                    Row(str(row["round"]), [_cell(page, row[name], name) for name in COLUMNS]) for row in rows
                ],
                note=say("published_rounds.note"),
            ),
        ]
    )


def _chart(page: RoundPage, rows: list[dict[str, Any]]) -> Figure:
    say, points = page.say, page.words.points
    known = [row for row in rows if row["cutoff"] is not None]
    dots = [
        Dot(say("published_rounds.column_cutoff"), row["round"], row["cutoff"] / 100, points(_points(row)))
        for row in known
    ]
    axes = Axes(say("published_rounds.column_round"), say("published_rounds.axis_cutoff"))
    first, last = known[0], known[-1]
    title = say(
        "published_rounds.title",
        first=first["round"],
        first_cutoff=points(_points(first)),
        last=last["round"],
        last_cutoff=points(_points(last)),
    )
    return figure(
        lines(dots, axes, marks=_changes(page, known)),
        page,
        key="published-rounds",
        title=title,
        subtitle=say("published_rounds.subtitle"),
        description=say("published_rounds.alt", title=title),
        footer=say("published_rounds.source"),
    )


def _changes(page: RoundPage, rows: list[dict[str, Any]]) -> list[Mark]:
    """Mark the rounds in which other rules came into force."""
    pairs = pairwise(rows)
    return [
        Mark(later["round"], page.say("published_rounds.new_rules"))
        for earlier, later in pairs
        if earlier["rulebook"] != later["rulebook"]
    ]


def _points(row: dict[str, Any]) -> Decimal:
    return Decimal(row["cutoff"]) / 100


def _cell(page: RoundPage, value: int | None, column: str) -> Cell:
    if value is None:
        return cells.text(page.say("published_rounds.unknown"))
    if column in ("quota", "applicants", "admitted"):
        return cells.people(page.words, value)
    return cells.points(page.words, Decimal(value) / 100)
