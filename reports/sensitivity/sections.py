"""The sensitivity of a round, section by section: frames of the analyses in, pieces of a page out."""

from __future__ import annotations

from typing import Any

import polars as pl

from reports import sections
from reports.blocks import Block, Blocks, Heading, Paragraph, Points
from reports.charts.bars import Bar
from reports.charts.sensitivity import Estimate, Said, estimates, grouped
from reports.made_of import SHORT
from reports.round_page import RoundPage
from reports.sensitivity import frames, say, tables
from reports.words import HIDDEN
from simulate.sensitivity import Effects, Settings, Study
from simulate.sensitivity.indices import DUMMY

QUANTITIES = ("cutoff", "share_changed")
"""The quantities whose indices are told; those of groups are for research."""


def told_of(page: RoundPage) -> bool:
    """Say whether enough people are admitted that anything may be told of them."""
    return page.cutoff is not None and page.admitted >= page.threshold


def decides(page: RoundPage, without: Effects) -> Block:
    """Tell what happens without each indicator: ranked anew, and at the old cutoff."""
    if not told_of(page):
        return Blocks([])
    told = frames.effects(without, page)
    part = "decides" if page.compare else "below"
    shown = ("share_changed", "share_below_old_cutoff") if page.compare else ("share_below_old_cutoff",)
    drawn = [
        Bar(
            say.indicator(page, row["indicator"]),
            page.say(f"sensitivity.{share}"),
            None if row[f"{share}_bound"] == "below" or row[share] is None else 100 * row[share],
            page.words.bounded(row[share], row[f"{share}_bound"]),
        )
        for row in told.frame.rows(named=True)
        for share in shown
    ]
    said = _said(page, part, _finding(page, told.frame, shown[0], f"{part}_title"))
    chart = grouped(drawn, said, page, hides=any(bar.label == HIDDEN for bar in drawn))
    lead = page.say(f"sensitivity.{part}_lead")
    return Blocks(
        [Heading(page.say("sensitivity.decides_heading")), Paragraph(lead), chart, tables.decides(told, page)]
    )


def moved(page: RoundPage, effects: Effects, elasticities: pl.DataFrame, settings: Settings) -> Block:
    """Tell what a tenth less and a tenth more of each weight does, where there is a pool to rank anew."""
    if not (told_of(page) and page.compare):
        return Blocks([])
    told = frames.effects(effects, page)
    step = say.step(page, settings.spread)
    drawn = [
        Bar(
            say.indicator(page, row["indicator"]),
            page.say("sensitivity.down" if row["weight"] < 1 else "sensitivity.up", step=step),
            row["cutoff_change"],
            page.words.points(row["cutoff_change"]),
        )
        for row in _paired(told.frame)
    ]
    widest = max(told.frame.rows(named=True), key=lambda row: abs(row["cutoff_change"]))
    finding = page.say(
        "sensitivity.moved_title",
        indicator=page.words.title("indicator", widest["indicator"]),
        step=step,
        change=page.words.points(abs(widest["cutoff_change"])),
    )
    chart = grouped(drawn, _said(page, "moved", finding), page)
    return Blocks(
        [
            Heading(page.say("sensitivity.moved_heading")),
            Paragraph(page.say("sensitivity.moved_lead", step=step)),
            chart,
            *tables.moved(told, elasticities, page, step=step),
        ]
    )


def groups(page: RoundPage, without: Effects, study: Study) -> Block:
    """Tell whose share of the admitted grows and shrinks without each indicator."""
    if not (told_of(page) and page.compare):
        return Blocks([])
    told = {by: one for by, one in frames.groups(without, study, page).items() if one.frame.height}
    if not told:
        return Blocks([])
    heading = Heading(page.say("sensitivity.groups_heading"))
    lead = Paragraph(page.say("sensitivity.groups_lead"))
    return Blocks([heading, lead, *(tables.groups(one, page, by) for by, one in told.items())])


def indices(page: RoundPage, found: pl.DataFrame | None, settings: Settings) -> Block:
    """Tell what the outcome hangs on when all weights move at once, where there is a pool to rank anew."""
    if not (told_of(page) and page.compare) or found is None:
        return Blocks([])
    own = found.filter(pl.col("quantity").is_in(QUANTITIES), pl.col("input") != DUMMY)
    known = own.filter("converged")
    step = say.step(page, settings.spread)
    heading = Heading(page.say("sensitivity.indices_heading"))
    lead = Paragraph(page.say("sensitivity.indices_lead", step=step, draws=page.words.people(settings.draws)))
    if known.is_empty():
        return Blocks([heading, lead, Paragraph(page.say("sensitivity.indices_none"))])
    drawn = [
        Estimate(
            say.indicator(page, row["input"]),
            page.say(f"sensitivity.of_{row['quantity']}"),
            row["total"],
            row["total_low"],
            row["total_high"],
            page.say(
                "sensitivity.estimate",
                value=say.percent(page, row["total"]),
                low=say.percent(page, row["total_low"]),
                high=say.percent(page, row["total_high"]),
            ),
        )
        for row in known.rows(named=True)
    ]
    first = known.filter(quantity="cutoff").sort("total").rows(named=True)
    finding = page.say("sensitivity.indices_title_none")
    if first:
        name, share = say.indicator(page, first[-1]["input"]), page.words.share(first[-1]["total"])
        finding = page.say("sensitivity.indices_title", indicator=name, share=share)
    chart = estimates(drawn, _said(page, "indices", finding), page)
    return Blocks([heading, lead, chart, *tables.indices(own, page)])


