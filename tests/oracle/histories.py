"""Count one applicant's facts from dated records: months as plain sets, article by article.

Written from the regulation and the readings its digest fixes. A month is the number of months since the
year 0; a record is a mapping with the columns of the cohort contract as plain Python values.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from .annexes import ANNEX_3, AWARD_KEYS, HONOUR_KEYS, TAX_OF_35_000_YUAN
from .eligibility import reference_date
from .literal import ANNEX_2, IN_FORCE, TRIAL, hundredths

Record = Mapping[str, Any]
Histories = Mapping[str, Sequence[Record]]
Months = set[int]

INSURANCES = ("pension", "medical", "unemployment", "work_injury", "maternity")
SIX = {"东城区", "西城区", "朝阳区", "海淀区", "丰台区", "石景山区"}
CREDENTIALS = tuple(ANNEX_2)


def month(day: date) -> int:
    """Number the month in which a day lies."""
    return day.year * 12 + day.month - 1


# 15(1): 具体年限从 1998 年 7 月 1 日起; homes count from then on as well.
START = month(date(1998, 7, 1))
# 15(2): 本细则发布之日（不含）前……; the month boundary in force, in all three rulebooks.
ISSUED = month(date(2020, 8, 1))


def area_from(rulebook: str) -> int:
    """Give the first month that counts for Article 15(4): 自 2017 年 1 月 1 日起; in force, 2018."""
    return month(date(2018 if rulebook == IN_FORCE else 2017, 1, 1))


def december(round_year: int) -> int:
    """Give the last month that counts, December of the year before the round (第十六条)."""
    return month(reference_date(round_year))


def months_of(records: Iterable[Record], *, until: int) -> Months:
    """Collect the months that spells cover, from July 1998 until the reference date, each once."""
    covered: Months = set()
    for record in records:
        first, last = month(record["first_month"]), month(record["last_month"])
        if first > last:
            raise ValueError(f"a spell ends before it begins: {record}")
        covered |= {one for one in range(first, last + 1) if START <= one <= until}
    return covered


def paid_months(histories: Histories, insurance: str, *, until: int) -> Months:
    """Collect the normally paid months of an insurance: 不包括社会保险个人权益记录中的补缴月数."""
    return months_of(
        (r for r in histories["insurance"] if r["insurance"] == insurance and r["payment"] == "normal"),
        until=until,
    )


def recorded_months(histories: Histories, insurance: str, *, until: int) -> Months:
    """Collect the months of an insurance that have a record, normal or back-paid."""
    return months_of((r for r in histories["insurance"] if r["insurance"] == insurance), until=until)


def basis_insurance(histories: Histories, *, until: int) -> str:
    """Name the insurance with the most paid months (正常累计缴纳最多的险种); ties go to the first."""
    paid = {insurance: len(paid_months(histories, insurance, until=until)) for insurance in INSURANCES}
    return next(insurance for insurance in INSURANCES if paid[insurance] == max(paid.values()))


def continuous_insured_months(histories: Histories, *, until: int) -> int:
    """Walk back from December while each of the five insurances has a record (Article 14(3))."""
    recorded = [recorded_months(histories, insurance, until=until) for insurance in INSURANCES]
    length = 0
    while all(until - length in months for months in recorded):
        length += 1
    return length


def back_paid_months(histories: Histories, *, until: int) -> int:
    """Count, of the last 84 months, those in which some insurance is only back-paid (Article 14(3))."""
    only_back_paid: Months = set()
    for insurance in INSURANCES:
        paid = paid_months(histories, insurance, until=until)
        only_back_paid |= recorded_months(histories, insurance, until=until) - paid
    return len([one for one in only_back_paid if until - 84 < one <= until])


def insurance_in_order(histories: Histories, *, until: int) -> bool:
    """Tell whether all five are paid normally in December (Article 14(3): 且缴费状态正常)."""
    return all(until in paid_months(histories, insurance, until=until) for insurance in INSURANCES)


def homes(histories: Histories, dwelling: str, *, until: int) -> Months:
    """Collect the months in titled dwellings of a kind (已取得本市房屋所有权证或不动产权证书)."""
    return months_of(
        (r for r in histories["dwellings"] if r["dwelling"] == dwelling and r["titled"]), until=until
    )


def residence_facts(histories: Histories, insured: Months, *, until: int) -> dict[str, int]:
    """Count the five classes of Article 15(2), a month once: 同一时间……不重复计算积分.

    Before the rules were issued, tenancy is presumed from the insured months without a home
    (以申请人同期在京合法稳定就业年限计算); since then leases count when filed (以……备案的房屋租赁合同为准).
    """
    own = homes(histories, "own", until=until)
    spouse = homes(histories, "spouse_own", until=until) - own
    presumed = {one for one in insured if one < ISSUED} - own - spouse
    filed = [
        r for r in histories["dwellings"] if r["dwelling"] == "rented" and r["titled"] and r["lease_filed"]
    ]
    leased = {one for one in months_of(filed, until=until) if one >= ISSUED} - own - spouse
    dormitory = {one for one in homes(histories, "dormitory", until=until) if one >= ISSUED}
    return {
        "own_home_months": len(own),
        "spouse_home_months": len(spouse),
        "presumed_tenancy_months": len(presumed),
        "leased_months": len(leased),
        "dormitory_months": len(dormitory - own - spouse - leased),
    }


def credential(record: Record) -> str | None:
    """Name what a degree record shows by Annex 2; junior college needs only the diploma."""
    diploma, degree = record["diploma"], record["degree"]
    if record["level"] == "junior_college":
        return "junior_college" if diploma else None
    if diploma and degree:
        return str(record["level"])
    if diploma or degree:
        return f"{record['level']}_{'diploma' if diploma else 'degree'}"
    return None


def education_facts(histories: Histories, insured: Months, *, round_year: int) -> dict[str, Any]:
    """Choose the credential with the best points after the deduction of Article 15(3) and Annex 2.

    自毕业日期起往前扣除相应连续缴纳社会保险年限及连续居住年限积分: 3 + 0.5 points a year.
    Where still nothing tells two apart, the one that Annex 2 names first.
    """
    claims = []
    for record in histories["degrees"]:
        name, graduated = credential(record), record["graduated_on"]
        if name is None or not record["recognised"] or graduated > reference_date(round_year):
            continue
        points, years = ANNEX_2[name]
        last = month(graduated)
        studied = len([one for one in insured if last - 12 * years < one <= last])
        left = hundredths(points) - hundredths(Fraction(7, 2) * Fraction(studied, 12))
        claims.append((-left, -points, graduated, CREDENTIALS.index(name), studied))
    if not claims:
        return {"education": "none", "study_insured_months": 0}
    *_, place, studied = min(claims)
    return {"education": CREDENTIALS[place], "study_insured_months": studied}


def is_job_outside(records: Sequence[Record], one: int) -> bool:
    """Tell whether a month's normal records are all outside the six; 市本级 counts as inside.

    就业地以申请人所在单位社会保险缴费行政区域判断。在市本级社会保险经办机构缴纳社会保险费的，视为就业地在城六区。
    """
    districts = {r["district"] for r in records if month(r["first_month"]) <= one <= month(r["last_month"])}
    return bool(districts) and not districts & {*SIX, "municipal"}


def area_facts(histories: Histories, basis: str, *, rulebook: str, until: int) -> dict[str, Any]:
    """Count the months of Article 15(4) in an own home outside the six, the job inside or outside."""
    outside = [r for r in histories["dwellings"] if r["district"] not in SIX]
    home = homes({"dwellings": outside}, "own", until=until)
    paid = [r for r in histories["insurance"] if r["insurance"] == basis and r["payment"] == "normal"]
    counted = {one for one in home if one >= area_from(rulebook)}
    both = {one for one in counted if is_job_outside(paid, one)}
    return {
        "suburban_home_months": len(counted - both),
        "suburban_home_and_job_months": len(both),
        "suburban_home_in_december": until in home,
    }


def income_tax(histories: Histories, year: int) -> Fraction:
    """Add up the income tax paid in a year."""
    return sum((Fraction(r["paid_yuan"]) for r in histories["income_tax"] if r["year"] == year), Fraction(0))


def equity_grade(record: Record, round_year: int) -> str | None:
    """Name the grade of Annex 3 that a year's shares give: at least 10 % in one of the last three years."""
    held, financing = Fraction(record["share_held"]), Fraction(record["financing_3y_yuan"])
    if not round_year - 3 <= record["year"] <= round_year - 1 or held < Fraction(1, 10):
        return None
    if financing >= 40_000_000:
        return "近3年累计获得4000万元（含）以上股权类现金融资"
    if financing >= 20_000_000:
        return "近3年累计获得2000万元（含）～4000万元股权类现金融资"
    if financing >= 5_000_000:
        return "近3年累计获得500万元（含）～2000万元股权类现金融资"
    return None


