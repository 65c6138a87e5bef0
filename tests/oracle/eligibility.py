"""Decide by Articles 14 and 17 whether one applicant may apply at all, and say why not."""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

Facts = Mapping[str, Any]


def reference_date(round_year: int) -> date:
    """Give the day up to which everything is counted.

    第十六条: 计算均截止到积分落户申报工作启动的上一年度 12月 31 日。
    """
    return date(round_year - 1, 12, 31)


def anniversary(born: date, *, months: int) -> date:
    """Give the day on which ``months`` months since the birth have gone by.

    A day that the month lacks is its last day, so a birthday of 29 February is the 28th in a common year.
    """
    years, month_index = divmod(born.year * 12 + born.month - 1 + months, 12)
    last_day = calendar.monthrange(years, month_index + 1)[1]
    return date(years, month_index + 1, min(born.day, last_day))


def has_completed(born: date, *, months: int, on: date) -> bool:
    """Tell whether an age is complete: Chinese law completes it on the day after the birthday (周岁)."""
    return on > anniversary(born, months=months)


def completed_years(born: date, *, on: date) -> int:
    """Count the years of age completed on a day (周岁)."""
    years = on.year - born.year
    return years if has_completed(born, months=12 * years, on=on) else years - 1


def has_permit(facts: Facts, *, round_year: int) -> bool:
    """Tell whether Article 14(1) is met.

    第十四条（一）: 应为北京市公安局核发的《北京市居住证》，
    在积分落户申报工作启动的上一年度 12 月 31 日前申领。
    """
    applied = facts["residence_permit_date"]
    return applied is not None and applied <= reference_date(round_year)


def months_of_delay(born: date, *, after: tuple[int, int], per: int, most: int) -> int:
    """Count the months by which retirement moves: one for every ``per`` months, or part, of later birth."""
    later = (born.year - after[0]) * 12 + born.month - after[1]
    steps = 0
    while steps * per < later:
        steps += 1
    return min(steps, most)


def retirement_months(facts: Facts, *, on: date) -> int:
    """Give the statutory retirement age in months of life.

    第十四条（二）: 一般应为男 60 周岁（不含）以下，女工人 50 周岁（不含）以下，
    女干部（管理岗人员）55 周岁（不含）以下，且用人单位正常连续为其缴纳社会保险费。
    如遇国家退休政策调整，按新政策执行。
    The policy changed on 1 January 2025: men and women cadres one month later for every four months of
    birth after December 1964 and 1969, up to 63 and 58; women workers for every two after 1974, up to 55.
    """
    born = facts["birth_date"]
    gradual = on >= date(2025, 1, 1)
    if facts["sex"] == "male":
        delay = months_of_delay(born, after=(1964, 12), per=4, most=3 * 12)
        return 60 * 12 + (delay if gradual else 0)
    if facts["post"] == "cadre":
        delay = months_of_delay(born, after=(1969, 12), per=4, most=3 * 12)
        return 55 * 12 + (delay if gradual else 0)
    delay = months_of_delay(born, after=(1974, 12), per=2, most=5 * 12)
    return 50 * 12 + (delay if gradual else 0)


def is_under_retirement_age(facts: Facts, *, round_year: int) -> bool:
    """Tell whether the age condition of Article 14(2) is met.

    第十四条（二）: 不超过法定退休年龄：截至积分落户申报工作启动的上一年度 12 月 31 日……
    """
    on = reference_date(round_year)
    return not has_completed(facts["birth_date"], months=retirement_months(facts, on=on), on=on)


def is_insured_long_enough(facts: Facts) -> bool:
    """Tell whether the seven years of Article 14(3) are met.

    第十四条（三）: 申请人应在京连续缴纳社会保险满 7 年……
    """
    return bool(facts["continuous_insured_months"] >= 7 * 12)


def has_few_back_payments(facts: Facts) -> bool:
    """Tell whether back-payments stay within Article 14(3).

    第十四条（三）: 补缴记录累计不超过 5 个月……
    """
    return bool(facts["back_paid_months"] <= 5)


def is_in_order(facts: Facts) -> bool:
    """Tell whether all five insurances stand in order.

    第十四条（三）: 养老、医疗、失业、工伤、生育各项险种的缴费应符合北京市社会保险相关规定，……且缴费状态正常。
    """
    return bool(facts["insurance_in_order"])


def has_clean_record(facts: Facts) -> bool:
    """Tell whether Article 14(4) is met.

    第十四条（四）: 无刑事犯罪记录：以人民法院生效的法律文书或户籍地公安机关出具的证明为核实依据。
    """
    return not facts["criminal_record"]


def is_free_of_bar(facts: Facts, column: str, *, round_year: int) -> bool:
    """Tell whether no bar of Article 17 reaches into this round.

    第十七条: 取消其当年及以后 5 年内的积分落户申请资格；……
    对用人单位协助提供虚假材料的，当年及以后 5年内不受理其积分落户申请事项。
    """
    last_year = facts.get(column)
    return last_year is None or last_year < round_year


def reasons_against(facts: Facts, *, round_year: int) -> list[str]:
    """List every condition that fails, in the order of the contract; nobody who meets all has any.

    第五条: 符合资格条件的申请人需通过所在社会保险费缴纳单位提交积分落户申请……
    """
    met = {
        "residence_permit": has_permit(facts, round_year=round_year),
        "retirement_age": is_under_retirement_age(facts, round_year=round_year),
        "continuous_insurance": is_insured_long_enough(facts),
        "back_payments": has_few_back_payments(facts),
        "insurance_in_order": is_in_order(facts),
        "criminal_record": has_clean_record(facts),
        "barred": is_free_of_bar(facts, "barred_through", round_year=round_year),
        "employer_barred": is_free_of_bar(facts, "employer_barred_through", round_year=round_year),
    }
    return [reason for reason, holds in met.items() if not holds]
