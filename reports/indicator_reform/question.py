"""What a report on a reform asks: which reform, of which rules, over which people."""

from __future__ import annotations

from importlib import resources

import scoring
from reports.cohort import cohort_for, rulebook_for
from scoring.reform import Reform

EXAMPLE = "example.toml"


def reform_for(reform: str, *, rules: str, round_year: int, counterfactual: bool = False) -> Reform:
    """Read the reform of a rulebook from its file, or the example that comes with jifen where none is named.

    Raises OutOfForce where the rulebook was not in force in that round, ReformError for a reform that is
    none or is pinned to another rulebook.
    """
    book = rulebook_for(rules, round_year=round_year, counterfactual=counterfactual)
    if reform:
        return Reform.load(reform, among=[book])
    text = resources.files(__package__).joinpath(EXAMPLE).read_text("utf-8")
    return Reform.from_toml(text, where=EXAMPLE, among=[book])


def people_for(cohort: str, reform: Reform, *, round_year: int) -> scoring.Cohort:
    """Read the applicants with the columns that the reform looks at, or draw some who do not exist.

    Raises what reading raises.
    """
    return cohort_for(cohort, reform.baseline, round_year=round_year, measures=reform.rules.measures)
