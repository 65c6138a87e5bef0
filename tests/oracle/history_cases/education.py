"""Work out cases of Article 15(3) and Annex 2: credentials, windows, and the best after deduction."""

from .case import Case
from .records import Record, degree, paid


def educated(reading: str, degrees: list[Record], spells: list[Record], credential: str, study: int) -> Case:
    """State the credential claimed and the insured months of study."""
    expected = {"education": credential, "study_insured_months": study}
    return Case(reading, {"degrees": degrees, "insurance": spells}, expected)


ALWAYS = paid("pension", "2000-01", "2019-12")

CASES = (
    educated("no more than the window", degree("master", "2015-07-15"), ALWAYS, "master", 36),
    educated(
        "the window of 36 months ends with the month of graduation: 2012-08 and 2015-07 lie in it",
        degree("master", "2015-07-01"),
        [*paid("pension", "2012-07", "2012-08"), *paid("pension", "2015-07", "2015-08")],
        "master",
        2,
    ),
    educated(
        "a bachelor's window has 48 months: 2012-03 to 2016-02",
        degree("bachelor", "2016-02-29"),
        paid("pension", "2012-03", "2016-02"),
        "bachelor",
        48,
    ),
    educated(
        "back-paid months are not taken back",
        degree("bachelor", "2016-02-29"),
        paid("pension", "2012-03", "2016-02", "back_paid"),
        "bachelor",
        0,
    ),
    educated(
        "10.5 without deduction beats 15 less 48 x 3.5 / 12 = 14",
        [*degree("bachelor", "2014-07-01"), *degree("junior_college", "2005-07-01")],
        paid("pension", "2010-01", "2019-12"),
        "junior_college",
        0,
    ),
    educated(
        "26 less 10.5 beats 15 without deduction",
        [*degree("bachelor", "2005-07-01"), *degree("master", "2014-07-01")],
        paid("pension", "2010-01", "2019-12"),
        "master",
        36,
    ),
    educated(
        "of 10.5 and 10.5 the earlier graduation: junior college",
        [*degree("bachelor", "2005-07-02", degree=False), *degree("junior_college", "2005-07-01")],
        [],
        "junior_college",
        0,
    ),
    educated(
        "of 10.5 and 10.5 the earlier graduation: the bachelor's diploma",
        [*degree("junior_college", "2005-07-02"), *degree("bachelor", "2005-07-01", degree=False)],
        [],
        "bachelor_diploma",
        0,
    ),
    educated(
        "a diploma and a degree in two records make no joint credential",
        [
            *degree("master", "2005-07-01", diploma=False),
            *degree("master", "2006-07-01", degree=False),
        ],
        [],
        "master_degree",
        0,
    ),
    educated(
        "junior college needs the diploma and nothing else",
        degree("junior_college", "2005-07-01", degree=False),
        [],
        "junior_college",
        0,
    ),
    educated(
        "junior college without the diploma is nothing",
        degree("junior_college", "2005-07-01", diploma=False),
        [],
        "none",
        0,
    ),
    educated(
        "neither diploma nor degree, or not recognised, is nothing",
        [
            *degree("doctor", "2005-07-01", diploma=False, degree=False),
            *degree("doctor", "2005-07-01", recognised=False),
        ],
        ALWAYS,
        "none",
        0,
    ),
    educated("on the reference date", degree("doctor", "2019-12-31"), ALWAYS, "doctor", 36),
    educated("after the reference date", degree("doctor", "2020-01-01"), ALWAYS, "none", 0),
    educated("long before July 1998", degree("doctor", "1990-07-01"), ALWAYS, "doctor", 0),
)
