"""One point more on each number of the rulebook: what a single change of the law does, exactly."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulate.engine import UNIT, Draws
from simulate.sensitivity.effects import TO_POINTS, Effects, sampled_effects, told
from simulate.sensitivity.errors import SensitivityError
from simulate.sensitivity.rates import rates_of
from simulate.sensitivity.study import Study, ones

POINT = 100
"""One point, in hundredths."""


def one_point_more_by_rate(study: Study, *, replicates: int = 0, seed: int = 0) -> Effects:
    """Raise each rate of the rulebook by one point, one at a time, and rank anew.

    A rate that the law cannot raise by a point, such as a step of a ladder below an equal one, is left out.

    Args:
        study: the prepared cohort, of facts.
        replicates: resamples of the cohort for intervals; 0 for none.
        seed: of the resampling.

    Returns:
        As other effects, with ``lever`` (the path, or the step of a ladder) and ``points``, the rate's new
        value, in place of indicator and weight.

    Raises:
        SensitivityError: the cohort holds points, which no rule can change.

    """
    if study.engine.casebook is None:
        raise SensitivityError("rates of the rulebook can move on facts, and this cohort holds points")
    rates = [rate for rate in rates_of(study.engine.rules) if rate.baseline + POINT <= rate.high]
    draws = Draws(
        ones(len(rates)),
        np.full(len(rates), study.quota, dtype=np.int64),
        tuple(rate.change(rate.baseline + POINT) for rate in rates),
    )
    names = {
        "lever": [rate.name for rate in rates],
        "points": [(rate.baseline + POINT) / 100 for rate in rates],
    }
    raised = [study.engine.totals(draw)[0] for draw in _singly(draws)] if replicates else []
    totals = [study.totals * UNIT, *raised]
    sampled = sampled_effects(study, totals, scale=TO_POINTS, replicates=replicates, seed=seed)
    return told(study, study.engine.run(draws), names, sampled)


def _singly(draws: Draws) -> Iterator[Draws]:
    for number, change in enumerate(draws.changes or ()):
        yield Draws(draws.weights[[number]], draws.quota[[number]], (change,))
