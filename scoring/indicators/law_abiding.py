"""守法记录, law-abiding record: Art. 15(9). Each administrative detention by Beijing police costs points."""

from __future__ import annotations

from scoring.indicators.facts import Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return the number of detentions."""
    return {"law_abiding": facts["detentions"]}


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points of every number of detentions."""
    return {"law_abiding": law.by_count(law.rules.points("law_abiding.points_per_detention"))}
