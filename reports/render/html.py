"""Turn an executed notebook into one page that needs nothing else."""

from __future__ import annotations

import re
from importlib import metadata, resources
from typing import TYPE_CHECKING

from reports.lean import without_grammar
from reports.render import assets
from reports.words import Words

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATE = "briefing"
#: Stands in the page while its text is gathered; what it gives way to must not be searched for glyphs.
HEAD = "<!--jifen-head-->"


def prepare(lang: str) -> None:
    """Import what a page takes and make what it carries, so that neither is waited for later."""
    with without_grammar():
        import nbconvert.exporters  # noqa: F401
    Words.load(lang)
    assets.scripts()


def page(executed: NotebookNode, *, lang: str) -> str:
    """Return the page of an executed notebook: outputs without code, with style, scripts and glyphs."""
    with without_grammar():
        from nbconvert.exporters import HTMLExporter

    words = Words.load(lang)
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name=TEMPLATE,
        extra_template_basedirs=[str(resources.files(__package__).joinpath("template"))],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    told = {
        "lang": words.say("language.tag"),
        "title": title_of(executed),
        "version": metadata.version("jifen"),
        "noscript": words.say("page.noscript"),
        "head": HEAD,
    }
    text, _ = exporter.from_notebook_node(executed, resources={"page": told})
    style = f"<style>{assets.template('pieces.css')}{assets.template('page.css')}</style>"
    head = "\n".join([style, assets.font_face(text, lang=lang), assets.scripts()])
    return str(text).replace(HEAD, head, 1)


def title_of(executed: NotebookNode) -> str:
    """Return the first heading that the notebook shows, as it stands in HTML, or its file's title."""
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            shown = output.get("data", {}).get("text/html", "")
            if found := re.search(r"<h1[^>]*>(.*?)</h1>", shown, re.DOTALL):
                return found[1]
    return str(executed.metadata.get("title", "jifen"))
