"""The numbers of a saved experiment as tables; one that has not converged is not told."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from reports import cells
from reports.blocks import Cell, Row, Table
from reports.disclosure import Publishable
from reports.experiment.levers import Named, choice
from reports.page import Page
from reports.sections import table
from reports.sensitivity import say

STATISTICS = ("mean", "error", "p05", "p50", "p95")
PEOPLE = ("admitted", "entered", "left")
NOT_KNOWN = cells.text("—")


def levers(page: Page, named: Sequence[Named]) -> Table:
    """Tell what varied, its value now, its range, and how it was drawn."""
    rows = [Row(one.name, [cells.text(text) for text in (one.now, one.range, one.way)]) for one in named]
    return _table(page, "varied", ("lever", "now", "range", "way"), rows)


def outcomes(page: Page, summary: pl.DataFrame) -> Table:
    """Tell mean, error and quantiles of the cutoff and of people."""
    rows = []
    for quantity in ("cutoff", *PEOPLE):
        known = {row["statistic"]: row for row in summary.filter(quantity=quantity).iter_rows(named=True)}
        mean = known.pop("mean")
        told = {"mean": mean["value"], "error": mean["standard_error"]} if mean["converged"] else {}
        told |= {name: row["value"] for name, row in known.items() if row["converged"]}
        write = _points if quantity == "cutoff" else _people
        own = [
            _error(mean["standard_error"]) if name == "error" and told else write(page, told.get(name))
            for name in STATISTICS
        ]
        rows.append(Row(page.say(f"experiment.{quantity}"), own))
    return _table(
        page, "outcomes", ("quantity", *STATISTICS), rows, note=page.say("experiment.outcomes_note")
    )


def moved(page: Page, named: Sequence[Named], responses: pl.DataFrame, shares: pl.DataFrame) -> Table:
    """Tell the mean cutoff where each lever is lowest and where it is highest, and what it explains."""
    rows = []
    for lever in named:
        parts = responses.filter(lever=lever.path).rows(named=True)
        if parts[0]["choice"] is not None:
            parts.sort(key=lambda part: part["cutoff"])
        low, high = parts[0], parts[-1]
        apart = high["cutoff"] - low["cutoff"]
        errors = [part["standard_error"] for part in (low, high)]
        share, error = shares.filter(lever=lever.path).row(0)[1:]
        own = [
            *(_part(page, part) for part in (low, high)),
            cells.points(page.words, apart),
            NOT_KNOWN if None in errors else _error(sum(one**2 for one in errors) ** 0.5),
            NOT_KNOWN if share is None else _share(page, share, error),
        ]
        rows.append(Row(lever.name, own))
    columns = ("lever", "lowest", "highest", "apart", "error", "share")
    return _table(page, "moved", columns, rows, note=page.say("experiment.moved_note"))


def groups(page: Page, by: str, told: Publishable, summary: pl.DataFrame) -> Table:
    """Tell how many of each level are admitted over the draws, and their share."""
    errors = {row["level"]: row for row in summary.filter(quantity="share", group=by).iter_rows(named=True)}
    rows = []
    for row in told.frame.iter_rows(named=True):
        name = page.words.levels(by, [row["level"]] * max(1, row["others"]), other=row["others"] > 0)
        hidden, known = row["mean"] is None, errors.get(row["level"])
        between = cells.HIDDEN_CELL
        if None not in (row["p05"], row["p95"]):
            ends = {"low": page.words.people(row["p05"]), "high": page.words.people(row["p95"])}
            told_ends = page.say("sensitivity.between", **ends)
            between = cells.interval(told_ends, row["p05"], row["p95"], "#,##0")
        share = cells.share(page.words, None if hidden else row["share"])
        if known is not None and not row["others"] and not known["converged"]:
            share = NOT_KNOWN
        rows.append(Row(name, [cells.people(page.words, row["mean"]), between, share]))
    caption = page.say("experiment.groups_caption", dimension=page.words.name("dimension", by))
    head = [
        page.words.title("dimension", by),
        *(page.say(f"experiment.column_{name}") for name in ("people", "between", "part")),
    ]
    return table(page, f"experiment-groups-{by}", caption=caption, head=head, rows=rows)


def _table(page: Page, part: str, columns: Sequence[str], rows: list[Row], *, note: str = "") -> Table:
    head = [page.say(f"experiment.column_{name}") for name in columns]
    caption = page.say(f"experiment.{part}_caption")
    return table(page, f"experiment-{part}", caption=caption, head=head, rows=rows, note=note)


def _points(page: Page, value: float | None) -> Cell:
    return NOT_KNOWN if value is None else cells.points(page.words, value)


def _people(page: Page, value: float | None) -> Cell:
    """Write a number of people over draws; some people but fewer than the threshold are not told."""
    if value is None:
        return NOT_KNOWN
    return cells.HIDDEN_CELL if 0 < value < page.threshold else cells.people(page.words, round(value))


def _error(value: float) -> Cell:
    return cells.number(f"{value:.2g}", value, "0.000")


def _part(page: Page, part: dict[str, object]) -> Cell:
    if part["choice"] is None:
        return cells.points(page.words, part["cutoff"])  # type: ignore[arg-type]
    name, points = choice(page, str(part["choice"])), page.words.points(part["cutoff"])  # type: ignore[arg-type]
    return cells.text(page.say("experiment.of_choice", choice=name, points=points))


def _share(page: Page, share: float, error: float) -> Cell:
    from reports.experiment.sections import interval

    value, low, high = interval(share, error)
    ends = {"low": say.percent(page, low), "high": say.percent(page, high)}
    return cells.number(
        page.say("sensitivity.estimate", value=say.percent(page, value), **ends), value, "0.0%"
    )
