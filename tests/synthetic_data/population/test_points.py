"""Points of lives are the points that scoring gives the facts of the same lives."""

import numpy as np
import pytest

from scoring import Cohort, Rulebook, score
from synthetic_data.population import Parameters, draw, facts_of, points_of
from synthetic_data.population.points import reaches
from tests.synthetic_data.population.wild import wild_lives

ROUNDS = [
    ("beijing-2018-trial", 2019, {}),
    ("beijing-2020-draft", 2021, {}),
    ("beijing-2020", 2022, {}),
    ("beijing-2020", 2027, {}),
    ("beijing-2020", 2022, {"employment.points_per_year": 2.5, "job_housing_area.max_points": 9}),
]


@pytest.mark.parametrize(("name", "round_year", "changes"), ROUNDS)
def test_points_are_those_of_the_facts(name: str, round_year: int, changes: dict[str, float]) -> None:
    """All ten columns, the total and the reasons, for drawn lives and for wild ones."""
    rules = Rulebook.load(name).changed(changes)
    for lives in (
        draw(Parameters.load(), size=4_000, seed=8),
        wild_lives(4_000, rules, round_year=round_year, seed=8),
    ):
        facts = facts_of(lives, rules, round_year)
        cohort = Cohort.from_frame(facts, rules=rules, round_year=round_year)
        expected = score(cohort, rules, quota=100).points
        points = points_of(lives, rules, round_year)
        assert points.keys() == set(expected.columns)
        for column in expected.columns:
            assert np.array_equal(points[column], expected[column].to_numpy())


def test_who_reaches_a_cutoff_is_eligible_and_has_as_many_points() -> None:
    """Neither points without eligibility nor one hundredth less will do."""
    rules = Rulebook.load("beijing-2020")
    lives = draw(Parameters.load(), size=4_000, seed=8)
    points = points_of(lives, rules, 2021)
    eligible = points["reasons"] == 0
    cutoff = int(np.sort(points["total"][eligible])[-400])
    there = reaches(lives, rules, 2021, cutoff=cutoff)
    assert there.sum() >= 400
    assert points["total"][there].min() == cutoff
    assert eligible[there].all()
    assert not reaches(lives, rules, 2021, cutoff=cutoff + 1)[points["total"] == cutoff].any()
