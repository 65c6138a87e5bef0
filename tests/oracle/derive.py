"""Derive facts back from the ten published columns of a round under the rules in force since 2020.

What a column does not tell is set so that nothing else is scored and nothing stands against the applicant.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from .annexes import ANNEX_3, AWARD_KEYS, HONOUR_KEYS

# The plainest credential of each tier of Annex 2, by its hundredths.
CREDENTIAL_OF_TIER = {0: "none", 1050: "junior_college", 1500: "bachelor", 2600: "master", 3700: "doctor"}


def in_hundredths(published: str) -> int:
    """Read a published figure such as ``-0.88`` without a binary float."""
    return int(Decimal(published) * 100)


def rounded(numerator: int, denominator: int) -> int:
    """Give a fraction of a point in hundredths, half up; never asked for a negative one."""
    return (200 * numerator + denominator) // (2 * denominator)


@cache
def dwelling_months(insured: int, residence: int, *, lease_months: int) -> tuple[int, int, int]:
    """Find months of own home, presumed tenancy and lease that give the residence column back.

    Presumed tenancy fills the insured months that no own home covers, so all insured months count first;
    if that cannot be, fewer of them do.
    """
    halves = [rounded(months, 24) for months in range(insured + 1)]
    for counted in range(insured, -1, -1):
        for leased in range(min(lease_months, counted) + 1):
            for own in range(counted - leased + 1):
                presumed = counted - leased - own
                if rounded(own, 12) + halves[presumed] + halves[leased] == residence:
                    return own, presumed, leased
    raise LookupError(f"no months give {residence} hundredths of residence with {insured} insured months")


@cache
def study_months(deduction: int) -> int:
    """Find the insured months of study that give the study deduction back."""
    for months in range(49):
        if rounded(7 * months, 24) == -deduction:
            return months
    raise LookupError(f"no months of study give {deduction} hundredths")


@cache
def area_years(points: int, *, years: int) -> tuple[int, int]:
    """Find whole years at home, and at home and at work, outside the six within the years that there were."""
    for both in range(years + 1):
        for home in range(years - both + 1):
            if min(200 * home + 300 * both, 1200) == points:
                return home, both
    raise LookupError(f"no {years} years give {points} hundredths for the area")


@cache
def tax_facts(points: int) -> tuple[int, int]:
    """Find the years of high income tax and the penalties that give the tax column back."""
    for penalties in range(10):
        for years in range(4):
            if 200 * years - 1200 * penalties == points:
                return years, penalties
    raise LookupError(f"no years and penalties give {points} hundredths of tax")


@cache
def award_of(points: int, award_keys: tuple[str, ...]) -> str | None:
    """Find the first award of Annex 3 with these points."""
    if points == 0:
        return None
    return next(key for key, award in zip(award_keys, ANNEX_3, strict=True) if 100 * award.points == points)


def whole(points: int, *, each: int) -> int:
    """Divide where nothing may be left over."""
    count, left = divmod(points, each)
    if left:
        raise LookupError(f"{points} hundredths are no multiple of {each}")
    return count


def derive(
    row: Mapping[str, str],
    *,
    round_year: int = 2020,
    award_keys: Sequence[str] = AWARD_KEYS,
    honour_keys: Sequence[str] = HONOUR_KEYS,
) -> dict[str, Any]:
    """Give facts whose score under ``beijing-2020`` is the published row.

    ``row`` has ``birth_year`` and the ten columns as text; LookupError where no facts can give it.
    """
    points = {column: in_hundredths(value) for column, value in row.items() if column != "birth_year"}
    insured = whole(points["employment"], each=25)
    lease_months = max(0, 12 * (round_year - 2020) - 7)
    own, presumed, leased = dwelling_months(insured, points["residence"], lease_months=lease_months)
    home, both = area_years(points["job_housing_area"], years=round_year - 2018)
    years, penalties = tax_facts(points["tax"])
    return {
        "birth_date": date(int(row["birth_year"]), 7, 1),
        "sex": "male",
        "post": "cadre",
        "residence_permit_date": date(round_year - 2, 12, 31),
        "continuous_insured_months": 84,
        "back_paid_months": 0,
        "insurance_in_order": True,
        "criminal_record": False,
        "barred_through": None,
        "employer_barred_through": None,
        "insured_months": insured,
        "own_home_months": own,
        "spouse_home_months": 0,
        "presumed_tenancy_months": presumed,
        "leased_months": leased,
        "dormitory_months": 0,
        "education": CREDENTIAL_OF_TIER[points["education"]],
        "study_insured_months": study_months(points["study_deduction"]),
        "suburban_home_months": 12 * home,
        "suburban_home_and_job_months": 12 * both,
        "suburban_home_in_december": home + both > 0,
        "innovation_award": award_of(points["innovation"], tuple(award_keys)),
        "taxed_100k_years": years,
        "tax_penalties": penalties,
        "honour": honour_keys[0] if whole(points["honours"], each=2000) else None,
        "detentions": whole(-points["law_abiding"], each=3000),
    }
