"""Words of replications and of people, against plain arrays of yes and no."""

from itertools import pairwise

import numpy as np
import pytest

from simulate.queue.bits import Adder, count, packed
from simulate.queue.crowd import Crowd, by_people, count_masked

REPLICATIONS = 128


def crowd(people: int) -> np.ndarray:
    """Return who does something, bool [people, replications]."""
    return np.random.default_rng(people).random((people, REPLICATIONS)) < 0.4


@pytest.mark.parametrize("people", [0, 1, 63, 64, 65, 1_000])
def test_people_are_counted_by_replication(people: int) -> None:
    """Bits are counted and turned alike, for people that fill words and that do not."""
    yes = crowd(people)
    words = packed(yes)
    assert count(words).tolist() == yes.sum(axis=0).tolist()
    turned = by_people(words)
    bits = turned[:, None] >> np.arange(64, dtype=np.uint64)[:, None] & np.uint64(1)
    assert np.array_equal(bits.reshape(-1, REPLICATIONS)[:people], yes)
    assert not bits.reshape(-1, REPLICATIONS)[people:].any()


def test_people_are_added_in_parts_of_any_size() -> None:
    """Parts of several sizes, and the parts of another adder, add up to everybody."""
    yes = crowd(5_000)
    one, other = Adder(), Adder()
    for adder, ends in ((one, [0, 700, 1_400, 2_100, 2_800, 2_801]), (other, [2_801, 4_900, 5_000])):
        for start, end in pairwise(ends):
            adder.add(packed(yes[start:end]))
    one.join(other)
    assert one.total().tolist() == yes.sum(axis=0).tolist()


def test_a_crowd_knows_how_many_are_first_and_who_is_at_a_rank() -> None:
    """Counts up to any end, cuts there, masks and places of ranks are those of sorted people."""
    yes, random = crowd(1_000), np.random.default_rng(1)
    those = Crowd.of(packed(yes))
    ends = random.integers(0, 1_001, REPLICATIONS)
    ends[:3] = 0, 960, 1_000
    first = np.arange(1_000)[:, None] < ends
    assert those.up_to(ends).tolist() == (yes & first).sum(axis=0).tolist()
    assert np.array_equal(those.cut(ends), by_people(packed(yes & first))[: -(-1_000 // 64)])
    named = random.random(1_000) < 0.1
    assert count_masked(those.turned, named).tolist() == yes[named].sum(axis=0).tolist()
    ranks = np.array([np.ones(REPLICATIONS, dtype=np.int64), those.number])
    expected = [np.argmax(yes, axis=0), 999 - np.argmax(yes[::-1], axis=0)]
    assert np.array_equal(those.places(ranks), expected)
