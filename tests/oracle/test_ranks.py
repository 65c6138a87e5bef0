"""Hold the literal ranking against lists ranked by hand."""

import pytest

from .ranks import rank_literally

TOTALS = [9000, 9713, 9713, 10000, 9713, 8000]
EVERYONE = [True] * 6


def test_ties_share_the_best_rank() -> None:
    """100.00 is first, the three of 97.13 are second, and the next is fifth."""
    assert rank_literally(TOTALS, EVERYONE, quota=1).ranks == [5, 2, 2, 1, 2, 6]


@pytest.mark.parametrize(
    ("quota", "cutoff", "admitted", "tied"),
    [
        (0, None, 0, 0),
        (1, 10000, 1, 1),
        (2, 9713, 4, 3),
        (4, 9713, 4, 3),
        (5, 9000, 5, 1),
        (6, 8000, 6, 1),
        (60, 8000, 6, 1),
    ],
)
def test_cutoff_is_the_total_at_the_quota(quota: int, cutoff: int | None, admitted: int, tied: int) -> None:
    """Everyone with the total at rank quota is in; a quota above the pool takes everyone."""
    got = rank_literally(TOTALS, EVERYONE, quota=quota)
    assert (got.cutoff, got.admitted_count, got.tied_at_cutoff) == (cutoff, admitted, tied)
    assert got.admitted == [cutoff is not None and total >= cutoff for total in TOTALS]


def test_the_ineligible_neither_rank_nor_tie() -> None:
    """Without the best and one of the tied, 97.13 is first twice, and a quota of 3 reaches 90.00."""
    got = rank_literally(TOTALS, [True, True, False, False, True, True], quota=3)
    assert got.ranks == [3, 1, None, None, 1, 4]
    assert got.admitted == [True, True, False, False, True, False]
    assert (got.applicants, got.eligible, got.cutoff, got.tied_at_cutoff) == (6, 4, 9000, 1)


def test_nobody_eligible_has_no_cutoff() -> None:
    """With nobody eligible there is no cutoff, and nobody is admitted."""
    got = rank_literally(TOTALS, [False] * 6, quota=3)
    assert (got.cutoff, got.admitted_count, got.ranks) == (None, 0, [None] * 6)


def test_negative_totals_rank_below_zero() -> None:
    """A total below zero ranks like any other."""
    got = rank_literally([-3000, 0, -1], [True] * 3, quota=2)
    assert (got.ranks, got.cutoff, got.admitted) == ([3, 1, 2], -1, [False, True, True])


def test_a_quota_below_zero_is_refused() -> None:
    """A negative quota is no quota."""
    with pytest.raises(ValueError, match="not negative"):
        rank_literally([1], [True], quota=-1)
