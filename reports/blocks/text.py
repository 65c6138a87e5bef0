"""Headings, sentences, and the few numbers that stand out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from reports.blocks.block import Block
from reports.blocks.table import Cell


@dataclass(frozen=True)
class Heading(Block):
    """A heading; level 1 is the document's title."""

    text: str
    level: int = 2

    def html(self) -> str:
        """Return the heading."""
        return f"<h{self.level}>{escape(self.text)}</h{self.level}>"


@dataclass(frozen=True)
class Paragraph(Block):
    """A paragraph; `role` says what for: `lead`, `source`, `notice`."""

    text: str
    role: str = ""

    def html(self) -> str:
        """Return the paragraph."""
        mark = f' class="{escape(self.role, quote=True)}"' if self.role else ""
        return f"<p{mark}>{escape(self.text)}</p>"


@dataclass(frozen=True)
class Points(Block):
    """A list of sentences."""

    items: Sequence[str]

    def html(self) -> str:
        """Return the list."""
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in self.items) + "</ul>"


@dataclass(frozen=True)
class Facts(Block):
    """The few numbers that a reader looks for first, each with its name; the first is the main one.

    `title` names them where they stand apart from the text, as on a sheet of a workbook.
    """

    title: str
    items: Sequence[tuple[str, Cell]]

    def html(self) -> str:
        """Return the numbers as a description list."""
        rows = (
            f"<div><dt>{escape(name)}</dt><dd>{escape(cell.text)}</dd></div>" for name, cell in self.items
        )
        return f'<dl class="facts">{"".join(rows)}</dl>'


@dataclass(frozen=True)
class Sources(Block):
    """What a document was made of: data, rules, reform, round, quota, seed, draws, digests."""

    title: str
    items: Sequence[tuple[str, str]]

    def html(self) -> str:
        """Return the sources as a description list."""
        rows = (f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in self.items)
        return f'<dl class="sources">{"".join(rows)}</dl>'


@dataclass(frozen=True)
class Blocks(Block):
    """Pieces in order."""

    parts: Sequence[Block]

    def html(self) -> str:
        """Return all pieces."""
        return "\n".join(part.html() for part in self.parts)

    def __iter__(self) -> Iterator[Block]:
        for part in self.parts:
            yield from part if isinstance(part, Blocks) else (part,)
