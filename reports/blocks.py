"""The pieces of a page: each knows its HTML, and shows itself in a notebook.

Whatever comes from outside, a group's name or a file's, is escaped here and nowhere else.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any


class Block(ABC):
    """A piece of a page."""

    @abstractmethod
    def html(self) -> str:
        """Return the piece as HTML."""

    def _repr_html_(self) -> str:
        return self.html()


@dataclass(frozen=True)
class Heading(Block):
    """A heading; level 1 is the page's title."""

    text: str
    level: int = 2

    def html(self) -> str:
        """Return the heading."""
        return f"<h{self.level}>{escape(self.text)}</h{self.level}>"


@dataclass(frozen=True)
class Paragraph(Block):
    """A paragraph; `role` is its class: `lead`, `source`, `notice`."""

    text: str
    role: str = ""

    def html(self) -> str:
        """Return the paragraph."""
        mark = f' class="{self.role}"' if self.role else ""
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
    """The few numbers that a reader looks for first, each with its name; the first is the largest."""

    items: Sequence[tuple[str, str]]

    def html(self) -> str:
        """Return the numbers as a description list."""
        rows = (f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in self.items)
        return f'<dl class="facts">{"".join(rows)}</dl>'


@dataclass(frozen=True)
class Figure(Block):
    """A chart: number, title (the finding), subtitle (unit, population), footer (what it rests on)."""

    key: str
    number: str
    title: str
    subtitle: str
    footer: str
    alt: str
    failed: str
    spec: dict[str, Any] = field(repr=False)

    def html(self) -> str:
        """Return the figure; the chart is drawn from its embedded aggregates when the page is opened."""
        name = f"figure-{escape(self.key, quote=True)}"
        return (
            f'<figure class="jifen" id="{name}" data-failed="{escape(self.failed, quote=True)}">'
            f'<figcaption><span class="number">{escape(self.number)}</span> '
            f'<span class="title">{escape(self.title)}</span>'
            f'<span class="subtitle">{escape(self.subtitle)}</span></figcaption>'
            f'<div class="chart" role="img" aria-label="{escape(self.alt, quote=True)}"></div>'
            f'<p class="footer">{escape(self.footer)}</p>'
            f'<script type="application/json" class="spec">{embedded(self.spec)}</script>'
            f'<script>window.jifen && jifen.draw("{name}")</script></figure>'
        )


@dataclass(frozen=True)
class Blocks(Block):
    """Pieces in order."""

    parts: Sequence[Block]

    def html(self) -> str:
        """Return all pieces."""
        return "\n".join(part.html() for part in self.parts)


def embedded(spec: dict[str, Any]) -> str:
    """Write JSON so that no text in it can end the script element that holds it."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
