"""创新创业, innovation and entrepreneurship: Art. 15(5), Annex 3.

上述创新创业指标各项加分不累计，同时符合多项加分条件的，只计最高分: one award of Annex 3, the best one held.
"""

from __future__ import annotations

import numpy as np

from scoring.indicators.facts import ABSENT, Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return the award's position in Annex 3, or `ABSENT`."""
    return {"innovation": facts["innovation_award"]}


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points of each award of Annex 3; no award, no points."""
    points = np.zeros(ABSENT + 1, dtype=np.int64)
    points[: len(law.rules.awards)] = [law.rules.award_points(award) for award in law.rules.awards]
    return {"innovation": law.rounding.whole(points)}
