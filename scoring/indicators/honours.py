"""荣誉表彰, honours: Art. 15(8), Annex 4. Points once, however many titles."""

from __future__ import annotations

import numpy as np

from scoring.indicators.facts import ABSENT, Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return the title's position in Annex 4, or `ABSENT`."""
    return {"honours": facts["honour"]}


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points of each title of Annex 4; no title, no points."""
    points = np.full(ABSENT + 1, law.rules.points("honours.points"))
    points[ABSENT] = 0
    return {"honours": law.rounding.whole(points)}
