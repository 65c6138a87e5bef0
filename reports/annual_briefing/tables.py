"""The numbers of the annual briefing as tables."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from reports import cells
from reports.bands import band_names
from reports.blocks import Cell, Row, Table
from reports.disclosure import Publishable
from reports.round_page import RoundPage
from reports.sections import table


def score_bands(bands: Publishable, page: RoundPage) -> Table:
    """Tell how many people are in each band of totals and above it, the cutoff between them."""
    total = int(bands.frame["people"].sum())
    rows: list[Row] = []
    below = False
    for name, band in zip(band_names(bands, page), bands.frame.rows(named=True), strict=True):
        if not band["admitted"] and not below and page.cutoff is not None and page.compare:
            rows.append(Row(page.say("scores.line", cutoff=page.words.points(page.cutoff)), line=True))
        below = not band["admitted"]
        people, cumulative = band["people"], band["cumulative"]
        counts = [cell for number in (people, cumulative) for cell in _counted(number, total, page)]
        rows.append(Row(name, counts))
    columns = ("band", "people", "share", "cumulative", "cumulative_share")
    head = _columns(page, "scores", columns)
    return table(page, "score-bands", caption=page.say("scores.caption"), head=head, rows=rows)


def indicators(frame: Publishable, page: RoundPage) -> Table:
    """Tell each indicator's mean points and how many people have any, for every population of the page."""
    rows = []
    for (key,), group in frame.frame.group_by("indicator", maintain_order=True):
        told: list[Cell] = []
        for population in page.populations:
            row = group.row(by_predicate=pl.col("population") == population, named=True)
            told.append(cells.points(page.words, row["mean_points"]))
            told.append(cells.bounded(page.words, row["share"], row["bound"]))
        rows.append(Row(page.words.name("indicator", str(key)), told))
    columns = ("indicator", *("mean", "share") * len(page.populations))
    head = _columns(page, "indicators", columns)
    caption = page.say("indicators.caption")
    return table(page, "indicators", caption=caption, head=head, rows=rows, groups=_groups(page))


def composition(frame: Publishable, page: RoundPage, *, by: str) -> Table:
    """Tell how many people of each level there are, in every population of the page."""
    rows = [
        Row(page.words.levels(by, row["levels"], other=row["other"]), _cells(row, page))
        for row in frame.frame.rows(named=True)
    ]
    rate = ("rate",) if page.compare else ()
    columns = ("people", "share") * len(page.populations) + rate
    dimension = page.words.name("dimension", by)
    head = (page.words.title("dimension", by), *_columns(page, "composition", columns))
    key = f"composition-{page.dimensions.index(by) + 1}"
    caption = page.say("composition.caption", dimension=dimension)
    return table(page, key, caption=caption, head=head, rows=rows, groups=_groups(page))


def _counted(people: int, total: int, page: RoundPage) -> tuple[Cell, Cell]:
    return cells.people(page.words, people), cells.share(page.words, people / total)


def _cells(row: dict[str, int | float | None], page: RoundPage) -> list[Cell]:
    told: list[Cell] = []
    for population in page.populations:
        people = row[population]
        told.append(cells.people(page.words, None if people is None else int(people)))
        told.append(cells.share(page.words, row[f"{population}_share"]))
    return [*told, cells.share(page.words, row["admission_rate"])] if page.compare else told


def _columns(page: RoundPage, part: str, names: Sequence[str]) -> list[str]:
    return [page.say(f"{part}.column_{name}") for name in names]


def _groups(page: RoundPage) -> list[tuple[str, int]]:
    """Name the populations over their two columns each, where there are several to tell apart."""
    return [(page.words.name("population", name), 2) for name in page.populations] if page.compare else []
