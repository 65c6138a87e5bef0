"""The tables of a reform: before and after, which change moved them, between which groups, and how surely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from reports import cells
from reports.blocks import Cell, Row, Table
from reports.disclosure import Moves, Publishable
from reports.indicator_reform.page import ReformPage
from reports.sections import table
from scoring.explain.words import article
from scoring.reform.marking import Kind, Marked
from scoring.reform.redline import Amendment

_SIDES = ("before", "after", "entered", "left")
_POINTS = ("cutoff_before", "cutoff_after", "cutoff_change", "cutoff")
Names = Sequence[str | None]


def redline(page: ReformPage, amendments: Sequence[Amendment], note: str) -> Table:
    """Put what the law says beside what it would say."""
    lang = page.words.lang
    rows = [
        Row(
            f"{article(one.article, lang)}{'　' if lang == 'zh' else ', '}{one.what}",
            [
                cells.text(_marked(one.pieces, "old", lang) or one.before),
                cells.text(_marked(one.pieces, "new", lang) or one.after),
            ],
        )
        for one in amendments
    ]
    head = [page.tell(f"column_{name}") for name in ("place", "was", "will")]
    told = table(page, "redline", caption=page.tell("redline_caption"), head=head, rows=rows, note=note)
    return replace(told, prose=True)


def parts(page: ReformPage, told: Publishable) -> Table:
    """Tell each changed part's share in the moved and in the cutoff."""
    rows = []
    for row in told.frame.iter_rows(named=True):
        cutoff = cells.HIDDEN_CELL if row["cutoff"] is None else _signed(page, row["cutoff"])
        shares = [
            cells.bounded(page.words, row[f"{side}_share"], row[f"{side}_share_bound"])
            for side in ("entered", "left")
        ]
        rows.append(Row(page.part(row["part"]), [*shares, cutoff]))
    head = [page.tell(f"column_{name}") for name in ("part", "entered_share", "left_share", "cutoff")]
    return table(page, "parts", caption=page.tell("parts_caption"), head=head, rows=rows)


def groups(page: ReformPage, by: str, told: Moves) -> Table:
    """Tell the admitted before and after, and who entered and left, by level."""
    rows = []
    frame = told.counts.frame
    sides = [side for side in _SIDES if frame[side].null_count() < frame.height]
    for row in frame.iter_rows(named=True):
        counts = [cells.people(page.words, row[side]) for side in sides]
        rows.append(Row(page.levels_named(by, row["levels"]), [*counts, _net(page, row)]))
    dimension = page.words.name("dimension", by)
    head = (page.words.title("dimension", by), *(page.tell(f"column_{name}") for name in (*sides, "net")))
    caption = page.tell("groups_caption", dimension=dimension)
    return table(page, f"groups-{by}", caption=caption, head=head, rows=rows)


def flows(page: ReformPage, by: str, told: Moves) -> Table:
    """Tell from which level's leavers to which level's entrants places go; a blank is nobody."""
    known = (page.tell("rest") if place is None else page.levels_named(by, place) for place in told.places)
    names = [*known, page.tell("nobody")]
    used = [
        place
        for place in range(len(names))
        if any(told.flows[place]) or any(row[place] for row in told.flows)
    ]
    columns = [place for place in used if any(row[place] for row in told.flows)]
    rows = [
        Row(names[place], [_flow(page, told.flows[place][other]) for other in columns])
        for place in used
        if any(told.flows[place])
    ]
    head = (page.words.title("dimension", by), *(names[place] for place in columns))
    caption = page.tell("flows_caption", dimension=page.words.name("dimension", by))
    over = [(page.tell("flows_over"), len(columns))]
    return table(page, f"flows-{by}", caption=caption, head=head, rows=rows, groups=over)


def surety(page: ReformPage, frame: pl.DataFrame, parts: pl.DataFrame) -> Table:
    """Tell the main numbers with their intervals, and what each of several parts moves."""
    rows = [
        Row(page.tell(row["quantity"]), [_number(page, row, "value"), _between(page, row)])
        for row in frame.filter(pl.col("group").is_null()).iter_rows(named=True)
        if page.told or row["quantity"] in _POINTS
    ]
    rows += [
        Row(
            page.tell(f"{row['quantity']}_by", part=page.part(row["part"])),
            [_number(page, row, "value"), _between(page, row)],
        )
        for row in _of_parts(page, parts)
    ]
    head = [page.tell(f"column_{name}") for name in ("quantity", "value", "range")]
    return table(page, "surety", caption=page.tell("surety_caption"), head=head, rows=rows)


def _of_parts(page: ReformPage, parts: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield what each of several parts moves: of people only where every part moves enough of them."""
    everyone = parts.filter(pl.col("group").is_null(), pl.col("value").is_not_null())
    if everyone["part"].n_unique() < 2:
        return
    for quantity in ("cutoff", "entered", "left"):
        own = everyone.filter(quantity=quantity)
        if quantity in _POINTS or (page.told and (own["value"] >= page.threshold).all()):
            yield from own.iter_rows(named=True)


def _marked(pieces: Marked, kind: Kind, lang: str) -> str:
    first, last = ("【", "】") if lang == "zh" else ("[", "]")
    runs = (piece for piece in pieces if piece.kind in ("same", kind))
    return "".join(f"{first}{piece.text}{last}" if piece.kind == kind else piece.text for piece in runs)


def _signed(page: ReformPage, points: float) -> Cell:
    mark = "+" if round(points, 2) > 0 else ""
    return cells.number(f"{mark}{page.words.points(points)}", points, "+0.00;-0.00;0.00")


def _net(page: ReformPage, row: dict[str, Any]) -> Cell:
    if row["entered"] is None or row["left"] is None:
        return cells.HIDDEN_CELL
    net = row["entered"] - row["left"]
    mark = "+" if net > 0 else "−" if net < 0 else ""
    return cells.number(f"{mark}{page.words.people(abs(net))}", net, "+#,##0;-#,##0;0")


def _flow(page: ReformPage, people: int) -> Cell:
    return cells.number(page.words.people(people) if people else "–", people, "#,##0")


def _number(page: ReformPage, row: dict[str, Any], name: str) -> Cell:
    if row["quantity"] in _POINTS:
        return cells.points(page.words, row[name])
    return cells.number(_whole(page, row[name]), row[name], "#,##0")


def _between(page: ReformPage, row: dict[str, Any]) -> Cell:
    of_points = row["quantity"] in _POINTS
    write = page.words.points if of_points else lambda people: _whole(page, people)
    told = page.tell("between", **{end: write(row[end]) for end in ("low", "high")})
    return cells.interval(told, row["low"], row["high"], "0.00" if of_points else "#,##0")


def _whole(page: ReformPage, people: float) -> str:
    return page.words.people(round(people)).replace("-", "−")
