"""Hold the literal scorer against cases worked out by hand from the regulation."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from .annexes import AWARD_KEYS, HONOUR_KEYS
from .literal import DRAFT, IN_FORCE, RULEBOOKS, TRIAL, LiteralScore, hundredths, score_literally
from .plain import PLAIN

DWELLINGS = ("own_home", "spouse_home", "presumed_tenancy", "leased", "dormitory")


def score(rulebook: str = IN_FORCE, round_year: int = 2020, **changes: Any) -> LiteralScore:
    """Score a plain applicant but for some facts."""
    return score_literally(PLAIN | changes, rulebook=rulebook, round_year=round_year)


def test_whole_applicant() -> None:
    """One full sheet adds up as worked out by hand.

    Employment 139 x 0.25 = 34.75. Residence of at most 139 months: own 41/12 = 3.4167 -> 3.42, then 98
    presumed of 120, 98/24 = 4.0833 -> 4.08, together 7.50. Master 26. Study 5 x 3.5 / 12 = 1.4583 -> -1.46.
    Area 1 x 2 + 2 x 3 = 8. Second prize of 国家科学技术进步奖, fourth to sixth: 9. Tax 2 x 2 - 12 = -8.
    Age on 1 January 2019, born 1971-08-09: 47, so 12. Honour 20. Two detentions -60.
    34.75 + 7.50 + 26 - 1.46 + 8 + 9 - 8 + 12 + 20 - 60 = 47.79.
    """
    got = score(
        birth_date=date(1971, 8, 9),
        insured_months=139,
        own_home_months=41,
        presumed_tenancy_months=120,
        education="master",
        study_insured_months=5,
        suburban_home_months=23,
        suburban_home_and_job_months=24,
        suburban_home_in_december=True,
        innovation_award=AWARD_KEYS[13],
        taxed_100k_years=2,
        tax_penalties=1,
        honour=HONOUR_KEYS[8],
        detentions=2,
    )
    assert list(got.items.values()) == [3475, 750, 2600, -146, 800, 900, -800, 1200, 2000, -6000]
    assert (got.total, got.age, got.age_band, got.eligible) == (4779, 47, "46-50", True)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ((7, 8), 88),  # 0.875 lies half-way
        ((-7, 8), -88),
        ((1, 24), 4),  # 0.041666...
        ((1, 200), 1),  # 0.005 lies half-way
        ((-1, 200), -1),
        ((499, 100000), 0),
        ((-499, 100000), 0),
        ((37, 2), 1850),
    ],
)
def test_rounding_goes_away_from_zero(points: tuple[int, int], expected: int) -> None:
    """A half of a hundredth moves the magnitude up, whichever the sign."""
    assert hundredths(Fraction(*points)) == expected


@pytest.mark.parametrize(
    ("months", "expected"), [(0, 0), (1, 25), (83, 2075), (84, 2100), (341, 8525), (1200, 30000)]
)
def test_employment_goes_by_the_month(months: int, expected: int) -> None:
    """Three points a year are a quarter of a point a month."""
    assert score(insured_months=months).items["employment"] == expected


@pytest.mark.parametrize(
    ("insured", "dwellings", "expected"),
    [
        # 60/12 = 5.00; 30/12 = 2.50; the last 10 of 20: 10/24 = 0.4167
        (100, (60, 30, 20, 0, 0), (500, 250, 42, 0, 0)),
        # own home longer than insured: 10/12 = 0.8333, nothing left
        (10, (12, 5, 5, 5, 5), (83, 0, 0, 0, 0)),
        # 1/12 = 0.0833 and 1/24 = 0.0417, each class rounded: 0.08 + 0.08 + 0.04 + 0.04 + 0.04
        (5, (1, 1, 1, 1, 1), (8, 8, 4, 4, 4)),
        (4, (1, 1, 1, 1, 1), (8, 8, 4, 4, 0)),
        (3, (1, 1, 1, 1, 1), (8, 8, 4, 0, 0)),
        (2, (1, 1, 1, 1, 1), (8, 8, 0, 0, 0)),
        # 3/24 = 0.125 lies half-way
        (40, (0, 0, 3, 3, 3), (0, 0, 13, 13, 13)),
        # leased before dormitory: 7/24 = 0.2917, then 3/24
        (10, (0, 0, 0, 7, 7), (0, 0, 0, 29, 13)),
        # spouse's before presumed: 7/12 = 0.5833, then 3/24
        (10, (0, 7, 7, 0, 0), (0, 58, 13, 0, 0)),
        (0, (9, 9, 9, 9, 9), (0, 0, 0, 0, 0)),
    ],
)
def test_residence_is_capped_and_rounded_by_class(
    insured: int, dwellings: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    """Months up to the insured ones count, own home first, and each class is rounded before it is added."""
    months = {f"{name}_months": count for name, count in zip(DWELLINGS, dwellings, strict=True)}
    facts = PLAIN | {"insured_months": insured} | months
    got = score_literally(facts, rulebook=IN_FORCE, round_year=2020)
    assert got.residence_parts == dict(zip(DWELLINGS, expected, strict=True))
    assert got.items["residence"] == sum(expected)


@pytest.mark.parametrize(
    ("credential", "points", "at_most"),
    [
        ("none", 0, 0),
        ("junior_college", 1050, 36),
        ("bachelor_diploma", 1050, 36),
        ("bachelor_degree", 1050, 36),
        ("bachelor", 1500, 48),
        ("master_diploma", 1500, 48),
        ("master_degree", 1500, 48),
        ("master", 2600, 36),
        ("doctor_diploma", 2600, 36),
        ("doctor_degree", 2600, 36),
        ("doctor", 3700, 36),
    ],
)
def test_credential_and_its_deduction(credential: str, points: int, at_most: int) -> None:
    """Annex 2 gives points, and takes back 10.50 for at most three years or 14.00 for at most four."""
    most = {0: 0, 36: -1050, 48: -1400}[at_most]
    assert score(education=credential).items["education"] == points
    assert score(education=credential, study_insured_months=at_most).items["study_deduction"] == most
    assert score(education=credential, study_insured_months=340).items["study_deduction"] == most


@pytest.mark.parametrize(
    ("credential", "months", "expected"),
    [
        ("bachelor", 0, 0),
        ("bachelor", 1, -29),  # 3.5/12 = 0.29167
        ("bachelor", 3, -88),  # 0.875: away from zero, and once for both rates (0.75 + 0.125 apart)
        ("bachelor", 35, -1021),  # 10.20833
        ("bachelor", 37, -1079),  # 10.79167
        ("master", 37, -1050),
        ("bachelor", 47, -1371),  # 13.70833
        ("bachelor", 49, -1400),
    ],
)
def test_deduction_goes_by_the_month(credential: str, months: int, expected: int) -> None:
    """Each insured month of study takes back three and a half twelfths, rounded once."""
    assert score(education=credential, study_insured_months=months).items["study_deduction"] == expected


@pytest.mark.parametrize(
    ("home", "both", "in_force", "trial"),
    [
        (11, 11, 0, 0),
        (12, 0, 200, 200),
        (0, 12, 300, 400),
        (23, 23, 500, 600),
        (36, 0, 600, 600),
        (47, 0, 600, 600),
        (48, 0, 800, 600),  # the trial stops at 6 for the home alone
        (72, 0, 1200, 600),
        (84, 0, 1200, 600),
        (0, 36, 900, 1200),
        (0, 47, 900, 1200),
        (0, 48, 1200, 1200),
        (0, 60, 1200, 1200),
        (24, 24, 1000, 1200),  # trial: 4 + 8
        (36, 24, 1200, 1200),  # 6 + 6; trial: 6 + 8, together at most 12
        (12, 36, 1100, 1200),  # 2 + 9; trial: 2 + 12, together at most 12
    ],
)
def test_area_counts_whole_years(home: int, both: int, in_force: int, trial: int) -> None:
    """Whole years count, the two kinds apart, up to 12; nothing without the home in December."""
    months = {"suburban_home_months": home, "suburban_home_and_job_months": both}
    for rulebook, expected in ((IN_FORCE, in_force), (DRAFT, in_force), (TRIAL, trial)):
        there = score(rulebook, **months, suburban_home_in_december=True)
        gone = score(rulebook, **months, suburban_home_in_december=False)
        assert (there.items["job_housing_area"], gone.items["job_housing_area"]) == (expected, 0)


@pytest.mark.parametrize(
    ("place", "points", "trial"),
    [
        (1, 1200, 1200),  # 国家自然科学奖 一等奖
        (15, 800, 1200),  # 国家科学技术进步奖 二等奖 第 7-10
        (27, 400, 600),  # 北京市科学技术奖 三等奖 第 4-6
        (34, 600, 1200),  # 中国新闻奖 三等奖
        (35, 1200, 1200),  # 长江韬奋奖
        (46, 600, 600),  # 首都精神文明建设奖
        (49, 200, 600),  # 北京新闻奖 三等奖
        (50, 1200, 1200),  # 中国创新创业大赛 一等奖
        (56, 1200, 1200),  # 世界技能大赛
        (66, 200, 600),  # 北京市文化创意大赛 单项奖
        (72, 200, 600),  # 创业北京 三等奖
        (73, 600, 0),  # 4000 万元 and above
        (75, 200, 0),  # 500 to 2000 万元
    ],
)
def test_innovation_by_place_in_the_annex(place: int, points: int, trial: int) -> None:
    """Annex 3 gives its points; the trial gave 12, 6 and nothing by level."""
    key = AWARD_KEYS[place - 1]
    assert score(IN_FORCE, innovation_award=key).items["innovation"] == points
    assert score(DRAFT, innovation_award=key).items["innovation"] == points
    assert score(TRIAL, innovation_award=key).items["innovation"] == trial


def test_keys_of_a_caller_go_by_place() -> None:
    """A caller's keys name the rows in the order of the document."""
    keys = [f"row {place}" for place in range(75)]
    facts = PLAIN | {"innovation_award": "row 74"}
    got = score_literally(facts, rulebook=IN_FORCE, round_year=2020, award_keys=keys)
    assert got.items["innovation"] == 200


