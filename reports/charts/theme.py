"""One look for every chart: sizes, a palette fit for colour-blind readers, light, dark and paper.

Colours are CSS variables with the light colour as fallback: the page decides what is light or dark, and a
chart outside a page is light. The palette is Okabe and Ito's; populations differ in lightness as well, so
that a grey print tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from reports.blocks import Figure
from reports.disclosure import check_embedded
from reports.page import Page
from reports.words import Words
from simulate.distribution import ADMITTED, POOL

FONT = '"Jifen Sans", system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif'

Drawing = alt.LayerChart | alt.FacetChart

INK = "var(--jifen-ink, #1b1f24)"
SOFT = "var(--jifen-soft, #57606a)"
LINE = "var(--jifen-line, #d8dee4)"
CUTOFF = "var(--jifen-cutoff, #b8480a)"
COLOURS = {POOL: "var(--jifen-pool, #a3abb5)", ADMITTED: "var(--jifen-admitted, #0072b2)"}

#: Colours of series that are no population, after Okabe and Ito; the palest, unfit for thin lines, last.
SERIES = (
    "var(--jifen-series-1, #0072b2)",
    "var(--jifen-series-2, #d55e00)",
    "var(--jifen-series-3, #009e73)",
    "var(--jifen-series-4, #cc79a7)",
    "var(--jifen-series-5, #e69f00)",
    "var(--jifen-series-6, #56b4e9)",
)
#: Dashes of the same series, so that a grey print tells them apart.
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 3], [4, 6])

SIZE = 12
PADDING = {"left": 2, "top": 6, "right": 6, "bottom": 4}
ROW, GAP, LONE_ROW = 14, 10, 21
"""Pixels: a bar beside others, the gap between two rows of them, and a row of one bar."""


def configured(chart: Drawing, *, description: str) -> dict[str, Any]:
    """Return a chart's Vega-Lite specification in this look and as wide as its place."""
    axis = {
        "labelColor": INK,
        "titleColor": SOFT,
        "labelFontSize": SIZE,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelLimit": 150,
        "titleLimit": 400,
    }
    legend = {
        "labelColor": INK,
        "labelFontSize": SIZE,
        "labelLimit": 300,
        "orient": "top",
        "symbolType": "square",
    }
    config = {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": axis,
        "legend": legend,
        "text": {"fontSize": SIZE, "color": INK},
    }
    # The chart is checked in full when it is built; here only what fits its place and look is added.
    return {
        **chart.to_dict(validate=False),
        "description": description,
        "width": "container",
        "padding": PADDING,
        "config": config,
    }


def figure(  # noqa: PLR0913  one argument a part of the figure
    chart: Drawing,
    page: Page,
    *,
    key: str,
    title: str,
    subtitle: str,
    description: str,
    hides: bool = False,
    footer: str = "",
) -> Figure:
    """Finish a chart: the finding above it, what it was made of below, and its alt text.

    A chart that *hides* a value says below what its asterisk means; a *footer* of its own names other data
    than the page's.
    """
    spec = configured(chart, description=description)
    check_embedded(spec, threshold=page.threshold)
    note = page.say("table.hidden", threshold=page.threshold) if hides else ""
    return Figure(
        key=key,
        number=page.number("figure", key),
        title=title,
        subtitle=subtitle,
        footer=page.say("unit.gap").join(filter(None, [footer or page.footer, note])),
        alt=description,
        failed=page.say("page.figure_failed"),
        spec=spec,
    )


def series_scale(names: Sequence[str]) -> alt.Scale:
    """Colour series in their order."""
    return alt.Scale(domain=list(names), range=[SERIES[n % len(SERIES)] for n in range(len(names))])


def series_dashes(names: Sequence[str]) -> alt.Scale:
    """Dash series in their order."""
    return alt.Scale(domain=list(names), range=[DASHES[n % len(DASHES)] for n in range(len(names))])


def population_scale(words: Words, populations: tuple[str, ...]) -> alt.Scale:
    """Colour the populations, each always the same."""
    names = [words.name("population", name) for name in populations]
    return alt.Scale(domain=names, range=[COLOURS[name] for name in populations])
