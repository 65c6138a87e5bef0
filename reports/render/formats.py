"""The formats a document is written in, each by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reports.blocks import Block
from reports.render.errors import ReportError
from scoring.nearest import did_you_mean

FORMATS = ("html", "pdf", "docx", "xlsx")


def checked(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the formats, each once and in the order given, or raise ReportError for one there is not."""
    for form in formats:
        if form not in FORMATS:
            raise ReportError(
                f"no format is called {form!r} (there is {', '.join(FORMATS)}){did_you_mean(form, FORMATS)}"
            )
    return tuple(dict.fromkeys(formats))


def prepare(formats: Sequence[str]) -> None:
    """Import what formats take and make what every document carries."""
    from reports.render import excel, html, pdf, word

    renderers = {"html": html, "pdf": pdf, "docx": word, "xlsx": excel}
    for form in formats:
        renderers[form].prepare()


def write(blocks: Sequence[Block], form: str, *, lang: str) -> bytes:
    """Write a document in one format."""
    from reports.render import excel, html, pdf, word

    renderers: dict[str, Callable[..., bytes]] = {
        "html": html.document,
        "pdf": pdf.document,
        "docx": word.document,
        "xlsx": excel.document,
    }
    return renderers[form](blocks, lang=lang)
