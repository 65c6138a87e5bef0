"""Generate dated records dense in awkward cases, at random or by Hypothesis, one recipe for both.

Spells overlap, touch, nest, repeat, leave gaps, begin before July 1998 and end after the reference date;
their ends lie on and beside every month at which a rule changes. No spell is reversed.
"""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from .annexes import ANNEX_3, AWARD_KEYS, HONOUR_KEYS
from .eligibility import reference_date
from .histories import INSURANCES, ISSUED, SIX, START, december, month
from .strategies import DrawnPick, Pick, RandomPick

Record = dict[str, Any]
Histories = dict[str, list[Record]]

INSIDE = (*sorted(SIX), "municipal")
OUTSIDE = ("通州区", "昌平区", "延庆区", "经济技术开发区")
# Months from which Article 15(4) counts, and the one from which leases must be filed.
BOUNDARIES = (month(date(2017, 1, 1)), month(date(2018, 1, 1)), ISSUED)
SHARES = tuple(Decimal(text) for text in ("0", "0.0999", "0.1", "0.1001", "0.5", "1"))
FINANCING = tuple(
    Decimal(text)
    for text in ("0", "4999999.99", "5000000", "19999999.99", "20000000", "39999999.99", "40000000", "1e9")
)
# One year's income tax, in one row or several: just below, at and above 100,000 and 35,000 yuan.
TAXES = tuple(
    tuple(Decimal(text) for text in texts.split())
    for texts in (
        "100000",
        "250000",
        "99999.99",
        "100000.01",
        "60000 40000",
        "33333.33 33333.33 33333.34",
        "33333.33 33333.33 33333.33",
        "0.1 99999.7 0.2",
        "35000",
        "34999.99",
        "17500.01 17499.99",
        "0",
    )
)
CREDENTIAL_LEVELS = ("junior_college", "bachelor", "master", "doctor")


