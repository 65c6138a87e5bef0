"""Lines over a number or a year, each with a band where its value is uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from reports.charts.theme import CUTOFF, SIZE, Drawing, series_dashes, series_scale

HEIGHT = 260
#: Pixels: a legend on a phone, and what stands before a name in it and behind.
PHONE, SYMBOL = 320, 32
#: More points than this are a line, fewer are points that a line joins.
FEW = 40
#: Whole places along x up to which each has a tick of its own.
TICKS = 8


@dataclass(frozen=True)
class Dot:
    """A point of a line: its place, the label that says its value, and the ends of its band if it has one."""

    series: str
    x: float
    y: float
    label: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Axes:
    """Name the axes and what the tooltip says; `whole` writes places along x as years and counts are."""

    x: str
    y: str
    series: str = ""
    whole: bool = True


@dataclass(frozen=True)
class Mark:
    """A place along x that stands out, with its name: a dashed line from top to bottom."""

    x: float
    label: str


def lines(dots: Sequence[Dot], axes: Axes, *, marks: Sequence[Mark] = ()) -> Drawing:
    """Draw lines in the order in which their series come; with several, a legend names them."""
    names = list(dict.fromkeys(dot.series for dot in dots))
    data = pl.DataFrame(
        [(dot.series, dot.x, dot.y, dot.label) for dot in dots],
        schema={"series": pl.String, "x": pl.Float64, "y": pl.Float64, "label": pl.String},
        orient="row",
    )
    layers: list[alt.Chart] = []
    if banded := [dot for dot in dots if dot.low is not None and dot.high is not None]:
        layers.append(_band(banded, axes, names, places=data["x"]))
    layers += [_line(data, axes, names), _points(data, axes, names), *_marks(marks)]
    # Each layer colours for itself, so that the legend shows lines and not the pale ground of a band.
    chart = alt.layer(*layers).properties(height=HEIGHT)
    apart: Drawing = chart.resolve_scale(color="independent", strokeDash="independent")
    return apart


def _line(data: pl.DataFrame, axes: Axes, names: list[str]) -> alt.Chart:
    legend = _legend(names) if len(names) > 1 else None
    drawn: alt.Chart = (
        alt.Chart(data)
        .mark_line(strokeWidth=2)
        .encode(
            x=_x(axes, data["x"]),
            y=_y(axes),
            color=alt.Color("series:N", scale=series_scale(names), legend=legend),
            strokeDash=alt.StrokeDash("series:N", scale=series_dashes(names), legend=legend),
        )
    )
    return drawn


def _legend(names: list[str]) -> alt.Legend:
    """Name the lines, in as many columns as a phone has room for."""
    widths = [SYMBOL + SIZE * sum(1 if ord(mark) > 0x2E80 else 0.6 for mark in name) for name in names]
    columns = next(
        (
            number
            for number in range(len(names), 1, -1)
            if sum(max(widths[column::number]) for column in range(number)) <= PHONE
        ),
        1,
    )
    return alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=2, columns=columns)


def _points(data: pl.DataFrame, axes: Axes, names: list[str]) -> alt.Chart:
    """Draw the points that tooltips hang on; where there are many they are too small to be seen."""
    tips = [alt.Tooltip("series:N", title=axes.series)] if axes.series and len(names) > 1 else []
    few = data.height <= FEW * max(1, len(names))
    drawn: alt.Chart = (
        alt.Chart(data)
        .mark_point(filled=True, size=42 if few else 20, opacity=1 if few else 0)
        .encode(
            x=_x(axes, data["x"]),
            y=_y(axes),
            color=alt.Color("series:N", scale=series_scale(names), legend=None),
            tooltip=[
                *tips,
                alt.Tooltip("x:Q", title=axes.x, format="d" if axes.whole else ",.2f"),
                alt.Tooltip("label:N", title=axes.y),
            ],
        )
    )
    return drawn


def _band(dots: Sequence[Dot], axes: Axes, names: list[str], *, places: pl.Series) -> alt.Chart:
    """Draw the ground between low and high; *places* are those of the whole chart, whose axis it shares."""
    data = pl.DataFrame(
        [(dot.series, dot.x, dot.low, dot.high) for dot in dots],
        schema={"series": pl.String, "x": pl.Float64, "low": pl.Float64, "high": pl.Float64},
        orient="row",
    )
    colour = alt.Color("series:N", scale=series_scale(names), legend=None)
    low = alt.Y("low:Q", scale=alt.Scale(zero=False))
    drawn: alt.Chart = (
        alt.Chart(data).mark_area(opacity=0.18).encode(x=_x(axes, places), y=low, y2="high:Q", color=colour)
    )
    return drawn


def _marks(marks: Sequence[Mark]) -> list[alt.Chart]:
    if not marks:
        return []
    data = pl.DataFrame({"x": [mark.x for mark in marks], "label": [mark.label for mark in marks]})
    base = alt.Chart(data).encode(x="x:Q")
    text = base.mark_text(color=CUTOFF, baseline="bottom", dy=-4).encode(text="label:N", y=alt.value(0))
    return [base.mark_rule(color=CUTOFF, strokeDash=[5, 3], strokeWidth=1.5), text]


def _x(axes: Axes, places: pl.Series) -> alt.X:
    """Lay the axis out; where there are few whole places, each has a tick and nothing between them."""
    # Labels that nearly touch read as one number.
    form: dict[str, Any] = {"grid": False, "labelOverlap": True, "labelSeparation": 8}
    known = places.unique().sort().to_list()
    if axes.whole:
        form |= {"format": "d", "tickMinStep": 1}
    if axes.whole and len(known) <= TICKS:
        form["values"] = known
    scale = alt.Scale(zero=False, nice=False, padding=14)
    return alt.X("x:Q", title=axes.x, axis=alt.Axis(**form), scale=scale)


def _y(axes: Axes) -> alt.Y:
    return alt.Y("y:Q", title=axes.y, axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=False))
