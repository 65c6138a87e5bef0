"""The numbers of the sensitivity report as tables."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import polars as pl

from reports import cells
from reports.blocks import Cell, Row, Table
from reports.disclosure import Publishable
from reports.round_page import RoundPage
from reports.sections import table
from reports.sensitivity import say
from reports.sensitivity.say import percent
from scoring.rulebook import INDICATORS

Told = dict[str, Any]

NOT_KNOWN = cells.text("—")
"""A cell of a number that is not known, or not well enough."""


def decides(told: Publishable, page: RoundPage) -> Table:
    """Tell the cutoff without each indicator, who is displaced, and who falls below the old cutoff."""
    rows = []
    for row in told.frame.rows(named=True):
        own = [cells.bounded(page.words, row["share_below_old_cutoff"], row["share_below_old_cutoff_bound"])]
        if page.compare:
            own = [
                cells.points(page.words, row["cutoff"]),
                _changed(row, page),
                _between(page, row["share_changed_low"], row["share_changed_high"]),
                *own,
            ]
        rows.append(Row(say.indicator(page, row["indicator"]), own))
    columns = ("cutoff", "changed", "interval", "below") if page.compare else ("below",)
    return _table(page, "decides", columns, rows)


def groups(told: Publishable, page: RoundPage, by: str) -> Table:
    """Tell each level's share of the admitted, and by how many points it moves without each indicator."""
    settings = told.frame.partition_by("setting", maintain_order=True)
    shares = [cells.share(page.words, share) for share in settings[0]["baseline_share"]]
    rows = [Row(page.say("sensitivity.row_now"), shares)]
    for own in settings:
        moves = [_moved(row) for row in own.rows(named=True)]
        rows.append(Row(say.indicator(page, own["setting"][0]), moves))
    levels = [page.levels_named(by, names) for names in settings[0]["levels"].to_list()]
    return table(
        page,
        f"sensitivity-groups-{by}",
        caption=page.say("sensitivity.groups_caption", dimension=page.words.name("dimension", by)),
        head=[page.say("sensitivity.column_without"), *levels],
        rows=rows,
        note=page.say("sensitivity.groups_note") if told.frame["within"].count() else "",
    )


def moved(told: Publishable, elasticities: pl.DataFrame, page: RoundPage, *, step: str) -> list[Table]:
    """Tell for each weight moved down and up what the cutoff does, and in a second table who is displaced."""
    of_cutoff = elasticities.filter(quantity="cutoff")
    slopes = dict(of_cutoff.select("indicator", "elasticity").iter_rows())
    cutoffs, displaced = [], []
    for indicator in INDICATORS:
        own: list[Cell] = []
        people: list[Cell] = []
        for row in told.frame.filter(indicator=indicator).sort("weight").rows(named=True):
            own.append(cells.points(page.words, row["cutoff_change"]))
            own.append(_between_points(page, row["cutoff_change_low"], row["cutoff_change_high"]))
            people.append(_changed(row, page))
            people.append(_between(page, row["share_changed_low"], row["share_changed_high"]))
        slope = slopes[indicator]
        own.append(NOT_KNOWN if slope is None else cells.number(page.words.points(slope), slope, "0.00"))
        name = say.indicator(page, indicator)
        cutoffs.append(Row(name, own))
        displaced.append(Row(name, people))
    groups = [(page.say(f"sensitivity.{side}", step=step), 2) for side in ("down", "up")]
    columns = (*("change", "interval") * 2, "elasticity")
    return [
        _table(page, "moved", columns, cutoffs, groups=groups),
        _table(page, "displaced", ("changed", "interval") * 2, displaced, groups=groups),
    ]


def indices(found: pl.DataFrame, page: RoundPage) -> list[Table]:
    """Tell first-order and total indices with their intervals, a table a quantity."""
    return [
        _indices(found.filter(quantity=quantity), page, quantity) for quantity in _in_order(found, "quantity")
    ]


def _indices(found: pl.DataFrame, page: RoundPage, quantity: str) -> Table:
    rows = []
    for row in found.rows(named=True):
        own: list[Cell] = []
        for kind in ("first", "total"):
            own.append(_percent(page, row[kind]))
            own.append(_between(page, row[f"{kind}_low"], row[f"{kind}_high"]))
        rows.append(Row(say.indicator(page, row["input"]), own))
    note = "" if found["converged"].all() else page.say("sensitivity.not_known")
    columns = ("first", "interval", "total", "interval")
    return _table(page, f"indices_{quantity}", columns, rows, note=note)


def variance(told: Publishable, page: RoundPage, *, within: str) -> Table:
    """Tell each indicator's share of the variance, with its interval, for each population."""
    populations = _in_order(told.frame, "population")
    rows = []
    for indicator in _in_order(told.frame, "indicator"):
        own: list[Cell] = []
        for population in populations:
            row = told.frame.filter(indicator=indicator, population=population).row(0, named=True)
            own.append(cells.HIDDEN_CELL if row["share"] is None else _percent(page, row["share"]))
            own.append(_between(page, row["share_low"], row["share_high"]))
        rows.append(Row(say.indicator(page, indicator), own))
    groups = [(page.say(f"sensitivity.among_{name}", within=within), 2) for name in populations]
    return _table(page, "variance", ("share", "interval") * len(populations), rows, groups=groups)


