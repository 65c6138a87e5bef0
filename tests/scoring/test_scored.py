"""A scored cohort is what the contract calls "Scored": columns, order, types, reasons, ranks, who is in."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import scoring
from scoring import Cohort, Rulebook, Scored
from tests.oracle.literal import score_literally
from tests.oracle.ranks import rank_literally
from tests.oracle.strategies import random_cohort

from .applicants import COLUMNS, CREDENTIALS, NAMES, REASONS, Row, facts_frame, plain

RULES = Rulebook.load("beijing-2020")
POINTS = (*COLUMNS, "total")
RESULT = ("eligible", "ineligible_because", "rank", "admitted")
BANDS = ["<=35", "36-40", "41-45", "46-50", ">=51"]
LINES = (
    "employment,residence,education,study_deduction,job_housing_area,innovation,tax,age,honours,law_abiding"
)

PointsFile = Callable[[str, list[str]], Cohort]


def facts(*rows: Row, groups: pl.DataFrame | None = None, round_year: int = 2020) -> Cohort:
    """Make a cohort of changed plain applicants, named a1, a2 ... in order."""
    named = [plain(round_year) | {"applicant_id": f"a{i}"} | dict(row) for i, row in enumerate(rows, start=1)]
    frame = facts_frame(named, RULES)
    frame = frame if groups is None else pl.concat([frame, groups], how="horizontal")
    return Cohort.from_frame(frame, rules=RULES, round_year=round_year)


def column(scored: Scored, name: str) -> list[Any]:
    """Read one column of the scored frame."""
    return scored.frame.get_column(name).to_list()


@pytest.fixture
def points_file(tmp_path: Path) -> PointsFile:
    """Give a reader of points written as CSV, as public lists are."""

    def read(head: str, lines: list[str]) -> Cohort:
        path = tmp_path / "points.csv"
        path.write_text("\n".join([head, *lines, ""]), "utf-8")
        return scoring.read(path, rules=RULES, round_year=2020)

    return read


def points_line(total: str) -> str:
    """Write ten columns that add up to a total, all of it for employment but 20 for age."""
    return f"{Decimal(total) - 20},0.00,0.00,0.00,0.00,0.00,0.00,20.00,0.00,0.00,{total}"


def test_facts_have_every_column_in_the_contracts_order() -> None:
    """Id, ten columns and total, eligibility with reasons, rank, admission, traits, then own groups."""
    groups = pl.DataFrame({"sector": ["软件"], "channel": ["线上"]}, schema_overrides={"sector": pl.String})
    scored = scoring.score(facts({}, groups=groups), RULES, quota=1)
    traits = ("sex", "age_band", "education_level")
    assert tuple(scored.frame.columns) == ("applicant_id", *POINTS, *RESULT, *traits, "sector", "channel")
    assert scored.groups == ("sector", "channel")
    assert scored.level == "facts"


def test_types_are_those_of_the_contract() -> None:
    """Points are exact decimals with two places, a rank a whole number, reasons a list, traits levels."""
    schema = scoring.score(facts({}), RULES, quota=1).frame.schema
    for name in POINTS:
        kind = schema[name]
        assert isinstance(kind, pl.Decimal), name
        assert kind.scale == 2, name
    assert schema["eligible"] == schema["admitted"] == pl.Boolean
    assert schema["ineligible_because"] == pl.List(pl.String)
    assert schema["rank"].is_integer()
    assert schema["sex"] == pl.Enum(["female", "male"])
    assert schema["age_band"] == pl.Enum(BANDS)
    assert schema["education_level"] == pl.Enum(CREDENTIALS)


def test_a_ranked_list_worked_out_by_hand() -> None:
    """Five applicants: points with two places, ties share the best rank, the ineligible have none."""
    scored = scoring.score(
        facts(
            {"insured_months": 11, "own_home_months": 5},
            {"insured_months": 120},
            {"insured_months": 240, "criminal_record": True, "barred_through": 2020},
            {"insured_months": 120, "sex": "female", "post": "cadre"},
            {"education": "bachelor", "study_insured_months": 3, "detentions": 1},
        ),
        RULES,
        quota=1,
    )
    assert column(scored, "applicant_id") == ["a1", "a2", "a3", "a4", "a5"]
    # 2.75 + 0.42 + 20; 30 + 20; 60 + 20; 30 + 20; 15 - 0.88 + 20 - 30.
    assert [str(total) for total in column(scored, "total")] == ["23.17", "50.00", "80.00", "50.00", "4.12"]
    assert [str(points) for points in column(scored, "study_deduction")] == ["0.00"] * 4 + ["-0.88"]
    assert column(scored, "eligible") == [True, True, False, True, True]
    assert column(scored, "ineligible_because") == [[], [], ["criminal_record", "barred"], [], []]
    assert column(scored, "rank") == [3, 1, None, 1, 4]
    assert column(scored, "admitted") == [False, True, False, True, False]
    ranking = scored.ranking
    assert (ranking.applicants, ranking.eligible, ranking.quota) == (5, 4, 1)
    assert (str(ranking.cutoff), ranking.admitted, ranking.tied_at_cutoff) == ("50.00", 2, 2)
    assert (scored.quota, scored.round_year, scored.rules.name) == (1, 2020, "beijing-2020")


def test_reasons_stand_in_the_contracts_order() -> None:
    """Whoever fails everything has all eight reasons, in order."""
    scored = scoring.score(
        facts(
            {
                "birth_date": date(1950, 1, 1),
                "residence_permit_date": None,
                "continuous_insured_months": 0,
                "back_paid_months": 6,
                "insurance_in_order": False,
                "criminal_record": True,
                "barred_through": 2021,
                "employer_barred_through": 2020,
            }
        ),
        RULES,
        quota=1,
    )
    assert column(scored, "ineligible_because") == [list(REASONS)]


@pytest.mark.parametrize("level", ["facts", "points"])
def test_quota_0_admits_nobody(level: str, points_file: PointsFile) -> None:
    """Without a place there is no cutoff; ranks are there all the same."""
    cohort = (
        facts({}, {"insured_months": 12})
        if level == "facts"
        else points_file(f"{LINES},total", [points_line("80.00"), points_line("90.00")])
    )
    scored = scoring.score(cohort, RULES, quota=0)
    assert (scored.ranking.cutoff, scored.ranking.admitted, scored.ranking.tied_at_cutoff) == (None, 0, 0)
    assert column(scored, "rank") == [2, 1]
    assert column(scored, "admitted") == [False, False]


def test_nobody_eligible_admits_nobody() -> None:
    """Where everybody is barred there is no cutoff and no rank, and points are there all the same."""
    scored = scoring.score(facts({"criminal_record": True}, {"back_paid_months": 6}), RULES, quota=5)
    assert scored.ranking == scoring.Ranking(2, 0, 5, cutoff=None, admitted=0, tied_at_cutoff=0)
    assert column(scored, "rank") == [None, None]
    assert column(scored, "admitted") == [False, False]
    assert column(scored, "total") == [Decimal("20.00")] * 2


def test_a_quota_above_the_pool_admits_every_eligible() -> None:
    """The cutoff is the lowest eligible total, also where somebody ineligible has less."""
    scored = scoring.score(
        facts({"insured_months": 12}, {"insured_months": 24}, {"detentions": 1, "criminal_record": True}),
        RULES,
        quota=100,
    )
    assert str(scored.ranking.cutoff) == "23.00"
    assert column(scored, "admitted") == [True, True, False]


def test_a_negative_quota_is_refused() -> None:
    """A quota below 0 stops before anything is scored in vain."""
    with pytest.raises(scoring.RankingError, match="quota = -1"):
        scoring.score(facts({}), RULES, quota=-1)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(1995, 6, 1), "<=35"),
        (date(1983, 1, 1), "<=35"),  # 36 is completed on 2019-01-02
        (date(1982, 12, 31), "36-40"),
        (date(1978, 1, 1), "36-40"),
        (date(1977, 12, 31), "41-45"),
        (date(1973, 1, 1), "41-45"),
        (date(1972, 12, 31), "46-50"),
        (date(1968, 1, 1), "46-50"),
        (date(1967, 12, 31), ">=51"),
        (date(1925, 2, 1), ">=51"),
        (date(2019, 12, 31), "<=35"),  # born after the day on which age is counted
    ],
)
def test_age_bands_of_facts(born: date, band: str) -> None:
    """Bands are by completed years on 1 January of the year before the round, 2019-01-01 here."""
    assert column(scoring.score(facts({"birth_date": born}), RULES, quota=1), "age_band") == [band]


def test_the_band_is_counted_on_the_same_day_under_any_rulebook() -> None:
    """A rule that counts age on another day moves points, and not the bands of the analysis."""
    later = RULES.changed({"age.as_of": "12-31"})
    born = {"birth_date": date(1973, 6, 1)}  # 45 on 2019-01-01, 46 on 2019-12-31
    scored = scoring.score(facts(born), later, quota=1)
    assert column(scored, "age_band") == ["41-45"]
    assert [str(points) for points in column(scored, "age")] == ["16.00"]


def test_points_are_taken_as_they_stand(points_file: PointsFile) -> None:
    """A public list is ranked by its totals, everybody eligible, a missing id made the row's number."""
    cohort = points_file(
        f"{LINES},total",
        [
            "60.50,11.67,26.00,-0.88,0.00,0.00,6.00,20.00,0.00,0.00,123.29",
            points_line("80.00"),
            "1.00,0.00,0.00,0.00,0.00,0.00,-12.00,0.00,0.00,-30.00,-41.00",
            points_line("80.00"),
        ],
    )
    scored = scoring.score(cohort, RULES, quota=2)
    assert scored.level == "points"
    assert tuple(scored.frame.columns) == ("applicant_id", *POINTS, *RESULT)
    assert column(scored, "applicant_id") == ["1", "2", "3", "4"]
    assert [str(total) for total in column(scored, "total")] == ["123.29", "80.00", "-41.00", "80.00"]
    assert [str(points) for points in column(scored, "study_deduction")] == ["-0.88", "0.00", "0.00", "0.00"]
    assert column(scored, "eligible") == [True] * 4
    assert column(scored, "ineligible_because") == [[]] * 4
    assert column(scored, "rank") == [1, 2, 4, 2]
    assert column(scored, "admitted") == [True, True, False, True]
    assert (str(scored.ranking.cutoff), scored.ranking.tied_at_cutoff) == ("80.00", 2)