def innovation_award(
    histories: Histories, *, rulebook: str, round_year: int, award_keys: Sequence[str]
) -> str | None:
    """Choose the best item of Annex 3 (只计最高分); of equal ones the first in the annex."""
    places = []
    for record in histories["awards"]:
        place, won = award_keys.index(record["award"]), record["won_on"]
        award = ANNEX_3[place]
        if won > reference_date(round_year) or won.year < (award.counts_from or 0):
            continue
        if award.condition == TAX_OF_35_000_YUAN and income_tax(histories, round_year - 1) < 35_000:
            continue
        places.append(place)
    grades = [equity_grade(record, round_year) for record in histories["equity"]]
    places += [place for place, award in enumerate(ANNEX_3) if award.part == 3 and award.grade in grades]

    def points(place: int) -> int:
        if rulebook == TRIAL:
            return {"national": 12, "municipal": 6, "equity": 0}[ANNEX_3[place].level]
        return ANNEX_3[place].points

    return award_keys[min(places, key=lambda place: (-points(place), place))] if places else None


def decided(histories: Histories, kind: str, *, years: range) -> list[Record]:
    """List the penalties of a kind decided in some calendar years."""
    return [r for r in histories["penalties"] if r["kind"] == kind and r["decided_on"].year in years]


def tax_facts(histories: Histories, *, round_year: int) -> dict[str, int]:
    """Count the years and the fines of Article 15(6): 10 万元及以上; 处以五十元及以上的罚款."""
    fines = decided(histories, "tax_fine", years=range(round_year - 5, round_year))
    years = range(round_year - 3, round_year)
    return {
        "taxed_100k_years": sum(income_tax(histories, year) >= 100_000 for year in years),
        "tax_penalties": sum(record["fine_yuan"] >= 50 for record in fines),
    }


