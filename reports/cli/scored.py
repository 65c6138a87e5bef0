"""Read and score the cohort that a subcommand names, and say what a reader of the result must know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.cli.cohorts import briefly
from reports.cli.options import rulebook

if TYPE_CHECKING:
    from scoring.scored import Scored


def scored(cohort: Path, *, rules_name: str | None, round_year: int, quota: int) -> Scored:
    """Score a cohort under a rulebook and a quota; remarks go to the standard error.

    Raises:
        CohortError: the cohort breaks the contract.
        JifenError: there is no such rulebook, or none in force for the round.

    """
    import scoring

    rules = rulebook(rules_name, round_year)
    result = scoring.score(scoring.read(cohort, rules=rules, round_year=round_year), rules, quota=quota)
    for line in [*briefly(result.cohort.notices), *(notice.en for notice in result.notices)]:
        click.echo(line, err=True)
    return result
