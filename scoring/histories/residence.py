"""合法稳定住所, stable residence, from records: Art. 15(2).

同一时间自有住所、单位宿舍或租赁住所不重复计算积分: a month counts once, own home first, then the spouse's.
本细则发布之日（不含）前在单位宿舍、租赁住所的连续居住年限，以申请人同期在京合法稳定就业年限计算: before the
boundary tenancy is presumed for insured months without an own or a spouse's home. From then on leases count
when filed and dormitories when titled; the lease goes first (reading).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from scoring.histories.districts import is_inside
from scoring.histories.employment import Insured
from scoring.histories.ledger import Kinds
from scoring.histories.months import Months, month_of, number_of
from scoring.rulebook import Rulebook

_NAMES = ("own.inside", "own.outside", "spouse_own", "rented", "dormitory")


def kinds(rules: Rulebook) -> Kinds:
    """Tell titled dwellings apart: own inside or outside the six districts, spouse's, filed lease, dormitory.

    住所的规划用途均应为住宅类，且……已取得本市房屋所有权证或不动产权证书: what has no title does not count,
    nor does a lease that is not filed.
    """
    dwelling, titled = pl.col("dwelling"), pl.col("titled")
    own_inside, own_outside, spouse_own, rented, dormitory = (pl.lit(place, pl.UInt8) for place in range(5))
    which = (
        pl.when(titled & (dwelling == "own"))
        .then(pl.when(is_inside(rules)).then(own_inside).otherwise(own_outside))
        .when(titled & (dwelling == "spouse_own"))
        .then(spouse_own)
        .when(titled & (dwelling == "rented") & pl.col("lease_filed"))
        .then(rented)
        .when(titled & (dwelling == "dormitory"))
        .then(dormitory)
    )
    return Kinds(_NAMES, which)


@dataclass(frozen=True)
class Homes:
    """Hold the months in titled dwellings, by kind."""

    kinds: Mapping[str, Months]

    @property
    def own(self) -> Months:
        """The months in an own home."""
        return self.kinds["own.inside"] | self.kinds["own.outside"]

    @property
    def own_outside(self) -> Months:
        """The months in an own home outside the six districts."""
        return self.kinds["own.outside"]


def months(homes: Homes, insured: Insured, rules: Rulebook) -> dict[str, Months]:
    """Return the months of the five classes of dwelling; no month is in two of them."""
    boundary = rules.date("residence.presumed_before")
    own = homes.own
    spouse = homes.kinds["spouse_own"] - own
    owned = own | spouse
    leased = homes.kinds["rented"].within(boundary) - owned
    return {
        "own_home_months": own,
        "spouse_home_months": spouse,
        "presumed_tenancy_months": insured.months.within(last=month_of(number_of(boundary) - 1)) - owned,
        "leased_months": leased,
        "dormitory_months": homes.kinds["dormitory"].within(boundary) - owned - leased,
    }
