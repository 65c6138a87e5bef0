"""A sheet under a reformed rulebook: what was added, removed and changed, with its author's reason."""

from decimal import Decimal

import polars as pl

import scoring
from scoring import Cohort, Rulebook, Sheet
from scoring.explain import as_text
from scoring.reform import Reform
from tests.scoring.applicants import COLUMNS, facts_frame, plain

from .explained import ROUND, WHOLE

RULES = Rulebook.load("beijing-2020")
REFORM = Reform.from_changes(
    RULES,
    {
        "added.service.title": "志愿服务",
        "added.service.title_en": "Volunteering",
        "added.service.column": "service_years",
        "added.service.unit": "年",
        "added.service.unit_en": "year",
        "added.service.points_each": 2,
        "added.service.max_points": 5,
        "education.removed": True,
        "employment.points_per_year": 4,
    },
    title="试改",
    reason="鼓励志愿服务。",
    source="某报告",
)


def sheet() -> Sheet:
    """Explain one applicant with three years of service under the reform."""
    frame = facts_frame([plain(ROUND) | WHOLE], RULES).with_columns(service_years=pl.Series([3]))
    cohort = Cohort.from_frame(frame, rules=REFORM.rules, round_year=ROUND)
    return scoring.explain(scoring.score(cohort, REFORM.rules, quota=1), "a1")


def test_an_added_indicator_has_a_line() -> None:
    """It comes last, with the fact it looks at, its points and the article as it would be written."""
    last = sheet().lines[-1]
    assert [line.column for line in sheet().lines] == [*COLUMNS, "service"]
    assert (last.points, last.facts, last.citation.article) == (Decimal("5.00"), {"service_years": 3}, "15")
    assert last.remarks[0].zh == "志愿服务。每满1年积2分，最高积5分。"
    assert sheet().total == sum(line.points for line in sheet().lines)


def test_a_fact_of_two_decimals_is_shown_as_it_was_written() -> None:
    """Held in hundredths, it is told in its own unit."""
    rules = REFORM.rules.changed({"added.service.hundredths": True})
    frame = facts_frame([plain(ROUND) | WHOLE], RULES).with_columns(service_years=pl.Series([1.25]))
    cohort = Cohort.from_frame(frame, rules=rules, round_year=ROUND)
    last = scoring.explain(scoring.score(cohort, rules, quota=1), "a1").lines[-1]
    assert (last.points, last.facts) == (Decimal("2.50"), {"service_years": Decimal("1.25")})


def test_a_removed_indicator_says_that_it_counts_no_more() -> None:
    """Both columns of education are nothing, and look at no fact."""
    lines = {line.column: line for line in sheet().lines}
    for column in ("education", "study_deduction"):
        assert lines[column].points == 0
        assert not lines[column].facts
        assert lines[column].remarks[0].en == "The indicator has been removed: nothing counts."
        assert lines[column].citation.source == "某报告"


def test_the_text_gives_the_author_s_reason() -> None:
    """In both languages a changed value cites why it was changed, and names are those of the reform."""
    zh, en = as_text(sheet(), "zh"), as_text(sheet(), "en")
    assert "志愿服务 5.00 分　第十五条" in zh
    assert "事实：service_years为3。" in zh
    assert "（本次改动：鼓励志愿服务。）" in zh
    assert "Volunteering: 5.00 points, Art. 15" in en
    assert "(changed here: 鼓励志愿服务。)" in en
    assert "  Volunteering: 2 points for each year, at most 5." in en
