"""Bands of the curve: against the rows drawn again one by one, and where they must have no width."""

import numpy as np
import polars as pl
import pytest

from simulate.quota import banded, quota_curve
from tests.reports.rounds import frame, scored
from tests.simulate.quota.pools import drawn, ten


def test_bands_are_those_of_rows_drawn_again() -> None:
    """Counts drawn by total have the spread of an ordinary bootstrap of people, for every column."""
    round_ = drawn(400, seed=4)
    told = banded(quota_curve(round_), [50, 200], replicates=2_000)
    totals = round_.points["total"].to_numpy().astype(int)
    random = np.random.default_rng(9)
    cutoffs, slopes, admitted, tied = [], [], [], []
    for _ in range(2_000):
        again = np.sort(random.choice(totals, 400))[::-1]
        found = again[[49, 199]]
        cutoffs.append(found)
        slopes.append([((again >= one - 50) & (again < one + 50)).sum() for one in found])
        admitted.append([(again >= one).sum() for one in found])
        tied.append([(again == one).sum() for one in found])
    drawn_again = {
        "cutoff": np.array(cutoffs) / 100,
        "slope": np.array(slopes),
        "admitted": np.array(admitted),
        "tied": np.array(tied),
        "backlog": 400 - np.array(admitted),
    }
    for column, rows in drawn_again.items():
        low, high = np.quantile(rows, (0.025, 0.975), axis=0)
        width = high - low
        ends = told.select(pl.col(f"{column}_low", f"{column}_high").cast(pl.Float64)).to_numpy().T
        assert ends[0] == pytest.approx(low, abs=0.2 * width.max())
        assert ends[1] == pytest.approx(high, abs=0.2 * width.max())


def test_a_pool_of_one_total_has_no_width() -> None:
    """Where everybody has the same points, no pool drawn again has another cutoff."""
    told = banded(
        quota_curve(scored(frame({"employment": ["50"] * 20}), quota=0)), [1, 10, 30], replicates=50
    )
    assert told["cutoff_low"].to_list() == told["cutoff_high"].to_list() == told["cutoff"].to_list()


def test_quota_0_has_no_band() -> None:
    """Where nobody is admitted there is nothing to be unsure of."""
    told = banded(quota_curve(ten()), [0, 5], replicates=20)
    ends = ["cutoff_low", "cutoff_high", "slope_low", "slope_high"]
    assert told.select(ends).row(0) == (None,) * 4
    people = ["admitted_low", "admitted_high", "tied_high", "backlog_low", "backlog_high"]
    assert told.select(people).row(0) == (0, 0, 0, 10, 10)
    assert None not in told.select(ends).row(1)
