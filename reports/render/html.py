"""Write a document as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import metadata
from string import Template

from reports.blocks import Block, Heading
from reports.render import assets
from reports.words import Words


def prepare() -> None:
    """Make what every page carries and import what cuts its font, so that neither is waited for later."""
    from fontTools import subset  # noqa: F401

    assets.scripts()


def document(blocks: Sequence[Block], *, lang: str) -> bytes:
    """Return the page of a document in UTF-8."""
    return page(blocks, lang=lang).encode()


def page(blocks: Sequence[Block], *, lang: str) -> str:
    """Return the page of a document: its pieces, with style, scripts and glyphs."""
    words = Words.load(lang)
    body, title = "\n".join(block.html() for block in blocks), title_of(blocks)
    told = {"noscript": words.say("page.noscript"), "title": escape(title)}
    dark = f"@media screen and (prefers-color-scheme: dark) {{ {assets.dark_where(':root')} }}"
    style = f"<style>{assets.template('pieces.css')}{assets.template('page.css')}{dark}</style>"
    glyphs = assets.font_face("".join([body, *told.values()]), lang=lang)
    return Template(assets.template("page.html")).substitute(
        told,
        lang=words.say("language.tag"),
        version=metadata.version("jifen"),
        head=f"{style}\n{glyphs}\n{assets.scripts()}",
        body=body,
    )


def title_of(blocks: Sequence[Block]) -> str:
    """Return the title of a document: its first heading of the first level."""
    titles = (block.text for block in blocks if isinstance(block, Heading) and block.level == 1)
    return next(titles, "jifen")
