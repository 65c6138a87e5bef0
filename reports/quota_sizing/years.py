"""Quota sizing over the years: where schedules lead, and which is the smallest that meets a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl

from reports import cells
from reports.blocks import Block, Blocks, Cell, Heading, Paragraph, Points, Row, Table
from reports.charts import quota_sizing as charts
from reports.charts.quota_sizing import AGE, BACKLOG, CUTOFF, PEOPLE, PEOPLE_SO_FAR, WAITED, Banded
from reports.made_of import MadeOf
from reports.page import Page
from reports.sections import table

if TYPE_CHECKING:
    from simulate.quota import Followed, Schedule, ScheduleSizing, Target

CHARTS = (CUTOFF, BACKLOG, WAITED, AGE, PEOPLE_SO_FAR)
COLUMNS = (CUTOFF, BACKLOG, PEOPLE, WAITED, AGE)
BANDED = (CUTOFF, BACKLOG)
"""Those of the columns that tables tell with their band; the charts tell all bands."""


def years(page: Page, followed: Followed) -> Block:
    """Tell where each schedule leads, year by year."""
    say = page.say
    names = {schedule.name: _named(page, schedule.places) for schedule in followed.schedules}
    footer = _footer(page, followed)
    told = set(followed.paths.filter(pl.col("known") > 0)["quantity"])
    parts: list[Block] = [
        Heading(say("quota_sizing.years_heading")),
        Paragraph(say("quota_sizing.years_lead")),
        *_who(page, followed),
    ]
    parts += [
        charts.schedules(followed.paths, page, of, names=names, footer=footer)
        for of in CHARTS
        if of.key in told
    ]
    parts += [_table(page, followed.paths, schedule, names) for schedule in followed.schedules]
    return Blocks(parts)


def _who(page: Page, followed: Followed) -> list[Block]:
    """Say whom the simulations follow, and how large the population is where one is asked for."""
    people, say = followed.population, page.say
    drawn = {"members": followed.members, "replications": followed.replications}
    told: list[Block] = [Paragraph(say(f"quota_sizing.years_{people.kind}", **drawn))]
    if people.applicants is not None:
        size = {"applicants": page.words.people(people.applicants), "reference": people.reference}
        told.append(Paragraph(say("quota_sizing.years_size", **size)))
    return [*told, Paragraph(say(f"quota_sizing.years_{people.kind}_notice"), "notice")]


def fitting(
    page: Page, followed: Followed, targets: Sequence[Target], found: Sequence[ScheduleSizing | None]
) -> Block:
    """Tell the schedules for the targets: `simulate.quota.Followed.fitting` in."""
    say = page.say
    heading = Heading(say("quota_sizing.fitting_heading"))
    if not targets:
        return Blocks([heading, Paragraph(say("quota_sizing.no_targets"))])
    told_of = {
        "base": page.words.people(followed.quota),
        "unit": page.words.people(followed.resolution),
        "probability": page.words.share(targets[0].probability),
    }
    return Blocks(
        [
            heading,
            Paragraph(say("quota_sizing.fitting_lead", **told_of)),
            _answers(page, targets, found[::2], kind="constant"),
            _answers(page, targets, found[1::2], kind="rising"),
            *_breaks(page, targets, found),
        ]
    )


def _footer(page: Page, followed: Followed) -> str:
    """Say in a line what the lines were made of."""
    seed, draws = followed.population.seed, followed.members * followed.replications
    return MadeOf(synthetic=True, rules=followed.rules, seed=seed, draws=draws).footer(page.words)


def _answers(
    page: Page, targets: Sequence[Target], found: Sequence[ScheduleSizing | None], *, kind: str
) -> Table:
    """Tell the constant or the rising schedule for each target."""
    say, rising = page.say, kind == "rising"
    rows = [
        Row(_target(page, target), _answer(page, one, rising=rising))
        for target, one in zip(targets, found, strict=True)
    ]
    last = ["last"] if rising else []
    names = ["target", f"places_{kind}", "interval", *last, "total", "met", "interval"]
    return table(
        page,
        f"{kind}-schedules",
        caption=say(f"quota_sizing.fitting_caption_{kind}"),
        head=[say(f"quota_sizing.column_{name}") for name in names],
        rows=rows,
        note=say("quota_sizing.fitting_note") if rising else "",
    )


def _answer(page: Page, one: ScheduleSizing | None, *, rising: bool) -> list[Cell]:
    words, none = page.words, cells.text("—")
    if one is None:
        return [cells.text(page.say("quota_sizing.no_schedule")), *[none] * (4 + rising)]
    interval = cells.text(page.say("quota_sizing.range_open", low=words.people(one.low)))
    if one.high is not None:
        ends = {"low": words.people(one.low), "high": words.people(one.high)}
        interval = cells.interval(page.say("quota_sizing.range", **ends), one.low, one.high, "#,##0")
    return [
        cells.people(words, one.places),
        interval,
        *([cells.people(words, one.schedule.places[-1])] if rising else []),
        cells.people(words, sum(one.schedule.places)),
        *_met(page, one),
    ]


def _met(page: Page, one: ScheduleSizing) -> list[Cell]:
    """Write the probability and its interval."""
    ends = (one.probability, one.probability_low, one.probability_high)
    value, low, high = (f"{100 * end:.0f}%" for end in ends)
    between = page.say("quota_sizing.range", low=low, high=high)
    return [cells.number(value, ends[0], "0%"), cells.interval(between, ends[1], ends[2], "0%")]


def _breaks(page: Page, targets: Sequence[Target], found: Sequence[ScheduleSizing | None]) -> list[Block]:
    """Say of which targets a larger schedule falls short again."""
    told = [
        page.say(
            "quota_sizing.holds_to",
            target=_target(page, targets[number // 2]),
            schedule=_named(page, one.schedule.places),
            most=page.words.people(one.holds_to),
        )
        for number, one in enumerate(found)
        if one is not None and one.holds_to is not None
    ]
    return [Points(told)] if told else []


def _target(page: Page, target: Target) -> str:
    value = target.value
    written = {"cutoff": page.words.points(value)}
    written |= dict.fromkeys(("years_to_clear", "mean_waited"), f"{value:g}")
    shown = written.get(target.quantity, page.words.people(round(value)))
    return page.say(f"quota_sizing.goal_{target.quantity}", value=shown, year=target.year)


def _table(page: Page, paths: pl.DataFrame, schedule: Schedule, names: Mapping[str, str]) -> Table:
    """Tell each quantity of each year under a schedule."""
    of_schedule = paths.filter(pl.col("schedule") == schedule.name)
    known = set(of_schedule.filter(pl.col("known") > 0)["quantity"])
    columns = [of for of in COLUMNS if of.key in known]
    rows = []
    for (year, places), of_year in of_schedule.group_by("year", "places", maintain_order=True):
        told = [cell for of in columns for cell in _cells(page, of, of_year)]
        rows.append(Row(str(year), [cells.people(page.words, int(str(places))), *told]))
    say = page.say
    head = [say("quota_sizing.axis_year"), say("quota_sizing.column_places")]
    for of in columns:
        head.append(say(f"quota_sizing.{of.key}_column"))
        head += [say("quota_sizing.band_column")] if of in BANDED else []
    caption = say("quota_sizing.years_caption", schedule=names[schedule.name])
    return table(page, f"years-{schedule.name}", caption=caption, head=head, rows=rows)


def _cells(page: Page, of: Banded, of_year: pl.DataFrame) -> list[Cell]:
    """Write a median and, where a table has room for it, the band."""
    found = of_year.filter(pl.col("quantity") == of.key).row(0, named=True)
    if not found["known"]:
        return [cells.text("—")] * (1 + (of in BANDED))
    value, low, high = (of.written(page, found[name]) for name in ("median", "p05", "p95"))
    form = "#,##0" if of.digits == 0 else f"0.{'0' * of.digits}"
    band = cells.interval(
        page.say("quota_sizing.range", low=low, high=high), found["p05"], found["p95"], form
    )
    return [cells.number(value, found["median"], form), *([band] if of in BANDED else [])]


def _named(page: Page, places: Sequence[int]) -> str:
    """Name a schedule: the same every year, rising or falling by as many, or year by year."""
    words, steps = page.words, {after - before for before, after in pairwise(places)}
    if steps <= {0}:
        return page.say("quota_sizing.constant", places=words.people(places[0]))
    if len(steps) == 1:
        (step,) = steps
        key = "rising" if step > 0 else "falling"
        told = {"places": words.people(places[0]), "step": words.people(abs(step))}
        return page.say(f"quota_sizing.{key}", **told)
    return page.say("quota_sizing.listed", places=words.join([words.people(one) for one in places]))
