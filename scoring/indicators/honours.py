"""荣誉表彰, honours: Art. 15(8), Annex 4. Points once, however many titles."""

from __future__ import annotations

import numpy as np

from scoring.indicators.facts import ABSENT, Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return whether there is a title of Annex 4."""
    return {"honours": (facts["honour"] != np.uint8(ABSENT)).view(np.uint8)}


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points without a title and with one."""
    return {"honours": law.rounding.whole(np.array([0, law.rules.points("honours.points")]))}
