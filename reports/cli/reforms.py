"""``jifen reform``: start a reform, put several together, and compare them on a cohort."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.cli.ledgers import told
from reports.cli.options import cohort_argument, language_option, quota_option, round_option, whole_number
from scoring.cohort.atomic import CannotWrite, replacing
from scoring.reform import Reform
from scoring.reform.named import rules_of, stacked
from scoring.rulebook import Rulebook

if TYPE_CHECKING:
    import polars as pl

    from scoring.rulebook import Language
    from simulate.displacement import Comparison

ONLY_ADMITTED = {
    "zh": "提示：数据中只有落户人员，方案实施后谁会进入无从得知；所列分数线和退出人数仅就这份名单而言。",
    "en": (
        "note: The cohort holds nobody who was not admitted: who would enter is unknown, and cutoffs and"
        " those who leave tell of this list alone."
    ),
}
NEWEST = Rulebook.names()[-1]


@click.group()
def reform() -> None:
    """Change the rules: start a reform, put several together, compare them with their baseline.

    \b
    Examples:
      jifen reform new --baseline beijing-2020 --out mine.toml
      jifen reform compare cohort.parquet --round 2020 --baseline beijing-2020 \\
          --reform a.toml --reform b.toml --quota 6000 --groups age_band,sex
    """


baseline_option = click.option(
    "--baseline", default=NEWEST, show_default=True, metavar="NAME", help="The rulebook to change."
)


@reform.command()
@baseline_option
@click.option("--target", metavar="NAME", help="Start from what makes this rulebook of the baseline.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
def new(baseline: str, *, target: str | None, out: Path) -> None:
    """Write a reform to start from, pinned to its baseline, with an example of each change.

    \b
    Examples:
      jifen reform new --out mine.toml
      jifen reform new --baseline beijing-2020-draft --target beijing-2020 --out changes.toml
    """
    from scoring.reform.template import template

    rules = rules_of(baseline)
    if out.exists():
        raise CannotWrite(f"cannot write {out}: the file is there already; remove it or name another")
    text = template(rules)
    if target is not None:
        other = rules_of(target)
        text = Reform.between(rules, other, title=f"{rules.name} → {other.name}").to_toml()
    with replacing(out) as beside:
        beside.write_text(text, "utf-8")
    click.echo(f"written to {out}; read it with `jifen rules redline {out}`")


@reform.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
def stack(files: tuple[Path, ...], *, out: Path) -> None:
    """Put several reforms together, from the first to the last, and write them as one.

    Each is pinned to what those before it make, or to the baseline of the first; two that disagree about a
    value are refused.

    \b
    Example:
      jifen reform stack a.toml b.toml --out both.toml
    """
    whole = stacked(files)
    with replacing(out) as beside:
        beside.write_text(whole.to_toml(), "utf-8")
    click.echo(f"{len(files)} reforms, {len(whole.changes)} changed values; written to {out}")


@reform.command()
@cohort_argument
@round_option
@baseline_option
@click.option(
    "--reform", "files", multiple=True, required=True, type=click.Path(path_type=Path), help="A reform."
)
@quota_option
@click.option("--groups", default="", metavar="LIST", help="Columns to count by, with commas.")
@click.option(
    "--replicates",
    type=whole_number(0),
    default="500",
    show_default=True,
    metavar="N",
    help="Resamples of the applicants behind the intervals; 0 for none.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the tables, as CSV.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@language_option("en")
def compare(
    cohort: Path,
    *,
    round_year: int,
    baseline: str,
    files: tuple[Path, ...],
    quota: int,
    groups: str,
    **output: Any,
) -> None:
    """Compare reforms with their baseline: cutoff, who enters and leaves, and which change moved them.

    Counts are exact and not protected; what is to be published goes through `jifen report`.

    \b
    Examples:
      jifen reform compare cohort.parquet --round 2020 --reform a.toml --quota 6000
      jifen reform compare cohort.parquet --round 2020 --baseline beijing-2020 --reform a.toml \\
          --reform b.toml --quota 6000 --groups age_band,sex,education_level --out compared
    """
    import scoring
    from reports.cli.cohorts import briefly
    from scoring.cohort.measures import joint_measures
    from simulate.displacement import compare as compared

    rules = rules_of(baseline)
    reforms = [Reform.load(file, among=[rules]) for file in files]
    measures = joint_measures(*(one.rules.measures for one in reforms))
    people = scoring.read(cohort, rules=rules, round_year=round_year, measures=measures)
    for line in briefly(people.notices):
        click.echo(line, err=True)
    names = [name.strip() for name in groups.split(",") if name.strip()]
    result = compared(people, reforms, quota=quota, groups=names)
    _give(result, **output)


def _give(
    result: Comparison, *, replicates: int, out: Path | None, as_json: bool, language: Language
) -> None:
    """Write tables into a folder, and print a document or some lines."""
    frames = result.frames
    if replicates:
        frames |= result.intervals(replicates=replicates)
    if out is not None:
        _write(frames, out)
    if as_json:
        rules = result.ledgers[0].reform.baseline
        tables = {name: json.loads(frame.write_json()) for name, frame in frames.items()}
        click.echo(json.dumps({"baseline": rules.name, "digest": rules.digest, **tables}, ensure_ascii=False))
        return
    for one in result.ledgers:
        for line in told(one, language, frames):
            click.echo(line)
    if result.ledgers[0].before.only_admitted:
        click.echo(ONLY_ADMITTED[language], err=True)


def _write(frames: Mapping[str, pl.DataFrame], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        with replacing(out / f"{name}.csv") as beside:
            frame.write_csv(beside)
