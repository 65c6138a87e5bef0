"""A reform, drawn: each change's share in the moved, and who enters and leaves by level."""

from __future__ import annotations

from unicodedata import east_asian_width

import polars as pl

from reports.blocks import Figure
from reports.charts.bars import Bar, Titles, series_bars
from reports.charts.theme import figure, series_scale
from reports.disclosure import Moves, Publishable
from reports.indicator_reform.page import ReformPage
from reports.words import HIDDEN

SIDES = ("entered", "left")
LINE = 20
"""The width that a name beside a bar may have in one line; a Chinese character counts two."""


def parts(page: ReformPage, told: Publishable) -> Figure:
    """Draw each changed part's share of those who entered and of those who left."""
    names = {side: page.tell(f"side_{side}") for side in SIDES}
    rows = [
        (page.part(row["part"]), side, row[f"{side}_share"], row[f"{side}_share_bound"])
        for row in told.frame.iter_rows(named=True)
        for side in SIDES
    ]
    bars = [
        Bar(two_lines(part), names[side], 100 * share, page.words.bounded(share, bound))
        for part, side, share, bound in rows
    ]
    top = {f"{side}": page.words.bounded(share, bound) for _, side, share, bound in rows[: len(SIDES)]}
    title = page.tell("parts_title", part=rows[0][0], **top)
    titles = Titles(page.tell("column_part"), page.tell("tip_side"), page.tell("tip_share"))
    return figure(
        series_bars(bars, titles, scale=series_scale(list(names.values())), series=len(SIDES)),
        page,
        key="parts",
        title=title,
        subtitle=page.tell("parts_subtitle", **page.moved()),
        description=page.tell("parts_alt", title=title),
    )


def groups(page: ReformPage, by: str, told: Moves) -> Figure:
    """Draw who enters each level to the right and who leaves it to the left."""
    names = {side: page.tell(f"side_{side}") for side in SIDES}
    bars = []
    for row in told.counts.frame.iter_rows(named=True):
        for side in SIDES:
            people = row[side]
            length = None if people is None else people if side == "entered" else -people
            label = HIDDEN if people is None else page.words.people(people)
            bars.append(Bar(two_lines(page.levels_named(by, row["levels"])), names[side], length, label))
    dimension = page.words.name("dimension", by)
    title = _finding(page, by, told.counts.frame)
    titles = Titles(page.words.title("dimension", by), page.tell("tip_side"), page.tell("tip_people"))
    return figure(
        series_bars(bars, titles, scale=series_scale(list(names.values())), series=len(SIDES)),
        page,
        key=f"groups-{by}",
        title=title,
        subtitle=page.tell("groups_subtitle", dimension=dimension, **page.moved()),
        description=page.tell("groups_alt", dimension=dimension, title=title),
        hides=any(bar.label == HIDDEN for bar in bars),
    )


def _finding(page: ReformPage, by: str, frame: pl.DataFrame) -> str:
    """Tell which level gains most people and which loses most, where both can be told."""
    net = frame.select("levels", (pl.col("entered") - pl.col("left")).alias("net")).drop_nulls("net")
    if net.height:
        up, down = (
            net.row(net["net"].arg_max() or 0, named=True),
            net.row(net["net"].arg_min() or 0, named=True),
        )
        names = {"up": page.levels_named(by, up["levels"]), "down": page.levels_named(by, down["levels"])}
        people = {
            "up_people": page.words.people(up["net"]),
            "down_people": page.words.people(-down["net"]),
        }
        if up["net"] > 0 > down["net"]:
            return page.tell("groups_title", **names, **people)
        if up["net"] > 0:
            return page.tell("groups_title_up", up=names["up"], up_people=people["up_people"])
        if down["net"] < 0:
            return page.tell("groups_title_down", down=names["down"], down_people=people["down_people"])
    return page.tell("groups_title_plain", dimension=page.words.name("dimension", by))


def two_lines(name: str) -> str:
    """Break a long name in two near its middle: where a name in a list ends, else a word."""
    if _width(name) <= LINE:
        return name
    places = [
        place for place in range(1, len(name)) if name[place - 1] in " 、（" or _width(name[place]) == _WIDE
    ]
    if not places:
        return name
    middle = _width(name) / 2
    best = min(places, key=lambda place: abs(_width(name[:place]) - middle) - _worth(name[:place]))
    return f"{name[:best].rstrip()}\n{name[best:]}"


_WIDE, _AT_LIST = 2, 6


def _worth(first: str) -> int:
    """Say how far from the middle a break may be to stand at the end of a name in a list."""
    return _AT_LIST if first.endswith((", ", "、")) else 0


def _width(text: str) -> int:
    return sum(_WIDE if east_asian_width(mark) in "WF" else 1 for mark in text)
