"""Where the cutoff came to lie over the draws of an experiment."""

from __future__ import annotations

import altair as alt
import polars as pl

from reports.blocks import Figure
from reports.charts.theme import COLOURS, CUTOFF, figure
from reports.page import Page
from simulate.distribution import ADMITTED

HEIGHT = 220


def cutoffs(bins: pl.DataFrame, page: Page, *, title: str, baseline: float | None) -> Figure:
    """Draw how many draws have which cutoff, *bins* of them, with the baseline's as a dashed line."""
    data = bins.with_columns(
        pl.Series("range", [_range(page, *ends) for ends in bins.select("lower", "upper").rows()], pl.String)
    )
    ticks = alt.Axis(grid=False, tickCount=8, labelOverlap=True, labelSeparation=8)
    bars = (
        alt.Chart(data)
        .mark_bar(binSpacing=1, color=COLOURS[ADMITTED])
        .encode(
            x=alt.X("lower:Q", bin="binned", title=page.say("experiment.axis_x"), axis=ticks),
            x2="upper:Q",
            y=alt.Y("draws:Q", title=page.say("experiment.axis_y"), axis=alt.Axis(tickCount=5, format=",d")),
            tooltip=[
                alt.Tooltip("range:N", title=page.say("experiment.cutoff")),
                alt.Tooltip("draws:Q", title=page.say("experiment.tip_draws"), format=","),
            ],
        )
    )
    return figure(
        alt.layer(bars, *_baseline(page, baseline)).properties(height=HEIGHT),
        page,
        key="experiment-cutoff",
        title=title,
        subtitle=page.say("experiment.cutoff_subtitle", draws=page.words.people(int(bins["draws"].sum()))),
        description=page.say("experiment.cutoff_alt", title=title),
    )


def _range(page: Page, lower: float, upper: float) -> str:
    ends = {"low": page.words.points(lower), "high": page.words.points(upper)}
    return page.say("experiment.bin", **ends)


def _baseline(page: Page, cutoff: float | None) -> list[alt.Chart]:
    if cutoff is None:
        return []
    label = page.say("experiment.baseline_mark", cutoff=page.words.points(cutoff))
    base = alt.Chart(pl.DataFrame({"cutoff": [cutoff], "label": [label]})).encode(x="cutoff:Q")
    text = base.mark_text(color=CUTOFF, baseline="bottom", align="center", dy=-5, fontWeight="bold")
    return [
        base.mark_rule(color=CUTOFF, strokeDash=[5, 3], strokeWidth=2),
        text.encode(text="label:N", y=alt.value(0)),
    ]