def test_points_with_birth_years_have_bands_and_groups(points_file: PointsFile) -> None:
    """The band is by Y-2 less the year of birth, null where it is not known; groups come last."""
    years = ["1983", "1982", "1978", "1977", "1973", "1972", "1968", "1967", ""]
    cohort = points_file(
        f"applicant_id,birth_year,district,{LINES},total",
        [f"p{i},{year},{'甲乙'[i % 2]}区,{points_line('80.00')}" for i, year in enumerate(years)],
    )
    scored = scoring.score(cohort, RULES, quota=2)
    assert tuple(scored.frame.columns) == ("applicant_id", *POINTS, *RESULT, "age_band", "district")
    # Born in 1983 is 2018 - 1983 = 35 on 2019-01-01.
    wanted = ["<=35", "36-40", "36-40", "41-45", "41-45", "46-50", "46-50", ">=51", None]
    assert column(scored, "age_band") == wanted
    assert column(scored, "district")[:2] == ["甲区", "乙区"]
    assert scored.groups == ("district",)


@pytest.mark.parametrize("name", NAMES)
def test_a_cohort_scores_and_ranks_like_the_literal_scorer(name: str) -> None:
    """Points, eligibility, ranks and admission of a thousand applicants are those counted literally."""
    rules = Rulebook.load(name)
    keys = {"award_keys": rules.award_keys, "honour_keys": rules.honour_keys}
    rows = random_cohort(random.Random(11), 2020, size=1_000, **keys)  # noqa: S311  examples, no secrets
    frame = facts_frame(rows, rules)
    scored = scoring.score(Cohort.from_frame(frame, rules=rules, round_year=2020), rules, quota=50)
    slow = [score_literally(row, rulebook=name, round_year=2020, **keys) for row in rows]
    ranked = rank_literally([one.total for one in slow], [one.eligible for one in slow], quota=50)
    for item in COLUMNS:
        assert [int(points * 100) for points in column(scored, item)] == [one.items[item] for one in slow]
    assert [int(total * 100) for total in column(scored, "total")] == [one.total for one in slow]
    assert column(scored, "ineligible_because") == [one.reasons for one in slow]
    assert column(scored, "eligible") == [one.eligible for one in slow]
    assert column(scored, "age_band") == [one.age_band for one in slow]
    assert column(scored, "rank") == ranked.ranks
    assert column(scored, "admitted") == ranked.admitted
    assert int((scored.ranking.cutoff or 0) * 100) == ranked.cutoff


