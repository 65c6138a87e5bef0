"""The tutorial runs from its first cell to its last, and what it shows is what scoring says."""

import re
from pathlib import Path
from typing import Any

import pytest

import scoring
from reports.render import NOTEBOOKS
from reports.render.execution import execute
from scoring.reform import Reform
from synthetic_data.population import facts

RULES = scoring.Rulebook.load("beijing-2020")
SIZE, QUOTA = 3_000, 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that the tutorial writes into."""
    return tmp_path_factory.mktemp("tutorial")


@pytest.fixture(scope="module")
def shown(folder: Path) -> str:
    """Run the tutorial on a small cohort and give all that its cells show."""
    given = {"size": SIZE, "quota": QUOTA, "folder": str(folder)}
    done: Any = execute(NOTEBOOKS / "tutorial.ipynb", given)
    outputs = [output for cell in done.cells for output in cell.get("outputs", [])]
    return "\n".join(
        output.get("text") or output.data["text/plain"]
        for output in outputs
        if "name" in output or "data" in output
    )


def test_it_scores_and_ranks(shown: str) -> None:
    """The ranking is that of the same people scored without a file between."""
    people = facts(RULES, round_year=2020, size=SIZE, seed=1)
    cohort = scoring.Cohort.from_frame(people, rules=RULES, round_year=2020)
    ranking = scoring.score(cohort, RULES, quota=QUOTA).ranking
    assert repr(ranking) in shown
    assert f"总积分 {ranking.cutoff} 分" in shown


def test_it_shows_what_is_wrong_with_a_table(shown: str) -> None:
    """Both mistakes are told, with the nearest name for the one that is misspelt."""
    assert "第 3 行 insured_months：-5 是负数" in shown
    assert "是否应为 bachelor？" in shown


def test_it_leaves_a_reform_and_a_briefing(shown: str, folder: Path) -> None:
    """The reform can be read again, and the briefing is a page."""
    reform = Reform.load(folder / "reform.toml")
    assert set(reform.changes) == {"employment.points_per_year", "education.points.doctor"}
    assert "年度简报" in (folder / "2020-annual_briefing-zh.html").read_text("utf-8")


def test_it_names_nobody_but_the_one_it_explains(shown: str) -> None:
    """Of three thousand pseudonyms a handful stands in it: the head of the table and the person explained."""
    assert len(set(re.findall(r"S\d{8}", shown))) <= 4
