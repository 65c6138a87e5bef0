"""Write a document as PDF: A4, numbered, fonts embedded, tagged for screen readers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from reports.blocks import Block, Figure, Heading
from reports.charts import still
from reports.render import assets, paging
from reports.render.errors import ReportError
from reports.render.html import title_of
from reports.words import Words

#: PDF/UA, the standard of documents that can be read without being seen.
STANDARD: Final = "ua-1"
#: Pixels of a chart that become the width of the text.
CHART = 720
#: Points that the title takes of the first page.
TITLE = 36.0


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
        body = [block for block in blocks if not (isinstance(block, Heading) and block.level == 1)]
        told = _told(body, folder, title=title_of(blocks), lang=lang)
        (folder / "document.typ").write_text(assets.template("document.typ"), "utf-8")
        try:
            written, warnings = _set(body, told, folder)
        except typst.TypstError as error:
            raise ReportError(
                f"the PDF cannot be made: {error.message}; name the group in other characters, or ask for "
                "other formats"
            ) from error
    if warnings:
        raise ReportError(f"the PDF would not be whole: {warnings[0].message}")
    return written


def _set(body: Sequence[Block], told: dict[str, Any], folder: Path) -> tuple[bytes, list[Any]]:
    """Measure the pieces, put them into the order that fills pages, and set them."""
    import typst

    data = folder / "document.json"
    data.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    setting = typst.Compiler(
        str(folder / "document.typ"),
        root=str(folder),
        font_paths=[str(still.font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"measure": "true"},
    )
    heights = json.loads(setting.query("<heights>", field="value", one=True))
    pieces = [told["blocks"][number] for number in paging.order(body, heights, used=TITLE)]
    data.write_text(json.dumps({**told, "blocks": pieces}, ensure_ascii=False), "utf-8")
    written, warnings = setting.compile_with_warnings(
        format="pdf", sys_inputs={}, pdf_standards=STANDARD, timestamp=0
    )
    return bytes(written), warnings  # type: ignore[arg-type]  # one document in one format is bytes


def _told(body: Sequence[Block], folder: Path, *, title: str, lang: str) -> dict[str, Any]:
    """Give the template its data, with every chart drawn into the folder."""
    words = Words.load(lang)
    told = [_drawn(block, folder, number) for number, block in enumerate(body)]
    numbered = {name: words.say(f"pdf.{name}") for name in ("lang", "region", "first", "second")}
    return {"title": title, "font": still.FONT, "words": numbered, "few": paging.FEW, "blocks": told}


def _drawn(block: Block, folder: Path, number: int) -> dict[str, Any]:
    data = block.data()
    if isinstance(block, Figure):
        del data["spec"]
        data["picture"] = f"figure-{number}.svg"
        (folder / data["picture"]).write_text(still.bare_svg(block, width=CHART), "utf-8")
    return data
