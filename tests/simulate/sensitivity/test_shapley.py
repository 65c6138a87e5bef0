"""Shares of the variance: against all 512 coalitions, and against the plain formula."""

from __future__ import annotations

from itertools import combinations
from math import factorial
from statistics import covariance, pvariance

import polars as pl
import pytest

from scoring.rulebook import INDICATORS
from simulate import sensitivity
from tests.simulate.engine.cohorts import facts_cohort, points_cohort
from tests.simulate.sensitivity.pools import QUOTA, RULES, ten


def coalition_values(points: list[list[int]]) -> list[float]:
    """Give the Shapley value of each indicator by every coalition: worth the variance of its points' sum."""
    n = len(INDICATORS)
    worth = {
        members: pvariance([sum(person[one] for one in members) for person in points]) if members else 0.0
        for size in range(n + 1)
        for members in combinations(range(n), size)
    }
    values = []
    for player in range(n):
        others = [members for members in worth if player not in members]
        values.append(
            sum(
                factorial(len(members))
                * factorial(n - len(members) - 1)
                / factorial(n)
                * (worth[tuple(sorted((*members, player)))] - worth[members])
                for members in others
            )
        )
    return values


def test_shares_are_the_shapley_values_of_every_coalition() -> None:
    """The closed form agrees with 512 coalitions, among the pool and among the admitted."""
    study = sensitivity.study(points_cohort(40, seed=2), RULES, quota=15)
    frame = sensitivity.variance_shares(study)
    for population, who in (("pool", study.pool), ("admitted", study.admitted)):
        told = frame.filter(population=population)
        values = coalition_values(study.points[who].tolist())
        assert (told["covariance"] * 1e4).to_list() == pytest.approx(values)
        assert told["share"].to_list() == pytest.approx([value / sum(values) for value in values])


def test_shares_of_ten_people() -> None:
    """Among the ten, employment's share is its covariance with the total over the total's variance."""
    told = sensitivity.variance_shares(sensitivity.study(ten(), RULES, quota=QUOTA)).filter(
        population="pool", indicator="employment"
    )
    totals = [77, 71, 68, 66, 65, 64, 62, 60, 57, 53]
    employment = [50, 45, 55, 60, 50, 40, 30, 45, 22, 40]
    assert told["variance"].item() == pytest.approx(pvariance(totals))
    assert told["share"].item() == pytest.approx(covariance(employment, totals) * 9 / 10 / pvariance(totals))
    assert told["share_low"].item() is None
    # 50, 45 and 40 are two people's each, four others have points of their own.
    assert told["apart"].item() == 8


def test_the_margin_is_who_is_near_the_cutoff() -> None:
    """Within two points of 66 are those with 68, 66, 65 and 64."""
    study = sensitivity.study(ten(), RULES, quota=QUOTA)
    assert (
        sensitivity.variance_shares(study, within=2).filter(population="margin")["people"].unique().item()
        == 4
    )


def test_shares_sum_to_one_and_lie_in_their_intervals() -> None:
    """Among two thousand every population's shares add up, each within its interval."""
    frame = sensitivity.variance_shares(sensitivity.study(facts_cohort(2_000), RULES, quota=300), within=3)
    assert frame.group_by("population").agg(pl.col("share").sum())["share"].to_list() == pytest.approx(
        [1] * 3
    )
    assert frame.select(pl.col("share").is_between("share_low", "share_high").all()).item()


def test_without_variance_there_are_no_shares() -> None:
    """One person, and nobody, differ from none."""
    frame = sensitivity.variance_shares(sensitivity.study(ten(), RULES, quota=1))
    assert frame.filter(population="admitted")["share"].null_count() == 9
    nobody = sensitivity.variance_shares(sensitivity.study(ten(), RULES, quota=0)).filter(population="margin")
    assert nobody["people"].unique().item() == 0
    assert nobody["share"].null_count() == 9
