"""A figure as a picture that stands by itself: the finding above, what it was made of below."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from reports.blocks import Figure

FONT = "Noto Sans CJK SC"
WIDTH = 760
#: Characters that fit in a line of the title and of the lines under it; a Chinese one takes two.
TITLE, SMALL = 88, 120


def png(figure: Figure, *, width: int = WIDTH, scale: float = 2) -> bytes:
    """Draw a figure as PNG, *width* pixels wide before it is scaled."""
    return bytes(_converter().vegalite_to_png(still(figure, width=width), scale=scale))


def svg(figure: Figure, *, width: int = WIDTH) -> str:
    """Draw a figure as SVG."""
    return str(_converter().vegalite_to_svg(still(figure, width=width)))


def still(figure: Figure, *, width: int = WIDTH) -> dict[str, Any]:
    """Return a figure's specification with its words in the picture and every colour settled."""
    fixed: dict[str, Any] = json.loads(re.sub(r"var\(--[\w-]+, (#\w+)\)", r"\1", json.dumps(figure.spec)))
    words = {"anchor": "start", "frame": "group", "subtitleColor": "#57606a", "offset": 14}
    below = {
        "text": wrapped(figure.footer, SMALL),
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
        "text": wrapped(figure.title, TITLE),
        "subtitle": wrapped(figure.subtitle, SMALL),
        "fontSize": 15,
    }
    return _framed(fixed, top=top, below=below, width=width)


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


def _framed(
    spec: dict[str, Any], *, top: dict[str, Any], below: dict[str, Any], width: int
) -> dict[str, Any]:
    """Put the words around the chart: a view has one title, so the lower one belongs to a frame around it."""
    outer: dict[str, Any] = {
        name: spec.pop(name) for name in ("$schema", "config", "datasets", "padding") if name in spec
    }
    outer["config"] = {**outer["config"], "font": FONT, "background": "white", "concat": {"spacing": 0}}
    outer["padding"] = 16
    chart = {**spec, "width": width, "title": top}
    return {**outer, "vconcat": [chart], "title": below}


def _converter() -> Any:
    import noto_cjk_sans_otc
    import vl_convert

    vl_convert.register_font_directory(str(Path(str(noto_cjk_sans_otc.FONT_PATH)).parent))
    return vl_convert
