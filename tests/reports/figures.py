"""Hold a figure, drawn, to what every chart must be: marks there, labels whole, glyphs in the font."""

import re
from itertools import combinations
from typing import Any

import vl_convert

from reports.blocks import Block, Blocks, Figure
from reports.charts import still
from tests.reports.label_boxes import Box, boxes, glyphs, size

#: Pixels that a chart has on a phone and on a page.
PHONE, PAGE = 340, 760
MARKS = {"bar", "line mark", "point", "area mark", "rule mark", "circle", "rect", "arc", "symbol", "square"}
ELLIPSIS = "…"
#: What a chart shows where a number went wrong.
BROKEN = {"undefined", "NaN", "null", "Infinity", "-Infinity"}


def figures_in(*blocks: Block) -> list[Figure]:
    """Give the figures among blocks, in their order."""
    return [part for part in Blocks(blocks) if isinstance(part, Figure)]


def check_figure(figure: Figure, *, marks: int = 1) -> None:
    """Draw a figure narrow and wide, and assert that at least so many marks are there and nothing is cut."""
    words = (figure.number, figure.title, figure.subtitle, figure.footer)
    assert all(words)
    assert len(figure.alt) > 20
    assert not missing("".join(words)), f"{figure.key}: not in the font"
    still.warm()
    for spec in (in_page(figure, width=PHONE), still.bare(figure, width=PAGE)):
        svg = vl_convert.vegalite_to_svg(spec)
        drawn = re.findall(r'aria-roledescription="([^"]+)"', svg)
        assert sum(kind in MARKS for kind in drawn) >= marks, f"{figure.key}: {sorted(set(drawn))}"
        check_labels(figure.key, boxes(svg), *size(svg))


def in_page(figure: Figure, *, width: int) -> dict[str, Any]:
    """Give a figure's specification as a page of some width makes it fit its place."""
    fit = {"type": "fit-x", "contains": "padding"}
    config = {**figure.spec["config"], "font": still.FONT}
    return {**figure.spec, "width": width, "autosize": fit, "config": config}


def check_labels(key: str, labels: list[Box], width: float, height: float) -> None:
    """Assert that every text of a picture is whole, inside it, in the font, and covers no other."""
    for label in labels:
        assert label.text not in BROKEN, f"{key}: {label.text}"
        assert not label.text.endswith(ELLIPSIS), f"{key}: {label.text} is cut"
        assert not missing(label.text), f"{key}: {label.text} is not in the font"
        inside = label.left > -1 and label.top > -1 and label.right < width + 1 and label.bottom < height + 1
        assert inside, f"{key}: {label} reaches out of {width} x {height}"
    for one, other in combinations(labels, 2):
        assert not one.overlaps(other), f"{key}: {one} and {other} cover each other"


def missing(text: str) -> set[str]:
    """Give the characters that the font of pictures and pages would show as a box."""
    return {mark for mark in text if not mark.isspace() and ord(mark) not in glyphs()}
