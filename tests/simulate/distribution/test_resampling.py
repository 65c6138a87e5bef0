"""Intervals by resampling: of distances and employers, against draws of whole populations and by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import scoring
from scoring.points import TOTAL
from simulate.distribution import distances, employers, gini
from simulate.distribution.resampling import middle_of, resampled
from tests.reports.rounds import drawn, scored
from tests.simulate.distribution.rounds import written
from tests.simulate.distribution.test_concentration import of_employers


def test_as_many_are_drawn_as_there_are() -> None:
    """A replicate has everybody's number, nobody of an empty cell, and each cell's share on average."""
    counts = np.array([600, 0, 300, 100])
    again = np.concatenate(list(resampled(counts, 2_000, np.random.default_rng(1))))
    assert set(again.sum(axis=1).tolist()) == {1_000}
    assert set(again[:, 1].tolist()) == {0}
    # A multinomial mean of 2,000 draws: 600 is off by at most five standard errors of sqrt(240 / 2,000).
    assert again.mean(axis=0) == pytest.approx(counts, abs=5 * np.sqrt(240 / 2_000))
    assert again[:, 0].var() == pytest.approx(240, rel=0.15)


def test_the_middle_leaves_a_fortieth_on_each_side() -> None:
    """Of a hundred replicates the third and the 98th; what is no number is no replicate."""
    told = np.concatenate([np.arange(1.0, 101.0), np.full(50, np.nan)])
    assert [float(end) for end in middle_of(told)] == [3, 98]
    assert np.isnan(middle_of(np.full(3, np.nan))).all()


def literal(round_: scoring.Scored, quota: int, replicates: int) -> dict[str, list[tuple[float, float]]]:
    """Draw people one by one, rank them anew, and tell the middle of medians and of those just below."""
    levels = round_.frame["area"].to_numpy()
    totals = round_.points[TOTAL].to_numpy()
    random = np.random.default_rng(9)
    told: dict[str, list[list[float]]] = {"p50": [], "just_below": []}
    for _ in range(replicates):
        rows = random.integers(0, len(totals), len(totals))
        some, cutoff = totals[rows], np.sort(totals[rows])[-quota]
        own = [np.sort(some[levels[rows] == level]) - cutoff for level in ("a", "b")]
        told["p50"].append([float(one[(len(one) + 1) // 2 - 1]) / 100 for one in own])
        told["just_below"].append([float(((one < 0) & (one > -100)).sum()) for one in own])
    ends = {name: np.quantile(values, (0.025, 0.975), axis=0).T for name, values in told.items()}
    return {name: [(low, high) for low, high in one] for name, one in ends.items()}


def test_intervals_of_distances_are_those_of_people_drawn_anew() -> None:
    """Each replicate has its own cutoff; by a plain loop over people the same ends come out, up to chance."""
    areas = np.random.default_rng(2).choice(["a", "b"], 600, p=[0.3, 0.7]).tolist()
    round_ = scored(drawn(600, area=areas), quota=60)
    told = distances(round_, "area", quantiles=[0.5], replicates=2_000)
    for name, ends in literal(round_, 60, 2_000).items():
        tolerance = 0.7 if name == "p50" else 2.1
        for row, (low, high) in zip(told.iter_rows(named=True), ends, strict=True):
            assert float(row[f"{name}_low"]) == pytest.approx(low, abs=tolerance)
            assert float(row[f"{name}_high"]) == pytest.approx(high, abs=tolerance)


def test_distances_without_doubt() -> None:
    """Where all have one total, the distance is 0 for sure; none of four is below, one of others may be."""
    row = distances(written(["a"] * 4, ["80.00"] * 4, quota=2), "area").row(0, named=True)
    assert [str(row[f"p50{end}"]) for end in ("", "_low", "_high")] == ["0.00"] * 3
    # Wilson's upper end of 0 of 4 is 1.96^2 / (4 + 1.96^2) = 0.49, so that 1.96 people are the most.
    assert (row["just_below_low"], row["just_below_high"]) == (0, 1)


def test_distances_without_a_cutoff_have_no_ends() -> None:
    """With quota 0 there is nothing to be distant from."""
    row = distances(written(["a", "b"], ["80.00", "70.00"], quota=0), "area").row(0, named=True)
    assert {row[name] for name in row if name.startswith(("p", "just")) and name != "pool"} == {None}


def test_ends_hold_the_value_and_the_seed_settles_them() -> None:
    """Ends lie on both sides of their number; one seed gives one interval, row order gives the same."""
    areas = np.random.default_rng(2).choice(["a", "b"], 300).tolist()
    one = distances(scored(drawn(300, area=areas), quota=40), "area")
    for part in ("p10", "p25", "p50", "p75", "p90"):
        assert (one[f"{part}_low"] <= one[part]).all()
        assert (one[part] <= one[f"{part}_high"]).all()
    turned = distances(scored(drawn(300, area=areas).reverse(), quota=40), "area")
    assert one.equals(turned)
    assert not one.equals(distances(scored(drawn(300, area=areas), quota=40), "area", seed=2))


def test_employers_of_one_size_leave_nothing_open() -> None:
    """All alike: whichever employers are drawn, as many firms have as many people each."""
    pool = employers(of_employers(["x", "x", "y", "y", "z", "z"], quota=6), top=[1]).row(0, named=True)
    for name, value in {"employers": 3, "hhi": 1 / 3, "gini": 0, "top_1_share": 1 / 3}.items():
        assert [pool[f"{name}{end}"] for end in ("", "_low", "_high")] == pytest.approx([value] * 3)


def test_intervals_of_employers_are_those_of_firms_drawn_anew() -> None:
    """A plain loop over firms, each with its people, gives the same ends, up to chance."""
    sizes = [1] * 30 + [2] * 12 + [3] * 6 + [8, 15]
    ids: list[str | None] = [f"e{number}" for number, size in enumerate(sizes) for _ in range(size)]
    pool = employers(of_employers(ids, quota=20), top=[1], replicates=2_000).row(0, named=True)
    random = np.random.default_rng(4)
    told: dict[str, list[float]] = {"hhi": [], "gini": [], "top_1_share": []}
    for _ in range(2_000):
        firms = np.array(random.choice(sizes, len(sizes)), dtype=float)
        shares = firms / firms.sum()
        for name, value in {
            "hhi": (shares**2).sum(),
            "gini": gini(firms),
            "top_1_share": shares.max(),
        }.items():
            told[name].append(float(value))
    for name, values in told.items():
        low, high = np.quantile(values, (0.025, 0.975))
        assert (pool[f"{name}_low"], pool[f"{name}_high"]) == pytest.approx((low, high), rel=0.06)


@pytest.mark.parametrize(("name", "ends"), [("employers", (2, 2)), ("hhi", (10 / 16, 10 / 16))])
def test_no_replicates_no_doubt(name: str, ends: tuple[Any, Any]) -> None:
    """Without replicates the ends are the number itself."""
    round_ = of_employers(["x", "x", "x", "y", None, "y", "z"], quota=5)
    _, admitted = employers(round_, replicates=0).rows(named=True)
    assert (admitted[f"{name}_low"], admitted[f"{name}_high"]) == pytest.approx(ends)
