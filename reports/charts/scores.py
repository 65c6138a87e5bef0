"""Total scores: how many people have which, and where the cutoff falls among them."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import polars as pl

from reports.bands import band_names
from reports.blocks import Figure
from reports.charts.theme import COLOURS, CUTOFF, figure
from reports.disclosure import Publishable
from reports.round_page import RoundPage
from reports.words import percent
from simulate.distribution import ADMITTED, POOL

HEIGHT = 260


def score_distribution(bins: Publishable, page: RoundPage, *, width: Decimal | float) -> Figure:
    """Draw how the totals are distributed, with the cutoff as a dashed line.

    A bar's height is people per *width* points, so that merged bins are as wide and as low as they should be.
    """
    shown, per = page.words.width(width), float(width)
    chart = alt.layer(_bars(bins, page, per=per, shown=shown), *_cutoff(page)).properties(height=HEIGHT)
    title = _finding(page)
    alt_text = page.say("scores.alt", width=shown, title=title, peak=_peak(bins, page, per=per))
    scope = POOL if POOL in page.populations else ADMITTED
    return figure(
        chart,
        page,
        key="scores",
        title=title,
        subtitle=page.say(
            f"scores.subtitle_{scope}", width=shown, people=page.words.people(page.size(scope))
        ),
        description=alt_text,
    )


def _bars(bins: Publishable, page: RoundPage, *, per: float, shown: str) -> alt.Chart:
    states = [page.say("scores.not_admitted"), page.say("scores.admitted")]
    frame = bins.frame
    data = frame.select(
        pl.col("lower").cast(pl.Float64),
        pl.col("upper").cast(pl.Float64),
        _density(per).alias("density"),
        "people",
        pl.Series("range", band_names(bins, page), dtype=pl.String),
        pl.Series("state", [states[admitted] for admitted in frame["admitted"]], dtype=pl.String),
    )
    scale = alt.Scale(domain=states, range=[COLOURS[POOL], COLOURS[ADMITTED]])
    legend = alt.Legend(title=None, orient="bottom") if frame["admitted"].n_unique() > 1 else None
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar(binSpacing=1)
        .encode(
            x=alt.X("lower:Q", bin="binned", title=page.say("scores.axis_x"), axis=alt.Axis(grid=False)),
            x2="upper:Q",
            y=alt.Y(
                "density:Q",
                stack=None,
                title=page.say("scores.axis_y", width=shown),
                axis=alt.Axis(tickCount=5),
            ),
            color=alt.Color("state:N", scale=scale, legend=legend),
            tooltip=[
                alt.Tooltip("range:N", title=page.say("scores.tip_range")),
                alt.Tooltip("people:Q", title=page.say("scores.tip_people"), format=","),
                alt.Tooltip("state:N", title=page.say("scores.tip_state")),
            ],
        )
    )
    return chart


def _density(per: float) -> pl.Expr:
    span = pl.col("upper").cast(pl.Float64) - pl.col("lower").cast(pl.Float64)
    return pl.col("people") * per / span


def _cutoff(page: RoundPage) -> list[alt.Chart]:
    if page.cutoff is None:
        return []
    label = page.say("scores.cutoff", cutoff=page.words.points(page.cutoff))
    base = alt.Chart(pl.DataFrame({"cutoff": [float(page.cutoff)], "label": [label]})).encode(x="cutoff:Q")
    text = base.mark_text(color=CUTOFF, baseline="bottom", align="center", dy=-5, fontWeight="bold")
    return [
        base.mark_rule(color=CUTOFF, strokeDash=[5, 3], strokeWidth=2),
        text.encode(text="label:N", y=alt.value(0)),
    ]


def _peak(bins: Publishable, page: RoundPage, *, per: float) -> str:
    fullest = bins.frame.select(_density(per).arg_max()).to_series()[0]
    return band_names(bins, page)[int(fullest)]


def _finding(page: RoundPage) -> str:
    points, people = page.words.points, page.words.people
    if page.compare:
        share = percent(page.admitted / page.eligible)
        cutoff = points(page.cutoff or 0)
        return page.say("scores.title_both", admitted=people(page.admitted), cutoff=cutoff, share=share)
    if page.populations == (ADMITTED,) and page.cutoff is not None:
        median = Decimal(str(page.medians[ADMITTED]))
        gap = median - page.cutoff
        return page.say(
            "scores.title_admitted", cutoff=points(page.cutoff), median=points(median), gap=points(gap)
        )
    return page.say("scores.title_pool", median=points(page.medians[POOL] or 0))
