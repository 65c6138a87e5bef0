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


def faint(page: Page, *, paper: str) -> list[str]:
    """Return the texts in charts, which axe-core leaves out, whose contrast to their paper is below 4.5."""
    found: list[str] = page.evaluate(
        """paper => {
          const numbers = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
          const light = colour => numbers(colour).map(n => n / 255)
            .map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4)
            .reduce((sum, n, at) => sum + n * [0.2126, 0.7152, 0.0722][at], 0);
          const back = light(getComputedStyle(document.querySelector(paper)).backgroundColor);
          return [...document.querySelectorAll('figure.jifen svg text')]
            .filter(text => text.textContent && getComputedStyle(text).fill.startsWith('rgb'))
            .map(text => { const ink = light(getComputedStyle(text).fill);
              return [text.textContent, (Math.max(ink, back) + 0.05) / (Math.min(ink, back) + 0.05)]; })
            .filter(([, contrast]) => contrast < 4.5)
            .map(([text, contrast]) => `${text}: ${contrast.toFixed(2)}`);
        }""",
        paper,
    )
    return found


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
