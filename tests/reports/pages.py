"""Read a page as a browser would: its elements, its texts, its charts and what it carries."""

import base64
import io
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from fontTools.ttLib import TTFont

from reports import annual_briefing as briefing
from reports.blocks import Block, Blocks
from reports.render.html import page as html_page
from reports.round_page import RoundPage
from scoring import Scored
from simulate import distribution
from simulate.funnel import funnel
from synthetic_data import published

CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")


@dataclass
class Read(HTMLParser):
    """Collect a page's elements with their attributes, and its text outside of scripts and styles."""

    source: str
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    scripts: list[tuple[dict[str, str], str]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    open_: str = ""

    def __post_init__(self) -> None:
        """Read the source."""
        super().__init__()
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        self.open_ = tag
        if tag == "script":
            self.scripts.append((attributes, ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self.open_ = ""

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if self.open_ == "script":
            attributes, before = self.scripts.pop()
            self.scripts.append((attributes, before + data))
        elif self.open_ == "style":
            self.styles.append(data)
        elif data.strip():
            self.texts.append(data.strip())

    @property
    def text(self) -> str:
        """All that a reader sees outside of charts."""
        return "\n".join(self.texts)

    @property
    def specs(self) -> list[dict[str, Any]]:
        """The charts' specifications."""
        return [json.loads(text) for attributes, text in self.scripts if attributes.get("class") == "spec"]

    @property
    def of_totals(self) -> dict[str, Any]:
        """The chart of the distribution of totals."""
        return next(spec for spec in self.specs if any("density" in row for row in rows_of(spec)))

    @property
    def of_populations(self) -> list[dict[str, Any]]:
        """The charts of indicators and compositions, which have a bar a population."""
        return [spec for spec in self.specs if any("population" in row for row in rows_of(spec))]

    def having(self, tag: str) -> list[dict[str, str]]:
        """Give the attributes of all elements of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def glyphs(self) -> set[int]:
        """The characters of the embedded font."""
        found = re.search(r"data:font/woff2;base64,([A-Za-z0-9+/=]+)", "".join(self.styles))
        if found is None:
            return set()
        return set(TTFont(io.BytesIO(base64.b64decode(found[1]))).getBestCmap())


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Give all rows that a chart embeds."""
    return [row for rows in spec["datasets"].values() for row in rows]


def blocks(page: RoundPage, round_: Scored) -> list[Block]:
    """Make every section of the annual briefing, as its notebook does."""
    people = {by: distribution.composition(round_, by) for by in page.dimensions}
    bins, bands = distribution.score_bins(round_), distribution.score_bands(round_)
    return [
        briefing.opening(page),
        briefing.glance(page),
        briefing.funnel(page, funnel(round_)),
        briefing.scores(page, bins, bands, width=1),
        briefing.indicators(page, distribution.indicators(round_), people),
        briefing.composition(page, people),
        briefing.history(page, published.rounds()),
        briefing.left_out(page),
        briefing.method(page),
    ]


def read(page: RoundPage, round_: Scored) -> Read:
    """Make the page of a round without a kernel, and read it."""
    return Read(html_page(list(Blocks(blocks(page, round_))), lang=page.words.lang))
