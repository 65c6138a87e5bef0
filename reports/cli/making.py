"""``jifen template`` and ``jifen synth``: blank workbooks, and people who do not exist."""

from __future__ import annotations

from pathlib import Path

import click

from reports.cli.options import round_option, rulebook
from scoring.errors import JifenError


@click.command()
@click.argument("level", type=click.Choice(["facts", "points", "histories"]))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="An .xlsx file.")
def template(level: str, *, out: Path) -> None:
    """Write a blank workbook for a cohort, with a data dictionary in Chinese and English.

    \b
    Example:
      jifen template facts --out facts.xlsx
    """
    from scoring.cohort.template import write_template

    write_template(level, out)
    click.echo(f"written to {out}")


@click.command()
@round_option
@click.option("--size", required=True, type=click.IntRange(1), metavar="N", help="Number of applicants.")
@click.option(
    "--seed", required=True, type=click.IntRange(0), metavar="N", help="The same seed, the same cohort."
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A .parquet file of facts.")
def synth(*, round_year: int, size: int, seed: int, out: Path) -> None:
    """Generate the facts of applicants who do not exist, under the rulebook in force for the round.

    \b
    Example:
      jifen synth --round 2020 --size 122852 --seed 1 --out cohort.parquet
    """
    from scoring.cohort import write_facts
    from synthetic_data.population import facts

    if out.suffix.lower() != ".parquet":
        raise JifenError(f"cannot write {out}: facts are written to a .parquet file")
    rules = rulebook(None, round_year)
    people = facts(rules, round_year=round_year, size=size, seed=seed)
    write_facts(people, out, rules=rules, round_year=round_year, synthetic=True)
    click.echo(f"{size} applicants who do not exist, round of {round_year}, seed {seed}; written to {out}")
