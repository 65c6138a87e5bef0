"""Hold the literal reading of Articles 14 and 17 against cases worked out by hand."""

from datetime import date
from typing import Any

import pytest

from .eligibility import completed_years, reasons_against
from .plain import PLAIN


def reasons(round_year: int = 2020, **changes: Any) -> list[str]:
    """List what stands against a plain applicant but for some facts."""
    return reasons_against(PLAIN | changes, round_year=round_year)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"residence_permit_date": date(2019, 12, 31)}, []),
        ({"residence_permit_date": date(2020, 1, 1)}, ["residence_permit"]),
        ({"continuous_insured_months": 84}, []),
        ({"continuous_insured_months": 83}, ["continuous_insurance"]),
        ({"back_paid_months": 5}, []),
        ({"back_paid_months": 6}, ["back_payments"]),
        ({"barred_through": 2019}, []),
        ({"barred_through": 2020}, ["barred"]),
        ({"employer_barred_through": 2019}, []),
        ({"employer_barred_through": 2020}, ["employer_barred"]),
        ({"employer_barred_through": None}, []),
    ],
)
def test_each_condition_at_its_threshold(changes: dict[str, Any], expected: list[str]) -> None:
    """Each condition holds at its threshold and fails one beyond."""
    assert reasons(**changes) == expected


@pytest.mark.parametrize(
    ("sex", "post", "round_year", "born", "under"),
    [
        # Before 2025: 60, 50, 55 years. An age is complete on the day after the birthday, so the birthday
        # on the reference date itself leaves one under the age.
        ("male", "worker", 2020, date(1959, 12, 31), True),
        ("male", "cadre", 2020, date(1959, 12, 30), False),
        ("female", "worker", 2020, date(1969, 12, 31), True),
        ("female", "worker", 2020, date(1969, 12, 30), False),
        ("female", "cadre", 2020, date(1964, 12, 31), True),
        ("female", "cadre", 2020, date(1964, 12, 30), False),
        ("male", "worker", 2025, date(1964, 12, 31), True),
        # Men: 9 months after 1964-12 delay 3 months, 1965-09-30 -> 2025-12-30; 10 months 3 -> 2026-01-01.
        ("male", "worker", 2026, date(1964, 12, 31), False),
        ("male", "worker", 2026, date(1965, 9, 30), False),
        ("male", "worker", 2026, date(1965, 10, 1), True),
        # 19 months delay 5: 1966-07-31 -> 2026-12-31, 1966-07-30 -> 2026-12-30.
        ("male", "cadre", 2027, date(1966, 7, 31), True),
        ("male", "cadre", 2027, date(1966, 7, 30), False),
        # A part of four months counts whole: 28 delay 7, to 2027-11; 29 delay 8, to 2028-01.
        ("male", "worker", 2028, date(1967, 4, 30), False),
        ("male", "worker", 2028, date(1967, 5, 1), True),
        # 156 months would delay 39; 63 years are the most: 1977-12-31 -> 2040-12-31.
        ("male", "worker", 2041, date(1977, 12, 31), True),
        ("male", "worker", 2041, date(1977, 12, 30), False),
        # Women cadres: as men, from 1969-12 and 55 up to 58.
        ("female", "cadre", 2026, date(1970, 9, 30), False),
        ("female", "cadre", 2026, date(1970, 10, 1), True),
        ("female", "cadre", 2041, date(1982, 12, 31), True),
        ("female", "cadre", 2041, date(1982, 12, 30), False),
        # Women workers: 8 months after 1974-12 delay 4, 1975-08-31 -> 2025-12-31; 7 months 4 -> 2025-11-30.
        ("female", "worker", 2026, date(1975, 8, 31), True),
        ("female", "worker", 2026, date(1975, 8, 30), False),
        ("female", "worker", 2026, date(1975, 7, 31), False),
        # 132 months would delay 66; 55 years are the most: 1985-12-31 -> 2040-12-31.
        ("female", "worker", 2041, date(1985, 12, 31), True),
        ("female", "worker", 2041, date(1985, 12, 30), False),
    ],
)
def test_retirement_age(sex: str, post: str, round_year: int, born: date, under: bool) -> None:
    """The statutory age on 31 December of the year before the round decides, by the schedule since 2025."""
    got = reasons(round_year, sex=sex, post=post, birth_date=born)
    assert got == ([] if under else ["retirement_age"])


@pytest.mark.parametrize(
    ("on", "years"),
    [
        (date(2019, 2, 28), 42),
        (date(2019, 3, 1), 43),  # the birthday of a common year is the 28th
        (date(2020, 2, 29), 43),
        (date(2020, 3, 1), 44),
    ],
)
def test_birthday_of_29_february(on: date, years: int) -> None:
    """Someone born on 29 February 1976 completes a year on 1 March, in common years and leap years."""
    assert completed_years(date(1976, 2, 29), on=on) == years
