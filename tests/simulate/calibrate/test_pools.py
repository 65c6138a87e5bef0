"""Pools of a calibration: who stands in a round, what lives weigh, and the cohort that is drawn."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import scoring
from scoring import Rulebook
from simulate.calibrate.ensemble import load
from simulate.calibrate.pools import NoPool, Pools, Standing, resampled
from simulate.calibrate.written import committed_targets, main_fit

RULES = Rulebook.load("beijing-2020")
STANDING = Standing(round_year=2020, origin=2022, seed=3, draws=200_000)


@pytest.fixture(scope="module")
def pools() -> Pools:
    """The pool of 2020 of the main fit and of two members."""
    return Pools.of([main_fit(), *load(2022)[:2]], STANDING)


def test_equal_steps_draw_each_place_by_its_weight() -> None:
    """Weights of 1, 0, 2 and 1 laid end to end, and eight steps of a half from 0.25 on."""
    assert resampled(np.array([1.0, 0, 2, 1]), size=8, start=0.5).tolist() == [0, 0, 2, 2, 2, 2, 3, 3]


def test_the_weights_sum_to_the_applicants_published(pools: Pools) -> None:
    """122,852 applied in 2020; a twentieth of the lives that were fitted on give it within some per cent."""
    assert pools.weights.sum(axis=1) == pytest.approx(122_852, rel=0.15)


def test_the_cutoff_is_near_the_published_one(pools: Pools) -> None:
    """97.13 for 6,000 places in 2020, and nobody in the pool is turned away."""
    ranking = scoring.score(pools.cohort(0, RULES), RULES, quota=6000).ranking
    assert ranking.eligible == ranking.applicants == round(float(pools.weights[0].sum()))
    assert ranking.cutoff is not None
    assert float(ranking.cutoff) == pytest.approx(97.13, abs=1)


def test_facts_score_what_the_lives_did(pools: Pools) -> None:
    """As many of the drawn reach 90 as their weight says, up to one."""
    scored = scoring.score(pools.cohort(1, RULES, applicants=2000), RULES, quota=100)
    share = pools.weights[1][pools.totals >= 9000].sum() / pools.weights[1].sum()
    assert abs((scored.points["total"] >= 9000).sum() - 2000 * share) < 1


def test_the_same_seed_gives_the_same_people_whoever_else_is_asked(pools: Pools) -> None:
    """A member's cohort is the same alone and among others; another member's is another."""
    alone = Pools.of([load(2022)[1]], STANDING).cohort(0, RULES, applicants=500).frame
    assert alone.equals(pools.cohort(2, RULES, applicants=500).frame)
    assert not alone.equals(pools.cohort(1, RULES, applicants=500).frame)


def test_nobody_stands_who_was_admitted_before(pools: Pools) -> None:
    """Who reached 97.13 in 2020 is gone in 2021: the same lives are drawn for both."""
    later = Pools.of([main_fit()], Standing(round_year=2021, origin=2022, seed=3, draws=200_000))
    before = set(pools.lives.person[pools.totals >= 9713].tolist())
    assert before
    assert not before & set(later.lives.person.tolist())


@pytest.mark.parametrize("year", [2018, 2019, 2023])
def test_a_round_without_a_calibrated_pool_is_refused(year: int) -> None:
    """Before 2020 only the front is calibrated, and after the origin nobody knows who was admitted."""
    with pytest.raises(
        NoPool, match=f"no pool of the round of {year} is calibrated; there are those of 2020, 2021"
    ):
        Standing(round_year=year, origin=2022, seed=0)


def test_the_main_fit_is_as_far_from_the_targets_as_they_say() -> None:
    """Its distance is that of the written targets, and it assumes nothing of later rounds."""
    fit, targets = main_fit(), committed_targets().filter(~pl.col("assumed"))
    off = ((targets["simulated"] - targets["published"]) / targets["spread"]).to_numpy()
    assert fit.distance == pytest.approx(float(np.sqrt((off @ off) / off.size)))
    assert dict(fit.future.late) == {}
