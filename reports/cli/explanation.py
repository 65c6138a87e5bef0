"""``jifen explain``: one applicant's points, item by item."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.cli.options import (
    cohort_argument,
    language_option,
    quota_option,
    round_option,
    rulebook,
    rules_option,
)

if TYPE_CHECKING:
    from scoring.rulebook import Language


@click.command()
@cohort_argument
@click.argument("applicant_id")
@rules_option
@round_option
@quota_option
@language_option("zh")
def explain(
    cohort: Path,
    applicant_id: str,
    *,
    rules_name: str | None,
    round_year: int,
    quota: int,
    language: Language,
) -> None:
    """Explain one applicant: points by item, with the law's article and sentence, and distance to the cutoff.

    COHORT is a file of facts or points, Parquet, CSV or Excel, or a folder of histories, one file a table.
    With facts, the sheet says which facts were used, what did not count, and why; with histories, also the
    months behind each number.

    \b
    Examples:
      jifen explain cohort.parquet S00000001 --rules beijing-2020 --round 2020 --quota 6000
      jifen explain cohort.csv 17 --round 2020 --quota 6000 --lang en
    """
    import scoring
    from scoring.cohort.words import report
    from scoring.explain import as_text
    from scoring.explain import explain as explained

    rules = rulebook(rules_name, round_year)
    scored = scoring.score(scoring.read(cohort, rules=rules, round_year=round_year), rules, quota=quota)
    sheet = explained(scored, applicant_id)
    notes = [one for one in scored.cohort.notices if one.severity == "note" and one.row is None]
    for line in report(notes, language):
        click.echo(line, err=True)
    click.echo(as_text(sheet, language))
