"""A section of the backtest that is one table: its words are told apart by the section's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports import sections
from reports.blocks import Blocks, Heading, Paragraph, Row
from reports.page import Page


def tabled(page: Page, name: str, *, head: Sequence[str], rows: Sequence[Row], **lead: Any) -> Blocks:
    """Return heading, lead and table with its note; *lead* fills in the words that lead to the table."""
    return Blocks(
        [
            Heading(page.say(f"backtest.{name}_heading")),
            Paragraph(page.say(f"backtest.{name}_lead", **lead)),
            sections.table(
                page,
                f"backtest-{name}",
                caption=page.say(f"backtest.{name}_caption"),
                head=head,
                rows=rows,
                note=page.say(f"backtest.{name}_note"),
            ),
        ]
    )
