"""The cohort contract as frozen data: what a column is called, means, and may hold.

Check, template and documentation all read it here, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from scoring.rulebook.schema import CREDENTIALS as RECOGNISED
from scoring.rulebook.schema import DISTRICTS

Level = Literal["facts", "points"]
Annex = Literal["", "awards", "honours"]

# Beyond these a number is a slip of the pen for any human being, whatever the rules say.
MOST_MONTHS = 1200
MOST_COUNT = 1000
FIRST_YEAR, LAST_YEAR = 1900, 2200
# In hundredths: ranks come from counting totals, so these must stay countable.
MOST_POINTS = 1_000_000
# To here a 64-bit float still holds a hundredth of a fen.
MOST_YUAN = 10**12

# 东城 is as plain as 东城区.
SHORT_DISTRICTS = {name.removesuffix("区"): name for name in DISTRICTS[:-1]}

CREDENTIALS = ("none", *RECOGNISED)


class Kind(StrEnum):
    """Name what a column holds, which settles its type, its unit and how it is written."""

    ID = "id"
    DATE = "date"
    MONTH = "month"
    MONTHS = "months"
    COUNT = "count"
    NUMBER = "number"
    YEAR = "year"
    BOOL = "bool"
    LEVEL = "level"
    KEY = "key"
    POINTS = "points"
    HUNDREDTHS = "hundredths"
    FRACTION = "fraction"
    YUAN = "yuan"
    CATEGORY = "category"


WHOLE_NUMBERS = (Kind.MONTHS, Kind.COUNT, Kind.NUMBER, Kind.YEAR)


@dataclass(frozen=True)
class Column:
    """Describe one column.

    ``low`` and ``high`` bound a number, inclusive, in the unit of its kind (hundredths for points); what lies
    outside is impossible. A date lies from 1900 to 2200, or up to the reference date if ``until_reference``.
    ``levels`` are the words allowed; ``annex`` says which keys of the rulebook are. ``group`` marks a column
    that distribution tables may break down by. ``article`` is where the rules use it.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    article: str = ""
    nullable: bool = False
    required: bool = True
    low: int | None = None
    high: int | None = None
    levels: tuple[str, ...] = ()
    annex: Annex = ""
    until_reference: bool = False
    group: bool = False

    @property
    def districts(self) -> bool:
        """Whether the levels are districts, which may be written short."""
        return self.levels[: len(DISTRICTS)] == DISTRICTS


@dataclass(frozen=True)
class Table:
    """Describe one table: its columns in the contract's order.

    ``of_records`` marks a table of dated records, of which an applicant may have none or many.
    """

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    of_records: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in the contract's order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the columns that must be there."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.columns if column.name == name)


def months(name: str, article: str, zh: str, en: str) -> Column:
    """Describe a count of months."""
    return Column(name, Kind.MONTHS, zh, en, article, low=0, high=MOST_MONTHS)


def count(name: str, article: str, zh: str, en: str, *, high: int = MOST_COUNT) -> Column:
    """Describe a count of years, records or people."""
    return Column(name, Kind.COUNT, zh, en, article, low=0, high=high)


def year(
    name: str, article: str, zh: str, en: str, *, nullable: bool = False, required: bool = True
) -> Column:
    """Describe a calendar year."""
    return Column(name, Kind.YEAR, zh, en, article, nullable, required, low=FIRST_YEAR, high=LAST_YEAR)


def flag(name: str, article: str, zh: str, en: str, *, nullable: bool = False) -> Column:
    """Describe a yes or no."""
    return Column(name, Kind.BOOL, zh, en, article, nullable)


def day(name: str, article: str, zh: str, en: str) -> Column:
    """Describe a date that everyone in the table has."""
    return Column(name, Kind.DATE, zh, en, article)


def level(name: str, article: str, zh: str, en: str, *levels: str) -> Column:
    """Describe a choice among words."""
    return Column(name, Kind.LEVEL, zh, en, article, levels=levels)


APPLICANT_ID = Column(
    "applicant_id", Kind.ID, "申请人假名代码，一人一码，不得含身份信息", "pseudonym, unique to the applicant"
)
BIRTH_DATE = Column(
    "birth_date", Kind.DATE, "出生日期", "date of birth", "14(2), 15(7)", until_reference=True
)
SEX = level("sex", "14(2)", "性别：female 女，male 男", "sex", "female", "male")
POST = level(
    "post",
    "14(2)",
    "岗位：worker 工人，cadre 干部（管理岗），影响女性法定退休年龄",
    "kind of post: worker, or cadre (managerial); it decides a woman's retirement age",
    "worker",
    "cadre",
)
PERMIT_DATE = Column(
    "residence_permit_date",
    Kind.DATE,
    "《北京市居住证》申领日期，未申领的留空",
    "day the residence permit was applied for; empty = none",
    "14(1)",
    nullable=True,
)
CRIMINAL_RECORD = flag("criminal_record", "14(4)", "有无刑事犯罪记录", "whether there is a criminal record")
MINOR_CHILDREN = Column(
    "minor_children",
    Kind.COUNT,
    "可随迁的未成年子女人数，仅用于分析",
    "minor children who would move with the parent; for the analysis only",
    nullable=True,
    required=False,
    low=0,
    high=MOST_COUNT,
)