def test_one_row_is_the_row_of_the_frame() -> None:
    """An applicant's line read alone is the one in the list, rank among all included."""
    scored = scoring.score(
        facts({"insured_months": 12}, {"insured_months": 24}, {"back_paid_months": 6}), RULES, quota=1
    )
    assert [scored.row(position) for position in range(3)] == scored.frame.to_dicts()


def test_a_rulebook_out_of_force_scores_with_a_notice() -> None:
    """The trial's rules on a round of 2020 are a counterfactual, and the result says so."""
    cohort = facts({"taxed_100k_years": 2})
    assert scoring.score(cohort, RULES, quota=1).notices == ()
    trial = scoring.score(cohort, Rulebook.load("beijing-2018-trial"), quota=1)
    (notice,) = trial.notices
    assert notice.en.endswith("its results for the round of 2020 are counterfactual.")


def test_keys_keep_their_points_under_rules_of_another_order(tmp_path: Path) -> None:
    """A cohort read with one order of Annex 3 and scored with another keeps each award's points."""
    rules_folder = Path(scoring.__file__).parent / "rules"
    for name in ("beijing-2020.toml", "annex-4.toml"):
        shutil.copy(rules_folder / name, tmp_path)
    head, *rows = (rules_folder / "annex-3.toml").read_text("utf-8").split("[[award]]")
    turned = [f"[[award]]{row}\n" for row in reversed(rows)]
    (tmp_path / "annex-3.toml").write_text(head + "".join(turned), "utf-8")
    other = Rulebook.load(tmp_path / "beijing-2020.toml")
    cohort = facts({"innovation_award": "national_natural_science_first"})
    for rules in (RULES, other):
        assert column(scoring.score(cohort, rules, quota=1), "innovation") == [Decimal("12.00")]


def test_an_award_that_the_rules_lack_is_refused() -> None:
    """An award read with one rulebook and unknown to another is no award of 0 points."""
    fewer = replace(RULES, awards=RULES.awards[1:])
    cohort = facts({"innovation_award": RULES.award_keys[0]})
    with pytest.raises(scoring.RulebookError, match="lacks an award"):
        scoring.score(cohort, fewer, quota=1)
