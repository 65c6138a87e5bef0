"""The pool of the main fit as it is written: people without a contradiction, whatever they are written as."""

from __future__ import annotations

from pathlib import Path

import pytest

import scoring
from scoring import Rulebook
from simulate.calibrate.main_pool import CalibratedPool
from synthetic_data.population.writing import write_pool

RULES = Rulebook.load("beijing-2020")
ASKED = CalibratedPool(rules=RULES, round_year=2022, size=400, seed=1, draws=100_000)


def test_histories_count_to_the_facts(tmp_path: Path) -> None:
    """The same people, written as facts and as dated records; neither contradicts itself."""
    write_pool(ASKED, tmp_path / "facts.parquet")
    write_pool(ASKED, tmp_path / "histories")
    facts, counted = (
        scoring.read(tmp_path / name, rules=RULES, round_year=2022) for name in ("facts.parquet", "histories")
    )
    assert facts.notices == counted.notices
    assert facts.frame.height == 400
    points = [scoring.score(one, RULES, quota=20).points for one in (facts, counted)]
    assert points[0].equals(points[1])


def test_people_are_in_no_order_of_points(tmp_path: Path) -> None:
    """Which row somebody is in tells nothing of the total: both halves reach about as far."""
    write_pool(ASKED, tmp_path / "facts.csv")
    cohort = scoring.read(tmp_path / "facts.csv", rules=RULES, round_year=2022)
    total = scoring.score(cohort, RULES, quota=20).points["total"].to_numpy()
    assert total[:200].mean() == pytest.approx(total[200:].mean(), abs=300)
