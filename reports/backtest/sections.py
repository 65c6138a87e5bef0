"""The sections of the backtest: forecasts in, pieces of a page out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from reports import cells, sections
from reports.backtest.tabled import tabled
from reports.blocks import Block, Blocks, Cell, Figure, Heading, Paragraph, Row
from reports.charts.lines import Axes, Dot, Mark, lines
from reports.charts.theme import figure
from reports.made_of import MadeOf
from reports.page import Page
from reports.words import Words
from simulate.backtest import Backtest
from simulate.forecast import Forecast

RULES = ("trend", "suburban_owner", "with_outsiders")
PER_CENT = "0.0"


def page_of(*, origin: int, quota: int, lang: str) -> Page:
    """Open the page: it rests on what is published up to a round."""
    data = Words.load(lang).say("backtest.data", origin=origin)
    return Page.open(MadeOf(data=data, quota=quota), lang=lang)


def opening(page: Page) -> Block:
    """Open the report: its title and its question."""
    return sections.opening(page, title=page.say("backtest.title"), question=page.say("backtest.question"))


def outlook(page: Page, found: Forecast, rounds: pl.DataFrame) -> Block:
    """Tell the rounds to come; *rounds* is what `synthetic_data.published.rounds` gives."""
    say = page.say
    columns = ("round", "cutoff", "interval", "rank_1000", "rank_3000", "mean_age", "area", "tax", "full_age")
    return Blocks(
        [
            Heading(say("backtest.outlook_heading")),
            Paragraph(say("backtest.outlook_lead", members=len(found.outlooks[0].rounds))),
            _chart(page, found, rounds),
            sections.table(
                page,
                "backtest-outlook",
                caption=say("backtest.outlook_caption"),
                head=[say(f"backtest.column_{name}") for name in columns],
                rows=[_outlook_row(page, one) for one in found.as_record()],
            ),
        ]
    )


def _outlook_row(page: Page, one: dict[str, Any]) -> Row:
    points, words = page.words.points, page.words
    cutoff = one["cutoff"]
    ends = (cutoff["p10"], cutoff["p90"])
    interval = page.say("backtest.between", low=points(ends[0]), high=points(ends[1]))
    return Row(
        str(one["round"]),
        [
            cells.points(words, cutoff["median"]),
            cells.interval(interval, *ends, "0.00"),
            cells.points(words, one["rank_scores"]["1000"]),
            cells.points(words, one["rank_scores"]["3000"]),
            _number(one["mean_age"], 1),
            *(cells.share(words, one[name]) for name in ("area_share", "tax_share", "full_age_share")),
        ],
    )


def _chart(page: Page, found: Forecast, rounds: pl.DataFrame) -> Figure:
    say, points = page.say, page.words.points
    known = rounds.filter(pl.col("round") <= found.origin).sort("round").select("round", "cutoff")
    past = [
        Dot(say("backtest.published"), year, cutoff, points(cutoff), cutoff, cutoff)
        for year, cutoff in known.with_columns(pl.col("cutoff") / 100).iter_rows()
    ]
    coming = [_dot(page, one) for one in found.as_record()]
    last = coming[-1]
    axes = Axes(say("backtest.column_round"), say("backtest.axis_cutoff"), say("backtest.tip_series"))
    title = say("backtest.outlook_title", first=points(coming[0].y), year=int(last.x), last=points(last.y))
    return figure(
        lines([*past, *coming], axes, marks=[Mark(found.origin + 0.5, say("backtest.from_here"))]),
        page,
        key="backtest-outlook",
        title=title,
        subtitle=say("backtest.outlook_subtitle"),
        description=say("backtest.outlook_alt", title=title),
    )


def _dot(page: Page, one: dict[str, Any]) -> Dot:
    cutoff, points = one["cutoff"], page.words.points
    label = page.say(
        "backtest.median_between",
        median=points(cutoff["median"]),
        low=points(cutoff["p10"]),
        high=points(cutoff["p90"]),
    )
    series = page.say("backtest.forecast")
    return Dot(series, one["round"], cutoff["median"], label, cutoff["p10"], cutoff["p90"])


def accuracy(page: Page, found: Backtest) -> Block:
    """Tell by horizon how far the model and the simple rules were off."""
    say = page.say
    columns = ("method", "forecasts", "error", "crps", "within", "rank_error", "rank_crps")
    table = found.by_horizon()
    cutoffs, ranks = (table.filter(pl.col("of") == of) for of in ("cutoff", "ranks"))
    totals = {(one["method"], one["horizon"]): one for one in ranks.to_dicts()}
    rows = [
        _accuracy_row(page, one, totals.get((one["method"], one["horizon"]))) for one in cutoffs.to_dicts()
    ]
    return tabled(
        page,
        "accuracy",
        head=[say(f"backtest.column_{name}") for name in columns],
        rows=rows,
    )


def _accuracy_row(page: Page, one: dict[str, Any], ranks: dict[str, Any] | None) -> Row:
    say = page.say
    name = say("backtest.at_horizon", method=say(f"backtest.method_{one['method']}"), horizon=one["horizon"])
    none = cells.text(say("backtest.none"))
    within = none
    if one["within"] is not None:
        within = cells.text(say("backtest.of", within=one["within"], of=one["forecasts"]))
    told = [none, none] if ranks is None else [_number(ranks[key], 2) for key in ("error", "crps")]
    numbers = [_number(one[key], 2) for key in ("error", "crps")]
    return Row(name, [_number(one["forecasts"], 0), *numbers, within, *told])


def each(page: Page, found: Backtest) -> Block:
    """Tell every forecast of a cutoff beside what came."""
    say = page.say
    head = ["forecast_of", "actual", "method_model", "interval", *(f"method_{rule}" for rule in RULES)]
    cutoffs = found.totals.filter(pl.col("quantity") == "cutoff")
    groups = cutoffs.partition_by("origin", "round", maintain_order=True)
    return sections.table(
        page,
        "backtest-each",
        caption=say("backtest.each_caption"),
        head=[say(f"backtest.{name if name.startswith('method') else f'column_{name}'}") for name in head],
        rows=[_each_row(page, {one["method"]: one for one in group.to_dicts()}) for group in groups],
    )


def _each_row(page: Page, by: dict[str, dict[str, Any]]) -> Row:
    points, model = page.words.points, by["model"]
    name = page.say("backtest.from_origin", round=model["round"], origin=model["origin"])
    ends = (model["p10"], model["p90"])
    told = page.say("backtest.between", low=points(ends[0]), high=points(ends[1]))
    rules = [cells.points(page.words, by[rule]["forecast"]) for rule in RULES]
    ours = cells.points(page.words, model["forecast"])
    interval = cells.interval(told, *ends, "0.00")
    return Row(name, [cells.points(page.words, model["actual"]), ours, interval, *rules])


def people(page: Page, found: Backtest) -> Block:
    """Tell how far the model was off on who was admitted; the rules say nothing of that."""
    say = page.say
    groups = found.people.partition_by("origin", "round", maintain_order=True)
    names = list(dict.fromkeys(found.people["quantity"]))
    by = [{one["quantity"]: one for one in group.to_dicts()} for group in groups]
    heads = [
        say("backtest.from_origin", round=group["round"][0], origin=group["origin"][0]) for group in groups
    ]
    return tabled(
        page,
        "people",
        head=[say("backtest.column_quantity"), *heads],
        rows=[Row(_quantity(page, name), [_beside(page, group.get(name)) for group in by]) for name in names],
    )


def _quantity(page: Page, name: str) -> str:
    kind, _, points = name.partition(" ")
    return page.say(f"backtest.quantity_{kind}", points=points)


def _beside(page: Page, one: dict[str, Any] | None) -> Cell:
    if one is None:
        return cells.text(page.say("backtest.none"))
    forecast, actual = (_text(one[key], 1) for key in ("forecast", "actual"))
    if one["quantity"] == "birth_years":
        return _number(one["forecast"], 1)
    return cells.text(page.say("backtest.beside", forecast=forecast, actual=actual))


def method(page: Page) -> Block:
    """Close the report: how it was made."""
    steps = [Paragraph(page.say(f"backtest.method_{step}")) for step in _steps()]
    return Blocks([Heading(page.say("backtest.method_heading")), *steps, sections.sources(page)])


def _steps() -> Iterator[str]:
    yield from ("lives", "weights", "ensemble", "rolling")


def _number(value: float, digits: int) -> Cell:
    return cells.number(_text(value, digits), float(value), "0" if digits == 0 else f"0.{'0' * digits}")


def _text(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".replace("-", "−")
