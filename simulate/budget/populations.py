"""Populations: a cohort for each set of the population's parameters, all from the same draws of chance."""

from __future__ import annotations

from collections.abc import Sequence

from scoring import Cohort, Rulebook
from simulate.budget.errors import BudgetError
from simulate.calibrate.ensemble import load
from simulate.calibrate.pools import Pools, Progress, Standing, silent
from simulate.calibrate.run import DRAWS, ORIGINS
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


def ensemble(
    members: int,
    rules: Rulebook,
    *,
    round_year: int,
    applicants: int | None = None,
    seed: int = 0,
    draws: int = DRAWS,
    progress: Progress = silent,
) -> tuple[Cohort, ...]:
    """Draw the pool of a round under each of the first members of the calibrated ensemble.

    All weigh the same lives, so that what tells two populations apart is what the calibration leaves open.

    Args:
        members: how many.
        rules: facts are counted by its dates and windows.
        round_year: year of the round.
        applicants: of each population; as many as each member has if None.
        seed: of where the lives are resampled; 0 or more.
        draws: lives drawn.
        progress: told how many lives are drawn, and of how many.

    Raises:
        BudgetError: the ensemble has fewer members.
        NoPool: the pool of this round is not calibrated.

    """
    origin = ORIGINS[0]
    known = load(origin)
    if members > len(known):
        raise BudgetError(f"population: {members} members are asked for, and the ensemble has {len(known)}")
    standing = Standing(round_year=round_year, origin=origin, seed=seed, draws=draws)
    pools = Pools.of(known[:members], standing, progress=progress)
    return tuple(pools.cohort(one, rules, applicants=applicants) for one in range(members))
