"""The annual briefing, section by section: frames of a scored cohort in, pieces of a page out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import polars as pl

from reports import cells, disclosure, sections
from reports.annual_briefing import tables
from reports.blocks import Block, Blocks, Cell, Facts, Heading, Paragraph, Points
from reports.charts.composition import composition as composition_chart
from reports.charts.indicators import indicator_means, indicator_shares
from reports.charts.scores import score_distribution
from reports.made_of import SHORT
from reports.round_page import RoundPage
from scoring.indicators import COLUMNS
from simulate.distribution import ADMITTED, LEVELS, POOL


def opening(page: RoundPage) -> Block:
    """Open the page: its title, its question, what it was made of, and whether its people exist."""
    return sections.opening(
        page,
        title=page.say("briefing.title", round=page.round_year),
        question=page.say("briefing.question", round=page.round_year),
        remarks=[notice.text(page.words.lang) for notice in page.notices],
    )


def glance(page: RoundPage) -> Block:
    """Tell the round in six numbers and three sentences."""
    cutoff = cells.text(page.say("glance.no_cutoff"))
    if page.cutoff is not None:
        told = page.say("glance.points", value=page.words.points(page.cutoff))
        cutoff = cells.number(told, float(page.cutoff), "0.00")
    counts = page.headline
    people = {name: _people(page, counts[name]) for name in ("admitted", "tied")}
    people["quota"] = cells.people(page.words, page.quota)
    if not page.only_admitted:
        people |= {name: _people(page, counts[name]) for name in ("eligible", "applicants")}
    named = [(page.say(f"glance.{name}"), cell) for name, cell in people.items()]
    heading = page.say("glance.heading")
    facts = Facts(heading, [(page.say("glance.cutoff"), cutoff), *named])
    return Blocks([Heading(heading), facts, Paragraph(_story(page))])


def scores(page: RoundPage, bins: pl.DataFrame, bands: pl.DataFrame, *, width: Decimal | float) -> Block:
    """Tell how the totals are distributed: bins of *width* points drawn, wider bands in a table."""
    if not page.populations:
        return Blocks([])
    heading = Heading(page.say("scores.heading"))
    wide = disclosure.merged(_told(page, bands), threshold=page.threshold)
    fine = disclosure.merged(_told(page, bins), threshold=page.threshold, within=wide)
    if wide.frame.is_empty():
        return Blocks([heading, Paragraph(page.say("scores.too_few", threshold=page.threshold))])
    return Blocks(
        [
            heading,
            Paragraph(page.say("scores.lead_pool")),
            score_distribution(fine, page, width=width),
            tables.score_bands(wide, page),
        ]
    )


def indicators(page: RoundPage, frame: pl.DataFrame, people: Mapping[str, pl.DataFrame]) -> Block:
    """Tell what each indicator gives, on average and to how many.

    *people* are the compositions that the briefing tells as well: where one hides levels of an indicator's
    own points, nothing further is told of that indicator.
    """
    if not page.populations:
        return Blocks([])
    told = disclosure.indicators(
        frame.filter(pl.col("population").is_in(page.populations)),
        threshold=page.threshold,
        withheld=_withheld(page, people),
    )
    return Blocks(
        [
            Heading(page.say("indicators.heading")),
            Paragraph(page.say("indicators.lead")),
            indicator_means(told, page),
            indicator_shares(told, page),
            tables.indicators(told, page),
        ]
    )


def composition(page: RoundPage, frames: Mapping[str, pl.DataFrame]) -> Block:
    """Tell who the admitted are, by every column of the cohort that says so."""
    if not page.populations:
        return Blocks([])
    scope = page.words.join([page.words.name("of", name) for name in page.populations])
    lead = "composition.lead_both" if page.compare else "composition.lead_one"
    parts: list[Block] = [
        Heading(page.say("composition.heading")),
        Paragraph(page.say(lead, population=scope)),
    ]
    for by, frame in frames.items():
        parts.append(Heading(page.words.title("dimension", by), 3))
        told = disclosure.composition(frame, threshold=page.threshold, populations=page.populations)
        if told.frame[f"{page.populations[-1]}_share"].null_count() == told.frame.height:
            dimension = page.words.name("dimension", by)
            parts.append(Paragraph(page.say("composition.too_few", dimension=dimension)))
            continue
        parts += [composition_chart(told, page, by=by), tables.composition(told, page, by=by)]
    return Blocks(parts)


def left_out(page: RoundPage) -> Block:
    """Say what the data cannot tell, and what was kept back to protect people."""
    say, threshold = page.say, page.threshold
    reasons: list[str] = []
    if page.only_admitted:
        reasons.append(say("left_out.admitted_only"))
    elif not page.populations:
        reasons.append(say("left_out.few_pool", threshold=threshold))
    elif POOL not in page.populations:
        reasons.append(say("left_out.few_rest", threshold=threshold))
    elif ADMITTED not in page.populations:
        reasons.append(
            say("left_out.few_admitted" if page.admitted else "left_out.nobody_admitted", threshold=threshold)
        )
    missing = [name for name in LEVELS if name not in page.dimensions]
    if missing:
        names = [page.words.name("dimension", name) for name in missing]
        reasons.append(say("left_out.dimension", dimensions=page.words.join(names)))
    reasons += [say("left_out.small", threshold=threshold), say("left_out.bound", threshold=threshold)]
    return Blocks([Heading(say("left_out.heading")), Points(reasons)])


def method(page: RoundPage) -> Block:
    """Say how the numbers came about and what they cannot carry."""
    say = page.say
    whole = [say("method.population_points")] if page.level == "points" else []
    sentences = [
        *_rules(page),
        say("unit.gap").join([say("method.population"), *whole]),
        say("method.total"),
        say("method.cutoff", quota=page.words.people(page.quota)),
    ]
    sentences += [say("method.age")] if "age_band" in page.dimensions else []
    points = Points([*sentences, say("method.limits")])
    return Blocks([Heading(say("method.heading")), points, sections.sources(page)])


def _rules(page: RoundPage) -> list[str]:
    """Name the rules and say what they rest on."""
    rules, words = page.made_of.rules, page.words
    if rules is None:
        return []
    about = rules.head.about if words.lang == "zh" else rules.head.about_en
    title, digest = rules.title(words.lang), rules.digest[:SHORT]
    return [page.say("method.rules", title=title, name=rules.name, digest=digest), about]


def _withheld(page: RoundPage, people: Mapping[str, pl.DataFrame]) -> list[str]:
    """Name the indicators whose levels are told as a composition that hides or joins some of them."""
    told = {
        by: disclosure.composition(frame, threshold=page.threshold, populations=page.populations)
        for by, frame in people.items()
        if by in COLUMNS
    }
    return [by for by, composed in told.items() if composed.hidden or composed.merged]


def _story(page: RoundPage) -> str:
    say = page.say
    if page.cutoff is None:
        return say("glance.nobody")
    values = {"quota": page.words.people(page.quota), "cutoff": _points(page, page.cutoff)}
    if page.admitted < page.threshold:
        return say("glance.ranked_few", threshold=page.threshold, **values)
    admitted = say("unit.people", value=page.words.people(page.admitted))
    everyone = page.admitted == page.eligible and page.eligible <= page.quota
    told = [say("glance.everyone" if everyone else "glance.ranked", admitted=admitted, **values)]
    if page.headline["tied"]:
        told.append(say("glance.tied_clause", tied=say("unit.people", value=page.words.people(page.tied))))
    if page.compare:
        told.append(say("glance.rate_clause", rate=page.words.share(page.admitted / page.eligible)))
    return say("unit.gap").join(told)


def _told(page: RoundPage, bins: pl.DataFrame) -> pl.DataFrame:
    """Keep the people whom the page describes; where the admitted are too few, nothing tells them apart."""
    if POOL not in page.populations:
        return bins.filter("admitted")
    return bins if page.compare else bins.with_columns(pl.lit(False).alias("admitted"))


def _people(page: RoundPage, people: int | None) -> Cell:
    return cells.text(page.say("glance.hidden")) if people is None else cells.people(page.words, people)


def _points(page: RoundPage, points: Decimal) -> str:
    return page.say("unit.points", value=page.words.points(points))
