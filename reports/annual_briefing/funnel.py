"""The annual round as a funnel, from declaration to settlement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from reports import cells
from reports.blocks import Block, Blocks, Heading, Paragraph, Row
from reports.charts.funnel import Step, funnel_chart
from reports.round_page import RoundPage
from reports.sections import table
from simulate.funnel import COHORT, EXIT, STAGE

#: Steps that only a cohort with everybody's facts tells, and the exits that lie between them.
BEFORE_RANKING = ("declared", "employer_barred", "confirmed", "barred", "checked", "ineligible")
#: What is done with documents meanwhile, which is no exit.
CHECKING = ("questioned", "appealed", "appeal_upheld")


def funnel(page: RoundPage, steps: pl.DataFrame) -> Block:
    """Tell how many reach each step of the round and how many are lost, as far as the cohort knows.

    *steps* is what `simulate.funnel` gives. Steps before the ranking are left out where the cohort holds
    points alone, everything before the notice where it holds admitted people alone.
    """
    rows = list(_told(page, steps))
    stages = [
        Step(_name(page, row), row["people"], row["basis"] == COHORT) for row in rows if _drawn(page, row)
    ]
    if len(stages) < 2:
        return Blocks([])
    say = page.say
    return Blocks(
        [
            Heading(say("round_funnel.heading")),
            Paragraph(say("round_funnel.lead")),
            Paragraph(say("round_funnel.assumed"), "notice"),
            funnel_chart(stages, page),
            table(
                page,
                "funnel",
                caption=say("round_funnel.caption"),
                head=[say(f"round_funnel.column_{name}") for name in ("step", "people", "article", "basis")],
                rows=[_row(page, row) for row in rows],
                note=say("round_funnel.note"),
            ),
        ]
    )


def _told(page: RoundPage, steps: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Give the steps that this cohort tells, each with its people, None where they are too few to be told."""
    rows = {row["stage"]: row for row in steps.rows(named=True)}
    few = {name for name, row in rows.items() if row["basis"] == COHORT and _few(page, row["people"])}
    skipped = set(CHECKING)
    if page.level == "points":
        skipped |= {*BEFORE_RANKING}
    elif few & {*BEFORE_RANKING}:
        # Two stages with few people between them would tell those few: the way from the first to the ranking
        # is told in one step.
        skipped |= {"employer_barred", "confirmed", "barred", "checked"}
    if page.only_admitted:
        skipped |= {*BEFORE_RANKING, "ranked", "below_cutoff"}
    shown = page.headline
    known = {"declared": shown["applicants"], "ranked": shown["eligible"], "noticed": shown["admitted"]}
    for name, row in rows.items():
        if name not in skipped:
            people = known.get(name, row["people"])
            yield {**row, "people": None if _hidden(page, name, row, known=known) else people}


def _hidden(page: RoundPage, name: str, row: dict[str, Any], *, known: dict[str, int | None]) -> bool:
    """Say whether a step describes too few people, by itself or by the stages around it."""
    around = {"ineligible": ("declared", "ranked"), "below_cutoff": ("ranked", "noticed")}
    if any(known[stage] is None for stage in around.get(name, ())):
        return True
    if name in known:
        return known[name] is None
    if row["basis"] != COHORT:
        # A rate's part of a number that is told tells nobody; without the number there is no part.
        return known["noticed"] is None or (name == "children" and _few(page, row["people"]))
    return _few(page, row["people"])


def _few(page: RoundPage, people: int) -> bool:
    return 0 < people < page.threshold


def _drawn(page: RoundPage, row: dict[str, Any]) -> bool:
    return row["kind"] == STAGE and (row["people"] or 0) >= page.threshold


def _row(page: RoundPage, row: dict[str, Any]) -> Row:
    minus = page.say("round_funnel.minus") if row["kind"] == EXIT else ""
    people = cells.people(page.words, row["people"])
    if minus and row["people"]:
        people = cells.number(f"{minus}{people.text}", -row["people"], "#,##0")
    return Row(
        _name(page, row),
        [
            people,
            cells.text(page.say("round_funnel.article", article=row["article"])),
            cells.text(page.say(f"round_funnel.basis_{row['basis']}")),
        ],
    )


def _name(page: RoundPage, row: dict[str, Any]) -> str:
    return page.say(f"round_funnel.step.{row['stage']}")