@pytest.mark.parametrize(
    ("years", "in_force", "others"), [(0, 0, 0), (1, 200, 0), (2, 400, 0), (3, 600, 600)]
)
def test_tax_by_year_or_all_or_nothing(years: int, in_force: int, others: int) -> None:
    """The rules in force give 2 a year; the draft and the trial 6 for all three years alone."""
    for rulebook, expected in ((IN_FORCE, in_force), (DRAFT, others), (TRIAL, others)):
        assert score(rulebook, taxed_100k_years=years).items["tax"] == expected
        assert score(rulebook, taxed_100k_years=years, tax_penalties=2).items["tax"] == expected - 2400


@pytest.mark.parametrize(
    ("born", "years", "ladder", "trial"),
    [
        (date(1973, 12, 31), 45, 2000, 2000),
        (date(1973, 1, 1), 45, 2000, 2000),  # 46 is complete on 2 January 2019, a day late
        (date(1972, 12, 31), 46, 1600, 0),  # 46 is complete on 1 January 2019
        (date(1972, 1, 1), 46, 1600, 0),
        (date(1971, 12, 31), 47, 1200, 0),
        (date(1970, 12, 31), 48, 800, 0),
        (date(1969, 12, 31), 49, 400, 0),
        (date(1969, 1, 1), 49, 400, 0),
        (date(1968, 12, 31), 50, 0, 0),
    ],
)
def test_age_on_the_first_of_january(born: date, years: int, ladder: int, trial: int) -> None:
    """Age counts in years completed on 1 January 2019 for the round of 2020, each step four points."""
    got = score(birth_date=born)
    assert (got.age, got.items["age"]) == (years, ladder)
    assert score(DRAFT, birth_date=born).items["age"] == ladder
    assert score(TRIAL, birth_date=born).items["age"] == trial


