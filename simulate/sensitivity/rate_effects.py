"""One point more on each number of the rulebook: what a single change of the law does, exactly."""

from __future__ import annotations

import numpy as np

from simulate.engine import Draws
from simulate.sensitivity.effects import Effects, told
from simulate.sensitivity.errors import SensitivityError
from simulate.sensitivity.rates import rates_of
from simulate.sensitivity.study import Study, ones

POINT = 100
"""One point, in hundredths."""


def one_point_more_by_rate(study: Study) -> Effects:
    """Raise each rate of the rulebook by one point, one at a time, and rank anew.

    A rate that the law cannot raise by a point, such as a step of a ladder below an equal one, is left out.

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
    return told(study, study.engine.run(draws), names)
