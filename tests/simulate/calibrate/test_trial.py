"""The rounds under the trial rules, by hand."""

import numpy as np
import polars as pl
import pytest

from simulate.calibrate.trial import ROUNDS, Stock
from simulate.calibrate.written import committed_targets, committed_trial
from tests.simulate.calibrate.people import careers

# Cutoffs were 90.75 in 2018 and 93.58 in 2019. From the first to the last: admitted in 2018; applied in 2018
# and admitted in 2019; applied in 2018 in vain; came in 2019 in vain; came in 2020 and was below both times;
# came in 2020 and would have been admitted in 2019; came in 2020 and would have been admitted in 2018 alone.
TOTALS = {
    2018: [95.0, 88.0, 80.0, 80.0, 70.0, 90.0, 92.0],
    2019: [99.0, 94.0, 84.0, 84.0, 74.0, 94.0, 93.0],
    2020: [99.0, 96.0, 88.0, 88.0, 78.0, 96.0, 99.0],
}
CAME = [2018, 2018, 2018, 2019, 2020, 2020, 2020]
WEIGHTS = np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0])


def stock(leaves: float = 0.0) -> Stock:
    """Count the seven."""
    return Stock.of(careers(TOTALS, applies_from=CAME, origin=2020), WEIGHTS, leaves=leaves)


def test_people_are_counted_where_they_belong() -> None:
    """Only who was below the cutoff from a round on can have applied in it in vain."""
    assert stock() == Stock(admitted=(1, 2), waiting=2, applied=(4, 12), could=(16, 80))


def test_who_leaves_anyway_is_counted_before_and_after() -> None:
    """A tenth leaves a round: fewer are left of who came early, and more must come to be there in 2020."""
    found = stock(leaves=0.1)
    assert found.admitted == pytest.approx((1, 2 * 0.9))
    assert found.applied == pytest.approx((4, 4 * 0.9 + 8))
    assert found.could == pytest.approx((16 / 0.81, 80 / 0.9))


def test_applicants_are_those_who_came_again_and_those_who_left() -> None:
    """Half had applied and a fifth left each time: 1 + 2 / 0.8 + 12 / 0.64, and 2 + 52 / 0.8."""
    assert stock().applicants(0.5, 0.2) == pytest.approx((22.25, 67.0))


def test_the_applicants_of_the_trial_rounds_come_out() -> None:
    """The committed shares give the published numbers, lie between 0 and 1, and are marked as assumed."""
    found, targets = committed_trial(), committed_targets().filter(pl.col("assumed"))
    assert targets["round"].to_list() == list(ROUNDS)
    assert targets["published"].to_list() == [124_657, 106_403]
    assert found.given == pytest.approx(targets["published"].to_list(), rel=1e-3)
    assert 0 < found.applied < 1
    assert 0 < found.left < 1
    assert all(known < given for known, given in zip(found.known, found.given, strict=True))