def first_of(one: int) -> date:
    """Give the first day of a numbered month."""
    return date(one // 12, one % 12 + 1, 1)


def day_near(pick: Pick, *days: date) -> date:
    """Give one of some days, or the day before or after it."""
    return pick.one_of(days) + timedelta(days=pick.between(-1, 1))


def edge_month(pick: Pick, until: int) -> int:
    """Give a month on or beside one at which something changes, or any month."""
    edges = (until, until - 83, *BOUNDARIES, START, START - 40, until + 30, until - 48)
    if pick.chance(60):
        return pick.one_of(edges) + pick.between(-1, 1)
    return pick.between(START - 30, until + 6)


def spell(pick: Pick, until: int, known: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Give a spell: beside, across, inside or equal to one that is there, or anywhere."""
    how = pick.one_of(("anywhere", "after", "gap", "across", "inside", "again")) if known else "anywhere"
    if how == "anywhere":
        ends = edge_month(pick, until), edge_month(pick, until)
        return min(ends), max(ends)
    first, last = pick.one_of(known)
    length = pick.one_of((0, 1, 11, 12, 30, 36, 48, 63, 64, 128))
    if how == "after":
        return last + 1, last + 1 + length
    if how == "gap":
        return last + 2, last + 2 + length
    if how == "across":
        middle = pick.between(first, last)
        return middle, max(middle, last) + length
    if how == "inside":
        middle = pick.between(first, last)
        return middle, pick.between(middle, last)
    return first, last


def spells(pick: Pick, until: int, *, number: int) -> list[tuple[int, int]]:
    """Give so many spells, each with a view to those before."""
    known: list[tuple[int, int]] = []
    for _ in range(number):
        known.append(spell(pick, until, known))
    return known


def career(pick: Pick, until: int) -> list[tuple[int, int, str]]:
    """Give spells that all five insurances share, so that long runs occur, with holes and back-payments."""
    start = pick.one_of(
        (START - 5, START, until - 200, until - 85, until - 84, until - 83, until - 82, until - 20)
    )
    cuts = sorted({pick.between(start, until) for _ in range(pick.between(0, 3))})
    end = until + pick.one_of((0, 0, 0, -1, 1, 40))
    parts: list[tuple[int, int, str]] = []
    for cut in cuts:
        if cut > start:
            parts.append((start, cut - 1, "normal"))
        length = pick.one_of((0, 1, 4, 5))
        if pick.chance(75):
            parts.append((cut, cut + length, "back_paid"))
        start = cut + length + 1 - (1 if pick.chance(30) else 0)
    return [*parts, (start, max(start, end), "normal")]


def insurance(pick: Pick, until: int) -> list[Record]:
    """Give spells of the five insurances: a shared career, one insurance short of it, and odd ones."""
    shared = career(pick, until) if pick.chance(80) else []
    place = pick.one_of((*OUTSIDE[:2], "municipal", "海淀区"))
    without = pick.one_of(INSURANCES) if pick.chance(20) else None
    found = [(name, *part, place) for name in INSURANCES if name != without for part in shared]
    for name in INSURANCES:
        for first, last in spells(pick, until, number=pick.between(0, 3 if name in INSURANCES[:2] else 1)):
            district = pick.one_of((*INSIDE, *OUTSIDE, *OUTSIDE))
            found.append((name, first, last, pick.one_of(("normal", "normal", "back_paid")), district))
    return [
        {
            "insurance": name,
            "first_month": first_of(first),
            "last_month": first_of(last),
            "payment": payment,
            "district": district,
        }
        for name, first, last, payment, district in found
    ]


def dwellings(pick: Pick, until: int) -> list[Record]:
    """Give spells of dwelling: own and spouse's at once, untitled, leased without filing, dormitories."""
    return [
        {
            "dwelling": (kind := pick.one_of(("own", "own", "spouse_own", "rented", "rented", "dormitory"))),
            "first_month": first_of(first),
            "last_month": first_of(last),
            "district": pick.one_of((*INSIDE[:-1], *OUTSIDE, *OUTSIDE)),
            "titled": not pick.chance(15),
            "lease_filed": pick.one_of((True, True, False, None)) if kind == "rented" else None,
        }
        for first, last in spells(pick, until, number=pick.between(2, 6) if pick.chance(85) else 0)
    ]


def degrees(pick: Pick, until: int, *, on: date) -> list[Record]:
    """Give credentials: graduations on a leap day, on the reference date, the day after it, twice at once."""
    days = [on, date(2016, 2, 29), date(2012, 2, 29), date(1998, 7, 15), date(1990, 7, 1)]
    days.append(first_of(pick.between(START, until)))
    return [
        {
            "level": pick.one_of(CREDENTIAL_LEVELS),
            "diploma": not pick.chance(25),
            "degree": pick.chance(65),
            "graduated_on": day_near(pick, *days[: 2 + number], days[-1]),
            "recognised": not pick.chance(15),
        }
        for number in range(pick.between(0, 4))
    ]


def innovation(pick: Pick, round_year: int, award_keys: Sequence[str]) -> Histories:
    """Give awards around the first year that counts and the reference date, shares and income tax."""
    on = reference_date(round_year)
    awards = []
    for _ in range(pick.between(0, 3) if pick.chance(60) else 0):
        dated = [place for place, award in enumerate(ANNEX_3) if award.counts_from]
        place = pick.one_of(dated) if pick.chance(70) else pick.between(0, len(ANNEX_3) - 1)
        since = date(ANNEX_3[place].counts_from or 2012, 1, 1)
        awards.append({"award": award_keys[place], "won_on": day_near(pick, on, since, date(2020, 2, 29))})
    years = range(round_year - 5, round_year + 2)
    equity = [
        {
            "year": pick.one_of(years),
            "share_held": pick.one_of(SHARES),
            "financing_3y_yuan": pick.one_of(FINANCING),
        }
        for _ in range(pick.between(0, 3) if pick.chance(40) else 0)
    ]
    taxed = [year for year in years if pick.chance(80)]
    income_tax = [{"year": year, "paid_yuan": paid} for year in taxed for paid in pick.one_of(TAXES)]
    return {"awards": awards, "equity": equity, "income_tax": income_tax}


def penalties(pick: Pick, round_year: int) -> list[Record]:
    """Give fines, detentions and false material on and beside the first and last day that count."""
    edges = [date(round_year + offset, 1, 1) for offset in (-6, -5, 0, 1)]
    found = []
    for _ in range(pick.between(0, 4) if pick.chance(60) else 0):
        kind = pick.one_of(("tax_fine", "detention", "false_material"))
        day = day_near(pick, *edges, date(round_year - 2, 6, 30))
        fine = Decimal(pick.one_of(("49.99", "50", "50.01", "2000"))) if kind == "tax_fine" else None
        found.append({"kind": kind, "decided_on": day, "fine_yuan": fine})
    return found


def draw_histories(
    pick: Pick, *, round_year: int, award_keys: Sequence[str], honour_keys: Sequence[str]
) -> Histories:
    """Give one applicant's records, every table of the contract but ``applicants``."""
    until, on = december(round_year), reference_date(round_year)
    return {
        "insurance": insurance(pick, until),
        "dwellings": dwellings(pick, until),
        "degrees": degrees(pick, until, on=on),
        **innovation(pick, round_year, award_keys),
        "penalties": penalties(pick, round_year),
        "honours": [
            {"honour": pick.one_of(honour_keys), "awarded_on": day_near(pick, on, date(2008, 2, 29))}
            for _ in range(pick.between(0, 3) if pick.chance(30) else 0)
        ],
    }


def random_histories(
    rng: random.Random,
    round_year: int,
    *,
    award_keys: Sequence[str] = AWARD_KEYS,
    honour_keys: Sequence[str] = HONOUR_KEYS,
) -> Histories:
    """Give one applicant's records at random; the same seed gives the same records."""
    return draw_histories(
        RandomPick(rng), round_year=round_year, award_keys=award_keys, honour_keys=honour_keys
    )


@st.composite
def histories(
    draw: st.DrawFn,
    round_year: int,
    *,
    award_keys: Sequence[str] = AWARD_KEYS,
    honour_keys: Sequence[str] = HONOUR_KEYS,
) -> Histories:
    """Give one applicant's records as Hypothesis draws them, for it to shrink."""
    return draw_histories(
        DrawnPick(draw), round_year=round_year, award_keys=award_keys, honour_keys=honour_keys
    )