def variance(page: RoundPage, shares: pl.DataFrame, settings: Settings) -> Block:
    """Tell which indicators make the totals of people differ."""
    if not told_of(page):
        return Blocks([])
    told = frames.variance(shares, page)
    within = page.words.width(settings.within)
    drawn = [
        Bar(
            say.indicator(page, row["indicator"]),
            page.say(f"sensitivity.among_{row['population']}", within=within),
            None if row["share"] is None else 100 * row["share"],
            HIDDEN if row["share"] is None else say.percent(page, row["share"]),
        )
        for row in told.frame.rows(named=True)
    ]
    known = told.frame.filter(pl.col("population") == frames.ADMITTED).drop_nulls("share").sort("share")
    heading = Heading(page.say("sensitivity.variance_heading"))
    if known.is_empty():
        return Blocks([heading, Paragraph(page.say("sensitivity.variance_none"))])
    top = known.row(-1, named=True)
    name, share = page.words.title("indicator", top["indicator"]), page.words.share(top["share"])
    finding = page.say("sensitivity.variance_title", indicator=name, share=share)
    chart = grouped(
        drawn, _said(page, "variance", finding), page, hides=any(bar.label == HIDDEN for bar in drawn)
    )
    told_apart = [page.say("sensitivity.variance_margin", within=within)] if page.compare else []
    lead = Paragraph(page.say("unit.gap").join([page.say("sensitivity.variance_lead"), *told_apart]))
    return Blocks([heading, lead, chart, tables.variance(told, page, within=within)])


def atlas(page: RoundPage, weights: pl.DataFrame, rates: pl.DataFrame | None) -> Block:
    """Tell how far each weight and each rate may move before anybody outside draws level with one inside."""
    if not (told_of(page) and page.compare):
        return Blocks([])
    heading = Heading(page.say("sensitivity.atlas_heading"))
    parts: list[Block] = [heading, Paragraph(page.say("sensitivity.atlas_lead"))]
    parts.append(tables.weights(frames.levers(weights, page), page))
    if rates is not None:
        own = rates.filter(~pl.col("lever").str.starts_with("innovation.awards."))
        parts.append(tables.rates(frames.levers(own, page), page))
    return Blocks(parts)


def method(page: RoundPage, settings: Settings) -> Block:
    """Say how the numbers came about and what they cannot carry."""
    words, rules = page.words, page.made_of.rules
    names = ["exact", "sampling", "shapley", "sobol", "atlas"] if page.compare else ["exact", "shapley"]
    names = [*names, "limits"] if told_of(page) else ["limits"]
    values = {
        "step": say.step(page, settings.spread),
        "draws": words.people(settings.draws),
        "replicates": words.people(settings.replicates),
        "threshold": page.threshold,
    }
    points = [page.say(f"sensitivity.method_{name}", **values) for name in names]
    if rules is not None:
        title = rules.title(words.lang)
        points.insert(0, page.say("method.rules", title=title, name=rules.name, digest=rules.digest[:SHORT]))
    return Blocks([Heading(page.say("method.heading")), Points(points), sections.sources(page)])


def _paired(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Put both moves of an indicator beside each other."""
    order = {name: number for number, name in enumerate(frame["indicator"].unique(maintain_order=True))}
    return sorted(frame.rows(named=True), key=lambda row: (order[row["indicator"]], row["weight"]))


def _finding(page: RoundPage, frame: pl.DataFrame, share: str, key: str) -> str:
    known = frame.filter(pl.col(f"{share}_bound") == "exact").sort(share)
    if known.is_empty():
        return page.say("sensitivity.decides_none")
    top = known.row(-1, named=True)
    name = page.words.title("indicator", top["indicator"])
    return page.say(f"sensitivity.{key}", indicator=name, share=page.words.share(top[share]))


def _said(page: RoundPage, part: str, title: str) -> Said:
    people = page.words.people(page.admitted)
    return Said(
        key=f"sensitivity-{part}",
        title=title,
        subtitle=page.say(f"sensitivity.{part}_subtitle", people=people),
        alt=page.say(f"sensitivity.{part}_alt", title=title),
        row=page.say("indicators.tip_indicator"),
        series=page.say("sensitivity.tip_series"),
        value=page.say(f"sensitivity.{part}_value"),
    )
