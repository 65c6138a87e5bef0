"""Draws of weights and quotas are answered as if each were scored, sorted and counted by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulate.engine import UNIT, Draws, Engine, leaf, part, sweep
from simulate.engine.lots import lots
from tests.simulate.engine.cohorts import NINE, RULES, around, facts_cohort, points_cohort
from tests.simulate.engine.literal import Literal, told

GROUPS = ("sector", "member")


@settings(max_examples=25)
@given(
    size=st.integers(1, 400),
    values=st.sampled_from([1, 2, 3, 8, None]),
    draws=st.sampled_from([1, 20, 60, 150, 400]),
    spread=st.sampled_from([0.0, 0.001, 0.2, 0.5, 0.8, 1.0]),
    highest=st.sampled_from([1, 3, 50, 500]),
    seed=st.integers(0, 2**32 - 1),
)
def test_equals_integer_arithmetic(
    size: int, values: int | None, draws: int, spread: float, highest: int, seed: int
) -> None:
    """Whatever the ties, the spread and the quotas, every number is that of integers and a sort."""
    engine = Engine.prepare(points_cohort(size, seed=seed, values=values), RULES, groups=GROUPS, quota=7)
    many = around(draws, seed=seed, spread=spread, quotas=range(highest + 1))
    assert told(engine.run(many)) == Literal(engine, quota=7).answer(many)


@settings(max_examples=10)
@given(
    size=st.integers(1, 300),
    values=st.sampled_from([1, 3, None]),
    shares=st.sampled_from([(0.0, 1.0), (0.5, 0.6), (1.0, 1.0), (0.0, 0.0), (0.9, 1.0)]),
    seed=st.integers(0, 2**32 - 1),
)
def test_equals_integer_arithmetic_when_a_share_applies(
    size: int, values: int | None, shares: tuple[float, float], seed: int
) -> None:
    """A draw's pool is the eligible whose lot is below its share, and nothing else changes."""
    engine = Engine.prepare(
        points_cohort(size, seed=seed, values=values), RULES, groups=GROUPS, quota=5, seed=3
    )
    plain = around(120, seed=seed, spread=0.3, quotas=[1, 2, 20, 100, 300])
    share = np.random.default_rng(seed).uniform(*shares, len(plain))
    many = Draws(plain.weights, plain.quota, applies=share)
    assert told(engine.run(many)) == Literal(engine, quota=5, lots=lots(3, size)).answer(many)


@pytest.mark.parametrize("spread", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("draws", [20, 1_500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_equals_integer_arithmetic_on_generated_applicants(spread: float, draws: int) -> None:
    """Six thousand generated applicants, the ineligible among them, give the same numbers."""
    groups = ("education_level", "age_band", "sex", "sector")
    engine = Engine.prepare(facts_cohort(6_000), RULES, groups=groups, quota=300)
    many = around(draws, seed=draws, spread=spread, quotas=range(285, 316))
    assert told(engine.run(many)) == Literal(engine, quota=300).answer(many)


@pytest.mark.parametrize("quotas", [[1], [2_999, 3_000, 3_001], [5_999, 6_000, 10**9], [1, 3_000, 6_000]])
def test_any_quota(quotas: list[int]) -> None:
    """The cutoff is exact from the first place to one for everybody."""
    engine = Engine.prepare(facts_cohort(6_000), RULES, groups=("sector",), quota=300)
    many = around(200, seed=5, spread=0.3, quotas=quotas)
    assert told(engine.run(many)) == Literal(engine, quota=300).answer(many)


def test_weights_left_out_and_huge() -> None:
    """A weight may be 0, all of them even, or so large that scores leave the range of a float32."""
    engine = Engine.prepare(points_cohort(500, seed=1), RULES, groups=GROUPS, quota=20)
    random = np.random.default_rng(2)
    weights = random.choice([0, 1, UNIT, 999 * UNIT, 1_000 * UNIT], (300, NINE)).astype(np.int32)
    weights[:5] = 0
    many = Draws(weights, np.full(300, 20))
    assert told(engine.run(many)) == Literal(engine, quota=20).answer(many)


def test_all_equal_people_in_many_draws() -> None:
    """A cohort in which nobody can be told apart is admitted whole in every draw."""
    engine = Engine.prepare(points_cohort(1_000, seed=1, values=1), RULES, groups=GROUPS, quota=20)
    out = engine.run(around(5_000, seed=1, spread=0.5, quotas=[1, 20, 999]))
    assert set(out.admitted.tolist()) == {1_000}
    assert set(out.person_counts.tolist()) == {5_000}


def test_crowds_that_apply_or_not() -> None:
    """Equal people who apply only sometimes all stand at the cutoff, and it is still exact."""
    engine = Engine.prepare(points_cohort(800, seed=1, values=2), RULES, groups=GROUPS, quota=200, seed=1)
    plain = around(600, seed=1, spread=0.0, quotas=[100, 300])
    many = Draws(plain.weights, plain.quota, applies=np.linspace(0.3, 0.9, 600))
    assert told(engine.run(many)) == Literal(engine, quota=200, lots=lots(1, 800)).answer(many)


@pytest.mark.parametrize("width", [0.0, 0.02, 0.5, 50.0])
@pytest.mark.parametrize("values", [2, 3, 12, None])
def test_bands_of_any_width(monkeypatch: pytest.MonkeyPatch, width: float, values: int | None) -> None:
    """A band that is far too narrow or too wide for its prediction costs time and no exactness."""
    monkeypatch.setattr(part, "_WIDTH", width)
    monkeypatch.setattr(part, "_SURE", width)
    engine = Engine.prepare(points_cohort(900, seed=4, values=values), RULES, groups=GROUPS, quota=100)
    for spread, centre in ((0.05, 1.0), (0.4, 1.0), (0.0, 1.0), (0.01, 0.02)):
        many = around(250, seed=4, spread=spread, centre=centre, quotas=[40, 41, 45, 50])
        assert told(engine.run(many)) == Literal(engine, quota=100).answer(many)


@pytest.mark.parametrize("held", [1, 500])
def test_crowded_bands_are_split(monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    """Where a band has more entries than are held at once, the draws are split, down to single ones."""
    monkeypatch.setattr(leaf, "_MOST_ENTRIES", held)
    engine = Engine.prepare(points_cohort(900, seed=4, values=12), RULES, groups=GROUPS, quota=100)
    many = around(120, seed=4, spread=0.3, quotas=[40, 400])
    assert told(engine.run(many)) == Literal(engine, quota=100).answer(many)


def test_small_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts that are split down to the smallest give the same numbers."""
    for name, value in {"_AREA": 1, "_FEWEST": 8}.items():
        monkeypatch.setattr(sweep, name, value)
    engine = Engine.prepare(points_cohort(2_000, seed=4), RULES, groups=GROUPS, quota=100)
    many = around(700, seed=4, spread=0.5, quotas=[40, 50, 60])
    assert told(engine.run(many)) == Literal(engine, quota=100).answer(many)


def test_draws_far_apart() -> None:
    """Draws that have nothing in common, so that no prediction can be right, are still exact."""
    engine = Engine.prepare(points_cohort(3_000, seed=9), RULES, groups=GROUPS, quota=200)
    random = np.random.default_rng(9)
    weights = np.where(random.random((400, NINE)) < 0.5, 0, 5 * UNIT).astype(np.int32)
    many = Draws(weights, random.integers(1, 3_000, 400))
    assert told(engine.run(many)) == Literal(engine, quota=200).answer(many)
