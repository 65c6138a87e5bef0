"""Joint look-ups give what the terms give one by one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulate.engine import term
from simulate.engine.joint import join
from simulate.engine.term import Term

ROWS = 300


def terms(lengths: list[int], draws: int, seed: int, *, rows: int = ROWS) -> list[Term]:
    """Draw terms of so many codes, of which some may not occur."""
    random = np.random.default_rng(seed)
    return [
        Term(
            random.integers(0, length, rows).astype(np.int16),
            random.integers(-3_000, 3_000, (3, length)),
            random.integers(0, 3, draws),
            random.integers(0, 2_048, draws).astype(np.int32),
        )
        for length in lengths
    ]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.integers(1, 40), st.integers(0, 1_000))
def test_joints_add_up_to_the_terms(lengths: list[int], draws: int, seed: int) -> None:
    """The points of joints add up to those of the terms, in every draw and row."""
    some = terms(lengths, draws, seed)
    joints = join(some)
    for draw in {0, draws - 1}:
        expected = sum(term.tables[term.variant[draw]][term.codes] * int(term.weight[draw]) for term in some)
        tables = [(joint, joint.tables(np.array([draw]), np.int64)[0]) for joint in joints]
        assert np.array_equal(sum(table[joint.codes] for joint, table in tables), expected)


@pytest.mark.parametrize(("draws", "joints"), [(15, 3), (16, 1)])
def test_few_draws_are_not_worth_joining(draws: int, joints: int) -> None:
    """Terms of few codes become one where enough draws share them."""
    assert len(join(terms([3, 4, 5], draws, 1))) == joints


def test_terms_of_many_codes_stay_apart() -> None:
    """A joint holds no more codes than a table that stays near the processor."""
    some = terms([500, 500, 2], 20, 1, rows=20_000)
    assert len(join(some)) == 2


@pytest.mark.parametrize(("entries", "joints"), [(1 << 17, 1), (3, 2)])
def test_terms_that_change_together_are_one(
    monkeypatch: pytest.MonkeyPatch, entries: int, joints: int
) -> None:
    """Terms whose draws share tables alike become one look-up, unless its tables would be large."""
    monkeypatch.setattr(term, "_MOST_SUMS", entries)
    one, other = terms([500, 500], 20, 1, rows=5_000)
    both = replace(other, variant=(one.variant + 1) % 3, weight=one.weight)
    joined = join([one, both])
    assert len(joined) == joints
    for draw in range(20):
        expected = one.table(draw)[one.codes] + both.table(draw)[both.codes]
        found = sum(joint.tables(np.array([draw]), np.int64)[0][joint.codes] for joint in joined)
        assert np.array_equal(found, expected)


def test_no_term_gives_no_joint() -> None:
    """Where no term varies, nothing is joined."""
    assert join([]) == ()
