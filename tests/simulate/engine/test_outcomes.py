"""Outcomes hang on the draws alone: not on their order, their chunks, or who runs them."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.errors import UnknownName
from simulate.engine import UNIT, Draws, Engine, EngineError, Outcomes
from tests.simulate.engine.cohorts import NINE, RULES, around, facts_cohort, points_cohort
from tests.simulate.engine.literal import told


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Prepare two thousand generated applicants."""
    return Engine.prepare(facts_cohort(2_000), RULES, groups=("sex", "sector"), quota=100)


def test_the_baseline_differs_from_itself_in_nobody(engine: Engine) -> None:
    """Weights of 1 and the baseline's quota admit exactly the baseline."""
    out = engine.run(Draws(np.full((60, NINE), UNIT, dtype=np.int32), np.full(60, 100)))
    assert not out.entered.any()
    assert not out.left.any()


def test_chunks_add_up(engine: Engine) -> None:
    """Any cut of the draws gives the same outcomes once they are put together."""
    many = around(500, seed=1, spread=0.4, quotas=range(0, 2_100, 50))
    parts = [engine.run(many[start : start + size]) for start, size in ((0, 7), (7, 193), (200, 300))]
    assert told(parts[0] + parts[1] + parts[2]) == told(Outcomes.concat(parts)) == told(engine.run(many))


def test_order_of_draws(engine: Engine) -> None:
    """Draws in another order give their outcomes in that order."""
    many = around(300, seed=1, spread=0.4, quotas=[90, 100, 110])
    order = np.random.default_rng(1).permutation(300)
    mixed, plain = engine.run(many[order]), engine.run(many)
    assert mixed.cutoff_exact.tolist() == plain.cutoff_exact[order].tolist()
    assert mixed.person_counts.tolist() == plain.person_counts.tolist()


def test_no_draws(engine: Engine) -> None:
    """No draws give no outcomes, and nobody's probability is a number."""
    out = engine.run(around(10, seed=1, spread=0.1, quotas=[5])[:0])
    assert out.draws == 0
    assert out.group_counts.shape == (0, len(out.levels))
    assert np.isnan(out.probability).all()


def test_no_places(engine: Engine) -> None:
    """A quota of 0 has no cutoff and admits nobody: all of the baseline leaves."""
    out = engine.run(around(70, seed=1, spread=0.1, quotas=[0]))
    assert not out.has_cutoff.any()
    assert not out.person_counts.any()
    assert set(out.left.tolist()) == {int(engine.baseline.sum())}


def test_nobody_applies(engine: Engine) -> None:
    """An empty pool has no cutoff and admits nobody."""
    plain = around(60, seed=1, spread=0.1, quotas=[5])
    out = engine.run(Draws(plain.weights, plain.quota, applies=np.zeros(60)))
    assert not out.has_cutoff.any()
    assert not out.admitted.any()


def test_probability_is_a_share_of_the_draws(engine: Engine) -> None:
    """Over equal draws everyone is in all or in none."""
    out = engine.run(Draws(np.full((80, NINE), UNIT, dtype=np.int32), np.full(80, 100)))
    assert set(out.probability.tolist()) == {0.0, 1.0}
    assert out.probability.sum() == out.admitted[0]


def test_groups_count_everyone_once(engine: Engine) -> None:
    """The levels of each group add up to the admitted."""
    out = engine.run(around(200, seed=1, spread=0.4, quotas=[90, 100, 110]))
    for group in ("sex", "sector"):
        own = [name == group for name, _ in out.levels]
        assert out.group_counts[:, own].sum(axis=1).tolist() == out.admitted.tolist()


def test_people_without_a_level_are_a_level() -> None:
    """Those whom a group does not place are counted under None, and the levels still add up."""
    cohort = points_cohort(50, seed=1)
    frame = cohort.frame.with_columns(sector=cohort.frame["sector"].replace("a", None))
    blank = type(cohort)(cohort.level, frame, cohort.groups, (), cohort.round_year, cohort.source)
    out = Engine.prepare(blank, RULES, groups=("sector",), quota=20).run(
        around(5, seed=1, spread=0.1, quotas=[20])
    )
    assert [level for _, level in out.levels] == ["b", "c", None]
    assert out.group_counts.sum(axis=1).tolist() == out.admitted.tolist()


def test_an_unknown_group_is_refused_with_the_nearest() -> None:
    """A misspelt group names the one that was probably meant."""
    with pytest.raises(UnknownName, match="did you mean sector"):
        Engine.prepare(facts_cohort(2_000), RULES, groups=("sectr",), quota=1)


def test_a_number_is_no_group() -> None:
    """A column of numbers is refused."""
    with pytest.raises(EngineError, match="total is no group"):
        Engine.prepare(facts_cohort(2_000), RULES, groups=("total",), quota=1)


@pytest.mark.parametrize(
    ("weights", "quota", "applies", "words"),
    [
        (np.full((2, 8), UNIT), [1, 1], None, "9 weights"),
        (np.full((2, 9), UNIT), [1, -1], None, "draw 1: a quota"),
        (np.array([[UNIT] * 9, [-1] * 9]), [1, 1], None, "draw 1: a weight"),
        (np.array([[1001 * UNIT] * 9, [UNIT] * 9]), [1, 1], None, "draw 0: a weight"),
        (np.full((2, 9), UNIT), [1, 1], [0.5, 1.5], "draw 1: a share"),
        (np.full((2, 9), UNIT), [1, 1], [0.5, np.nan], "draw 1: a share"),
        (np.full((2, 9), UNIT), [1, 1], [0.5], "1 applies for 2 draws"),
    ],
)
def test_impossible_draws_are_refused(
    weights: np.ndarray, quota: list[int], applies: list[float] | None, words: str
) -> None:
    """A draw that cannot be is refused, and the message names it."""
    with pytest.raises(EngineError, match=words):
        Draws(
            weights.astype(np.int32), np.array(quota), applies=None if applies is None else np.array(applies)
        )
