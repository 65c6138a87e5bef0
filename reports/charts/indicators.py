"""The ten columns: how many points each gives, and how many people it gives any."""

from __future__ import annotations

from typing import Any

from reports.blocks import Figure
from reports.charts.bars import Bar, Titles, bars
from reports.charts.theme import figure
from reports.disclosure import Publishable
from reports.round_page import RoundPage
from reports.words import HIDDEN
from simulate.distribution import ADMITTED, DEDUCTIONS, POOL

Row = dict[str, Any]

NEARLY_ALL = 0.95
"""From this share on an indicator is nothing special to have."""


def indicator_means(frame: Publishable, page: RoundPage) -> Figure:
    """Draw the mean points of each indicator, for every population the page tells."""
    drawn = [
        Bar(
            page.words.name("indicator", row["indicator"]),
            row["population"],
            row["mean_points"],
            HIDDEN if row["mean_points"] is None else page.words.points(row["mean_points"]),
        )
        for row in _rows(frame, page)
    ]
    return _figure("mean", drawn, _mean_finding(frame, page), page)


def indicator_shares(frame: Publishable, page: RoundPage) -> Figure:
    """Draw the share of people with points in each indicator, for every population the page tells."""
    drawn = [
        Bar(
            page.words.name("indicator", row["indicator"]),
            row["population"],
            None if row["share"] is None or row["bound"] == "below" else row["share"] * 100,
            page.words.bounded(row["share"], row["bound"]),
        )
        for row in _rows(frame, page)
    ]
    return _figure("share", drawn, _share_finding(frame, page), page)


def _rows(frame: Publishable, page: RoundPage) -> list[Row]:
    return [row for row in frame.frame.rows(named=True) if row["population"] in page.populations]


def _figure(kind: str, drawn: list[Bar], title: str, page: RoundPage) -> Figure:
    titles = Titles(
        row=page.say("indicators.tip_indicator"),
        population=page.say("indicators.tip_population"),
        value=page.say(f"indicators.tip_{kind}"),
    )
    chart = bars(drawn, titles, words=page.words, populations=page.populations)
    alt_text = page.say(f"indicators.{kind}_alt", title=title)
    return figure(
        chart,
        page,
        key=f"indicator-{kind}s",
        title=title,
        subtitle=page.say(f"indicators.{kind}_subtitle", population=page.populations_named()),
        description=alt_text,
        hides=any(bar.label == HIDDEN for bar in drawn),
    )


def _paired(frame: Publishable, page: RoundPage, value: str) -> list[tuple[str, float, float]]:
    """Pair each indicator's value among the admitted with the pool's, where both are exactly known."""
    known = {
        (row["indicator"], row["population"]): row[value]
        for row in _rows(frame, page)
        if row[value] is not None and row["bound"] == "exact"
    }
    names = dict.fromkeys(row["indicator"] for row in _rows(frame, page))
    pairs = [(name, known.get((name, ADMITTED)), known.get((name, POOL))) for name in names]
    return [(name, of, among) for name, of, among in pairs if of is not None and among is not None]


def _mean_finding(frame: Publishable, page: RoundPage) -> str:
    points, name = page.words.points, page.words.name
    if page.compare:
        means = [row for row in _rows(frame, page) if row["mean_points"] is not None]
        of = {row["indicator"]: row["mean_points"] for row in means if row["population"] == ADMITTED}
        among = {row["indicator"]: row["mean_points"] for row in means if row["population"] == POOL}
        shared = [key for key in of if key in among]
        if shared:
            widest = max(shared, key=lambda key: abs(of[key] - among[key]))
            values = {"admitted": points(of[widest]), "pool": points(among[widest])}
            return page.say("indicators.mean_title_both", indicator=name("indicator", widest), **values)
    row = max(_rows(frame, page), key=lambda row: row["mean_points"] or 0)
    mean = points(row["mean_points"] or 0)
    return page.say("indicators.mean_title_one", indicator=name("indicator", row["indicator"]), mean=mean)


def _share_finding(frame: Publishable, page: RoundPage) -> str:
    share, name = page.words.share, page.words.name
    pairs = _paired(frame, page, "share")
    if page.compare and pairs:
        indicator, of, among = max(pairs, key=lambda pair: abs(pair[1] - pair[2]))
        values = {"admitted": share(of), "pool": share(among)}
        return page.say("indicators.share_title_both", indicator=name("indicator", indicator), **values)
    gains = [
        row
        for row in _rows(frame, page)
        if row["bound"] == "exact" and row["indicator"] not in DEDUCTIONS and row["share"] < NEARLY_ALL
    ]
    if page.compare or len(gains) < 2:
        return page.say("indicators.share_title_all")
    lowest, *_, highest = sorted(gains, key=lambda row: float(row["share"]))
    return page.say(
        "indicators.share_title_one",
        highest=name("indicator", highest["indicator"]),
        highest_share=share(highest["share"]),
        lowest=name("indicator", lowest["indicator"]),
        lowest_share=share(lowest["share"]),
    )
