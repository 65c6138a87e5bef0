"""Horizontal bars side by side: one row a thing, one bar a population."""

from __future__ import annotations

from dataclasses import dataclass, replace

import altair as alt
import polars as pl

from reports.charts.theme import GAP, LINE, LONE_ROW, ROW, Drawing, population_scale
from reports.words import Words


@dataclass(frozen=True)
class Bar:
    """A bar: its row, its population, its length, and the label that says its value (`*` where hidden)."""

    row: str
    population: str
    value: float | None
    label: str


@dataclass(frozen=True)
class Titles:
    """Name what a row is and what the length says, in the tooltips."""

    row: str
    population: str
    value: str


def bars(drawn: list[Bar], titles: Titles, *, words: Words, populations: tuple[str, ...]) -> Drawing:
    """Draw a bar a population in the order given; a hidden value has a label and no length."""
    named = [replace(bar, population=words.name("population", bar.population)) for bar in drawn]
    return series_bars(named, titles, scale=population_scale(words, populations), series=len(populations))


def series_bars(drawn: list[Bar], titles: Titles, *, scale: alt.Scale, series: int) -> Drawing:
    """Draw so many bars a row, one a series, coloured by a scale; bars name their series as it does."""
    data = pl.DataFrame(
        [(bar.row, bar.population, bar.value or 0.0, bar.label) for bar in drawn],
        schema={"row": pl.String, "population": pl.String, "value": pl.Float64, "label": pl.String},
        orient="row",
    )
    several = series > 1
    base = _rows(data, titles)
    if several:
        base = base.encode(yOffset=alt.YOffset("population:N", sort=None))
    legend = alt.Legend(title=None) if several else None
    colour = alt.Color("population:N", scale=scale, legend=legend)
    zero = alt.Chart(pl.DataFrame({"zero": [0]})).mark_rule(color=LINE).encode(x=alt.X("zero:Q", axis=None))
    # In pixels: Vega-Lite warns of a height counted in steps beside a width that fits its place.
    row = ROW * series + GAP if several else LONE_ROW
    layers = alt.layer(zero, base.mark_bar().encode(color=colour), _labels(base))
    return layers.properties(height=row * data["row"].n_unique())


def _rows(data: pl.DataFrame, titles: Titles) -> alt.Chart:
    return alt.Chart(data).encode(
        y=alt.Y(
            "row:N",
            sort=None,
            title=None,
            scale=alt.Scale(paddingInner=0.26, paddingOuter=0.1),
            # A name of two lines stands in two.
            axis=alt.Axis(ticks=False, domain=False, labelPadding=6, labelExpr=r"split(datum.label, '\n')"),
        ),
        x=alt.X("value:Q", axis=None, scale=_scale(data["value"])),
        tooltip=[
            alt.Tooltip("row:N", title=titles.row),
            alt.Tooltip("population:N", title=titles.population),
            alt.Tooltip("label:N", title=titles.value),
        ],
    )


def _labels(base: alt.Chart) -> alt.Chart:
    """Write each value beside its bar: to the left of a negative one."""
    left = "datum.value < 0"
    text: alt.Chart = base.mark_text(
        align=alt.expr(f"{left} ? 'right' : 'left'"), dx=alt.expr(f"{left} ? -4 : 4"), baseline="middle"
    ).encode(text="label:N")
    return text


def _scale(values: pl.Series) -> alt.Scale:
    """Leave room for the labels beside the longest bars, as much as a narrow screen needs."""
    lowest, highest = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    span = highest - lowest or 1.0
    # A fifth of the width on each side that has labels.
    if lowest < 0:
        return alt.Scale(domain=[lowest - 0.35 * span, highest + 0.35 * span], nice=False)
    return alt.Scale(domain=[0, highest + 0.25 * span], nice=False)
