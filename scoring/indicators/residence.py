"""合法稳定住所, stable residence: Art. 15(2).

自有住所或配偶自有住所 at one yearly rate, 单位宿舍或租赁住所 at another. Each class of dwelling is rounded by
itself, as the public lists show. 当连续居住年限多于在京合法稳定就业年限，以申请人在京合法稳定就业年限作为
连续居住年限，并优先计算自有住所积分: months beyond the insured ones do not count; own home first, then the
spouse's, presumed tenancy, filed leases, dormitories (reading of the order).
"""

from __future__ import annotations

import numpy as np

from scoring.indicators.facts import Column, Facts
from scoring.indicators.item import Law
from scoring.rounding import Hundredths

CLASSES = {
    "residence.own_home": "own_home_months",
    "residence.spouse_home": "spouse_home_months",
    "residence.presumed_tenancy": "presumed_tenancy_months",
    "residence.leased": "leased_months",
    "residence.dormitory": "dormitory_months",
}
"""The classes of dwelling in the order in which their months count, with the fact each one reads."""

OWN = ("residence.own_home", "residence.spouse_home")


def codes(facts: Facts, law: Law) -> dict[str, Column]:
    """Return the months of each class that count."""
    if not law.rules.flag("residence.capped_at_employment"):
        return {item: facts[fact] for item, fact in CLASSES.items()}
    room = facts["insured_months"].copy()
    counted: dict[str, Column] = {}
    for item, fact in CLASSES.items():
        counted[item] = np.minimum(facts[fact], room)
        room -= counted[item]
    return counted


def tables(law: Law) -> dict[str, Hundredths]:
    """Return the points of every number of counted months, for each class."""
    own = law.by_month(law.rules.points("residence.own_home_points_per_year"))
    other = law.by_month(law.rules.points("residence.other_home_points_per_year"))
    return {item: own if item in OWN else other for item in CLASSES}
