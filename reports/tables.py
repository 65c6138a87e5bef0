"""Publishable frames as tables that a screen reader can read: a caption, scopes, numbers to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import polars as pl

from reports.bands import band_names
from reports.blocks import Block
from reports.disclosure import Publishable
from reports.page import Page
from reports.words import HIDDEN


@dataclass(frozen=True)
class Row:
    """A row: what it is about and its cells; a `line` has no cells and runs across the table."""

    name: str
    cells: Sequence[str] = ()
    line: bool = False


@dataclass(frozen=True)
class Table(Block):
    """A table; `groups` name the populations over the columns, each with how many columns it spans."""

    key: str
    number: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Row]
    groups: Sequence[tuple[str, int]] = ()
    note: str = ""

    def html(self) -> str:
        """Return the table, in a frame of its own that scrolls when the screen is narrower."""
        name = f"table-{escape(self.key, quote=True)}"
        note = f'<p class="footer">{escape(self.note)}</p>' if self.note else ""
        caption = f'<span class="number">{escape(self.number)}</span> {escape(self.caption)}'
        body = "".join(map(self._row, self.rows))
        return (
            f'<div class="table" role="region" tabindex="0" aria-labelledby="{name}"><table>'
            f'<caption id="{name}">{caption}</caption>'
            f"<thead>{self._head()}</thead><tbody>{body}</tbody></table>{note}</div>"
        )

    def _head(self) -> str:
        """Put populations over their columns; a column of no population reaches through both rows."""
        first, *others = (escape(name) for name in self.head)
        grouped = sum(span for _, span in self.groups)
        deep = ' rowspan="2"' if self.groups else ""
        names = [f'<th scope="col">{name}</th>' for name in others]
        over = [f'<th scope="colgroup" colspan="{span}">{escape(name)}</th>' for name, span in self.groups]
        alone = [f'<th scope="col"{deep}>{name}</th>' for name in others[grouped:]]
        top = f'<tr><th scope="col" class="first"{deep}>{first}</th>{"".join(over + alone)}</tr>'
        return top + (f"<tr>{''.join(names[:grouped])}</tr>" if self.groups else "")

    def _row(self, row: Row) -> str:
        name = escape(row.name)
        if row.line:
            return f'<tr class="line"><th scope="rowgroup" colspan="{len(self.head)}">{name}</th></tr>'
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
        return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def score_bands(bands: Publishable, page: Page) -> Table:
    """Tell how many people are in each band of totals and above it, the cutoff between them."""
    total = int(bands.frame["people"].sum())
    rows: list[Row] = []
    below = False
    for name, band in zip(band_names(bands, page), bands.frame.rows(named=True), strict=True):
        if not band["admitted"] and not below and page.cutoff is not None and page.compare:
            rows.append(Row(page.say("scores.line", cutoff=page.words.points(page.cutoff)), line=True))
        below = not band["admitted"]
        people, cumulative = band["people"], band["cumulative"]
        counts = (page.words.people(people), page.words.share(people / total))
        rows.append(Row(name, (*counts, page.words.people(cumulative), page.words.share(cumulative / total))))
    columns = ("band", "people", "share", "cumulative", "cumulative_share")
    return _table(
        "score-bands", page.say("scores.caption"), page, head=_columns(page, "scores", columns), rows=rows
    )


def indicators(frame: Publishable, page: Page) -> Table:
    """Tell each indicator's mean points and how many people have any, for every population of the page."""
    rows = []
    for (key,), group in frame.frame.group_by("indicator", maintain_order=True):
        cells: list[str] = []
        for population in page.populations:
            row = group.row(by_predicate=pl.col("population") == population, named=True)
            mean = row["mean_points"]
            cells += [
                HIDDEN if mean is None else page.words.points(mean),
                page.words.bounded(row["share"], row["bound"]),
            ]
        rows.append(Row(page.words.name("indicator", str(key)), cells))
    columns = ("indicator", *("mean", "share") * len(page.populations))
    head = _columns(page, "indicators", columns)
    return _table(
        "indicators", page.say("indicators.caption"), page, head=head, rows=rows, groups=_groups(page)
    )


def composition(frame: Publishable, page: Page, *, by: str) -> Table:
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
    return _table(key, caption, page, head=head, rows=rows, groups=_groups(page))


def _cells(row: dict[str, int | float | None], page: Page) -> list[str]:
    cells: list[str] = []
    for population in page.populations:
        people, share = row[population], row[f"{population}_share"]
        cells.append(HIDDEN if people is None else page.words.people(int(people)))
        cells.append(HIDDEN if share is None else page.words.share(share))
    if page.compare:
        rate = row["admission_rate"]
        cells.append(HIDDEN if rate is None else page.words.share(rate))
    return cells


def _columns(page: Page, part: str, names: Sequence[str]) -> list[str]:
    return [page.say(f"{part}.column_{name}") for name in names]


def _groups(page: Page) -> list[tuple[str, int]]:
    """Name the populations over their two columns each, where there are several to tell apart."""
    return [(page.words.name("population", name), 2) for name in page.populations] if page.compare else []


def _table(
    key: str,
    caption: str,
    page: Page,
    *,
    head: Sequence[str],
    rows: Sequence[Row],
    groups: Sequence[tuple[str, int]] = (),
) -> Table:
    hides = any(HIDDEN in row.cells for row in rows)
    note = page.say("table.hidden", threshold=page.threshold) if hides else ""
    return Table(key, page.number("table", key), caption, head, rows, groups, note)
