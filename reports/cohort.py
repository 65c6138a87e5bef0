"""The cohort that a notebook asks for: read from a file, or drawn where none is named, and scored."""

from __future__ import annotations

from dataclasses import replace

import scoring
from reports.results import refuse_results
from scoring.cohort.measures import Measures
from scoring.cohort.violations import note
from scoring.errors import JifenError
from scoring.reform.named import rules_of

#: As many as applied in the round of 2020; drawn in a moment.
SYNTHETIC_SIZE = 122_852
SYNTHETIC_SEED = 1


class OutOfForce(JifenError):
    """Refuse rules that did not govern the round, unless the question is what they would have done."""


def rulebook_for(rules: str, *, round_year: int, counterfactual: bool = False) -> scoring.Rulebook:
    """Load a rulebook for a round, or what reforms make of one; see `scoring.reform.named`.

    Raises OutOfForce where it was not in force in that round and *counterfactual* does not say that this is
    meant; RulebookError where there is none.
    """
    book = rules_of(rules)
    if not counterfactual and not book.in_force(round_year):
        raise OutOfForce(
            f"rules: {book.name} was not in force in the round of {round_year}; name the rules that were, or "
            "say --counterfactual (counterfactual = true in a notebook) if that is the question"
        )
    return book


def cohort_for(
    cohort: str, rules: scoring.Rulebook, *, round_year: int, measures: Measures = ()
) -> scoring.Cohort:
    """Read a cohort from its file, or draw a synthetic one where *cohort* is empty.

    *measures* are columns of the user's own that a reform looks at.
    Raises UnfitResult for the folder of a result of an experiment and for its table of persons, and what
    reading raises.
    """
    if not cohort:
        return synthetic(rules, round_year=round_year, measures=measures)
    refuse_results(cohort)
    return scoring.read(cohort, rules=rules, round_year=round_year, measures=measures)


def scored_cohort(
    cohort: str, *, rules: str, round_year: int, quota: int, counterfactual: bool = False
) -> scoring.Scored:
    """Read or draw a cohort and score it under a rulebook.

    *rules* is the name of a rulebook, or the path of one or of a reform. Raises what rulebook, reading and
    ranking raise.
    """
    book = rulebook_for(rules, round_year=round_year, counterfactual=counterfactual)
    return scoring.score(cohort_for(cohort, book, round_year=round_year), book, quota=quota)


def synthetic(rules: scoring.Rulebook, *, round_year: int, measures: Measures = ()) -> scoring.Cohort:
    """Draw the cohort that a notebook shows itself with: people who do not exist, always the same."""
    from synthetic_data.population import facts

    drawn = facts(rules, round_year=round_year, size=SYNTHETIC_SIZE, seed=SYNTHETIC_SEED)
    cohort = scoring.Cohort.from_frame(drawn, rules=rules, round_year=round_year, measures=measures)
    # As a file of such people says of itself.
    return replace(cohort, notices=(*cohort.notices, note("synthetic")))


def groups_for(groups: str, people: scoring.Cohort) -> tuple[str, ...]:
    """Return the columns to count by: those named, with commas between, or the usual ones that are there."""
    if groups:
        return tuple(name.strip() for name in groups.split(",") if name.strip())
    columns = people.frame.columns
    there = {
        "age_band": "birth_date" in columns or "birth_year" in columns,
        "education_level": people.level == "facts",
        "sex": "sex" in columns,
    }
    return tuple(name for name, known in there.items() if known)
