"""How the report opens: its question, what it was made of, and the round in a few numbers."""

from __future__ import annotations

from dataclasses import replace

from reports import cells, sections
from reports.blocks import Block, Blocks, Facts, Heading, Paragraph
from reports.round_page import RoundPage
from simulate.sensitivity import Settings


def with_settings(page: RoundPage, settings: Settings) -> RoundPage:
    """Return the page of a round that names seed and draws among what it was made of."""
    return replace(page, made_of=replace(page.made_of, seed=settings.seed, draws=settings.draws))


def opening(page: RoundPage) -> Block:
    """Open the page: its title, its question, what it was made of, and the round in three numbers."""
    say = page.say
    opened = sections.opening(
        page,
        title=say("sensitivity.title", round=page.round_year),
        question=say("sensitivity.question", round=page.round_year),
        remarks=[notice.text(page.words.lang) for notice in page.notices],
    )
    if page.cutoff is None or page.admitted < page.threshold:
        return Blocks([opened, Paragraph(say("sensitivity.nobody", threshold=page.threshold))])
    heading = say("sensitivity.glance")
    facts = [
        (
            say("glance.cutoff"),
            cells.number(
                say("glance.points", value=page.words.points(page.cutoff)), float(page.cutoff), "0.00"
            ),
        ),
        (say("glance.admitted"), cells.people(page.words, page.admitted)),
        (say("glance.quota"), cells.people(page.words, page.quota)),
    ]
    only = [] if page.compare else [Paragraph(say("sensitivity.only_admitted", threshold=page.threshold))]
    return Blocks([opened, Heading(heading), Facts(heading, facts), *only])
