"""Explain one changed plain applicant, for tests to read."""

from datetime import date
from typing import Any

import scoring
from scoring import Cohort, Rulebook, Scored, Sheet
from scoring.explain import Line
from tests.scoring.applicants import facts_frame, plain

ROUND = 2020

# Something of every item: the same applicant as in cases/whole_applicant.toml.
WHOLE: dict[str, Any] = {
    "birth_date": date(1972, 12, 31),
    "insured_months": 131,
    "own_home_months": 50,
    "spouse_home_months": 7,
    "presumed_tenancy_months": 63,
    "leased_months": 9,
    "dormitory_months": 5,
    "education": "master",
    "study_insured_months": 40,
    "suburban_home_months": 25,
    "suburban_home_and_job_months": 14,
    "suburban_home_in_december": True,
    "innovation_award": "beijing_news_second",
    "taxed_100k_years": 2,
    "tax_penalties": 1,
    "honour": "beijing_model_worker",
    "detentions": 1,
}


def scored_of(*changes: dict[str, Any], name: str = "beijing-2020", quota: int = 1) -> Scored:
    """Score changed plain applicants, named a1, a2 ... in order."""
    rules = Rulebook.load(name)
    rows = [plain(ROUND) | {"applicant_id": f"a{i}"} | change for i, change in enumerate(changes, start=1)]
    cohort = Cohort.from_frame(facts_frame(rows, rules), rules=rules, round_year=ROUND)
    return scoring.score(cohort, rules, quota=quota)


def sheet_of(name: str = "beijing-2020", **changes: Any) -> Sheet:
    """Explain one changed plain applicant, alone in the cohort."""
    return scoring.explain(scored_of(changes, name=name), "a1")


def line_of(column: str, name: str = "beijing-2020", **changes: Any) -> Line:
    """Explain one item of one changed plain applicant."""
    (line,) = [line for line in sheet_of(name, **changes).lines if line.column == column]
    return line


def said(column: str, name: str = "beijing-2020", **changes: Any) -> list[tuple[str, str]]:
    """Give the remarks on one item, Chinese and English."""
    return [(remark.zh, remark.en) for remark in line_of(column, name, **changes).remarks]
