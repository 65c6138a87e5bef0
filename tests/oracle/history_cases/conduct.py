"""Work out cases of tax, penalties, barring and honours: Articles 15(6), 15(8), 15(9) and 17."""

from typing import Any

from .case import Case
from .records import honour, income_tax, penalty


def decided(reading: str, *penalties: Any, **expected: Any) -> Case:
    """State a case of penalties."""
    return Case(reading, {"penalties": [row for rows in penalties for row in rows]}, expected)


CASES = (
    Case(
        "three calendar years before the round, several rows of a year summed to the fen",
        {
            "income_tax": income_tax(
                y2016="100000",
                y2017="60000 40000",
                y2018="33333.33 33333.33 33333.33",
                y2019="0.1 99999.7 0.2",
                y2020="100000",
            )
        },
        {"taxed_100k_years": 2},
    ),
    Case(
        "exactly the line in each of the years",
        {"income_tax": income_tax(y2017="100000", y2018="100000", y2019="100000.01")},
        {"taxed_100k_years": 3},
    ),
    decided(
        "fines of at least 50 yuan in the five calendar years before the round",
        penalty("tax_fine", "2014-12-31", "2000"),
        penalty("tax_fine", "2015-01-01", "50"),
        penalty("tax_fine", "2016-02-29", "49.99"),
        penalty("tax_fine", "2019-12-31", "2000"),
        penalty("tax_fine", "2020-01-01", "2000"),
        tax_penalties=2,
        detentions=0,
        barred_through=None,
    ),
    decided(
        "two fines of one day are two records",
        penalty("tax_fine", "2018-05-05", "50"),
        penalty("tax_fine", "2018-05-05", "50"),
        tax_penalties=2,
    ),
    decided(
        "detentions in the five calendar years before the round",
        penalty("detention", "2014-12-31"),
        penalty("detention", "2015-01-01"),
        penalty("detention", "2019-12-31"),
        penalty("detention", "2020-01-01"),
        tax_penalties=0,
        detentions=2,
    ),
    decided(
        "false material bars for five years more, the round's own year included; the latest counts",
        penalty("false_material", "2016-05-05"),
        penalty("false_material", "2020-12-31"),
        penalty("false_material", "2021-01-01"),
        barred_through=2025,
        tax_penalties=0,
        detentions=0,
    ),
    decided("found after the round", penalty("false_material", "2021-01-01"), barred_through=None),
    decided("a bar that is over is still said", penalty("false_material", "2009-05-05"), barred_through=2014),
    Case(
        "the first honour of the annex awarded by the reference date",
        {"honours": [*honour(10, "2008-02-29"), *honour(4, "2019-12-31"), *honour(0, "2020-01-01")]},
        {"honour": 4},
    ),
    Case("awarded after the reference date", {"honours": honour(0, "2020-01-01")}, {"honour": None}),
    Case(
        "no record at all",
        {},
        {
            "continuous_insured_months": 0,
            "back_paid_months": 0,
            "insurance_in_order": False,
            "barred_through": None,
            "insured_months": 0,
            "own_home_months": 0,
            "spouse_home_months": 0,
            "presumed_tenancy_months": 0,
            "leased_months": 0,
            "dormitory_months": 0,
            "education": "none",
            "study_insured_months": 0,
            "suburban_home_months": 0,
            "suburban_home_and_job_months": 0,
            "suburban_home_in_december": False,
            "innovation_award": None,
            "taxed_100k_years": 0,
            "tax_penalties": 0,
            "honour": None,
            "detentions": 0,
        },
    ),
)
