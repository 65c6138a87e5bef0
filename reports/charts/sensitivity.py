"""What each indicator decides, drawn: left out, moved both ways, all moved at once, and in the variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import polars as pl

from reports.blocks import Figure
from reports.charts.bars import Bar, Titles, series_bars
from reports.charts.theme import GAP, LINE, ROW, Drawing, figure, series_scale
from reports.page import Page


@dataclass(frozen=True)
class Said:
    """Hold the words of a figure: its key, the finding, unit and population, and what it shows."""

    key: str
    title: str
    subtitle: str
    alt: str
    row: str
    series: str
    value: str


def grouped(drawn: list[Bar], said: Said, page: Page, *, hides: bool = False) -> Figure:
    """Draw bars side by side; each bar names its series in the words of the page."""
    names = list(dict.fromkeys(bar.population for bar in drawn))
    titles = Titles(row=said.row, population=said.series, value=said.value)
    chart = series_bars(drawn, titles, scale=series_scale(names), series=len(names))
    return _figure(chart, said, page, hides=hides)


@dataclass(frozen=True)
class Estimate:
    """An estimate with its interval: its row, its series, and the label that says both."""

    row: str
    series: str
    value: float
    low: float
    high: float
    label: str


def estimates(drawn: Sequence[Estimate], said: Said, page: Page) -> Figure:
    """Draw estimates as points on their intervals, a row a thing and a line a series."""
    names = list(dict.fromkeys(one.series for one in drawn))
    data = pl.DataFrame(
        [(one.row, one.series, one.value, one.low, one.high, one.label) for one in drawn],
        schema={
            "row": pl.String,
            "series": pl.String,
            "value": pl.Float64,
            "low": pl.Float64,
            "high": pl.Float64,
            "label": pl.String,
        },
        orient="row",
    )
    # A name of two lines stands in two.
    rows = alt.Axis(ticks=False, domain=False, labelPadding=6, labelExpr=r"split(datum.label, '\n')")
    legend = alt.Legend(title=None, symbolSize=60) if len(names) > 1 else None
    base = alt.Chart(data).encode(
        y=alt.Y("row:N", sort=None, title=None, axis=rows, scale=alt.Scale(paddingInner=0.3)),
        yOffset=alt.YOffset("series:N", sort=None),
        color=alt.Color("series:N", scale=series_scale(names), legend=legend),
        tooltip=[
            alt.Tooltip("row:N", title=said.row),
            alt.Tooltip("series:N", title=said.series),
            alt.Tooltip("label:N", title=said.value),
        ],
    )
    ends = alt.Axis(format="%", tickCount=5, labelOverlap=True, labelSeparation=8)
    along = alt.X("low:Q", title=said.value, axis=ends)
    intervals = base.mark_rule(strokeWidth=2).encode(x=along, x2="high:Q")
    points = base.mark_point(filled=True, size=80, opacity=1).encode(x=alt.X("value:Q", title=said.value))
    zero = alt.Chart(pl.DataFrame({"zero": [0]})).mark_rule(color=LINE).encode(x=alt.X("zero:Q"))
    lines = max(len(names), *(one.row.count("\n") + 1 for one in drawn))
    height = (ROW * lines + GAP) * data["row"].n_unique()
    return _figure(alt.layer(zero, intervals, points).properties(height=height), said, page)


def _figure(chart: Drawing, said: Said, page: Page, *, hides: bool = False) -> Figure:
    return figure(
        chart,
        page,
        key=said.key,
        title=said.title,
        subtitle=said.subtitle,
        description=said.alt,
        hides=hides,
    )
