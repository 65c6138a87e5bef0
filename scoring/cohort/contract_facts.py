"""The contract of facts: one row per applicant, everything counted up to the reference date."""

from __future__ import annotations

from scoring.cohort.contract import (
    APPLICANT_ID,
    BIRTH_DATE,
    CREDENTIALS,
    CRIMINAL_RECORD,
    MINOR_CHILDREN,
    PERMIT_DATE,
    POST,
    SEX,
    Column,
    Kind,
    Table,
    count,
    flag,
    level,
    months,
    year,
)
from scoring.rulebook.schema import DISTRICTS

ELIGIBILITY = (
    BIRTH_DATE,
    SEX,
    POST,
    PERMIT_DATE,
    months(
        "continuous_insured_months",
        "14(3)",
        "截至基准日在京连续缴纳社会保险的月数",
        "months of continuous insurance in Beijing up to the reference date",
    ),
    months(
        "back_paid_months",
        "14(3)",
        "截至上一年度12月的84个月中，仅有补缴记录的月数",
        "of the 84 months ending with December of the year before the round, those only back-paid",
    ),
    flag(
        "insurance_in_order",
        "14(2), 14(3)",
        "五项社会保险是否均缴费状态正常",
        "whether all five insurances are in order and in normal standing",
    ),
    CRIMINAL_RECORD,
    year(
        "barred_through",
        "17",
        "因提供虚假材料不得申请的最后一年，无此情形的留空",
        "last year barred for false material; empty = not barred",
        nullable=True,
    ),
)

INDICATORS = (
    months(
        "insured_months",
        "15(1)",
        "正常缴费月数最多的险种的累计月数，不含补缴",
        "months of the insurance with the most normal payments, back-paid months left out",
    ),
    months("own_home_months", "15(2)", "居住自有住所的月数", "months in an own home"),
    months("spouse_home_months", "15(2)", "居住配偶自有住所的月数", "months in a home that the spouse owns"),
    months(
        "presumed_tenancy_months",
        "15(2)",
        "细则发布前，按同期就业年限认定的租赁住所或单位宿舍居住月数",
        "months rented or in a dormitory before the rules were issued, presumed from insured months",
    ),
    months(
        "leased_months",
        "15(2)",
        "细则发布后，有备案租赁合同的居住月数",
        "months under a filed lease since the rules were issued",
    ),
    months(
        "dormitory_months",
        "15(2)",
        "细则发布后，居住单位宿舍的月数",
        "months in an employer's dormitory since the rules were issued",
    ),
    level(
        "education",
        "annex-2",
        "申报的学历学位（diploma 仅学历，degree 仅学位，无后缀为学历学位兼有）",
        "credential claimed: _diploma or _degree alone, without suffix both; none = none",
        *CREDENTIALS,
    ),
    months(
        "study_insured_months",
        "15(3)",
        "自毕业日期起往前、附件2规定年限内的参保月数",
        "insured months inside the Annex 2 window before graduation",
    ),
    months(
        "suburban_home_months",
        "15(4)",
        "自有住所在城六区外、就业地在城六区的月数",
        "months with the own home outside the six districts and the job inside",
    ),
    months(
        "suburban_home_and_job_months",
        "15(4)",
        "自有住所和就业地均在城六区外的月数",
        "months with the own home and the job outside the six districts",
    ),
    flag(
        "suburban_home_in_december",
        "15(4)",
        "上一年度12月是否在城六区外自有住所居住",
        "whether living in such a home in December of the year before the round",
    ),
    Column(
        "innovation_award",
        Kind.KEY,
        "附件3中一项的代码，见 jifen rules awards；没有的留空",
        "key of a row of Annex 3, as `jifen rules awards` lists them; empty = none",
        "15(5), annex-3",
        nullable=True,
        annex="awards",
    ),
    count(
        "taxed_100k_years",
        "15(6)",
        "近3年中个人所得税纳税额10万元及以上的年数",
        "of the last three years, those with income tax of at least 100,000 yuan",
        high=3,
    ),
    count("tax_penalties", "15(6)", "近5年涉税行政处罚次数", "tax penalties in the last five years"),
    Column(
        "honour",
        Kind.KEY,
        "附件4中一项的代码，见 jifen rules honours；没有的留空",
        "key of a row of Annex 4, as `jifen rules honours` lists them; empty = none",
        "15(8), annex-4",
        nullable=True,
        annex="honours",
    ),
    count(
        "detentions",
        "15(9)",
        "近5年行政拘留次数",
        "administrative detentions in the last five years",
    ),
)


def _district(name: str, zh: str, en: str) -> Column:
    return Column(name, Kind.LEVEL, zh, en, nullable=True, required=False, levels=DISTRICTS, group=True)


OPTIONAL = (
    year(
        "employer_barred_through",
        "17",
        "用人单位因协助提供虚假材料不得申请的最后一年，无此情形的留空",
        "last year the employer is barred for complicity; empty = not barred",
        nullable=True,
        required=False,
    ),
    MINOR_CHILDREN,
    _district("home_district", "居住地所在区，仅用于分析", "district of the home; for the analysis only"),
    _district("job_district", "就业地所在区，仅用于分析", "district of the job; for the analysis only"),
    Column(
        "employer_id",
        Kind.ID,
        "用人单位假名代码，仅用于分析",
        "pseudonym of the employer; for the analysis only",
        nullable=True,
        required=False,
    ),
    Column(
        "sector",
        Kind.CATEGORY,
        "行业，仅用于分析",
        "sector of the economy; for the analysis only",
        nullable=True,
        required=False,
        group=True,
    ),
)

FACTS = Table("facts", "事实数据", "facts", (APPLICANT_ID, *ELIGIBILITY, *INDICATORS, *OPTIONAL))
