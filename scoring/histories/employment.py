"""合法稳定就业, stable employment, from records: Art. 15(1).

具体年限从1998年7月1日起，以申请人在京正常累计缴纳最多的险种月数除以12计算，不包括社会保险个人权益记录中的补缴月数:
the insurance with the most normally paid months is the basis; its paid months are the insured months.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.histories.districts import is_inside
from scoring.histories.ledger import Kinds
from scoring.histories.months import Months, chosen
from scoring.rulebook import Rulebook
from scoring.rulebook.schema import INSURANCES

_HOW = ("inside", "outside", "back_paid")


def kinds(rules: Rulebook) -> Kinds:
    """Tell spells apart by insurance, and paid inside the six districts, paid outside them, or back-paid."""
    inside, outside, back_paid, ways = (pl.lit(number, pl.UInt8) for number in range(4))
    how = (
        pl.when(pl.col("payment") == "back_paid")
        .then(back_paid)
        .when(is_inside(rules))
        .then(inside)
        .otherwise(outside)
    )
    insurance = pl.col("insurance").cast(pl.Enum(INSURANCES)).to_physical()
    return Kinds(tuple(f"{name}.{how}" for name in INSURANCES for how in _HOW), insurance * ways + how)


@dataclass(frozen=True)
class Insured:
    """Hold the months of the five insurances; a month that is both normal and back-paid is normal."""

    kinds: Mapping[str, Months]

    @cached_property
    def paid(self) -> dict[str, Months]:
        """The normally paid months of each insurance."""
        return {name: self.kinds[f"{name}.inside"] | self.kinds[f"{name}.outside"] for name in INSURANCES}

    def recorded(self, insurance: str) -> Months:
        """Return the months of an insurance that have a record, normal or back-paid."""
        return self.paid[insurance] | self.kinds[f"{insurance}.back_paid"]

    def only_back_paid(self, insurance: str) -> Months:
        """Return the months of an insurance that have a back-paid record alone."""
        return self.kinds[f"{insurance}.back_paid"] - self.paid[insurance]

    @cached_property
    def basis(self) -> NDArray[np.intp]:
        """The place of each basis insurance: the most paid months, ties to the first (reading)."""
        counts = np.stack([self.paid[name].count() for name in INSURANCES])
        most: NDArray[np.intp] = counts.argmax(axis=0)
        return most

    @cached_property
    def months(self) -> Months:
        """The insured months: the paid months of the basis insurance."""
        return chosen(self.basis, (self.paid[name] for name in INSURANCES))

    @cached_property
    def months_inside(self) -> Months:
        """The insured months with a record inside the six districts."""
        return chosen(self.basis, (self.kinds[f"{name}.inside"] for name in INSURANCES))


def months(insured: Insured) -> dict[str, Months]:
    """Return the insured months."""
    return {"insured_months": insured.months}
