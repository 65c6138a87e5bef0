"""Remarks say how an item came about, and what was capped or not counted and why."""

from datetime import date

import pytest

from .explained import said

DRAFT = "beijing-2020-draft"
TRIAL = "beijing-2018-trial"


def test_employment_names_months_and_rate() -> None:
    """Months and points for 12 of them."""
    assert said("employment", insured_months=131) == [
        ("正常缴费131个月，每12个月积3分。", "131 months normally paid, 3 points per 12 months.")
    ]


def test_residence_within_the_cap_names_each_class() -> None:
    """Each class that has months, with its rate; nothing about the cap."""
    zh = [zh for zh, _ in said("residence", insured_months=24, own_home_months=12, leased_months=12)]
    assert zh == [
        "自有住所计12个月，每12个月积1分，得1.00分。",
        "备案租赁住所计12个月，每12个月积0.5分，得0.50分。",
    ]


def test_residence_beyond_the_cap_says_what_does_not_count() -> None:
    """Months that the insured ones leave no room for are named, class by class, with the cap."""
    remarks = said("residence", insured_months=131, own_home_months=120, spouse_home_months=20)
    assert [zh for zh, _ in remarks] == [
        "自有住所计120个月，每12个月积1分，得10.00分。",
        "配偶自有住所计11个月，每12个月积1分，得0.92分。",
        "配偶自有住所有9个月不计：居住以就业月数（131个月）为限。",
    ]
    assert remarks[2][1] == (
        "Spouse's home: 9 months not counted, residence being capped at the 131 insured months."
    )


def test_no_months_of_residence_need_no_remark() -> None:
    """Who has no dwelling on record reads nothing about dwellings."""
    assert said("residence", insured_months=12) == []


def test_the_study_deduction_names_its_window() -> None:
    """Months within the window are taken back, months beyond it are not."""
    assert said("study_deduction", education="master", study_insured_months=40) == [
        (
            "毕业前36个月内缴费36个月，每12个月扣3.5分。",
            "36 insured months in the 36 before graduation, 3.5 points taken back per 12 months.",
        ),
        ("超出的4个月不扣。", "Beyond them, 4 months not taken back."),
    ]
    (only,) = said("study_deduction", education="bachelor", study_insured_months=40)
    assert only[0] == "毕业前48个月内缴费40个月，每12个月扣3.5分。"


def test_no_credential_nothing_taken_back() -> None:
    """Months of study without a credential are said not to count against anybody."""
    assert said("study_deduction", study_insured_months=40) == [
        ("未申报学历学位，不扣减。", "No credential is claimed, so nothing is taken back.")
    ]
    assert said("study_deduction", education="master") == []


def test_the_december_condition_is_given_as_the_reason() -> None:
    """A home left before December counts for nothing, and the sheet says why."""
    (only,) = said("job_housing_area", suburban_home_months=72)
    assert only == (
        "上一年度12月未在城六区外自有住所居住，本项不积分。",
        "No own home outside the six districts in December of the year before: nothing counts.",
    )


def test_months_short_of_a_whole_year_are_named() -> None:
    """Each kind has its whole years and its remainder."""
    remarks = said(
        "job_housing_area",
        suburban_home_months=25,
        suburban_home_and_job_months=24,
        suburban_home_in_december=True,
    )
    zh = "".join(zh for zh, _ in remarks)
    assert "仅自有住所在城六区外25个月，计2整年，每年2分；余1个月不计。" in zh
    assert "住所和就业地均在城六区外24个月，计2整年，每年3分。" in zh
    assert "最高" not in zh


@pytest.mark.parametrize(
    ("name", "home", "both", "caps"),
    [
        ("beijing-2020", 36, 24, []),  # 6 + 6
        ("beijing-2020", 24, 36, ["两类合计最高12分。"]),  # 4 + 9
        ("beijing-2020", 84, 0, ["仅自有住所在城六区外最高12分。"]),  # 14
        (TRIAL, 48, 0, ["仅自有住所在城六区外最高6分。"]),  # 8
        (TRIAL, 36, 24, ["两类合计最高12分。"]),  # 6 + 8
        (TRIAL, 0, 48, ["住所和就业地均在城六区外最高12分。"]),  # 16
    ],
)
def test_caps_of_the_area_are_named_where_they_bind(name: str, home: int, both: int, caps: list[str]) -> None:
    """A cap is named when it takes points away, the one that does, and not otherwise."""
    remarks = said(
        "job_housing_area",
        name,
        suburban_home_months=home,
        suburban_home_and_job_months=both,
        suburban_home_in_december=True,
    )
    assert [zh for zh, _ in remarks if "最高" in zh] == caps


def test_all_or_nothing_tax_says_what_is_missing() -> None:
    """Under the draft two taxed years of three earn nothing, and the sheet says so; in force each counts."""
    (years, rest) = said("tax", DRAFT, taxed_100k_years=2)
    assert years[0] == "近3个自然年度中有2年个人所得税在10万元及以上，每满3年加6分，最高6分。"
    assert rest == (
        "不满3年的2年不计。",
        "2 years not counted, being short of 3.",
    )
    assert "不计" not in "".join(zh for zh, _ in said("tax", taxed_100k_years=2))
    assert "不计" not in "".join(zh for zh, _ in said("tax", DRAFT, taxed_100k_years=3))


def test_penalties_and_detentions_are_counted() -> None:
    """How many records, and what each takes off."""
    assert "涉税行政处罚2条，每条减12分。" in [zh for zh, _ in said("tax", tax_penalties=2)]
    assert [zh for zh, _ in said("law_abiding", detentions=2)] == ["行政拘留2次，每次减30分。"]
    assert said("law_abiding") == []


def test_age_is_said_in_completed_years_on_its_day() -> None:
    """The day on which age is counted, and the years completed by then."""
    assert said("age", birth_date=date(1973, 1, 1)) == [
        ("截至2019年1月1日，年满45周岁。", "45 completed years on 2019-01-01.")
    ]


def test_an_award_and_an_honour_are_named() -> None:
    """The row of the annex is named in both languages; the trial adds that points go by level."""
    (award,) = said("innovation", innovation_award="beijing_news_second")
    assert award == ("北京新闻奖，二等奖，获奖人员。", "Beijing News Award, second class, award winners.")
    trial = [zh for zh, _ in said("innovation", TRIAL, innovation_award="beijing_news_second")]
    assert trial == ["北京新闻奖，二等奖，获奖人员。", "分值按奖项级别确定。"]
    assert said("honours", honour="beijing_model_worker") == [("北京市劳动模范。", "Beijing Model Worker.")]
    assert said("innovation") == said("honours") == []


@pytest.mark.parametrize(
    ("education", "zh", "en"),
    [
        ("none", "无", "none"),
        ("junior_college", "大学专科（含高职）", "junior college"),
        ("bachelor", "大学本科学历及学士学位", "bachelor's diploma and degree"),
        ("doctor_degree", "博士学位", "doctoral degree only"),
    ],
)
def test_a_credential_has_its_name(education: str, zh: str, en: str) -> None:
    """Credentials are named as Annex 2 has them."""
    assert said("education", education=education) == [(f"学历学位：{zh}。", f"Credential: {en}.")]
