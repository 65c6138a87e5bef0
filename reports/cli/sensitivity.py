"""``jifen sensitivity``: which indicator decides who gets in, and how far each lever may move."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.cli.frames import NONE, Told, give, number, share, text
from reports.cli.options import (
    cohort_argument,
    json_option,
    quota_option,
    round_option,
    rules_option,
    tables_option,
)
from reports.cli.scored import scored

if TYPE_CHECKING:
    from simulate.sensitivity import Overview

NOTES = """
left out, -, +: without it or with another weight everyone is ranked anew at the same quota; displaced:
  share of the admitted who are no longer in.
points off: share of the admitted who fall below the old cutoff without it, nobody ranked anew.
variance: what makes the totals of the admitted differ (Shapley); below 0, it evens them out.
no one overtakes: between these weights, all others 1, nobody outside reaches anybody inside."""
ONLY_ADMITTED = """\
the cohort holds nobody who was not admitted: who would come in is unknown, so that cutoffs and displaced
  of a ranking anew tell of this list alone, and no one can overtake."""
NOBODY = "no cutoff, nobody admitted: no indicator decides anything"


@click.command()
@cohort_argument
@rules_option
@round_option
@quota_option
@click.option("--groups", default="", metavar="A,B", help="Categorical columns to tell the admitted by.")
@click.option(
    "--spread",
    default=0.1,
    show_default=True,
    type=click.FloatRange(0, 1, min_open=True),
    help="How far a weight moves, as a share of it.",
)
@click.option(
    "--replicates",
    default=200,
    show_default=True,
    type=click.IntRange(0),
    help="Resamples of the cohort for intervals.",
)
@click.option(
    "--draws", default=1024, show_default=True, type=click.IntRange(2), help="Of each sample; a power of two."
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Of resamples and draws.")
@json_option
@tables_option
def sensitivity(
    cohort: Path,
    *,
    rules_name: str | None,
    round_year: int,
    quota: int,
    groups: str,
    as_json: bool,
    out: Path | None,
    **settings: Any,
) -> None:
    """Say which indicator decides who gets in, and how far each lever may move before anybody swaps.

    COHORT is a file of facts or points, or a folder of histories. Printed is a line an indicator: what
    leaving it out does, what a tenth more or less of its weight does, its part in the admitted's differences,
    and the weights between which nobody who is not admitted draws level with anybody who is. Files and JSON
    hold groups, intervals, Sobol' indices and, for facts, every rate of the rulebook.
    Counts are exact: what may be published is decided by a report.

    \b
    Examples:
      jifen sensitivity cohort.parquet --round 2020 --quota 6000
      jifen sensitivity cohort.parquet --round 2020 --quota 6000 --groups sex,age_band --out tables
      jifen sensitivity points.csv --round 2020 --quota 6000 --json
    """
    from simulate.sensitivity import Settings, overview, study

    baseline = scored(cohort, rules_name=rules_name, round_year=round_year, quota=quota)
    named = [name.strip() for name in groups.split(",") if name.strip()]
    found = overview(study(baseline.cohort, baseline.rules, quota=quota, groups=named), Settings(**settings))
    if found.study.cutoff is None and not as_json:
        click.echo(NOBODY)
        return
    give(_tables(found), as_json=as_json, out=out)
    if not as_json:
        click.echo(NOTES)
        if baseline.ranking.only_admitted:
            click.echo(ONLY_ADMITTED)


def _tables(found: Overview) -> list[Told]:
    frames = found.frames()
    summary = Told("by_indicator", _title(found), frames.pop("by_indicator"), _columns(found))
    return [summary, *(Told(name, name, frame, {}) for name, frame in frames.items())]


def _title(found: Overview) -> str:
    study = found.study
    counted = f"{len(study.totals)} applicants, {int(study.pool.sum())} eligible, quota {study.quota}: "
    return (
        f"{counted}cutoff {_cutoff(found)}, {int(study.admitted.sum())} admitted, "
        f"{int(study.baseline.tied[0])} at the cutoff"
    )


def _cutoff(found: Overview) -> str:
    return "none" if found.study.cutoff is None else f"{found.study.cutoff / 100:.2f}"


def _columns(found: Overview) -> dict[str, Any]:
    step = f"{100 * found.settings.spread:g} %"
    return {
        "indicator": text("indicator"),
        "left out": share("changed_without", 1),
        f"points off, below {_cutoff(found)}": share("below_old_cutoff", 1),
        f"-{step}: cutoff": number("cutoff_down", 2),
        "displaced": share("changed_down", 1),
        f"+{step}: cutoff": number("cutoff_up", 2),
        "displaced ": share("changed_up", 1),
        "elasticity": number("elasticity", 3),
        "variance": share("variance_share", 1),
        "no one overtakes": _weights,
    }


def _weights(row: Mapping[str, Any]) -> str:
    if row["cutoff_down"] is None:
        return NONE
    low, high = (row[f"overtaking_{side}"] for side in ("down", "up"))
    return f"{'0' if low is None else f'{low:.4f}'} to {'any' if high is None else f'{high:.4f}'}"
