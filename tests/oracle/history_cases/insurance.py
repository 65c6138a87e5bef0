"""Work out cases of Articles 14(3) and 15(1): insurance, its continuity and its back-payments."""

from typing import Any

from .case import Case
from .records import Record, five, four, paid


def insured(reading: str, spells: list[Record], **expected: Any) -> Case:
    """State a case of insurance alone."""
    return Case(reading, {"insurance": spells}, expected)


CASES = (
    insured(
        "overlapping, touching, nested and duplicated spells count once: 2010-01 to 2011-05",
        [
            *paid("pension", "2010-01", "2010-12"),
            *paid("pension", "2010-06", "2011-03", district="通州区"),
            *paid("pension", "2011-04", "2011-05"),
            *paid("pension", "2010-03", "2010-04"),
            *paid("pension", "2010-01", "2010-12"),
        ],
        insured_months=17,
    ),
    insured(
        "from July 1998 to the reference date: two months and one",
        [*paid("pension", "1990-01", "1998-08"), *paid("pension", "2019-12", "2030-01")],
        insured_months=3,
    ),
    insured("all before July 1998", paid("pension", "1990-01", "1998-06"), insured_months=0),
    insured("all after the reference date", paid("pension", "2020-01", "2021-06"), insured_months=0),
    insured(
        "back-paid months do not count; a month that is both is normal",
        [*paid("pension", "2010-01", "2010-06"), *paid("pension", "2010-04", "2010-12", "back_paid")],
        insured_months=6,
    ),
    insured(
        "the insurance with the most paid months, not the one with the most records",
        [
            *paid("pension", "2010-01", "2011-12", "back_paid"),
            *paid("pension", "2012-01", "2012-05"),
            *paid("maternity", "2012-01", "2012-06"),
        ],
        insured_months=6,
    ),
    insured(
        "seven years to the month",
        five("2013-01", "2019-12"),
        continuous_insured_months=84,
        back_paid_months=0,
        insurance_in_order=True,
    ),
    insured("a month short of seven years", five("2013-02", "2022-12"), continuous_insured_months=83),
    insured(
        "the run goes back to July 1998 and no further: 258 months",
        five("1990-01", "2019-12"),
        continuous_insured_months=258,
        insured_months=258,
    ),
    insured(
        "December itself is not covered by one of the five",
        [*four("maternity", "2010-01", "2019-12"), *paid("maternity", "2010-01", "2019-11")],
        continuous_insured_months=0,
        back_paid_months=0,
        insurance_in_order=False,
    ),
    insured(
        "December is back-paid in one of the five: continuous, but not in order",
        [
            *four("unemployment", "2010-01", "2019-12"),
            *paid("unemployment", "2010-01", "2019-11"),
            *paid("unemployment", "2019-12", "2019-12", "back_paid"),
        ],
        continuous_insured_months=120,
        back_paid_months=1,
        insurance_in_order=False,
    ),
    insured(
        "a gap in one of the five ends the run: from 2015-06 on, 7 + 48 months",
        [*five("2010-01", "2015-04"), *four("medical", "2015-05", "2015-05"), *five("2015-06", "2019-12")],
        continuous_insured_months=55,
    ),
    insured(
        "back-paid in the 84 months, whichever insurance it is: 2013-01, -02 and -03, but not 2012-12",
        [
            *five("2012-01", "2012-11"),
            *five("2012-12", "2013-01", "back_paid"),
            *four("medical", "2013-02", "2013-02"),
            *paid("medical", "2013-02", "2013-02", "back_paid"),
            *five("2013-03", "2013-03", "back_paid"),
            *five("2013-04", "2019-12"),
        ],
        continuous_insured_months=96,
        back_paid_months=3,
        # 11 months of 2012, 2013-02, and 9 + 72 from 2013-04 on
        insured_months=93,
    ),
    insured(
        "back-paid beside normal is no back-paid month",
        [*five("2013-01", "2019-12"), *five("2015-01", "2015-06", "back_paid")],
        continuous_insured_months=84,
        back_paid_months=0,
        insurance_in_order=True,
    ),
    insured(
        "back-paid months count without any run",
        paid("pension", "2019-01", "2019-03", "back_paid"),
        continuous_insured_months=0,
        back_paid_months=3,
        insured_months=0,
    ),
)
