"""Write a document as PDF: A4, numbered, fonts embedded, tagged for screen readers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from reports.blocks import Block, Figure, Heading
from reports.charts import still
from reports.render import assets
from reports.render.errors import ReportError
from reports.render.html import title_of
from reports.words import Words

#: PDF/UA, the standard of documents that can be read without being seen.
STANDARD: Final = "ua-1"
#: Pixels of a chart that become the width of the text.
CHART = 640


def prepare() -> None:
    """Import what a PDF takes and start what draws charts."""
    import typst  # noqa: F401

    still.warm()


def document(blocks: Sequence[Block], *, lang: str) -> bytes:
    """Return the PDF of a document.

    Raises ReportError where a glyph is in no font or anything else is remarked on.
    """
    import typst

    with TemporaryDirectory(prefix="jifen-") as place:
        folder = Path(place)
        told = _told(blocks, folder, lang=lang)
        (folder / "document.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        (folder / "document.typ").write_text(assets.template("document.typ"), "utf-8")
        try:
            written, warnings = typst.compile_with_warnings(
                str(folder / "document.typ"),
                root=str(folder),
                font_paths=[str(still.font_folder())],
                ignore_system_fonts=True,
                pdf_standards=STANDARD,
                timestamp=0,
            )
        except typst.TypstError as error:
            raise ReportError(
                f"the PDF cannot be made: {error.message}; name the group in other characters, or ask for "
                "other formats"
            ) from error
    if warnings:
        raise ReportError(f"the PDF would not be whole: {warnings[0].message}")
    return bytes(written)


def _told(blocks: Sequence[Block], folder: Path, *, lang: str) -> dict[str, Any]:
    """Give the template its data, with every chart drawn into the folder."""
    words = Words.load(lang)
    told = [
        _drawn(block, folder, number)
        for number, block in enumerate(blocks)
        if not (isinstance(block, Heading) and block.level == 1)
    ]
    numbered = {name: words.say(f"pdf.{name}") for name in ("lang", "region", "first", "second")}
    return {"title": title_of(blocks), "font": still.FONT, "words": numbered, "blocks": told}


def _drawn(block: Block, folder: Path, number: int) -> dict[str, Any]:
    data = block.data()
    if isinstance(block, Figure):
        del data["spec"]
        data["picture"] = f"figure-{number}.svg"
        (folder / data["picture"]).write_text(still.bare_svg(block, width=CHART), "utf-8")
    return data
