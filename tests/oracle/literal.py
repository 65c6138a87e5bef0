"""Score one applicant article by article, in whole hundredths of a point.

Everything is scored as it stands, also where the facts contradict each other.
The columns of the facts are those of the cohort contract, as plain Python values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .annexes import ANNEX_3, ANNEX_4, AWARD_KEYS, HONOUR_KEYS
from .eligibility import Facts, completed_years, reasons_against
from .ranks import LiteralRanking, rank_literally

__all__ = ["LiteralRanking", "LiteralScore", "rank_literally", "score_literally"]

TRIAL = "beijing-2018-trial"
DRAFT = "beijing-2020-draft"
IN_FORCE = "beijing-2020"
RULEBOOKS = (TRIAL, DRAFT, IN_FORCE)

ITEMS = (
    "employment",
    "residence",
    "education",
    "study_deduction",
    "job_housing_area",
    "innovation",
    "tax",
    "age",
    "honours",
    "law_abiding",
)

# Annex 2 (教育背景指标积分表): points, and the years before graduation that are taken back.
ANNEX_2: dict[str, tuple[Fraction, int]] = {
    "junior_college": (Fraction("10.5"), 3),
    "bachelor_diploma": (Fraction("10.5"), 3),
    "bachelor_degree": (Fraction("10.5"), 3),
    "bachelor": (Fraction(15), 4),
    "master_diploma": (Fraction(15), 4),
    "master_degree": (Fraction(15), 4),
    "master": (Fraction(26), 3),
    "doctor_diploma": (Fraction(26), 3),
    "doctor_degree": (Fraction(26), 3),
    "doctor": (Fraction(37), 3),
}


@dataclass(frozen=True)
class LiteralScore:
    """Hold what one applicant gets: ten items, their sum, and what stands against the application.

    ``items``, ``residence_parts`` and ``total`` are hundredths of a point.
    ``age`` is in completed years on 1 January of the year before the round.
    """

    items: dict[str, int]
    residence_parts: dict[str, int]
    total: int
    reasons: list[str]
    age: int
    age_band: str

    @property
    def eligible(self) -> bool:
        """Tell whether no condition fails."""
        return not self.reasons


def hundredths(points: Fraction) -> int:
    """Round to 0.01 half away from zero: the magnitude half up, then the sign."""
    magnitude = abs(points) * 100
    whole = magnitude.numerator // magnitude.denominator
    if magnitude - whole >= Fraction(1, 2):
        whole += 1
    return -whole if points < 0 else whole


def employment(facts: Facts) -> Fraction:
    """Score Article 15(1), legal and stable employment (合法稳定就业指标).

    每连续缴纳社会保险满 1 年积 3 分。……以申请人在京正常累计缴纳最多的险种月数除以 12 计算……
    """
    return 3 * Fraction(facts["insured_months"], 12)


def residence_by_class(facts: Facts) -> dict[str, Fraction]:
    """Score Article 15(2), legal and stable residence (合法稳定住所指标), each class of dwelling apart.

    连续居住自有住所或配偶自有住所累计满一年的，按 1 分积；
    连续居住本人、配偶单位宿舍或租赁住所累计满一年的，按0.5 分积。
    当连续居住年限多于在京合法稳定就业年限，以申请人在京合法稳定就业年限作为连续居住年限，并优先计算自有住所积分。
    """
    points_a_year = {
        "own_home_months": Fraction(1),
        "spouse_home_months": Fraction(1),
        "presumed_tenancy_months": Fraction(1, 2),
        "leased_months": Fraction(1, 2),
        "dormitory_months": Fraction(1, 2),
    }
    left = facts["insured_months"]
    parts = {}
    for column, rate in points_a_year.items():
        counted = min(facts[column], left)
        left -= counted
        parts[column.removesuffix("_months")] = rate * Fraction(counted, 12)
    return parts


def education(facts: Facts) -> Fraction:
    """Score Article 15(3), educational background (教育背景指标), by Annex 2.

    指经国家教育部承认的国内及国（境）外学历学位。
    """
    if facts["education"] == "none":
        return Fraction(0)
    return ANNEX_2[facts["education"]][0]


def study_deduction(facts: Facts) -> Fraction:
    """Take back by Article 15(3) what was earned while studying.

    分别比照合法稳定就业、合法稳定住所指标的赋分规则，自毕业日期起往前扣除相应连续缴纳社会保险年限及连续居住年限积分。
    附件 2: 居住年限按每年 0.5分计。
    """
    if facts["education"] == "none":
        return Fraction(0)
    years_at_most = ANNEX_2[facts["education"]][1]
    months = min(facts["study_insured_months"], 12 * years_at_most)
    return -(3 + Fraction(1, 2)) * Fraction(months, 12)


def job_housing_area(facts: Facts, *, rulebook: str) -> Fraction:
    """Score Article 15(4), the area of home and job (职住区域指标).

    在本市城六区之外其他行政区自有住所居住，每满 1年积 2分；
    同时在本市城六区之外其他行政区工作的，每满 1年积 3 分。
    上述情况分别累计 12 个月按满 1年确定积分，不足 12 个月不积分，最高加 12 分。
    上一年度12 月，应在本市城六区之外其他行政区自有住所居住……
    The trial gave 2 a year up to 6, and 4 a year up to 12.
    """
    if not facts["suburban_home_in_december"]:
        return Fraction(0)
    years_home = facts["suburban_home_months"] // 12
    years_both = facts["suburban_home_and_job_months"] // 12
    if rulebook == TRIAL:
        points = min(2 * years_home, 6) + min(4 * years_both, 12)
    else:
        points = 2 * years_home + 3 * years_both
    return Fraction(min(points, 12))


def innovation(facts: Facts, *, rulebook: str, award_keys: Sequence[str]) -> Fraction:
    """Score Article 15(5), innovation and enterprise (创新创业指标), by Annex 3.

    上述创新创业指标各项加分不累计，同时符合多项加分条件的，只计最高分。
    The trial gave 12 for national items, 6 for municipal ones and nothing for equity.
    """
    if facts["innovation_award"] is None:
        return Fraction(0)
    rows = dict(zip(award_keys, ANNEX_3, strict=True))
    award = rows[facts["innovation_award"]]
    if rulebook == TRIAL:
        return Fraction({"national": 12, "municipal": 6, "equity": 0}[award.level])
    return Fraction(award.points)


def tax(facts: Facts, *, rulebook: str) -> Fraction:
    """Score Article 15(6), taxes paid and tax offences (纳税指标).

    个人所得税纳税额每年在 10 万元及以上的，加 6 分：……
    申请人须每年……缴纳个人所得税 10 万元及以上……每条记录减 12分。
    The rules in force since 2020 give 2 for each of the three years instead.
    """
    years = facts["taxed_100k_years"]
    each_of_three = min(2 * years, 6)
    all_of_three = 6 if years == 3 else 0
    earned = each_of_three if rulebook == IN_FORCE else all_of_three
    return Fraction(earned - 12 * facts["tax_penalties"])


def age(facts: Facts, *, rulebook: str, round_year: int) -> Fraction:
    """Score Article 15(7), age (年龄指标).

    年龄计算时间截至积分落户申报工作启动的上一年度 1月 1 日。申请人年龄不超过 45周岁的，加 20分；
    45 周岁以上不超过 46 周岁的，加 16 分；……48 周岁以上不超过 49周岁的，加 4分。49 周岁以上不加分。
    The trial knew no steps above 45.
    """
    years = completed_years(facts["birth_date"], on=date(round_year - 1, 1, 1))
    if years <= 45:
        return Fraction(20)
    if rulebook == TRIAL:
        return Fraction(0)
    return Fraction({46: 16, 47: 12, 48: 8, 49: 4}.get(years, 0))


def age_band(years: int) -> str:
    """Name the age band of the contract."""
    for highest, band in ((35, "<=35"), (40, "36-40"), (45, "41-45"), (50, "46-50")):
        if years <= highest:
            return band
    return ">=51"


def honours(facts: Facts, *, honour_keys: Sequence[str]) -> Fraction:
    """Score Article 15(8), honours (荣誉表彰指标), by Annex 4: once, however many.

    获得省部级以上劳动模范、全国道德模范或首都道德模范、全国见义勇为英雄模范或首都见义勇为好市民荣誉称号的，可依据统一确定的项目和标准积分。
    """
    if facts["honour"] is None:
        return Fraction(0)
    rows = dict(zip(honour_keys, ANNEX_4, strict=True))
    return Fraction(rows[facts["honour"]].points)


def law_abiding(facts: Facts) -> Fraction:
    """Score Article 15(9), the record of law-abiding (守法记录指标): 30 points off for each detention.

    申请人在本市因违反有关法律被公安机关处以行政拘留处罚……处罚次数以市公安局记录为准。
    """
    return Fraction(-30 * facts["detentions"])


def score_literally(
    facts: Facts,
    *,
    rulebook: str,
    round_year: int,
    award_keys: Sequence[str] = AWARD_KEYS,
    honour_keys: Sequence[str] = HONOUR_KEYS,
) -> LiteralScore:
    """Score one applicant under one rulebook for one round.

    ``award_keys`` and ``honour_keys`` name the rows of Annexes 3 and 4 in the order of the document.
    Every item is rounded before it is added; residence is rounded for each class of dwelling.
    """
    if rulebook not in RULEBOOKS:
        raise ValueError(f"no rulebook {rulebook!r} here, only {', '.join(RULEBOOKS)}")
    parts = {name: hundredths(points) for name, points in residence_by_class(facts).items()}
    others: Mapping[str, Fraction] = {
        "employment": employment(facts),
        "education": education(facts),
        "study_deduction": study_deduction(facts),
        "job_housing_area": job_housing_area(facts, rulebook=rulebook),
        "innovation": innovation(facts, rulebook=rulebook, award_keys=award_keys),
        "tax": tax(facts, rulebook=rulebook),
        "age": age(facts, rulebook=rulebook, round_year=round_year),
        "honours": honours(facts, honour_keys=honour_keys),
        "law_abiding": law_abiding(facts),
    }
    rounded = {"residence": sum(parts.values())}
    rounded |= {name: hundredths(points) for name, points in others.items()}
    years = completed_years(facts["birth_date"], on=date(round_year - 1, 1, 1))
    return LiteralScore(
        items={name: rounded[name] for name in ITEMS},
        residence_parts=parts,
        total=sum(rounded.values()),
        reasons=reasons_against(facts, round_year=round_year),
        age=years,
        age_band=age_band(years),
    )
