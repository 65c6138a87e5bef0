"""Work out cases of Article 15(2): five classes of dwelling, a month once."""

from .case import Case
from .records import Record, home, paid


def lived(
    reading: str,
    homes: list[Record],
    spells: list[Record],
    months: tuple[int, ...],
    *,
    round_year: int = 2020,
) -> Case:
    """State the months of own home, spouse's home, presumed tenancy, lease and dormitory."""
    names = ("own_home", "spouse_home", "presumed_tenancy", "leased", "dormitory")
    expected = dict(zip((f"{name}_months" for name in names), months, strict=True))
    return Case(reading, {"dwellings": homes, "insurance": spells}, expected, round_year)


CASES = (
    lived(
        "a month in the own and the spouse's home counts as own",
        [*home("own", "2010-01", "2010-12"), *home("spouse_own", "2010-07", "2011-06")],
        [],
        (12, 6, 0, 0, 0),
    ),
    lived(
        "an untitled home is none, and leaves the tenancy to be presumed",
        [*home("own", "2010-01", "2010-12", titled=False)],
        paid("pension", "2010-01", "2010-12"),
        (0, 0, 12, 0, 0),
    ),
    lived(
        "tenancy is presumed for insured months without an own or a spouse's home: 12 less 2010-04 to -08",
        [
            *home("own", "2010-04", "2010-06"),
            *home("spouse_own", "2010-06", "2010-08"),
            *home("rented", "2010-01", "2011-12", filed=True),
            *home("dormitory", "2010-01", "2011-12"),
        ],
        paid("pension", "2010-01", "2010-12"),
        (3, 2, 7, 0, 0),
    ),
    lived(
        "back-paid months presume nothing",
        [],
        [*paid("pension", "2010-01", "2010-12"), *paid("pension", "2011-01", "2011-12", "back_paid")],
        (0, 0, 12, 0, 0),
    ),
    lived(
        "presumed until 2020-07, filed leases from 2020-08 to 2021-03, then the dormitory",
        [
            *home("rented", "2020-06", "2021-03", filed=True),
            *home("dormitory", "2021-03", "2021-06"),
        ],
        paid("pension", "2020-06", "2021-12"),
        (0, 0, 2, 8, 3),
        round_year=2022,
    ),
    lived(
        "a lease that is not filed, or untitled, and an untitled dormitory give nothing",
        [
            *home("rented", "2020-08", "2020-12", filed=False),
            *home("rented", "2021-01", "2021-03", filed=None),
            *home("rented", "2021-04", "2021-06", titled=False, filed=True),
            *home("dormitory", "2021-07", "2021-12", titled=False),
        ],
        paid("pension", "2020-08", "2021-12"),
        (0, 0, 0, 0, 0),
        round_year=2022,
    ),
    lived(
        "own before leased, spouse's before dormitory, insured or not",
        [
            *home("own", "2021-01", "2021-06"),
            *home("rented", "2021-04", "2021-09", filed=True),
            *home("spouse_own", "2021-10", "2021-10"),
            *home("dormitory", "2021-06", "2021-12"),
        ],
        [],
        (6, 1, 0, 3, 2),
        round_year=2022,
    ),
    lived(
        "homes count from July 1998 to the reference date",
        [*home("own", "1995-01", "1998-07"), *home("spouse_own", "2019-11", "2025-01")],
        [],
        (1, 2, 0, 0, 0),
    ),
)
