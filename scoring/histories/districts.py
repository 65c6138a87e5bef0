"""城六区, the six urban districts: what lies inside them, by the rulebook's own list."""

from __future__ import annotations

from typing import cast

import polars as pl

from scoring.cohort.contract_histories import MUNICIPAL
from scoring.rulebook import Rulebook


def is_inside(rules: Rulebook) -> pl.Expr:
    """Tell of the column ``district`` whether it lies inside the six districts.

    在市本级社会保险经办机构缴纳社会保险费的，视为就业地在城六区 (Art. 15(4)): municipal counts as inside.
    """
    districts = cast("tuple[str, ...]", rules["job_housing_area.urban_districts"])
    return pl.col("district").is_in([*districts, MUNICIPAL])