def weights(told: Publishable, page: RoundPage) -> Table:
    """Tell between which changes of its weight nobody draws level, rounded towards no change."""
    rows = []
    for indicator in INDICATORS:
        down, up = told.frame.filter(lever=f"weights.{indicator}").rows(named=True)
        own = [_weight(page, one) for one in (down, up)]
        rows.append(Row(say.indicator(page, indicator), own))
    return _table(page, "weights", ("falls", "rises"), rows)


def rates(told: Publishable, page: RoundPage) -> Table:
    """Tell for each rate the values over which the same people are admitted, and where one draws level."""
    rows = []
    for lever in _in_order(told.frame, "lever"):
        down, up = told.frame.filter(lever=lever).rows(named=True)
        own = [
            *(_rate(page, one, "end") for one in (down, up)),
            *(_rate(page, one, "overtaking") for one in (down, up)),
            cells.points(page.words, down["baseline"]),
        ]
        rows.append(Row(_lever(page, lever), own))
    groups = [(page.say(f"sensitivity.{name}"), 2) for name in ("same", "level")]
    columns = ("lowest", "highest", "down_to", "up_to", "baseline")
    return _table(page, "rates", columns, rows, groups=groups)


def _table(
    page: RoundPage,
    part: str,
    columns: Sequence[str],
    rows: list[Row],
    *,
    groups: Sequence[tuple[str, int]] = (),
    note: str = "",
) -> Table:
    first = "lever" if part == "rates" else "indicator"
    head = [page.say(f"sensitivity.column_{name}") for name in (first, *columns)]
    caption = page.say(f"sensitivity.{part}_caption")
    return table(page, f"sensitivity-{part}", caption=caption, head=head, rows=rows, groups=groups, note=note)


def _changed(row: Told, page: RoundPage) -> Cell:
    return cells.bounded(page.words, row["share_changed"], row["share_changed_bound"])


def _between(page: RoundPage, low: float | None, high: float | None) -> Cell:
    """Write an interval of shares."""
    if low is None or high is None:
        return NOT_KNOWN
    told = page.say("sensitivity.between", low=percent(page, low), high=percent(page, high))
    return cells.interval(told, low, high, "0.0%")


def _between_points(page: RoundPage, low: float | None, high: float | None) -> Cell:
    if low is None or high is None:
        return NOT_KNOWN
    ends = {"low": page.words.points(low), "high": page.words.points(high)}
    return cells.interval(page.say("sensitivity.between", **ends), low, high, "0.00")


def _percent(page: RoundPage, value: float | None) -> Cell:
    return NOT_KNOWN if value is None else cells.number(percent(page, value), value, "0.0%")


def _moved(row: Told) -> Cell:
    """Write by how many percentage points a share moves, or within which bound."""
    if row["share_change"] is not None:
        return cells.number(say.moved(row["share_change"]), 100 * row["share_change"], "+0.0;-0.0;0.0")
    if row["within"] is None:
        return cells.HIDDEN_CELL
    return cells.text(f"±{ceil(1000 * row['within']) / 10:.1f}")


def _in_order(frame: pl.DataFrame, column: str) -> list[str]:
    return frame[column].unique(maintain_order=True).to_list()


def _weight(page: RoundPage, row: Told) -> Cell:
    """Write how far a weight may move as a percentage, rounded towards none."""
    if not row["told"]:
        return cells.HIDDEN_CELL
    if row["overtaking"] is None:
        return cells.text(page.say("sensitivity.never"))
    far = abs(row["overtaking"] - 1)
    tenths = int(far * 1000 + 1e-9) / 1000
    if not tenths:
        return cells.text(page.say("sensitivity.at_once", share=page.words.share(0.001)))
    return cells.share(page.words, tenths)


def _rate(page: RoundPage, row: Told, name: str) -> Cell:
    if not row["told"]:
        return cells.HIDDEN_CELL
    return (
        cells.text(page.say("sensitivity.never"))
        if row[name] is None
        else cells.points(page.words, row[name])
    )


def _lever(page: RoundPage, lever: str) -> str:
    """Name a rate in words; a step of the ladder by its age."""
    if lever.startswith("age.ladder["):
        bound = lever.removeprefix("age.ladder[").removesuffix("]")
        key = "age_up_to" if bound.startswith("<=") else "age_over"
        return page.say(f"sensitivity.{key}", age=bound.lstrip("<=>"))
    known = {**page.words.entries["workbench"]["rate"], **page.words.entries["sensitivity"]["rate"]}
    return str(known.get(lever, lever))
