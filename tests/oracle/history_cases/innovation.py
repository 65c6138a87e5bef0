"""Work out cases of Article 15(5) and Annex 3; awards by their place in the annex, from 0.

0 is 国家自然科学奖 first class (12 points).
49 and 52 are the first prizes of the national (12 points, from 2012) and the municipal (6, from 2015)
中国创新创业大赛, both with income tax of 35,000 yuan.
56 is the first place of the national 职业技能竞赛 (12, from 2011).
62 and 65 are the first (6) and the single prize (2) of 北京市文化创意大赛.
66 is the first prize of 中国创翼 (12, from 2020).
72 to 74 are the tiers of equity (6, 4, 2).
"""

from tests.oracle.literal import DRAFT, IN_FORCE, TRIAL

from .case import ALL, Case
from .records import Record, award, equity, income_tax


def won(
    reading: str,
    place: int | None,
    awards: list[Record] | None = None,
    *,
    shares: list[Record] | None = None,
    tax: list[Record] | None = None,
    rulebooks: tuple[str, ...] = ALL,
) -> Case:
    """State the best item of Annex 3, by its place."""
    records = {"awards": awards or [], "equity": shares or [], "income_tax": tax or []}
    return Case(reading, records, {"innovation_award": place}, rulebooks=rulebooks)


CASES = (
    won("an award of any year", 0, award(0, "1985-02-28")),
    won("won on the reference date", 0, award(0, "2019-12-31")),
    won("won after the reference date", None, award(0, "2020-01-01")),
    won("won on the first day that counts", 56, award(56, "2011-01-01")),
    won("won the day before", None, award(56, "2010-12-31")),
    won("a contest that counts from 2020, in the round of 2020", None, award(66, "2019-12-31")),
    won(
        "taxed 35,000 yuan in two rows",
        49,
        award(49, "2015-05-05"),
        tax=income_tax(y2019="17500.01 17499.99"),
    ),
    won("taxed less", None, award(49, "2015-05-05"), tax=income_tax(y2019="34999.99", y2018="90000")),
    won("no tax at all", None, award(52, "2015-05-05")),
    won(
        "taxed, but won before the award counts", None, award(52, "2014-12-31"), tax=income_tax(y2019="40000")
    ),
    won(
        "the best one, whatever the order",
        0,
        [*award(62, "2018-05-05"), *award(0, "2018-05-05"), *award(56, "2018-05-05")],
    ),
    won(
        "of equal points the first in the annex",
        52,
        [*award(62, "2018-05-05"), *award(52, "2018-05-05")],
        shares=equity(2019, "0.5", "40000000"),
        tax=income_tax(y2019="35000"),
    ),
    won("10 % held in the year before the round", 74, shares=equity(2019, "0.1", "5000000")),
    won("less than 10 % held", None, shares=equity(2019, "0.0999", "40000000")),
    won("held three years before the round", 73, shares=equity(2017, "1", "20000000")),
    won("held four years before the round", None, shares=equity(2016, "1", "40000000")),
    won("held in the year of the round", None, shares=equity(2020, "1", "40000000")),
    won("financing below 5 million", None, shares=equity(2019, "1", "4999999.99")),
    won("financing below 20 million", 74, shares=equity(2019, "1", "19999999.99")),
    won("financing below 40 million", 73, shares=equity(2019, "1", "39999999.99")),
    won("financing of 40 million", 72, shares=equity(2019, "1", "40000000")),
    won(
        "the best tier of several years",
        73,
        shares=[*equity(2019, "0.2", "6000000"), *equity(2018, "0.2", "20000000")],
    ),
    won(
        "equity of 6 points beats an award of 2",
        72,
        award(65, "2018-05-05"),
        shares=equity(2019, "0.5", "40000000"),
        rulebooks=(DRAFT, IN_FORCE),
    ),
    won(
        "in the trial equity gives nothing, and a municipal award 6",
        65,
        award(65, "2018-05-05"),
        shares=equity(2019, "0.5", "40000000"),
        rulebooks=(TRIAL,),
    ),
    won(
        "in the trial all national awards are equal, and the first in the annex is named",
        2,
        [*award(49, "2018-05-05"), *award(2, "2018-05-05"), *award(3, "2018-05-05")],
        tax=income_tax(y2019="35000"),
        rulebooks=(TRIAL,),
    ),
    won("in the trial equity alone is an item of no points", 74, shares=equity(2019, "1", "5000000")),
)
