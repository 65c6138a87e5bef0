"""``jifen simulate``: many what-ifs over one cohort, from a file into a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.cli.progress import bar

if TYPE_CHECKING:
    from simulate.experiment import Result

INTERRUPTED = 130
AGAIN = "run the same again with --resume"


@click.command()
@click.argument("experiment", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the results.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="Chunks side by side on this machine.  [default: 1; with --cluster local, one a core]",
)
@click.option("--cluster", metavar="ADDRESS", help="A Dask cluster: local starts one, tcp://… joins one.")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@click.option(
    "--until",
    type=click.FloatRange(0, min_open=True),
    metavar="POINTS",
    help="Append draws until the error of the mean cutoff is at most this.",
)
def simulate(
    experiment: Path,
    *,
    out: Path,
    workers: int | None,
    cluster: str | None,
    resume: bool,
    until: float | None,
) -> None:
    """Run an experiment: many draws of quotas, weights and rules over one cohort, or over several years.

    EXPERIMENT is a TOML file. The folder holds spec.toml, draws.parquet, outcomes.parquet, groups.parquet,
    people.parquet (a line a person, not for reports), record.json and run.log. The same experiment gives the
    same bytes on any number of workers and after a kill; only run.log differs.

    With years = 5, say, the experiment follows the queue for so many rounds from its round on. The people are
    synthetic, so that there is no cohort and no people.parquet; what is unsure of them, like
    population.leaving.leaves, can vary as an uncertainty. The same chance befalls the same people in every
    draw, so that draws differ by what they change alone. With kind = "calibrated" the people are those of the
    ensemble that jifen forecast rests on: each draw takes one of its members, and is compared with the
    baseline of the same.

    \b
    Examples:
      jifen simulate quota.toml --out results/quota
      jifen simulate quota.toml --out results/quota --workers 2 --until 0.02
      jifen simulate quota.toml --out results/quota --resume
      jifen simulate years.toml --out results/years

    \b
    years.toml:
      rules = "beijing-2020"
      round = 2023
      years = 5
      draws = 256
      seed = 7
      baseline = { quota = 600 }
      [population]
      applicants = 12_000    # in the pool of 2020; 122,852 where it is left out
      kind = "plain"         # or "calibrated"
      [levers]
      quota = { low = 400, high = 800 }             # every round
      "quota.growth" = { low = 0, high = 50 }       # so many more each round
      [uncertainties]
      "population.leaving.leaves" = { dist = "uniform", low = 0.01, high = 0.05 }
    """
    from simulate.experiment import Experiment, run

    try:
        with bar("draw") as progress:
            result = run(
                Experiment.load(experiment),
                out,
                workers=workers,
                cluster=cluster,
                until=until,
                resume=resume,
                progress=progress,
            )
    except KeyboardInterrupt:
        click.echo(f"jifen: interrupted; what is done is kept in {out}; {AGAIN}", err=True)
        sys.exit(INTERRUPTED)
    for line in told(result):
        click.echo(line)


def told(result: Result) -> list[str]:
    """Return what a run gave in a few lines: cutoffs with their errors, who came and went, what is unsure."""
    return _of_years(result) if "rounds" in result.record else _of_one_round(result)


def _of_one_round(result: Result) -> list[str]:
    rows = _rows(result, None)
    over = f"{_made(result)} over {result.record['applicants']} applicants"
    lines = [f"{over}: {_cutoff(rows)}; written to {result.folder}"]
    for name in ("admitted", "entered", "left"):
        low, high = (rows[name, end]["value"] for end in ("p05", "p95"))
        average = _number(rows[name, "mean"])
        lines.append(f"  {name}: {average} on average, {low:.0f} to {high:.0f} in nine draws of ten")
    if not result.converged:
        mean = rows["cutoff", "mean"]
        lines.append(f"  not converged: the error of the mean cutoff is to be at most {mean['tolerance']:g}")
    return lines


def _of_years(result: Result) -> list[str]:
    rounds = result.record["rounds"]
    lines = [f"{_made(result)} over the rounds of {rounds[0]} to {rounds[-1]}; written to {result.folder}"]
    unsure = []
    for year in rounds:
        rows = _rows(result, year)
        lines.append(f"  {year}: {_cutoff(rows)}; {rows['backlog', 'mean']['value']:,.0f} left waiting")
        if not rows["cutoff", "mean"]["converged"]:
            unsure.append(str(year))
    if unsure:
        allowed, which = rows["cutoff", "mean"]["tolerance"], ", ".join(unsure)
        lines.append(f"  not converged in {which}: the error of the mean cutoff is to be at most {allowed:g}")
    return lines


def _made(result: Result) -> str:
    record = result.record
    return f"{record['draws']} draws ({record['design']}, seed {record['seed']})"


def _rows(result: Result, year: int | None) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of the summary that are of no group, of one round if there are several."""
    of_round = (row for row in result.record["summary"] if row.get("round") == year)
    return {(row["quantity"], row["statistic"]): row for row in of_round if row["group"] is None}


def _cutoff(rows: dict[tuple[str, str], dict[str, Any]]) -> str:
    mean = rows["cutoff", "mean"]
    if mean["value"] is None:
        return "no draw has a cutoff"
    low, high = (rows["cutoff", end]["value"] for end in ("p05", "p95"))
    return f"cutoff {_number(mean)} on average, {low:.2f} to {high:.2f} in nine draws of ten"


def _number(row: dict[str, Any]) -> str:
    error = row["standard_error"]
    return f"{row['value']:.2f}" + ("" if error is None else f" (error {error:.2g})")