@pytest.mark.parametrize(
    ("birth_year", "band"),
    [
        (1983, "<=35"),
        (1982, "36-40"),
        (1978, "36-40"),
        (1977, "41-45"),
        (1973, "41-45"),
        (1972, "46-50"),
        (1968, "46-50"),
        (1967, ">=51"),
    ],
)
def test_age_bands(birth_year: int, band: str) -> None:
    """Bands end at 35, 40, 45 and 50 completed years; age is 2018 less the year of birth."""
    assert score(birth_date=date(birth_year, 7, 1)).age_band == band


@pytest.mark.parametrize("rulebook", RULEBOOKS)
def test_honour_and_detentions(rulebook: str) -> None:
    """Any honour gives 20 and each detention takes 30 under every rulebook."""
    for key in HONOUR_KEYS:
        assert score(rulebook, honour=key, detentions=3).items["honours"] == 2000
    assert score(rulebook, detentions=3).items["law_abiding"] == -9000


def test_unknown_rulebook_is_refused() -> None:
    """A misspelt rulebook scores nothing."""
    with pytest.raises(ValueError, match="no rulebook 'beijing-2021'"):
        score("beijing-2021")


def test_reasons_keep_the_order_of_the_contract() -> None:
    """Everything that fails is named, in the contract's order, and the items are scored all the same."""
    got = score(
        birth_date=date(1950, 1, 1),
        residence_permit_date=None,
        continuous_insured_months=83,
        back_paid_months=6,
        insurance_in_order=False,
        criminal_record=True,
        barred_through=2020,
        employer_barred_through=2025,
        insured_months=12,
    )
    assert got.reasons == [
        "residence_permit",
        "retirement_age",
        "continuous_insurance",
        "back_payments",
        "insurance_in_order",
        "criminal_record",
        "barred",
        "employer_barred",
    ]
    assert (got.eligible, got.total) == (False, 300)
