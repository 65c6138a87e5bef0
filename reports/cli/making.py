"""``jifen template`` and ``jifen synth``: blank workbooks, and people who do not exist."""

from __future__ import annotations

from pathlib import Path

import click

from reports.cli.options import round_option, rulebook, rules_option, whole_number
from reports.cli.progress import bar
from scoring.reform.named import rules_of
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

    write_template(level, out, rules=rules_of(rules_name))
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
@click.option(
    "--calibrated",
    is_flag=True,
    help="Draw the pool that was calibrated to what is published of the rounds of 2018-2022.",
)
def synth(
    *, round_year: int, rules_name: str | None, size: int, seed: int, out: Path, calibrated: bool
) -> None:
    """Generate applicants of a round who do not exist: their facts, or the dated records behind these.

    Facts are counted as the rulebook says. Those admitted in earlier rounds, as far as cutoffs are public,
    are no longer in the pool.

    --calibrated draws lives in proportion to what each weighs in the fit of `jifen calibrate`, so that the
    rounds of 2020, 2021 and 2022 look like the published ones; all of its applicants are eligible, and one
    life may come several times. The size draws the pool to scale, and cutoffs go with it: 122,852 people
    applied in 2020 and 130,111 in 2021, and the fit has some 141,000 in 2022. Another seed resamples the
    same lives at other places. It takes half a minute.

    \b
    Examples:
      jifen synth --round 2020 --size 122852 --seed 1 --out cohort.parquet
      jifen synth --round 2020 --size 122852 --seed 1 --out histories
      jifen synth --round 2020 --rules beijing-2020-draft --size 5000 --seed 1 --out draft.csv
      jifen synth --round 2022 --calibrated --size 141000 --seed 1 --out calibrated.parquet
    """
    from simulate.calibrate.main_pool import CalibratedPool
    from synthetic_data.population import Parameters
    from synthetic_data.population.writing import Applicants, Pool, write_pool

    rules = rulebook(rules_name, round_year)
    pool: Applicants
    if calibrated:
        pool = CalibratedPool(rules=rules, round_year=round_year, size=size, seed=seed)
    else:
        parameters = Parameters.load()
        pool = Pool(rules=rules, round_year=round_year, size=size, seed=seed, parameters=parameters)
    with bar("person") as progress:
        write_pool(pool, out, progress=progress)
    click.echo(f"{size} applicants who do not exist, round of {round_year}, seed {seed}; written to {out}")
