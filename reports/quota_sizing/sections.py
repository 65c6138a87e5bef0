"""Quota sizing over one round, section by section: a quota curve in, pieces of a page out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from reports import cells, sections
from reports.blocks import Block, Blocks, Facts, Heading, Paragraph, Points
from reports.charts import quota_sizing as charts
from reports.disclosure import Publishable
from reports.disclosure import quota as disclosure
from reports.quota_sizing import tables
from reports.round_page import RoundPage
from simulate.distribution import LEVELS

if TYPE_CHECKING:
    from simulate.quota import QuotaCurve, Sizing, Uptake

ORDERED = ("career", "employer_size", "employer_applicants", "minor_children")
"""Traits beside those of the contract whose levels have an order."""


def opening(page: RoundPage) -> Block:
    """Open the page: its title and its question."""
    return sections.opening(
        page,
        title=page.say("quota_sizing.title", round=page.round_year),
        question=page.say("quota_sizing.question", round=page.round_year),
        remarks=[notice.text(page.words.lang) for notice in page.notices],
    )


def answers(page: RoundPage, curve: QuotaCurve, found: Sequence[Sizing]) -> Block:
    """Answer first: what the quota gives, and which quota meets each target."""
    say, words = page.say, page.words
    heading = Heading(say("quota_sizing.answers_heading"))
    if page.cutoff is None or page.admitted < page.threshold:
        return Blocks([heading, Paragraph(say("quota_sizing.too_few", threshold=page.threshold))])
    (row,) = disclosure.curve(curve.at([page.quota]), threshold=page.threshold).frame.rows(named=True) or (
        {"people_per_point": None},
    )
    slope = row["people_per_point"]
    facts = [
        (say("quota_sizing.quota"), cells.people(words, page.quota)),
        (say("quota_sizing.cutoff"), cells.points(words, page.cutoff)),
        (say("quota_sizing.slope"), cells.people(words, None if slope is None else round(slope))),
    ]
    if not page.only_admitted and page.headline["eligible"] is not None:
        left = page.eligible - page.admitted
        facts.append((say("quota_sizing.left_over"), cells.people(words, left)))
    parts: list[Block] = [heading, Facts(say("quota_sizing.answers_heading"), facts)]
    if slope is not None:
        parts.append(Paragraph(say("quota_sizing.slope_says", slope=words.people(round(slope)))))
    if found:
        parts.append(Paragraph(say("quota_sizing.answers_lead")))
        parts.append(tables.recommendations(page, curve, found))
    else:
        none = "no_targets_admitted" if page.only_admitted else "no_targets"
        parts.append(Paragraph(say(f"quota_sizing.{none}")))
    return Blocks(parts)


def curve(page: RoundPage, frame: pl.DataFrame) -> Block:
    """Tell the cutoff at every quota around the present one: `simulate.quota.banded` in."""
    say, words = page.say, page.words
    told = disclosure.curve(frame, threshold=page.threshold)
    heading = Heading(say("quota_sizing.curve_heading"))
    if told.frame.height < 2:
        return Blocks([heading, Paragraph(say("quota_sizing.too_few", threshold=page.threshold))])
    first, last = told.frame.row(0, named=True), told.frame.row(-1, named=True)
    steeper = {
        "low": words.people(first["quota"]),
        "high": words.people(last["quota"]),
        "from_": words.points(first["cutoff"]),
        "to": words.points(last["cutoff"]),
    }
    parts: list[Block] = [
        heading,
        Paragraph(say("quota_sizing.curve_lead")),
        charts.quota_curve(told, page, quota=page.quota, steeper=steeper),
        tables.curve(page, told),
    ]
    if page.only_admitted:
        parts.append(Paragraph(say("quota_sizing.only_admitted")))
    return Blocks(parts)


def groups(page: RoundPage, frame: pl.DataFrame, *, by: str) -> Block:
    """Tell how a group's levels fare at several quotas: `simulate.quota.QuotaCurve.groups_at` in."""
    say = page.say
    dimension = page.words.name("dimension", by)
    heading = Heading(say("quota_sizing.groups_heading", dimension=dimension))
    told = disclosure.group_rates(frame, ordered=by in (*LEVELS, *ORDERED), threshold=page.threshold)
    if page.only_admitted:
        return Blocks([heading, Paragraph(say("quota_sizing.groups_only_admitted"))])
    if told.frame.is_empty():
        return Blocks([heading, Paragraph(say("quota_sizing.groups_too_few", threshold=page.threshold))])
    return Blocks(
        [
            heading,
            Paragraph(say("quota_sizing.groups_lead")),
            charts.group_rates(told, page, by=by, quota=page.quota),
            tables.groups(page, told, by=by),
        ]
    )


def population(page: RoundPage, effect: pl.DataFrame | None, uptake: Uptake) -> Block:
    """Tell how many people settle: `simulate.quota.population_effect` in, None without children."""
    say, words = page.say, page.words
    heading = Heading(say("quota_sizing.population_heading"))
    if effect is None:
        return Blocks([heading, Paragraph(say("quota_sizing.children_unknown"))])
    # What rests on assumed rates describes nobody; the admitted are held to the threshold as on the curve.
    told = Publishable(effect.filter(pl.col("admitted") >= page.threshold), page.threshold)
    now = told.frame.filter(pl.col("quota") == page.quota)
    if told.frame.height < 2 or now.is_empty():
        return Blocks([heading, Paragraph(say("quota_sizing.too_few", threshold=page.threshold))])
    row = now.row(0, named=True)
    finding = {
        "quota": words.people(page.quota),
        "people": words.people(round(row["population"])),
        "children": words.people(round(row["children"])),
    }
    return Blocks(
        [
            heading,
            Paragraph(say("quota_sizing.population_lead")),
            charts.people_who_settle(told, page, quota=page.quota, told=finding),
            tables.population(page, told),
            tables.assumptions(page, uptake),
        ]
    )


def method(page: RoundPage, *, kind: str) -> Block:
    """Say how the numbers came about and what they cannot carry; *kind* is the population's."""
    say = page.say
    names = (
        "exact",
        "interval",
        "rounded",
        "population",
        f"line_{kind}",
        "common",
        "search",
        "monotone",
        "scan",
    )
    points = [say(f"quota_sizing.method_{name}") for name in names]
    limits = [say(f"quota_sizing.limits_{name}") for name in ("behaviour", kind)]
    return Blocks(
        [
            Heading(say("quota_sizing.method_heading")),
            Points(points),
            Heading(say("quota_sizing.limits_heading")),
            Points([*limits, say("quota_sizing.limits_small", threshold=page.threshold)]),
            sections.sources(page),
        ]
    )
