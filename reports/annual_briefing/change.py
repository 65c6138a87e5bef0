"""What is different from the round before, where its cohort is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from reports import cells, disclosure
from reports.blocks import Block, Blocks, Cell, Heading, Paragraph, Row
from reports.cohort import OutOfForce, scored_cohort
from reports.round_page import RoundPage
from reports.sections import table
from scoring.rulebook import Rulebook
from simulate import distribution
from simulate.distribution import ADMITTED

if TYPE_CHECKING:
    from reports.disclosure import Publishable

COUNTS = ("applicants", "eligible", "admitted", "tied")


@dataclass(frozen=True)
class Before:
    """The round before: its page, and its people by every column it has in common with this one."""

    page: RoundPage
    people: Mapping[str, pl.DataFrame]


def before(page: RoundPage, previous: str, *, quota: int) -> Before | None:
    """Read and score the cohort of the round before, under the rules then in force; None without one.

    A *quota* of 0 stands for as many places as in this round.
    """
    if not previous:
        return None
    year = page.round_year - 1
    rules = _rules_of(year)
    scored = scored_cohort(previous, rules=rules, round_year=year, quota=quota or page.quota)
    told = RoundPage.of(scored, cohort=previous, lang=page.words.lang, threshold=page.threshold)
    shared = [by for by in page.dimensions if by in told.dimensions]
    return Before(told, {by: distribution.composition(scored, by) for by in shared})


def change(page: RoundPage, people: Mapping[str, pl.DataFrame], earlier: Before | None) -> Block:
    """Tell what changed since the round before: its numbers, and who the admitted are.

    Nothing is shown that the two rounds' own briefings do not show: a group that either hides, or joins with
    others, has no change.
    """
    if earlier is None:
        return Blocks([])
    say = page.say
    parts: list[Block] = [
        Heading(say("since_last_round.heading", year=earlier.page.round_year)),
        Paragraph(say("since_last_round.lead", footer=earlier.page.footer)),
        _numbers(page, earlier.page),
    ]
    if ADMITTED in page.populations and ADMITTED in earlier.page.populations:
        parts += [_composition(page, people[by], earlier, by=by) for by in earlier.people]
    return Blocks(parts)


def _rules_of(year: int) -> str:
    """Name the rules in force in a round, or raise OutOfForce where none were."""
    for name in Rulebook.names():
        if Rulebook.load(name).in_force(year):
            return name
    raise OutOfForce(f"previous: no rules were in force in the round of {year}; leave the comparison out")


def _numbers(page: RoundPage, earlier: RoundPage) -> Block:
    words, years = page.words, (earlier.round_year, page.round_year)
    rows = [
        Row(
            page.say("glance.cutoff"),
            [
                cells.points(words, earlier.cutoff),
                cells.points(words, page.cutoff),
                _signed(page, earlier.cutoff, page.cutoff, form="0.00"),
            ],
        )
    ]
    before_, now = earlier.headline, page.headline
    for name in COUNTS:
        if page.only_admitted and name in ("applicants", "eligible"):
            continue
        shown = [cells.people(words, counts[name]) for counts in (before_, now)]
        difference = _signed(page, before_[name], now[name], form="#,##0")
        few = difference.value is not None and abs(difference.value) in range(1, page.threshold)
        rows.append(Row(page.say(f"glance.{name}"), [*shown, cells.HIDDEN_CELL if few else difference]))
    return table(
        page,
        "since-last-round",
        caption=page.say("since_last_round.caption", before=years[0], now=years[1]),
        head=[
            page.say("since_last_round.column_number"),
            *map(str, years),
            page.say("since_last_round.column_change"),
        ],
        rows=rows,
    )


def _composition(page: RoundPage, people: pl.DataFrame, earlier: Before, *, by: str) -> Block:
    now = _shares(page, people)
    then = _shares(earlier.page, earlier.people[by])
    words, rows = page.words, []
    for (levels, other), share in now.items():
        was = then.get((levels, other)) if not other else None
        shown = [cells.share(words, value) for value in (was, share)]
        moved = _signed(page, was and was * 100, share and share * 100, form="0.0")
        rows.append(Row(words.levels(by, levels, other=other), [*shown, moved]))
    dimension = words.name("dimension", by)
    return table(
        page,
        f"since-last-round-{page.dimensions.index(by) + 1}",
        caption=page.say("since_last_round.caption_of", dimension=dimension),
        head=[
            words.title("dimension", by),
            str(earlier.page.round_year),
            str(page.round_year),
            page.say("since_last_round.column_points"),
        ],
        rows=rows,
    )


def _shares(page: RoundPage, frame: pl.DataFrame) -> dict[tuple[tuple[str | None, ...], bool], Any]:
    """Give the admitted's share of every row that the round's own briefing shows."""
    told: Publishable = disclosure.composition(frame, threshold=page.threshold, populations=page.populations)
    return {
        (tuple(row["levels"]), row["other"]): row["admitted_share"] for row in told.frame.rows(named=True)
    }


def _signed(page: RoundPage, before_: Any, now: Any, *, form: str) -> Cell:
    """Write a difference with its sign: people, points, or percentage points."""
    if before_ is None or now is None:
        return cells.HIDDEN_CELL
    value = now - before_
    sign = "+" if value > 0 else "−" if value < 0 else ""
    words = page.words
    size = {"#,##0": words.people, "0.00": words.points, "0.0": "{:.1f}".format}[form](abs(value))
    return cells.number(f"{sign}{size}", float(value), form)
