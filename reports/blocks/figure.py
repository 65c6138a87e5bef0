"""Charts with their words: the finding above, what they rest on below."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from typing import Any

from reports.blocks.block import Block


@dataclass(frozen=True)
class Figure(Block):
    """A chart: number, title (the finding), subtitle (unit, population), footer (what it rests on).

    `alt` says in words what it shows, `failed` what stands there when it cannot be drawn.
    """

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


def embedded(spec: dict[str, Any]) -> str:
    """Write JSON so that no text in it can end the script element that holds it."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
