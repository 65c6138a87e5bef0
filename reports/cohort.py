"""The scored cohort that a notebook asks for: read from a file, or drawn where none is named."""

from __future__ import annotations

from dataclasses import replace

import scoring
from scoring.cohort.violations import note

#: About as many as apply in a round; drawn in a moment.
SYNTHETIC_SIZE = 120_000
SYNTHETIC_SEED = 1


def scored_cohort(cohort: str, *, rules: str, round_year: int, quota: int) -> scoring.Scored:
    """Read a cohort from its file, or draw a synthetic one where *cohort* is empty, and score it.

    *rules* is the name of a rulebook or the path of one. Raises what reading, rules and ranking raise.
    """
    book = scoring.Rulebook.load(rules)
    people = (
        scoring.read(cohort, rules=book, round_year=round_year)
        if cohort
        else synthetic(book, round_year=round_year)
    )
    return scoring.score(people, book, quota=quota)


def synthetic(rules: scoring.Rulebook, *, round_year: int) -> scoring.Cohort:
    """Draw the cohort that a notebook shows itself with: people who do not exist, always the same."""
    from synthetic_data.population import facts

    drawn = facts(rules, round_year=round_year, size=SYNTHETIC_SIZE, seed=SYNTHETIC_SEED)
    cohort = scoring.Cohort.from_frame(drawn, rules=rules, round_year=round_year)
    # As a file of such people says of itself.
    return replace(cohort, notices=(*cohort.notices, note("synthetic")))
