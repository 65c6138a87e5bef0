"""Draws of rules in families: each step against plain arithmetic, and the whole where every guess is poor."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from simulate.engine import UNIT, Draws, Engine, families
from simulate.engine.bounds import Bounds
from simulate.engine.look import Look
from simulate.engine.lots import lots
from simulate.engine.term import Term
from tests.simulate.engine.cohorts import NINE, RULES, facts_cohort
from tests.simulate.engine.literal import Literal, told

ROWS, DRAWS = 80, 60


def terms(seed: int, *, heaviest: int = 3_000) -> tuple[Term, ...]:
    """Draw a fixed term, two that change together, one of drawn weights, one that tells all draws apart."""
    random = np.random.default_rng(seed)
    made = []
    together = random.integers(0, 4, DRAWS)
    for number, variants in enumerate((1, 4, 4, 3, DRAWS)):
        weight = random.integers(0, heaviest, DRAWS) if number == 3 else np.full(DRAWS, UNIT)
        variant = together if variants == 4 else random.integers(0, variants, DRAWS)
        tables = random.integers(-3_000, 6_000, (variants, 7))
        made.append(Term(random.integers(0, 6, ROWS), tables, variant, weight.astype(np.int32)))
    return tuple(made)


def totals(some: tuple[Term, ...]) -> NDArray[np.int64]:
    """Add up the points of every draw and row, [draws, rows], one by one."""
    return np.array(
        [
            [
                sum(int(t.tables[t.variant[d], t.codes[r]]) * int(t.weight[d]) for t in some)
                for r in range(ROWS)
            ]
            for d in range(DRAWS)
        ]
    )


@pytest.mark.parametrize("heaviest", [3_000, 10**6])
def test_a_look_adds_up_every_term(heaviest: int) -> None:
    """Totals are those of the terms, for all rows and some, also where they do not fit 32 bits."""
    some = terms(1, heaviest=heaviest)
    look, expected, draws = Look.of(some), totals(some), np.array([0, 7, 59])
    assert look.base.dtype == (np.int32 if heaviest == 3_000 else np.int64)
    assert np.array_equal(look.totals(draws), expected[draws])
    few = np.array([2, 3, 40])
    assert np.array_equal(look.narrowed(few).totals(draws), expected[draws][:, few])


def test_draws_that_share_a_table_share_its_sum() -> None:
    """A term whose points are told to the base leaves the totals of the draws that share its table."""
    some = terms(2)
    look, expected = Look.of(some), totals(some)
    for term in {id(term): term for joint in look.joints for term, _ in joint.parts}.values():
        _, state = term.states(np.arange(DRAWS))
        out = look.settled(term)
        for number in range(3):
            own = np.flatnonzero(state == number)
            assert np.array_equal(out.at(int(own[0])).totals(own), expected[own])


@pytest.mark.parametrize("seed", range(6))
def test_no_row_is_outside_its_bounds(seed: int) -> None:
    """Every total less its draw's pivot lies within the row's bounds, whatever the guesses are."""
    some, random = terms(seed), np.random.default_rng(seed)
    look, expected, draws = Look.of(some), totals(some), np.arange(seed, DRAWS, 1 + seed)
    guess = random.integers(-(10**7), 10**7, DRAWS)[draws]
    bounds = Bounds.of(look.base, look.joints, draws, guess)
    above = expected[draws] - (guess - bounds.shift)[:, None]
    assert (bounds.low <= above.min(axis=0)).all()
    assert (above.max(axis=0) <= bounds.high).all()


def test_the_pivot_follows_the_guesses() -> None:
    """Where the guesses are sums of what each term is worth, little is left of them."""
    some = terms(3)[:4]
    look, guess = Look.of(some), totals(some)[:, 5]
    shift = Bounds.of(look.base, look.joints, np.arange(DRAWS), guess).shift
    assert np.ptp(shift) < np.ptp(guess) / 20


def test_tables_of_one_rate_are_told_apart_by_one_number() -> None:
    """Tables that are multiples of each other differ in one direction, and the numbers are in proportion."""
    rates = np.array([2, 3, 7, 4])
    term = Term(
        np.arange(5), rates[:, None] * np.array([0, 10, 20, 30, 70]), np.arange(4), np.full(4, UNIT, np.int32)
    )
    told_apart = term.told(np.full(5, 0.2))
    assert np.count_nonzero(np.ptp(told_apart, axis=0) > 1e-6) == 1
    moved = told_apart[:, np.argmax(np.ptp(told_apart, axis=0))]
    assert np.allclose(np.diff(moved) / np.diff(rates), np.diff(moved)[0])


def drawn(draws: int, seed: int) -> Draws:
    """Draw rates, caps, a ladder, a condition, weights and shares that apply, and quotas beyond the pool."""
    random = np.random.default_rng(seed)
    pools: dict[str, list[Any]] = {
        "employment.points_per_year": [2, 3, 4],
        "education.points.master": list(range(20, 30)),
        "tax.points_per_award": [1, 2, 3],
        "age.ladder": [RULES["age.ladder"], [{"up_to": 45, "points": 20}]],
        "eligibility.continuous_months": [60, 84, 96],
    }
    changes = tuple(
        {path: pool[random.integers(len(pool))] for path, pool in pools.items()} for _ in range(draws)
    )
    weights = np.full((draws, NINE), UNIT, dtype=np.int32)
    weights[:, 2] = random.integers(900, 1_100, draws)
    quota = random.choice(np.array([0, 1, 40, 60, 80, 700, 2_000]), draws)
    return Draws(weights, quota, changes, random.uniform(0.7, 1, draws))


@pytest.mark.parametrize(
    "pinned",
    [
        {"_BOUNDS": 0.0},
        {"_BOUNDS": 0.0, "_WIDTH": 0.5, "_AREA": 1},
        {"_WIDTH": 0.0},
        {"_WIDTH": 1e4},
    ],
)
def test_poor_guesses_and_small_families_are_exact(
    monkeypatch: pytest.MonkeyPatch, pinned: dict[str, Any]
) -> None:
    """Split to the smallest, with windows that miss or that hold everybody, draws give what a sort gives."""
    for name, value in pinned.items():
        monkeypatch.setattr(families, name, value)
    engine = Engine.prepare(facts_cohort(500), RULES, groups=("age_band", "sector"), quota=60, seed=4)
    many = drawn(90, seed=len(pinned))
    assert told(engine.run(many)) == Literal(engine, quota=60, lots=lots(4, 500)).answer(many)
