"""Work out cases of Article 15(4): home outside the six districts, job inside or outside."""

from tests.oracle.literal import DRAFT, IN_FORCE, TRIAL

from .case import ALL, Case
from .records import Record, home, paid


def area(
    reading: str,
    homes: list[Record],
    spells: list[Record],
    months: tuple[int, int, bool],
    rulebooks: tuple[str, ...] = ALL,
) -> Case:
    """State the months with the job inside, those with the job outside, and December."""
    names = ("suburban_home_months", "suburban_home_and_job_months", "suburban_home_in_december")
    expected = dict(zip(names, months, strict=True))
    return Case(reading, {"dwellings": homes, "insurance": spells}, expected, rulebooks=rulebooks)


SUBURBAN = home("own", "2019-01", "2019-12", "通州区")
MOVED = (
    home("own", "2016-01", "2019-12", "通州区"),
    [
        *paid("pension", "2016-01", "2018-12", district="通州区"),
        *paid("pension", "2019-01", "2019-12", district="海淀区"),
    ],
)

CASES = (
    area("in force from 2018-01: 12 months of each kind", *MOVED, (12, 12, True), (IN_FORCE,)),
    area("from 2017-01 in the draft and the trial", *MOVED, (12, 24, True), (TRIAL, DRAFT)),
    area(
        "one record inside makes the month's job inside",
        SUBURBAN,
        [
            *paid("pension", "2019-01", "2019-12", district="通州区"),
            *paid("pension", "2019-11", "2019-12", district="海淀区"),
        ],
        (2, 10, True),
    ),
    area(
        "municipal counts as inside, the development area as outside",
        SUBURBAN,
        [
            *paid("pension", "2019-01", "2019-05", district="municipal"),
            *paid("pension", "2019-06", "2019-12", district="经济技术开发区"),
        ],
        (5, 7, True),
    ),
    area("no record of the month: the job is inside", SUBURBAN, [], (12, 0, True)),
    area(
        "a back-paid record says nothing of the job",
        SUBURBAN,
        [
            *paid("pension", "2019-01", "2019-06", district="通州区"),
            *paid("pension", "2019-01", "2019-06", "back_paid", district="海淀区"),
            *paid("pension", "2019-07", "2019-12", "back_paid", district="通州区"),
        ],
        (6, 6, True),
    ),
    area(
        "the basis insurance alone tells the job",
        SUBURBAN,
        [
            *paid("pension", "2019-01", "2019-11", district="通州区"),
            *paid("medical", "2019-01", "2019-12", district="海淀区"),
        ],
        (12, 0, True),
    ),
    area(
        "of insurances with equally many months pension is the basis",
        SUBURBAN,
        [
            *paid("medical", "2019-07", "2019-12", district="通州区"),
            *paid("pension", "2019-01", "2019-06", district="海淀区"),
        ],
        (12, 0, True),
    ),
    area(
        "of work injury and maternity work injury is the basis",
        SUBURBAN,
        [
            *paid("maternity", "2019-01", "2019-06", district="海淀区"),
            *paid("work_injury", "2019-01", "2019-06", district="通州区"),
        ],
        (6, 6, True),
    ),
    area(
        "a spouse's or an untitled home, or one inside, does not serve",
        [
            *home("spouse_own", "2019-01", "2019-12", "通州区"),
            *home("own", "2019-01", "2019-12", "昌平区", titled=False),
            *home("own", "2019-01", "2019-12", "丰台区"),
        ],
        [],
        (0, 0, False),
    ),
    area(
        "left before December",
        home("own", "2019-01", "2019-11", "延庆区"),
        [],
        (11, 0, False),
    ),
)
