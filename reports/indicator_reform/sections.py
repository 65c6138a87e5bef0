"""The report on a reform, section by section: a ledger's tables in, pieces of a page out."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from reports import cells, disclosure, sections
from reports.blocks import Block, Blocks, Cell, Facts, Heading, Paragraph, Points
from reports.charts import indicator_reform as charts
from reports.disclosure import DisclosureError, Publishable
from reports.indicator_reform import tables
from reports.indicator_reform.page import ReformPage
from reports.made_of import SHORT
from scoring.reform.labels import TOGETHER
from scoring.reform.redline import redline as amended
from simulate.displacement import MOST_OF_PARTS
from simulate.distribution import LEVELS

_SIDES = ("entered", "left")


def opening(page: ReformPage) -> Block:
    """Open the page: its title, its question, who proposes the reform and why."""
    title, reason, source = page.reform.words(page.words.lang)
    remarks = [page.tell("proposed", reason=reason, source=source)]
    remarks += [page.tell("example")] if page.example else []
    remarks += [] if page.reform else [page.tell("empty")]
    return sections.opening(
        page,
        title=page.tell("title", reform=title),
        question=page.tell("question", round=page.round_year),
        remarks=remarks,
    )


def redline(page: ReformPage) -> Block:
    """Tell what is amended, clause by clause, and what stands there before and after."""
    if not page.reform:
        return Blocks([])
    lang, base = page.words.lang, page.reform.baseline
    amendments = amended(page.reform, lang)
    named = page.words.join([page.part(name) for name in page.reform.parts])
    keys = dict.fromkeys(one.source for one in amendments if one.source in base.sources)
    titles = [
        f"《{base.sources[key].title}》" if lang == "zh" else base.sources[key].title_en for key in keys
    ]
    notes = [page.tell("redline_note"), page.tell("redline_source", titles=page.words.join(titles))]
    return Blocks(
        [
            Heading(page.tell("redline_heading")),
            Paragraph(page.tell("redline_lead", rules=base.title(lang), count=len(amendments), parts=named)),
            Points([one.clause for one in amendments]),
            tables.redline(page, amendments, page.say("unit.gap").join(notes) if keys else ""),
        ]
    )


def glance(page: ReformPage) -> Block:
    """Tell how the round ends under both rulebooks, in a few numbers and sentences."""
    heading = page.tell("glance_heading")
    facts = Facts(heading, list(_facts(page)))
    return Blocks([Heading(heading), facts, Paragraph(page.say("unit.gap").join(_story(page)))])


def parts(page: ReformPage, frame: pl.DataFrame) -> Block:
    """Tell which change moved those who entered and left."""
    if not page.told:
        return Blocks([])
    heading = Heading(page.tell("parts_heading"))
    if frame.height == 1:
        return Blocks([heading, Paragraph(page.tell("parts_one", part=page.part(frame["part"][0])))])
    told = _shares(page, frame)
    leads = [page.tell("parts_lead")]
    if any(TOGETHER in part for part in frame["part"]):
        leads.append(page.tell("parts_together"))
    lead = Paragraph(page.say("unit.gap").join(leads))
    return Blocks([heading, lead, charts.parts(page, told), tables.parts(page, told)])


def groups(page: ReformPage, frame: pl.DataFrame) -> Block:
    """Tell who enters and leaves, group by group, and where places go."""
    if not page.told or frame.is_empty():
        return Blocks([])
    pieces: list[Block] = [
        Heading(page.tell("groups_heading")),
        Paragraph(page.say("unit.gap").join([page.tell("groups_lead"), page.tell("flows_note")])),
    ]
    for (by,), one in frame.group_by("group", maintain_order=True):
        pieces += [Heading(page.words.title("dimension", str(by)), 3), *_group(page, str(by), one)]
    return Blocks(pieces)


def surety(page: ReformPage, frame: pl.DataFrame, parts: pl.DataFrame) -> Block:
    """Tell how far the numbers would move had other people of the same kind applied."""
    heading = Heading(page.tell("surety_heading"))
    if frame.is_empty():
        return Blocks([heading, Paragraph(page.tell("surety_none"))])
    leads = [page.tell("surety_lead", replicates=page.words.people(page.replicates))]
    if parts["part"].n_unique() > 1:
        fewer = min(page.replicates, MOST_OF_PARTS)
        leads.append(page.tell("surety_parts", replicates=page.words.people(fewer)))
    lead = Paragraph(page.say("unit.gap").join(leads))
    return Blocks([heading, lead, tables.surety(page, frame, parts)])


def method(page: ReformPage) -> Block:
    """Say how the numbers came about and what they cannot carry."""
    base, lang = page.reform.baseline, page.words.lang
    about = base.head.about if lang == "zh" else base.head.about_en
    digests = {"digest": base.digest[:SHORT], "reformed": page.reform.rules.digest[:SHORT]}
    told = [
        page.tell("method_rules", title=base.title(lang), name=base.name, **digests),
        about,
        page.tell("method_exact", quota=page.words.people(page.quota)),
        page.tell("method_behaviour"),
        page.tell("method_year"),
        page.tell("method_sampling"),
    ]
    told += [page.tell("method_synthetic")] if page.made_of.synthetic else []
    return Blocks([Heading(page.tell("method_heading")), Points(told), sections.sources(page)])


def _shares(page: ReformPage, frame: pl.DataFrame) -> Publishable:
    """Tell each part's share of those who entered and left; one that rests on few people is a bound."""
    told = frame.sort("entered", descending=True).select("part", "cutoff", *_SIDES)
    hidden = 0
    for side, whole in zip(_SIDES, (page.entered, page.left), strict=True):
        shares = told.with_columns((pl.col(side) / whole).alias(f"{side}_share"))
        one = disclosure.shares(shares, counts={f"{side}_share": side}, of=whole, threshold=page.threshold)
        told, hidden = one.frame, hidden + one.hidden
    return Publishable(told, page.threshold, hidden=hidden)


