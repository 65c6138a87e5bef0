"""What a reform's changes must be beyond single values: not at odds with each other, and about numbers."""

from __future__ import annotations

from scoring.cohort import Cohort
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_points import POINTS
from scoring.cohort.measures import no_numbers
from scoring.reform.errors import ReformError
from scoring.reform.reform import Reform
from scoring.rulebook import INDICATORS, Rulebook
from scoring.rulebook.paths import parameter_at


def check_changes(reform: Reform) -> None:
    """Refuse changes that cannot be made together.

    Raises:
        RulebookError: an added indicator lacks a value, or points by level do.
        ReformError: a removed indicator is changed as well, or an added one looks at no numbers.

    """
    rules = reform.rules
    for path, plain in reform.changes.items():
        indicator = path.partition(".")[0]
        if plain is not None and not path.endswith(".removed") and indicator in INDICATORS:
            _refuse_if_removed(path, indicator, reform)
    for name in rules.added:
        path = f"added.{name}.column"
        if path in reform.changes:
            _check_column(path, rules)
        if name in (*FACTS.names, *POINTS.names):
            raise ReformError(
                f"added.{name}: the cohort has a column of this name; call the indicator otherwise"
            )


def check_cohort(reform: Reform, cohort: Cohort) -> None:
    """Refuse a cohort that cannot answer a reform; see `Reform.check_cohort`."""
    for path in reform.changes:
        parameter = parameter_at(path, reform.baseline.award_keys)
        if cohort.level == "points" and not path.startswith("added.") and not path.endswith(".removed"):
            raise ReformError(
                f"{path} is changed, and a cohort of points cannot tell what that gives: it answers only"
                " indicators that are removed or added"
            )
        if parameter.needs_histories and not cohort.tables:
            raise ReformError(f"{path} was spent in making facts: changing it needs histories")


def _refuse_if_removed(path: str, indicator: str, reform: Reform) -> None:
    # Other items may hang on a removed indicator's values, as the study deduction does on employment's rate.
    if reform.changes.get(f"{indicator}.removed") and indicator != "employment":
        raise ReformError(f"{path} is changed and {indicator} removed; keep one of the two")


def _check_column(path: str, rules: Rulebook) -> None:
    column = rules.text(path)
    for table in (FACTS, POINTS):
        if no_numbers(table, {column: rules.measures[column]}):
            raise ReformError(
                f"{path}: the column {column!r} of {table.en} holds neither numbers nor yes and no"
            )
