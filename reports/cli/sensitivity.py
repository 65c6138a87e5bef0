"""``jifen sensitivity``: which indicator decides who gets in, and how far each lever may move."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.cli.options import cohort_argument, quota_option, round_option, rulebook, rules_option

if TYPE_CHECKING:
    from simulate.sensitivity import Overview

NOTES = (
    "left out, -, +: without it or with another weight everyone is ranked anew at the same quota; displaced:",
    "  share of the admitted who are no longer in.",
    "points off: share of the admitted who fall below the old cutoff without it, nobody ranked anew.",
    "share of variance: what makes the totals of the admitted differ (Shapley); below 0, it evens them out.",
    "no one overtakes: between these weights, all others 1, nobody outside reaches anybody inside.",
)
ONLY_ADMITTED = (
    "the cohort holds nobody who was not admitted: ranked anew, only ties at the cutoff can be displaced,",
    "  and no one can overtake.",
)


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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document with every table.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for every table, one CSV file each.")
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
    and the weights between which nobody who is not admitted draws level with anybody who is. The tables of
    --json and --out hold groups, intervals, Sobol' indices and, for facts, every rate of the rulebook; they
    count people exactly and are not made for publication.

    \b
    Examples:
      jifen sensitivity cohort.parquet --round 2020 --quota 60
      jifen sensitivity cohort.parquet --round 2020 --quota 60 --groups sex,age_band --out tables
      jifen sensitivity points.csv --round 2020 --quota 1 --json
    """
    import scoring
    from simulate.sensitivity import Settings, overview, study

    rules = rulebook(rules_name, round_year)
    people = scoring.read(cohort, rules=rules, round_year=round_year)
    named = [name.strip() for name in groups.split(",") if name.strip()]
    found = overview(study(people, rules, quota=quota, groups=named), Settings(**settings))
    if out is not None:
        _write(found, out)
    click.echo(_as_json(found) if as_json else _as_text(found, out))


def _write(found: Overview, out: Path) -> None:
    """Write a CSV file a table; the mark at its beginning tells a spreadsheet that it is UTF-8."""
    out.mkdir(parents=True, exist_ok=True)
    for name, frame in found.frames().items():
        frame.write_csv(out / f"{name}.csv", include_bom=True)


def _as_json(found: Overview) -> str:
    study = found.study
    tables = {name: frame.to_dicts() for name, frame in found.frames().items()}
    document = {
        "applicants": len(study.totals),
        "eligible": int(study.pool.sum()),
        "quota": study.quota,
        "cutoff": None if study.cutoff is None else f"{study.cutoff / 100:.2f}",
        "admitted": int(study.admitted.sum()),
        "tied_at_cutoff": int(study.baseline.tied[0]),
        "settings": asdict(found.settings),
        "tables": tables,
    }
    return json.dumps(document, ensure_ascii=False)


def _as_text(found: Overview, out: Path | None) -> str:
    study = found.study
    if study.cutoff is None:
        return "no cutoff, nobody admitted: no indicator decides anything"
    cutoff, step = f"{study.cutoff / 100:.2f}", f"{100 * found.settings.spread:g} %"
    first = f"{len(study.totals)} applicants, {int(study.pool.sum())} eligible, quota {study.quota}: "
    first += (
        f"cutoff {cutoff}, {int(study.admitted.sum())} admitted, {int(study.baseline.tied[0])} at the cutoff"
    )
    heads = [
        ("", "indicator"),
        ("left out", "displaced"),
        ("points off", f"below {cutoff}"),
        (f"-{step}", "cutoff"),
        (f"-{step}", "displaced"),
        (f"+{step}", "cutoff"),
        (f"+{step}", "displaced"),
        ("cutoff's", "elasticity"),
        ("share of", "variance"),
        ("weights at which", "no one overtakes"),
    ]
    rows = [_cells(row) for row in found.by_indicator().iter_rows(named=True)]
    told = _aligned([[top for top, _ in heads], [name for _, name in heads], *rows])
    only = ONLY_ADMITTED if study.pool.sum() == study.admitted.sum() else ()
    where = [f"every table is in {out}"] if out is not None else []
    return "\n".join([first, "", *told, "", *NOTES, *only, *where])


def _cells(row: dict[str, Any]) -> list[str]:
    low, high = (row[f"overtaking_{side}"] for side in ("down", "up"))
    return [
        row["indicator"],
        _percent(row["changed_without"]),
        _percent(row["below_old_cutoff"]),
        f"{row['cutoff_down']:.2f}",
        _percent(row["changed_down"]),
        f"{row['cutoff_up']:.2f}",
        _percent(row["changed_up"]),
        f"{row['elasticity']:.3f}",
        "-" if row["variance_share"] is None else _percent(row["variance_share"]),
        f"{'0' if low is None else f'{low:.4f}'} to {'any' if high is None else f'{high:.4f}'}",
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _aligned(rows: list[list[str]]) -> list[str]:
    """Set rows in columns, the first to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        ).rstrip()
        for row in rows
    ]
