"""A page in the browser, with all that it has said and asked for since it was opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

DRAWN = "[...document.querySelectorAll('figure.jifen')].every(f => f.querySelector('.chart svg'))"
GRAVE = ("serious", "critical")


def faults(page: Page, within: str | None = None) -> list[str]:
    """Return what axe-core finds seriously wrong in a page or a part of it, and where first."""
    # What is drawn inside a chart is a picture with a name; axe-core takes seconds to come to that.
    page.evaluate(
        "window.kept = [...document.querySelectorAll('.chart svg')].map(svg => [svg.parentNode, svg]);"
        "kept.forEach(([, svg]) => svg.remove())"
    )
    found = Axe().run(page, context=within)
    page.evaluate("kept.forEach(([chart, svg]) => chart.append(svg))")
    return [
        f"{fault['id']} ({len(fault['nodes'])}): {fault['nodes'][0]['html'][:160]}"
        for fault in found.response["violations"]
        if fault["impact"] in GRAVE
    ]


@dataclass
class Opened:
    """Hold a page, its report and language, and what it said on the console and asked of the network."""

    page: Page
    name: str
    lang: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page, path: Path, *, name: str, lang: str) -> Opened:
        """Open a file and wait until its figures are drawn, or are known not to be."""
        self = cls(page, name, lang)
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error.message}"))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_function(f"document.fonts.status === 'loaded' && ({DRAWN})", timeout=20_000)
        return self

    def evaluate(self, script: str, argument: Any = None) -> Any:
        """Return what a script finds in the page."""
        return self.page.evaluate(script, argument)

    def overflow(self, width: int) -> list[str]:
        """Return what stands out of the page at a width of the window, so that it scrolls sideways."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.wait_for_timeout(150)
        found: list[str] = self.evaluate(
            """() => {
              const room = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= room) { return []; }
              return [...document.body.querySelectorAll('*')]
                .filter(one => one.getBoundingClientRect().right > room + 1)
                .map(one => one.outerHTML.slice(0, 120));
            }"""
        )
        return found
