"""城六区, the six urban districts: what lies inside them, by the rulebook's own list."""

from __future__ import annotations

from typing import cast

import polars as pl

from scoring.cohort.contract import SHORT_DISTRICTS
from scoring.cohort.contract_histories import MUNICIPAL
from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from scoring.rulebook import Rulebook
from scoring.rulebook.schema import DISTRICTS


def is_inside(rules: Rulebook) -> pl.Expr:
    """Tell of the column ``district`` whether it lies inside the six districts.

    在市本级社会保险经办机构缴纳社会保险费的，视为就业地在城六区 (Art. 15(4)): municipal counts as inside.

    Raises:
        UnknownName: the rulebook lists a district that Beijing does not have.

    """
    listed = cast("tuple[str, ...]", rules["job_housing_area.urban_districts"])
    inside = [SHORT_DISTRICTS.get(name, name) for name in listed]
    for name in inside:
        if name not in DISTRICTS:
            raise UnknownName(
                f"{rules.name}: Beijing has no district {name!r}{did_you_mean(name, DISTRICTS)}"
            )
    return pl.col("district").is_in([*inside, MUNICIPAL])
