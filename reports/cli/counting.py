"""``jifen facts``: dated records become facts."""

from __future__ import annotations

from pathlib import Path

import click

from reports.cli.options import round_option, rulebook, rules_option
from scoring.errors import JifenError


@click.command()
@click.argument("histories", type=click.Path(path_type=Path))
@rules_option
@round_option
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A .parquet file of facts.")
def facts(histories: Path, *, rules_name: str | None, round_year: int, out: Path) -> None:
    """Count the facts of every applicant from dated records.

    HISTORIES is a folder with a file a table, CSV, Parquet or Excel, or a workbook with a sheet a table, as
    `jifen template histories` writes one. The file of facts records round and rulebook, and serves no others.

    \b
    Example:
      jifen facts histories --rules beijing-2020 --round 2020 --out facts.parquet
    """
    from reports.cli.cohorts import briefly
    from scoring.cohort import read, write_facts
    from scoring.output import check_output

    check_output(out, source=histories)
    if out.suffix.lower() != ".parquet":
        raise JifenError(f"cannot write {out}: facts are written to a .parquet file")
    rules = rulebook(rules_name, round_year)
    cohort = read(histories, rules=rules, round_year=round_year)
    if not cohort.tables:
        raise JifenError(f"{histories} holds {cohort.level} and no histories, so there is nothing to count")
    write_facts(cohort.frame, out, rules=rules, round_year=round_year)
    for line in briefly(cohort.notices):
        click.echo(line, err=True)
    click.echo(f"facts of {cohort.frame.height} applicants, round of {round_year}; written to {out}")
