"""Where the texts of a picture stand, measured with the font they are set in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree as ET

from fontTools.ttLib import TTFont

from reports.render.assets import FACE

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
#: How far the letters of a line reach above and below the line they stand on, in parts of their size.
ASCENT, DESCENT = 0.8, 0.2


@dataclass(frozen=True)
class Box:
    """A text and the rectangle it takes, in pixels of the picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box", *, by: float = 1.0) -> bool:
        """Say whether two texts cover each other by more than so many pixels in both directions."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > by and down > by


def boxes(svg: str) -> list[Box]:
    """Give the box of every text of a picture that Vega drew."""
    root = ET.fromstring(svg)  # noqa: S314  the picture is our own
    return list(_below(root, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)))


def size(svg: str) -> tuple[float, float]:
    """Give the width and height of a picture."""
    root = ET.fromstring(svg)  # noqa: S314
    return float(root.attrib["width"]), float(root.attrib["height"])


@cache
def glyphs() -> dict[int, str]:
    """Give the characters of the font and the names of their glyphs."""
    return dict(_font().getBestCmap())


@cache
def _font() -> TTFont:
    import noto_cjk_sans_otc

    return TTFont(str(noto_cjk_sans_otc.FONT_PATH), fontNumber=FACE, lazy=True)


@cache
def _advances() -> dict[str, tuple[int, int]]:
    return dict(_font()["hmtx"].metrics)


def _long(text: str, height: float) -> float:
    units = sum(_advances()[glyphs().get(ord(mark), ".notdef")][0] for mark in text)
    return units / float(_font()["head"].unitsPerEm) * height


Matrix = tuple[float, float, float, float, float, float]


def _below(node: ET.Element, frame: Matrix) -> Iterator[Box]:
    frame = _moved(frame, node.get("transform", ""))
    if node.tag == f"{SVG}text" and node.get("opacity") != "0":
        yield from _lines(node, frame)
    else:
        for child in node:
            yield from _below(child, frame)


def _lines(node: ET.Element, frame: Matrix) -> Iterator[Box]:
    height = float(node.get("font-size", "12px").removesuffix("px"))
    anchor = ANCHORS[node.get("text-anchor", "start")]
    spans = list(node) or [node]
    down = 0.0
    for span in spans:
        text = span.text or ""
        down += float(span.get("dy", 0)) if span is not node else 0.0
        long = _long(text, height)
        corners = [
            _at(frame, across, height_)
            for across in (-anchor * long, (1 - anchor) * long)
            for height_ in (down - ASCENT * height, down + DESCENT * height)
        ]
        xs, ys = zip(*corners, strict=True)
        if text.strip():
            yield Box(text, min(xs), min(ys), max(xs), max(ys))


def _moved(frame: Matrix, transform: str) -> Matrix:
    for name, inside in re.findall(r"(\w+)\(([^)]*)\)", transform):
        values = [float(value) for value in re.findall(NUMBER, inside)]
        frame = _times(frame, _matrix(name, values))
    return frame


def _matrix(name: str, values: list[float]) -> Matrix:
    import math

    if name == "translate":
        return (1, 0, 0, 1, values[0], values[1] if len(values) > 1 else 0)
    if name == "rotate":
        turn = math.radians(values[0])
        return (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0)
    if name == "scale":
        return (values[0], 0, 0, values[-1], 0, 0)
    raise AssertionError(f"a picture with a transform called {name}")


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def _at(frame: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = frame
    return a * x + c * y + e, b * x + d * y + f
