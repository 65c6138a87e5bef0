"""The sections that every report has: how it opens, and what it was made of."""

from __future__ import annotations

from collections.abc import Sequence

from reports.blocks import Block, Blocks, Heading, Paragraph, Row, Sources, Table
from reports.page import Page
from reports.words import HIDDEN


def opening(page: Page, *, title: str, question: str, remarks: Sequence[str] = ()) -> Blocks:
    """Open a report: its title, its question, what it was made of, and what must be known before reading.

    That its people do not exist is said by itself.
    """
    notices = [page.say("page.synthetic")] if page.made_of.synthetic else []
    parts: list[Block] = [
        Heading(title, level=1),
        Paragraph(question, "lead"),
        Paragraph(page.footer, "source"),
    ]
    return Blocks([*parts, *(Paragraph(remark, "notice") for remark in [*notices, *remarks])])


def sources(page: Page) -> Blocks:
    """Close a report: what it was made of, in full, so that it can be made again."""
    title = page.say("sources.heading")
    return Blocks([Heading(title), Sources(title, page.made_of.rows(page.words))])


def table(
    page: Page,
    key: str,
    *,
    caption: str,
    head: Sequence[str],
    rows: Sequence[Row],
    groups: Sequence[tuple[str, int]] = (),
    note: str = "",
) -> Table:
    """Give a table its number, and say under it what its asterisks mean, where it has any."""
    hides = any(cell.text == HIDDEN for row in rows for cell in row.cells)
    notes = [note, page.say("table.hidden", threshold=page.threshold) if hides else ""]
    told = page.say("unit.gap").join(filter(None, notes))
    return Table(key, page.number("table", key), caption, head, rows, groups, told)
