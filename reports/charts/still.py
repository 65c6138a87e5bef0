"""A figure as a picture that stands by itself: the finding above, what it was made of below."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from reports.blocks import Figure

FONT = "Noto Sans CJK SC"
WIDTH = 760
#: Characters that fit in so wide a line of the title and of the lines under it; a Chinese one takes two.
TITLE, SMALL = 88, 120

#: A frame shares nothing with the chart in it, or it would take the legend to itself.
RESOLVE = {"scale": dict.fromkeys(("color", "strokeDash", "shape", "size", "opacity"), "independent")}


def png(figure: Figure, *, width: int = WIDTH, scale: float = 2) -> bytes:
    """Draw a figure as PNG, *width* pixels wide before it is scaled."""
    return bytes(_converter().vegalite_to_png(still(figure, width=width), scale=scale))


def svg(figure: Figure, *, width: int = WIDTH) -> str:
    """Draw a figure as SVG."""
    return str(_converter().vegalite_to_svg(still(figure, width=width)))


def bare_svg(figure: Figure, *, width: int = WIDTH) -> str:
    """Draw a figure's chart alone as SVG, for a document that sets the words around it itself."""
    return _drawn(json.dumps(bare(figure, width=width)))


def bare_png(figure: Figure, *, width: int = WIDTH, scale: float = 2) -> bytes:
    """Draw a figure's chart alone as PNG, *width* pixels wide before it is scaled."""
    return bytes(_converter().svg_to_png(bare_svg(figure, width=width), scale=scale))


def warm() -> None:
    """Start what draws, which takes a second the first time."""
    _converter().vegalite_to_svg({"mark": "point", "data": {"values": [{}]}})


def bare(figure: Figure, *, width: int = WIDTH) -> dict[str, Any]:
    """Return a figure's specification with every colour settled, in a frame so that nothing is cut."""
    return _framed(_fixed(figure), width=width)


def still(figure: Figure, *, width: int = WIDTH) -> dict[str, Any]:
    """Return a figure's specification with its words in the picture and every colour settled."""
    room = width / WIDTH
    words = {"anchor": "start", "frame": "group", "subtitleColor": "#57606a", "offset": 14}
    below = {
        "text": wrapped(figure.footer, int(SMALL * room)),
        "orient": "bottom",
        "anchor": "start",
        "frame": "group",
        "fontSize": 10,
        "fontWeight": "normal",
        "color": "#57606a",
        "offset": 12,
    }
    top = {
        **words,
        "text": wrapped(figure.title, int(TITLE * room)),
        "subtitle": wrapped(figure.subtitle, int(SMALL * room)),
        "fontSize": 15,
    }
    framed = _framed(_fixed(figure), width=width)
    # In a frame of its own, so that the finding stands above the legend.
    inner = {"vconcat": framed["vconcat"], "title": top, "resolve": framed["resolve"]}
    return {**framed, "vconcat": [inner], "title": below, "padding": 16}


def font_folder() -> Path:
    """Return the folder of the font that pictures and paper are set in."""
    import noto_cjk_sans_otc

    return Path(str(noto_cjk_sans_otc.FONT_PATH)).parent


def _fixed(figure: Figure) -> dict[str, Any]:
    """Settle the colours: outside of a page there is nothing that one could be looked up in."""
    text = re.sub(r"var\(--[\w-]+, (#\w+)\)", r"\1", json.dumps(figure.spec))
    return dict(json.loads(text))


def wrapped(text: str, room: int) -> list[str]:
    """Break a text into lines: English at spaces, Chinese between any two characters."""
    lines: list[str] = []
    line, used = "", 0
    for piece in re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+", text):
        needed = sum(2 if ord(mark) >= 0x2E80 else 1 for mark in piece)
        if line and used + needed > room:
            lines, line, used = [*lines, line.rstrip()], "", 0
        line, used = line + piece, used + needed
    return [*lines, line.rstrip()]


def _framed(spec: dict[str, Any], *, width: int) -> dict[str, Any]:
    """Put a frame around the chart: the frame has a title of its own, and room for every label."""
    outer: dict[str, Any] = {
        name: spec.pop(name) for name in ("$schema", "config", "datasets") if name in spec
    }
    outer["config"] = {**outer["config"], "font": FONT, "background": "white", "concat": {"spacing": 0}}
    spec.pop("padding", None)
    return {**outer, "vconcat": [{**spec, "width": width}], "resolve": RESOLVE, "padding": 4}


@lru_cache(maxsize=64)
def _drawn(spec: str) -> str:
    """Draw a specification once for all the documents that show it; drawing takes most of their time."""
    return str(_converter().vegalite_to_svg(spec))


def _converter() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(font_folder()))
    return vl_convert