def _group(page: ReformPage, by: str, frame: pl.DataFrame) -> list[Block]:
    try:
        told = disclosure.moves(frame, ordered=by in LEVELS, threshold=page.threshold)
    except DisclosureError:
        told = None
    if told is None or told.counts.frame.height == 1:
        dimension = page.words.name("dimension", by)
        return [Paragraph(page.tell("groups_too_few", dimension=dimension))]
    pieces: list[Block] = [charts.groups(page, by, told), tables.groups(page, by, told)]
    return [*pieces, tables.flows(page, by, told)] if len(told.places) > 1 else pieces


def _facts(page: ReformPage) -> Iterator[tuple[str, Cell]]:
    for name, points in (("cutoff_before", page.before), ("cutoff_after", page.after)):
        cell = cells.text(page.tell("no_cutoff"))
        if points is not None:
            cell = cells.number(_points(page, points), float(points), "0.00")
        yield page.tell(name), cell
    people = {"entered": page.entered, "left": page.left}
    for name, count in people.items():
        yield (
            page.tell(name),
            cells.text(page.tell("hidden")) if page.few else cells.people(page.words, count),
        )
    for name, count in (("admitted_before", page.admitted_before), ("admitted_after", page.admitted_after)):
        shown = not page.few and not 0 < count < page.threshold
        yield page.tell(name), cells.people(page.words, count) if shown else cells.text(page.tell("hidden"))


def _story(page: ReformPage) -> Iterator[str]:
    if page.before is None or page.after is None:
        yield page.tell("none")
        return
    change = page.after - page.before
    key = "up" if change > 0 else "down" if change < 0 else "same"
    points = {"before": _points(page, page.before), "after": _points(page, page.after)}
    yield page.tell(key, change=_points(page, abs(change)), **points) if change else page.tell(key, **points)
    if page.few:
        yield page.tell("few", threshold=page.threshold)
    elif not page.entered and not page.left:
        yield page.tell("unmoved")
    else:
        people = {side: page.say("unit.people", value=text) for side, text in page.moved().items()}
        yield page.tell("moved", share=page.words.share(page.left / page.admitted_before), **people)
        if page.entered != page.left:
            yield page.tell("ties")


def _points(page: ReformPage, points: object) -> str:
    return page.say("unit.points", value=page.words.points(points))  # type: ignore[arg-type]
