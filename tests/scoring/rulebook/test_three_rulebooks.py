"""The three rulebooks hold the table of the digest of the law, and differ in nothing else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from scoring.rulebook import Rulebook, Step

TRIAL, DRAFT, IN_FORCE = "beijing-2018-trial", "beijing-2020-draft", "beijing-2020"
NAMES = (TRIAL, DRAFT, IN_FORCE)

# Completed years up to which so many points are given; None is everybody older.
STEPS = [(45, 20), (46, 16), (47, 12), (48, 8), (49, 4), (None, 0)]
TRIAL_STEPS = [(45, 20), (None, 0)]

# Points of each credential, and years before graduation that are taken back (Annex 2).
ANNEX_2 = {
    "junior_college": ("10.5", 3),
    "bachelor_diploma": ("10.5", 3),
    "bachelor_degree": ("10.5", 3),
    "bachelor": ("15", 4),
    "master_diploma": ("15", 4),
    "master_degree": ("15", 4),
    "master": ("26", 3),
    "doctor_diploma": ("26", 3),
    "doctor_degree": ("26", 3),
    "doctor": ("37", 3),
}

# One value for all three, or three values: trial, draft, in force. Points are written as text.
TABLE: dict[str, Any] = {
    "round.reference_day": "12-31",
    "eligibility.residence_permit_by": "12-31",
    "eligibility.retirement.men.age": 60,
    "eligibility.retirement.men.rises_for_births_after": date(1964, 12, 1),
    "eligibility.retirement.men.birth_months_per_month_of_rise": 4,
    "eligibility.retirement.men.highest_age": 63,
    "eligibility.retirement.women_cadres.age": 55,
    "eligibility.retirement.women_cadres.rises_for_births_after": date(1969, 12, 1),
    "eligibility.retirement.women_cadres.birth_months_per_month_of_rise": 4,
    "eligibility.retirement.women_cadres.highest_age": 58,
    "eligibility.retirement.women_workers.age": 50,
    "eligibility.retirement.women_workers.rises_for_births_after": date(1974, 12, 1),
    "eligibility.retirement.women_workers.birth_months_per_month_of_rise": 2,
    "eligibility.retirement.women_workers.highest_age": 55,
    "eligibility.retirement.rises_from": date(2025, 1, 1),
    "eligibility.continuous_months": 84,
    "eligibility.back_paid_months_allowed": 5,
    "eligibility.back_paid_window_months": 84,
    "eligibility.insurances": ("pension", "medical", "unemployment", "work_injury", "maternity"),
    "eligibility.insurance_in_order_required": True,
    "eligibility.criminal_record_excludes": True,
    "eligibility.barred_years_after": 5,
    "employment.points_per_year": Decimal(3),
    "employment.counting_from": date(1998, 7, 1),
    "residence.own_home_points_per_year": Decimal(1),
    "residence.other_home_points_per_year": Decimal("0.5"),
    "residence.capped_at_employment": True,
    "residence.presumed_before": date(2020, 8, 1),
    **{f"education.points.{one}": Decimal(points) for one, (points, _) in ANNEX_2.items()},
    **{f"education.deduction.years.{one}": years for one, (_, years) in ANNEX_2.items()},
    "education.credential_counted": "best_after_deduction",
    "education.deduction.residence_points_per_year": Decimal("0.5"),
    "job_housing_area.counting_from": [date(2017, 1, 1), date(2017, 1, 1), date(2018, 1, 1)],
    "job_housing_area.urban_districts": ("东城区", "西城区", "朝阳区", "海淀区", "丰台区", "石景山区"),
    "job_housing_area.home_points_per_year": Decimal(2),
    "job_housing_area.home_and_job_points_per_year": [Decimal(4), Decimal(3), Decimal(3)],
    "job_housing_area.home_max_points": [Decimal(6), Decimal(12), Decimal(12)],
    "job_housing_area.home_and_job_max_points": Decimal(12),
    "job_housing_area.max_points": Decimal(12),
    "job_housing_area.home_in_december_required": True,
    "innovation.awards": "annex-3",
    "innovation.points_by_level.national": [Decimal(12), None, None],
    "innovation.points_by_level.municipal": [Decimal(6), None, None],
    "innovation.points_by_level.equity": [Decimal(0), None, None],
    "innovation.equity_window_years": 3,
    "tax.line_yuan": Decimal(100_000),
    "tax.window_years": 3,
    "tax.years_per_award": [3, 3, 1],
    "tax.points_per_award": [Decimal(6), Decimal(6), Decimal(2)],
    "tax.max_points": Decimal(6),
    "tax.points_per_penalty": Decimal(-12),
    "tax.penalty_window_years": 5,
    "tax.penalty_from_yuan": Decimal(50),
    "age.as_of": "01-01",
    "age.ladder": [TRIAL_STEPS, STEPS, STEPS],
    "honours.titles": "annex-4",
    "honours.points": Decimal(20),
    "law_abiding.points_per_detention": Decimal(-30),
    "law_abiding.window_years": 5,
    "rounding.step": Decimal("0.01"),
    "rounding.rule": "half_away_from_zero",
    "rounding.residence": "each_class_of_dwelling",
    "ranking.order": "highest_total_first",
    "ranking.ties_at_cutoff": "all_admitted",
    "ranking.vacancies": "not_refilled",
}
CHANGES = {
    "job_housing_area.counting_from": date(2018, 1, 1),
    "tax.years_per_award": 1,
    "tax.points_per_award": 2,
}


def read(value: object) -> object:
    """Read a value of a rulebook the way the table writes it."""
    if isinstance(value, tuple) and value and isinstance(value[0], Step):
        return [(step.up_to, int(step.points)) for step in value]
    return value


@pytest.mark.parametrize("name", NAMES)
def test_a_rulebook_holds_the_table(name: str) -> None:
    """Each value is that of the digest, and a rulebook holds no other but the points of Annex 3."""
    column = NAMES.index(name)
    wanted = {path: want[column] if isinstance(want, list) else want for path, want in TABLE.items()}
    wanted = {path: want for path, want in wanted.items() if want is not None}
    rules = Rulebook.load(name)
    awards = {f"innovation.awards.{key}.points" for key in rules.award_keys}
    assert {path: read(rules[path]) for path in rules if path not in awards} == wanted
    assert awards <= set(rules)


def test_ladders_join() -> None:
    """Each step of age begins where the one before it ends."""
    for name in NAMES:
        steps = Rulebook.load(name).ladder("age.ladder")
        assert steps[0].over is None
        assert [step.over for step in steps[1:]] == [step.up_to for step in steps[:-1]]


def test_points_are_exact_hundredths() -> None:
    """Points are decimals with two places, also where the file writes a whole number."""
    for name in NAMES:
        rules = Rulebook.load(name)
        points = [value for value in rules.values() if isinstance(value, Decimal)]
        assert {value.as_tuple().exponent for value in points} == {-2}
        assert not [value for value in rules.values() if isinstance(value, float)]


def test_the_draft_and_three_changes_are_the_rules_in_force() -> None:
    """Old law plus its amendment equals current law: the same values, and so the same digest."""
    draft, in_force = Rulebook.load(DRAFT), Rulebook.load(IN_FORCE)
    amended = draft.changed(CHANGES)
    assert amended.digest == in_force.digest
    assert dict(amended) == dict(in_force)
    assert {path for path in in_force if in_force[path] != draft[path]} == CHANGES.keys()


@pytest.mark.parametrize("left_out", CHANGES)
def test_each_of_the_three_changes_is_needed(left_out: str) -> None:
    """Two of the three changes do not make the rules in force."""
    two = {path: value for path, value in CHANGES.items() if path != left_out}
    assert Rulebook.load(DRAFT).changed(two).digest != Rulebook.load(IN_FORCE).digest


def test_what_the_trial_changes() -> None:
    """The trial differs from the rules in force where the table says so, and nowhere else."""
    trial, in_force = Rulebook.load(TRIAL), Rulebook.load(IN_FORCE)
    assert set(in_force) <= set(trial)
    assert {path for path in trial if path not in in_force or trial[path] != in_force[path]} == {
        *CHANGES,
        "job_housing_area.home_and_job_points_per_year",
        "job_housing_area.home_max_points",
        *(f"innovation.points_by_level.{level}" for level in ("national", "municipal", "equity")),
        "age.ladder",
    }


@pytest.mark.parametrize(
    ("name", "rounds"),
    [(TRIAL, {2018, 2019}), (DRAFT, set()), (IN_FORCE, set(range(2020, 2046)))],
)
def test_the_rounds_each_was_in_force_for(name: str, rounds: set[int]) -> None:
    """The trial governed 2018 and 2019, the rules in force every round since, the draft none."""
    rules = Rulebook.load(name)
    assert {year for year in range(2015, 2046) if rules.in_force(year)} == rounds


def test_all_three_share_the_annexes() -> None:
    """Annex 3 has 75 rows and Annex 4 eleven, the same under each rulebook."""
    trial, draft, in_force = (Rulebook.load(name) for name in NAMES)
    assert trial.awards == draft.awards == in_force.awards
    assert trial.honours == draft.honours == in_force.honours
    assert (len(in_force.awards), len(in_force.honours)) == (75, 11)


def test_the_trial_gives_points_by_level() -> None:
    """Under the trial a national award is worth 12, a municipal one 6, shares nothing; now its own points."""
    trial, in_force = Rulebook.load(TRIAL), Rulebook.load(IN_FORCE)
    by_level = {"national": 1200, "municipal": 600, "equity": 0}
    assert [trial.award_points(award) for award in trial.awards] == [
        by_level[award.level] for award in trial.awards
    ]
    assert [in_force.award_points(award) for award in in_force.awards] == [
        int(award.points * 100) for award in in_force.awards
    ]


def test_titles_in_both_languages() -> None:
    """A title is Chinese unless English is asked for."""
    rules = Rulebook.load(DRAFT)
    assert rules.title() == rules.title("zh") == "北京市积分落户操作管理细则（征求意见稿）"
    assert rules.title("en").endswith("(draft for comment)")
    assert (rules.name, rules.head.confidence) == (DRAFT, "text")
    assert {name: Rulebook.load(name).head.confidence for name in NAMES} == {
        TRIAL: "secondary",
        DRAFT: "text",
        IN_FORCE: "data",
    }


def test_names_lists_the_three_oldest_first() -> None:
    """The rulebooks that come along are named in the order of their time."""
    assert Rulebook.names() == NAMES
