"""What a result says of its levers: shares and means of functions whose answer is known."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy import stats

from simulate.experiment.responses import bins, explained, levels, responses
from simulate.experiment.summary import EXACT

DRAWS = 4_096


def sample(draws: int = DRAWS) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Draw three levers, of which the third does nothing, and a choice: 3 a + b + (c is yes)."""
    points = stats.qmc.Sobol(4, rng=7).random(draws)
    choice = np.where(points[:, 3] < 0.5, "no", "yes")
    cutoff = 90 + 3 * points[:, 0] + points[:, 1] + (choice == "yes")
    number = pl.Series(np.arange(draws))
    levers = {"a": points[:, 0], "b": points[:, 1], "idle": points[:, 2], "c": choice}
    exact = (cutoff * EXACT).round().astype(np.int64)
    return pl.DataFrame({"draw": number, **levers}), pl.DataFrame({"draw": number, "cutoff_exact": exact})


def test_shares_are_those_of_a_known_function() -> None:
    """Var(3 a) : Var(b) : Var(c) = 9/12 : 1/12 : 1/4 of 13/12; tenths of a straight line lose a hundredth."""
    found = {row["lever"]: row for row in explained(*sample()).iter_rows(named=True)}
    whole = 9 / 12 + 1 / 12 + 1 / 4
    assert found["a"]["share"] == pytest.approx(9 / 12 / whole * 0.99, abs=0.004)
    assert found["b"]["share"] == pytest.approx(1 / 12 / whole * 0.99, abs=0.004)
    assert found["c"]["share"] == pytest.approx(1 / 4 / whole, abs=0.004)
    assert abs(found["idle"]["share"]) < 0.004
    assert all(0 < row["standard_error"] < 0.02 for row in found.values())


def test_the_error_of_a_share_is_that_of_samples_drawn_anew() -> None:
    """Two hundred samples of 400: the jackknife's error is their spread, within a third."""
    rng, shares, errors = np.random.default_rng(3), [], []
    for _ in range(200):
        lever, noise = rng.random(400), rng.random(400)
        table = pl.DataFrame({"draw": np.arange(400), "a": lever})
        exact = ((lever + noise) * EXACT).round().astype(np.int64)
        row = explained(table, pl.DataFrame({"draw": np.arange(400), "cutoff_exact": exact})).row(
            0, named=True
        )
        shares.append(row["share"])
        errors.append(row["standard_error"])
    assert np.mean(shares) == pytest.approx(0.5 * (1 - 1 / 25), abs=0.01)
    assert np.mean(errors) == pytest.approx(np.std(shares), rel=1 / 3)


def test_parts_of_a_lever_have_their_mean_cutoff() -> None:
    """Tenths of the first lever stand 0.3 apart; a choice has a part for each of its names."""
    found = responses(*sample())
    first = found.filter(lever="a")
    assert first["draws"].to_list() == pytest.approx([DRAWS / 10] * 10, abs=1)
    assert np.diff(first["cutoff"]) == pytest.approx(0.3, abs=0.02)
    assert (first["low"] <= first["high"]).all()
    choices = found.filter(lever="c")
    assert choices["choice"].to_list() == ["no", "yes"]
    assert choices["cutoff"][1] - choices["cutoff"][0] == pytest.approx(1, abs=0.02)
    assert choices["low"].null_count() == 2
    no = sample()[1].filter(pl.Series(sample()[0]["c"] == "no"))["cutoff_exact"].to_numpy() / EXACT
    assert choices["standard_error"][0] == pytest.approx(float(np.std(no, ddof=1)) / len(no) ** 0.5)


def test_few_values_are_a_part_each() -> None:
    """A quota of three values has three parts, whatever their size."""
    draws = pl.DataFrame({"draw": range(6), "quota": [1, 1, 1, 2, 3, 3]})
    outcomes = pl.DataFrame(
        {"draw": range(6), "cutoff_exact": [EXACT * value for value in (9, 9, 9, 8, 7, 5)]}
    )
    found = responses(draws, outcomes)
    assert found["draws"].to_list() == [3, 1, 2]
    assert found["cutoff"].to_list() == [9, 8, 6]
    assert found["standard_error"].to_list() == [0, None, 1]


def test_what_never_moves_explains_nothing() -> None:
    """No share is told of a cutoff that stays, nor of fewer draws than blocks and parts ask for."""
    draws, outcomes = sample(256)
    still = outcomes.with_columns(pl.lit(EXACT).alias("cutoff_exact"))
    assert explained(draws, still)["share"].null_count() == 4
    assert explained(draws.head(30), outcomes.head(30))["share"].null_count() == 4


def test_draws_without_a_cutoff_are_left_out() -> None:
    """Nobody admitted is no cutoff of nought."""
    draws, outcomes = sample(256)
    none = outcomes.with_columns(pl.when(pl.col("draw") > 0).then("cutoff_exact"))
    assert responses(draws, none).filter(lever="c")["draws"].sum() == 255


def test_levels_beyond_the_most_are_taken_together() -> None:
    """The largest keep their rows; the others are summed draw by draw before anything is averaged."""
    counts = {"x": [5, 7], "y": [90, 80], None: [1, 5], "w": [4, 8]}
    rows = [
        (draw, group, level, counts[level][draw], counts[level][draw] / 100)
        for draw in (0, 1)
        for group in ("g", "h")
        for level in counts
        if group == "g" or level in ("x", None)
    ]
    groups = pl.LazyFrame(rows, ["draw", "group", "level", "admitted", "share"], orient="row")
    found = levels(groups, most=2)
    assert found["group"].to_list() == ["g", "g", "h", "h"]
    assert found["level"].to_list() == ["y", None, "x", None]
    assert found["others"].to_list() == [0, 3, 0, 0]
    # Draw by draw the three are 10 and 20.
    assert found.row(1)[3:] == pytest.approx((15, 10.5, 19.5, 0.15))
    assert levels(groups, most=4)["level"].to_list() == ["x", "y", None, "w", "x", None]
    assert levels(groups, most=4).row(0)[3:] == pytest.approx((6, 5.1, 6.9, 0.06))


def test_cutoffs_are_put_into_bins_of_round_width() -> None:
    """From 97.00 to 97.99 in at most 40 bins: a width of 0.05, twenty bins, every cutoff in its own."""
    exact = [round(EXACT * (97 + number / 100)) for number in range(100)]
    found = bins(pl.DataFrame({"cutoff_exact": [*exact, None]}), most=40)
    assert found["draws"].to_list() == [5] * 20
    assert found["lower"].to_list() == pytest.approx([97 + 0.05 * number for number in range(20)])
    assert (found["upper"] - found["lower"]).to_list() == pytest.approx([0.05] * 20)
    assert bins(pl.DataFrame({"cutoff_exact": exact}), most=100).height == 100
    alone = bins(pl.DataFrame({"cutoff_exact": exact[:1] * 3}), most=40)
    assert alone.rows() == [(97.0, 97.01, 3)]
    assert bins(pl.DataFrame({"cutoff_exact": pl.Series([None], dtype=pl.Int64)}), most=40).is_empty()
