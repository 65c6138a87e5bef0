"""What a page carries with it: the drawing library, once, and the glyphs its text needs, no more."""

from __future__ import annotations

import base64
import io
import os
from contextlib import suppress
from importlib import metadata, resources
from pathlib import Path

from scoring.cohort.atomic import CannotWrite, replacing

FAMILY = "Jifen Sans"
#: The simplified Chinese face in the collection of Noto Sans CJK.
FACE = 2
#: Quotation marks, dashes and dots that Chinese sets a full character wide, and English does not.
SHARED_MARKS = frozenset("‘’“”—…·")
WIDE = (
    (0x2E80, 0x303F),
    (0x3040, 0x31FF),
    (0x3200, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)


def template(name: str) -> str:
    """Read a file of the page template."""
    return resources.files(__package__).joinpath("template", name).read_text("utf-8")


def dark_where(selector: str) -> str:
    """Return the style that darkens the pieces where the selector finds dark paper."""
    return f"{selector} {{ {template('dark.css')} }}\n"


def scripts() -> str:
    """Return the script elements that draw the figures of a page: the library once, then the drawing.

    The library has constants at its top level, which a function keeps from the page's own names.
    """
    library = f"(function(){{{_bundle()}}})();".replace("</script", "<\\/script")
    return f"<script>{library}</script>\n<script>{template('draw.js')}</script>"


def font_face(text: str, *, lang: str) -> str:
    """Return a style element with the glyphs that a text needs and a Chinese font has, or nothing if none.

    The font is Noto Sans CJK (SIL Open Font License), cut down to the text's own Chinese characters.
    """
    wanted = {mark for mark in set(text) if _is_chinese(mark, lang)}
    if not wanted:
        return ""
    subset, known = _subset(wanted)
    covered = ",".join(f"U+{code:X}" for code in sorted(known))
    data = base64.b64encode(subset).decode("ascii")
    return (
        f'<style>@font-face{{font-family:"{FAMILY}";font-weight:400;font-display:block;'
        f'src:url("data:font/woff2;base64,{data}") format("woff2");unicode-range:{covered}}}</style>'
    )


class Setup:
    """What a notebook opened in JupyterLab needs once, so that its figures are drawn there as well."""

    def _repr_html_(self) -> str:
        dark = dark_where('body[data-jp-theme-light="false"], body.vscode-dark')
        return f"<style>{template('pieces.css')}{dark}</style>{scripts()}"


def _is_chinese(mark: str, lang: str) -> bool:
    code = ord(mark)
    return any(first <= code <= last for first, last in WIDE) or (lang == "zh" and mark in SHARED_MARKS)


def _subset(wanted: set[str]) -> tuple[bytes, set[int]]:
    import noto_cjk_sans_otc
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True
    out = io.BytesIO()
    with TTFont(str(noto_cjk_sans_otc.FONT_PATH), fontNumber=FACE, lazy=True, recalcTimestamp=False) as font:
        known = {ord(mark) for mark in wanted} & set(font.getBestCmap())
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=known)
        cutter.subset(font)
        subset.save_font(font, out, options)
    return out.getvalue(), known


def _bundle() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script; made once, it takes seconds, and then kept."""
    version = metadata.version("vl-convert-python")
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jifen" / f"vega-{version}.js"
    try:
        return kept.read_text("utf-8")
    except OSError:
        return _keep(_made_bundle(), kept)


def _made_bundle() -> str:
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))


def _keep(text: str, path: Path) -> str:
    """Keep a text in a file where that can be done, and return it."""
    with suppress(OSError, CannotWrite):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            part.write_text(text, "utf-8")
    return text
