"""The contract of histories: one table per kind of dated record, keyed by the applicant."""

from __future__ import annotations

from scoring.cohort.contract import (
    APPLICANT_ID,
    BIRTH_DATE,
    CRIMINAL_RECORD,
    MOST_YUAN,
    PERMIT_DATE,
    POST,
    SEX,
    Annex,
    Column,
    Kind,
    Table,
    day,
    flag,
    level,
    year,
)
from scoring.cohort.contract_facts import OPTIONAL
from scoring.rulebook.schema import DISTRICTS

MUNICIPAL = "municipal"


def _records(name: str, zh: str, en: str, *columns: Column) -> Table:
    return Table(name, zh, en, (APPLICANT_ID, *columns), of_records=True)


def _month(name: str, zh: str, en: str) -> Column:
    return Column(name, Kind.MONTH, zh, en)


def _key(name: str, article: str, zh: str, en: str, *, annex: Annex) -> Column:
    return Column(name, Kind.KEY, zh, en, article, annex=annex)


def _yuan(name: str, article: str, zh: str, en: str, *, nullable: bool = False) -> Column:
    return Column(name, Kind.YUAN, zh, en, article, nullable, low=0, high=MOST_YUAN)


FIRST_MONTH = _month("first_month", "首月，写作当月1日", "first month, written as its first day")
LAST_MONTH = _month(
    "last_month", "末月（含），写作当月1日", "last month, inclusive, written as its first day"
)

APPLICANTS = Table(
    "applicants",
    "申请人",
    "one row per applicant",
    (APPLICANT_ID, BIRTH_DATE, SEX, POST, PERMIT_DATE, CRIMINAL_RECORD, *OPTIONAL),
)
INSURANCE = _records(
    "insurance",
    "社会保险缴费记录",
    "spells of insurance",
    level(
        "insurance",
        "14(3), 15(1)",
        "险种：养老、医疗、失业、工伤、生育",
        "which of the five insurances",
        *("pension", "medical", "unemployment", "work_injury", "maternity"),
    ),
    FIRST_MONTH,
    LAST_MONTH,
    level(
        "payment",
        "14(3), 15(1)",
        "缴费方式：normal 正常，back_paid 补缴",
        "how it was paid",
        "normal",
        "back_paid",
    ),
    level(
        "district",
        "15(4)",
        "社会保险缴费区；市本级为 municipal",
        "district that collects it; municipal = city level",
        *DISTRICTS,
        MUNICIPAL,
    ),
)
DWELLINGS = _records(
    "dwellings",
    "住所记录",
    "spells of dwelling",
    level(
        "dwelling",
        "15(2)",
        "住所类别：自有、配偶自有、租赁、单位宿舍（后两类含配偶的）",
        "kind of dwelling; rented and dormitory include the spouse's",
        *("own", "spouse_own", "rented", "dormitory"),
    ),
    FIRST_MONTH,
    LAST_MONTH,
    level("district", "15(4)", "住所所在区", "district of the dwelling", *DISTRICTS),
    flag("titled", "15(2)", "是否为住宅且取得产权证书", "whether residential and with a title"),
    flag(
        "lease_filed",
        "15(2)",
        "租赁合同是否备案；非租赁的可留空",
        "whether the lease is filed; may be empty unless rented",
        nullable=True,
    ),
)
DEGREES = _records(
    "degrees",
    "学历学位记录",
    "credentials",
    level("level", "annex-2", "层次", "level", "junior_college", "bachelor", "master", "doctor"),
    flag("diploma", "annex-2", "有无学历", "whether there is a diploma"),
    flag("degree", "annex-2", "有无学位", "whether there is a degree"),
    day("graduated_on", "15(3)", "毕业日期", "day of graduation"),
    flag("recognised", "15(3)", "是否经国家教育部承认", "whether recognised by the ministry of education"),
)
AWARDS = _records(
    "awards",
    "创新创业奖项",
    "innovation awards",
    _key(
        "award",
        "annex-3",
        "附件3中一项的代码，见 jifen rules awards",
        "key of a row of Annex 3",
        annex="awards",
    ),
    day("won_on", "15(5)", "获奖日期", "day it was won"),
)
EQUITY = _records(
    "equity",
    "持股记录",
    "shares held, one row a year",
    year("year", "15(5)", "自然年度", "calendar year"),
    Column(
        "share_held",
        Kind.FRACTION,
        "持股比例，写作0至1的小数",
        "share held, a fraction from 0 to 1",
        "annex-3",
        low=0,
        high=1,
    ),
    _yuan(
        "financing_3y_yuan",
        "annex-3",
        "近3年累计股权类现金融资",
        "cash equity financing over three years",
    ),
)
INCOME_TAX = _records(
    "income_tax",
    "个人所得税记录",
    "income tax, by year",
    year("year", "15(6)", "自然年度", "calendar year"),
    _yuan("paid_yuan", "15(6)", "实缴个人所得税", "income tax paid"),
)
PENALTIES = _records(
    "penalties",
    "处罚记录",
    "penalties",
    level(
        "kind",
        "15(6), 15(9), 17",
        "类别：涉税罚款、行政拘留、提供虚假材料",
        "kind of penalty",
        *("tax_fine", "detention", "false_material"),
    ),
    day("decided_on", "15(6), 15(9), 17", "决定日期", "day of the decision"),
    _yuan(
        "fine_yuan",
        "15(6)",
        "罚款数额；非罚款的可留空",
        "amount of the fine; may be empty unless a fine",
        nullable=True,
    ),
)
HONOURS = _records(
    "honours",
    "荣誉表彰记录",
    "honours",
    _key(
        "honour",
        "annex-4",
        "附件4中一项的代码，见 jifen rules honours",
        "key of a row of Annex 4",
        annex="honours",
    ),
    day("awarded_on", "15(8)", "表彰日期", "day it was awarded"),
)

RECORDS = (INSURANCE, DWELLINGS, DEGREES, AWARDS, EQUITY, INCOME_TAX, PENALTIES, HONOURS)
HISTORIES = (APPLICANTS, *RECORDS)
# Without people nobody is scored. Without insurance nobody is eligible: a missing file must not do that.
NEEDED = (APPLICANTS, INSURANCE)
