"""Populations: a cohort for each set of the population's parameters, all from the same draws of chance."""

from __future__ import annotations

from collections.abc import Sequence

from scoring import Cohort, Rulebook
from synthetic_data.population import Parameters, applicants, facts_of


def populations(
    parameters: Sequence[Parameters], rules: Rulebook, *, round_year: int, size: int, seed: int = 0
) -> tuple[Cohort, ...]:
    """Draw the applicants of a round under each set of parameters.

    The seed is the same for all, so that what tells two populations apart is their parameters.

    Args:
        parameters: sets that are held to fit about equally well.
        rules: facts are counted by its dates and windows.
        round_year: year of the round.
        size: applicants of each population.
        seed: 0 or more.

    """
    return tuple(
        Cohort.from_frame(
            facts_of(
                applicants(round_year=round_year, size=size, seed=seed, parameters=one), rules, round_year
            ),
            rules=rules,
            round_year=round_year,
        )
        for one in parameters
    )
