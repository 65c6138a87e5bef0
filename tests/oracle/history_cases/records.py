"""Write dated records briefly: months like ``2018-01``, days like ``2018-01-31``."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracle.histories import INSURANCES

TABLES = ("insurance", "dwellings", "degrees", "awards", "equity", "income_tax", "penalties", "honours")
Record = dict[str, Any]


def complete(records: dict[str, list[Record]]) -> dict[str, list[Record]]:
    """Give an empty list for every table that is left out."""
    return {table: records.get(table, []) for table in TABLES}


def paid(
    insurance: str, first: str, last: str, payment: str = "normal", district: str = "海淀区"
) -> list[Record]:
    """Write one spell of one insurance."""
    first_month, last_month = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    return [
        {
            "insurance": insurance,
            "first_month": first_month,
            "last_month": last_month,
            "payment": payment,
            "district": district,
        }
    ]


def five(first: str, last: str, payment: str = "normal", district: str = "海淀区") -> list[Record]:
    """Write one spell of all five insurances."""
    return [spell for name in INSURANCES for spell in paid(name, first, last, payment, district)]


def four(without: str, first: str, last: str, payment: str = "normal") -> list[Record]:
    """Write one spell of all insurances but one."""
    return [spell for name in INSURANCES if name != without for spell in paid(name, first, last, payment)]


def home(
    dwelling: str,
    first: str,
    last: str,
    district: str = "海淀区",
    *,
    titled: bool = True,
    filed: bool | None = None,
) -> list[Record]:
    """Write one spell of dwelling."""
    return [
        {
            "dwelling": dwelling,
            "first_month": date.fromisoformat(f"{first}-01"),
            "last_month": date.fromisoformat(f"{last}-01"),
            "district": district,
            "titled": titled,
            "lease_filed": filed,
        }
    ]


def degree(
    level: str, graduated_on: str, *, diploma: bool = True, degree: bool = True, recognised: bool = True
) -> list[Record]:
    """Write one degree record."""
    return [
        {
            "level": level,
            "diploma": diploma,
            "degree": degree,
            "graduated_on": date.fromisoformat(graduated_on),
            "recognised": recognised,
        }
    ]


def award(place: int, won_on: str) -> list[Record]:
    """Write one award; the key is its place in Annex 3 until the test puts a key there."""
    return [{"award": place, "won_on": date.fromisoformat(won_on)}]


def equity(year: int, share: str, financing: str) -> list[Record]:
    """Write the shares of one year."""
    return [{"year": year, "share_held": Decimal(share), "financing_3y_yuan": Decimal(financing)}]


def income_tax(**paid_yuan: str) -> list[Record]:
    """Write income tax, as y2019="100000"; amounts parted by a blank are rows of their own."""
    years = {int(year[1:]): amounts.split() for year, amounts in paid_yuan.items()}
    return [
        {"year": year, "paid_yuan": Decimal(amount)} for year, amounts in years.items() for amount in amounts
    ]


def penalty(kind: str, decided_on: str, fine: str | None = None) -> list[Record]:
    """Write one penalty."""
    return [
        {
            "kind": kind,
            "decided_on": date.fromisoformat(decided_on),
            "fine_yuan": None if fine is None else Decimal(fine),
        }
    ]


def honour(place: int, awarded_on: str) -> list[Record]:
    """Write one honour; the key is its place in Annex 4 until the test puts a key there."""
    return [{"honour": place, "awarded_on": date.fromisoformat(awarded_on)}]
