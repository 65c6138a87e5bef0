"""A saved experiment, told: what varied, where the cutoff lies, what moved it, and who is admitted."""

from __future__ import annotations

import polars as pl

from reports import disclosure
from reports.blocks import Block, Blocks, Heading, Paragraph, Sources
from reports.charts.experiment import cutoffs
from reports.charts.sensitivity import Estimate, Said, estimates
from reports.charts.still import wrapped
from reports.disclosure import MOST_LEVELS, DisclosureError
from reports.experiment import tables
from reports.experiment.levers import Named, named
from reports.experiment.opened import folder_of, page_of, sources_of
from reports.page import Page
from reports.results import Aggregates
from reports.sensitivity import say
from simulate.experiment.responses import bins, explained, levels, responses

#: Bars of the distribution of cutoffs at most.
MOST_BINS = 40
#: Letters of a lever's name in a line beside a chart.
LABEL = 22
#: Standard errors to each side of an estimate within which 95 % of estimates lie.
WITHIN = 1.96


def section(page: Page, saved: Aggregates | None) -> Block:
    """Tell of a saved experiment, or nothing where none was opened."""
    if saved is None:
        return Blocks([])
    own = page_of(page, saved)
    draws, outcomes = saved.draws.collect(), saved.outcomes.collect()
    levers = named(own, saved)
    return Blocks(
        [
            Heading(own.say("experiment.heading")),
            Paragraph(_lead(own, saved, len(levers))),
            tables.levers(own, levers),
            Heading(own.say("experiment.cutoff_heading"), 3),
            cutoffs(
                bins(outcomes, most=MOST_BINS), own, title=_finding(own, saved), baseline=_baseline(saved)
            ),
            tables.outcomes(own, saved.summary),
            Heading(own.say("experiment.levers_heading"), 3),
            *_levers(own, levers, draws, outcomes),
            *_groups(own, saved),
            Heading(own.say("experiment.sources"), 3),
            Sources(own.say("experiment.sources"), sources_of(own, saved)),
        ]
    )


def _lead(page: Page, saved: Aggregates, count: int) -> str:
    record, words = saved.record, page.words
    cutoff = record["baseline"]["cutoff"]
    told = page.say(
        "experiment.lead",
        folder=folder_of(saved),
        applicants=words.people(record["applicants"]),
        count=count,
        design=page.say(f"experiment.design_{record['design']}"),
        draws=words.people(record["draws"]),
    )
    if cutoff is None:
        return told
    quota = words.people(record["baseline"]["quota"])
    baseline = page.say("experiment.baseline", quota=quota, cutoff=words.points(cutoff))
    return page.say("unit.gap").join([told, baseline])


def _finding(page: Page, saved: Aggregates) -> str:
    """Say where the cutoff lies in nine draws of ten, or its mean alone where the ends have not converged."""
    of_cutoff = saved.summary.filter(quantity="cutoff")
    known = {row["statistic"]: row["value"] for row in of_cutoff.filter("converged").iter_rows(named=True)}
    points = {name: page.words.points(value) for name, value in known.items()}
    key = "finding" if {"p05", "p95"} <= points.keys() else "finding_mean"
    return page.say(f"experiment.{key}", **points)


def _baseline(saved: Aggregates) -> float | None:
    cutoff = saved.record["baseline"]["cutoff"]
    return None if cutoff is None else float(cutoff)


def _levers(page: Page, levers: list[Named], draws: pl.DataFrame, outcomes: pl.DataFrame) -> list[Block]:
    shares = explained(draws, outcomes).sort("share", descending=True, nulls_last=True)
    table = tables.moved(page, levers, responses(draws, outcomes), shares)
    if shares["share"].null_count() == shares.height:
        return [Paragraph(page.say("experiment.levers_still")), table]
    names = {lever.path: lever.name for lever in levers}
    lines = {path: "\n".join(wrapped(name, LABEL)) for path, name in names.items()}
    drawn = [
        Estimate(lines[lever], page.say("experiment.share"), *ends, _label(page, *ends))
        for lever, share, error in shares.iter_rows()
        for ends in [interval(share, error)]
    ]
    first = names[shares["lever"][0]]
    title = page.say("experiment.levers_title", lever=first, share=page.words.share(drawn[0].value))
    said = Said(
        key="experiment-levers",
        title=title,
        subtitle=page.say("experiment.levers_subtitle", draws=page.words.people(draws.height)),
        alt=page.say("experiment.levers_alt", title=title),
        row=page.say("experiment.column_lever"),
        series=page.say("experiment.tip_series"),
        value=page.say("experiment.share"),
    )
    return [Paragraph(page.say("experiment.levers_lead")), estimates(drawn, said, page), table]


def interval(share: float, error: float) -> tuple[float, float, float]:
    """Return a share and the ends of its interval, none of them below nothing or above the whole."""
    ends = (share, share - WITHIN * error, share + WITHIN * error)
    return tuple(min(1.0, max(0.0, end)) for end in ends)  # type: ignore[return-value]


def _label(page: Page, *ends: float) -> str:
    value, low, high = (say.percent(page, end) for end in ends)
    return page.say("sensitivity.estimate", value=value, low=low, high=high)


def _groups(page: Page, saved: Aggregates) -> list[Block]:
    """Tell how many of each level are admitted, level by level, of every group."""
    told = levels(saved.groups, most=MOST_LEVELS)
    blocks: list[Block] = []
    for (by,), one in told.group_by("group", maintain_order=True):
        ends = ("mean", "p05", "p95")
        counts = one.with_columns(pl.col(ends).round().cast(pl.Int64))
        try:
            known = disclosure.levels(counts, counts=ends, threshold=page.threshold)
        except DisclosureError:
            known = None
        dimension = page.words.name("dimension", str(by))
        if known is None or known.frame["mean"].null_count() == known.frame.height:
            blocks.append(Paragraph(page.say("experiment.groups_too_few", dimension=dimension)))
        else:
            blocks.append(tables.groups(page, str(by), known, saved.summary))
    lead = [Heading(page.say("experiment.groups_heading"), 3), Paragraph(page.say("experiment.groups_lead"))]
    return [*lead, *blocks] if blocks else []
