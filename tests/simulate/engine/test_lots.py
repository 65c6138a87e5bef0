"""Lots decide who applies: the same people at the same share, whatever the draw."""

from __future__ import annotations

import numpy as np

from simulate.engine.lots import lots


def test_lots_are_those_of_splitmix64() -> None:
    """The stream is SplitMix64's, whose first numbers from the state 0 are published.

    E220A8397B1DCDAF, 6E789E6AA1B965F4 and 06C45D188009454F are those of Vigna's reference program.
    """
    first = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert lots(0, 3).tolist() == [(number >> 11) / 2**53 for number in first]


def test_lots_hang_on_seed_and_position_alone() -> None:
    """A larger cohort only adds lots, and another seed gives others."""
    assert lots(7, 5).tolist() == lots(7, 900)[:5].tolist()
    assert set(lots(7, 900).tolist()).isdisjoint(lots(8, 900).tolist())


def test_lots_are_uniform() -> None:
    """Every tenth of the unit interval holds about a tenth of the lots, under small and large seeds."""
    for seed in (0, 1, 2**63, 2**64 + 5):
        tenths = np.bincount((lots(seed, 100_000) * 10).astype(int), minlength=10)
        assert abs(tenths - 10_000).max() < 5 * 95