def barred_through(histories: Histories, *, round_year: int) -> int | None:
    """Give the last year that Article 17 bars: 取消其当年及以后 5 年内的积分落户申请资格."""
    false = decided(histories, "false_material", years=range(round_year + 1))
    return max((record["decided_on"].year + 5 for record in false), default=None)


def honour(histories: Histories, *, round_year: int, honour_keys: Sequence[str]) -> str | None:
    """Choose the first honour of Annex 4 awarded by the reference date (Article 15(8))."""
    held = {r["honour"] for r in histories["honours"] if r["awarded_on"] <= reference_date(round_year)}
    return next((key for key in honour_keys if key in held), None)


def facts_literally(
    histories: Histories,
    *,
    rulebook: str,
    round_year: int,
    award_keys: Sequence[str] = AWARD_KEYS,
    honour_keys: Sequence[str] = HONOUR_KEYS,
) -> dict[str, Any]:
    """Count one applicant's facts under one rulebook for one round.

    ``histories`` has a list of records for every table of the contract but ``applicants``, for one person.
    """
    until = december(round_year)
    basis = basis_insurance(histories, until=until)
    insured = paid_months(histories, basis, until=until)
    return {
        "continuous_insured_months": continuous_insured_months(histories, until=until),
        "back_paid_months": back_paid_months(histories, until=until),
        "insurance_in_order": insurance_in_order(histories, until=until),
        "barred_through": barred_through(histories, round_year=round_year),
        "insured_months": len(insured),
        **residence_facts(histories, insured, until=until),
        **education_facts(histories, insured, round_year=round_year),
        **area_facts(histories, basis, rulebook=rulebook, until=until),
        "innovation_award": innovation_award(
            histories, rulebook=rulebook, round_year=round_year, award_keys=award_keys
        ),
        **tax_facts(histories, round_year=round_year),
        "honour": honour(histories, round_year=round_year, honour_keys=honour_keys),
        "detentions": len(decided(histories, "detention", years=range(round_year - 5, round_year))),
    }
