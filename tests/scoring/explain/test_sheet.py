"""A sheet gives every item's points, article, sentence and facts, and never disagrees with the score."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import scoring
from scoring import Rulebook, UnknownName
from tests.scoring.applicants import COLUMNS, NAMES

from .explained import WHOLE, line_of, scored_of, sheet_of

DRAFT = "beijing-2020-draft"
TRIAL = "beijing-2018-trial"


@pytest.mark.parametrize("name", NAMES)
def test_the_sheet_is_the_score(name: str) -> None:
    """Ten lines in the published order carry the points of the scored row, and add up to its total."""
    scored = scored_of(WHOLE, {"insured_months": 300}, name=name)
    sheet = scoring.explain(scored, "a1")
    row = scored.frame.row(0, named=True)
    assert tuple(line.column for line in sheet.lines) == COLUMNS
    assert [line.points for line in sheet.lines] == [row[column] for column in COLUMNS]
    assert sum(line.points for line in sheet.lines) == sheet.total == row["total"]
    assert (sheet.rank, sheet.admitted, list(sheet.reasons)) == (row["rank"], False, [])


def test_articles_sentences_and_sources() -> None:
    """Each line cites the value its points come from."""
    cited = {line.column: line.citation for line in sheet_of(DRAFT, **WHOLE).lines}
    assert {column: citation.article for column, citation in cited.items()} == {
        "employment": "15(1)",
        "residence": "15(2)",
        "education": "annex-2",
        "study_deduction": "annex-2",
        "job_housing_area": "15(4)",
        "innovation": "annex-3",
        "tax": "15(6)",
        "age": "15(7)",
        "honours": "15(8)",
        "law_abiding": "15(9)",
    }
    assert cited["employment"].sentence.endswith("每连续缴纳社会保险满1年积3分。")
    assert cited["education"].sentence == "硕士研究生 硕士 26 自毕业时间起前3年"
    assert cited["innovation"].sentence == "北京新闻奖 二等奖 获奖人员 4分"
    assert cited["law_abiding"].source == "measures-2020"
    assert cited["law_abiding"].sentence == "text not held"


def test_the_trial_cites_points_by_level_for_an_award() -> None:
    """The trial's 6 points are not those of the draft's row, so that row's sentence is not cited."""
    line = line_of("innovation", TRIAL, innovation_award="beijing_news_second")
    assert line.points == Decimal("6.00")
    assert (line.citation.source, line.citation.sentence) == ("trial-rules-2018", "text not held")


def test_a_penalty_alone_cites_the_rule_of_penalties() -> None:
    """Who has no taxed year and a penalty reads why points are taken off."""
    line = line_of("tax", tax_penalties=1)
    assert line.points == Decimal("-12.00")
    assert line.citation.sentence.endswith("每条记录减12分。")


def test_the_facts_used_stand_beside_the_points() -> None:
    """Each line names the contract's columns it was counted from, with the applicant's values."""
    facts = {line.column: dict(line.facts) for line in sheet_of(**WHOLE).lines}
    assert facts["employment"] == {"insured_months": 131}
    assert facts["residence"] == {
        "insured_months": 131,
        "own_home_months": 50,
        "spouse_home_months": 7,
        "presumed_tenancy_months": 63,
        "leased_months": 9,
        "dormitory_months": 5,
    }
    assert facts["study_deduction"] == {"education": "master", "study_insured_months": 40}
    assert facts["job_housing_area"] == {
        "suburban_home_months": 25,
        "suburban_home_and_job_months": 14,
        "suburban_home_in_december": True,
    }
    assert facts["tax"] == {"taxed_100k_years": 2, "tax_penalties": 1}
    assert facts["age"] == {"birth_date": date(1972, 12, 31)}


@pytest.mark.parametrize(
    ("quota", "cutoff", "distance"),
    [(1, "80.00", "-57.00"), (2, "23.00", "0.00"), (3, "20.00", "3.00"), (9, "20.00", "3.00")],
)
def test_distance_to_the_cutoff(quota: int, cutoff: str, distance: str) -> None:
    """Distance is the total less the cutoff: below it, at it and above it."""
    scored = scored_of({"insured_months": 12}, {"insured_months": 240}, {}, quota=quota)
    sheet = scoring.explain(scored, "a1")
    assert (str(sheet.cutoff), str(sheet.distance)) == (cutoff, distance)
    assert sheet.admitted == (Decimal(distance) >= 0)
    assert (sheet.rank, sheet.eligible_applicants, sheet.quota) == (2, 3, quota)


def test_without_a_cutoff_there_is_no_distance() -> None:
    """A quota of 0 has no cutoff, and nobody is any distance from it."""
    sheet = scoring.explain(scored_of({}, quota=0), "a1")
    assert (sheet.cutoff, sheet.distance, sheet.admitted) == (None, None, False)


def test_the_ineligible_have_reasons_and_no_rank() -> None:
    """Several failed conditions are all named, in the contract's order; points and distance stand."""
    scored = scored_of(
        {"insured_months": 240, "employer_barred_through": 2020, "back_paid_months": 6},
        {"insured_months": 12},
    )
    sheet = scoring.explain(scored, "a1")
    assert list(sheet.reasons) == ["back_payments", "employer_barred"]
    assert [notice.zh for notices in sheet.reasons.values() for notice in notices] == [
        "最多5个月，实际6个月。",
        "截至2020年（含当年）。",
    ]
    assert (sheet.rank, sheet.admitted, str(sheet.total), str(sheet.distance)) == (
        None,
        False,
        "80.00",
        "57.00",
    )


def test_a_sheet_of_points_has_no_facts(tmp_path: Path) -> None:
    """A row of a public list has points, articles, rank and distance, and nothing to count them from."""
    head = "applicant_id,employment,residence,education,study_deduction,job_housing_area,innovation,tax,age"
    lines = [
        f"{head},honours,law_abiding,total",
        "p1,60.50,11.67,26.00,-0.88,0.00,0.00,6.00,20.00,0.00,0.00,123.29",
        "p2,30.00,0.00,15.00,0.00,12.00,0.00,0.00,20.00,20.00,0.00,97.00",
    ]
    (tmp_path / "points.csv").write_text("\n".join(lines), "utf-8")
    rules = Rulebook.load("beijing-2020")
    cohort = scoring.read(tmp_path / "points.csv", rules=rules, round_year=2020)
    sheet = scoring.explain(scoring.score(cohort, rules, quota=1), "p2")
    assert [str(line.points) for line in sheet.lines] == (
        ["30.00", "0.00", "15.00", "0.00", "12.00", "0.00", "0.00", "20.00", "20.00", "0.00"]
    )
    assert not [line for line in sheet.lines if line.facts or line.remarks]
    assert all(line.citation.article for line in sheet.lines)
    assert (sheet.rank, sheet.admitted, str(sheet.distance)) == (2, False, "-26.29")


def test_an_id_that_nobody_has() -> None:
    """An unknown id is refused, without a word about anybody who is in the cohort."""
    with pytest.raises(UnknownName) as refused:
        scoring.explain(scored_of({}), "a9")
    assert "a1" not in str(refused.value)
