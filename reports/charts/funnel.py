"""The stages of a round, one bar each, counted or assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import polars as pl

from reports.blocks import Figure
from reports.charts.theme import COLOURS, LONE_ROW, figure
from reports.round_page import RoundPage
from simulate.distribution import ADMITTED, POOL


@dataclass(frozen=True)
class Step:
    """A stage: its name, how many reach it, and whether they were counted or follow from assumed rates."""

    name: str
    people: int
    counted: bool


def funnel_chart(steps: Sequence[Step], page: RoundPage) -> Figure:
    """Draw how many reach each stage; what rests on assumptions has the paler colour."""
    bases = [page.say("round_funnel.basis_cohort"), page.say("round_funnel.basis_assumption")]
    data = pl.DataFrame(
        {
            "step": [step.name for step in steps],
            "people": [step.people for step in steps],
            "label": [page.words.people(step.people) for step in steps],
            "basis": [bases[not step.counted] for step in steps],
        }
    )
    base = alt.Chart(data).encode(
        y=alt.Y("step:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=6)),
        x=alt.X("people:Q", axis=None, scale=alt.Scale(domain=[0, max(data["people"]) * 1.3], nice=False)),
        tooltip=[
            alt.Tooltip("step:N", title=page.say("round_funnel.column_step")),
            alt.Tooltip("people:Q", title=page.say("round_funnel.column_people"), format=","),
            alt.Tooltip("basis:N", title=page.say("round_funnel.column_basis")),
        ],
    )
    scale = alt.Scale(domain=bases, range=[COLOURS[ADMITTED], COLOURS[POOL]])
    bars = base.mark_bar().encode(color=alt.Color("basis:N", scale=scale, legend=alt.Legend(title=None)))
    text = base.mark_text(align="left", baseline="middle", dx=4).encode(text="label:N")
    title = _finding(steps, page)
    return figure(
        alt.layer(bars, text).properties(height=LONE_ROW * 1.25 * len(steps)),
        page,
        key="funnel",
        title=title,
        subtitle=page.say("round_funnel.subtitle"),
        description=page.say("round_funnel.alt", title=title),
    )


def _finding(steps: Sequence[Step], page: RoundPage) -> str:
    first, last = steps[0], steps[-1]
    share = page.words.share(last.people / first.people) if first.people else ""
    return page.say(
        "round_funnel.title",
        first=first.name,
        first_people=page.words.people(first.people),
        last=last.name,
        last_people=page.words.people(last.people),
        share=share,
    )
