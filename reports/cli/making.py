"""``jifen template`` and ``jifen synth``: blank workbooks, and people who do not exist."""

from __future__ import annotations

from pathlib import Path

import click

from reports.cli.options import round_option, rulebook, rules_option, whole_number
from reports.cli.progress import bar
from scoring.rulebook import Rulebook


@click.command()
@click.argument("level", type=click.Choice(["facts", "points", "histories"]))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="An .xlsx file.")
@click.option(
    "--rules",
    "rules_name",
    metavar="NAME",
    default=Rulebook.names()[-1],
    show_default=True,
    help="Rulebook whose awards and honours are offered for choice.",
)
def template(level: str, *, out: Path, rules_name: str) -> None:
    """Write a blank workbook for a cohort, with a data dictionary in Chinese and English.

    It checks what is filled in as the contract does, and offers the words and keys to choose from.

    \b
    Example:
      jifen template facts --out facts.xlsx
    """
    from scoring.cohort.template import write_template

    write_template(level, out, rules=Rulebook.load(rules_name))
    click.echo(f"written to {out}")


@click.command()
@round_option
@rules_option
@click.option("--size", required=True, type=whole_number(1), metavar="N", help="Number of applicants.")
@click.option(
    "--seed", required=True, type=whole_number(0), metavar="N", help="The same seed, the same cohort."
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="A .parquet or .csv file for facts, a new folder for histories.",
)
def synth(*, round_year: int, rules_name: str | None, size: int, seed: int, out: Path) -> None:
    """Generate applicants of a round who do not exist: their facts, or the dated records behind these.

    Facts are counted as the rulebook says. Those admitted in earlier rounds, as far as cutoffs are public,
    are no longer in the pool.

    \b
    Examples:
      jifen synth --round 2020 --size 122852 --seed 1 --out cohort.parquet
      jifen synth --round 2020 --size 122852 --seed 1 --out histories
      jifen synth --round 2020 --rules beijing-2020-draft --size 5000 --seed 1 --out draft.csv
    """
    from synthetic_data.population import Parameters
    from synthetic_data.population.writing import Pool, write_pool

    rules = rulebook(rules_name, round_year)
    parameters = Parameters.load()
    pool = Pool(rules=rules, round_year=round_year, size=size, seed=seed, parameters=parameters)
    with bar("person") as progress:
        write_pool(pool, out, progress=progress)
    click.echo(f"{size} applicants who do not exist, round of {round_year}, seed {seed}; written to {out}")
