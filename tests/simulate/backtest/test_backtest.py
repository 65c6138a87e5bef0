"""The backtest: errors, scores and coverage on forecasts made by hand."""

import numpy as np
import polars as pl
import pytest

from simulate.backtest import backtest
from simulate.backtest.actual import births, shares, totals
from simulate.backtest.backtest import Backtest, crps
from simulate.forecast import Forecast, Outlook
from simulate.forecast.years import Round


def said(year: int, cutoff: float, born: dict[int, float]) -> Round:
    """Make what one member says: every rank has the same total."""
    return Round(
        year=year,
        cutoff=round(100 * cutoff),
        rank_scores=dict.fromkeys(range(1000, 7000, 1000), round(100 * cutoff)),
        education={0: 0.05, 1050: 0.3, 1500: 0.4, 2600: 0.24, 3700: 0.01},
        area_share=0.9,
        area_mean=8.0,
        tax_share=0.3,
        mean_age=42.0,
        full_age_share=0.97,
        birth_years=born,
        late_share=0.2,
    )


@pytest.fixture(scope="module")
def found() -> Backtest:
    """Forecast 2022 from 2021 by three members, with half of the admitted born in 1980 and half in 1981."""
    rounds = tuple(said(2022, cutoff, {1980: 3000, 1981: 3000}) for cutoff in (105.0, 105.5, 106.0))
    return backtest({2021: Forecast(2021, (Outlook(2022, rounds),))})


def test_the_truth_is_what_is_published() -> None:
    """105.42 in 2022, 108.67 at rank 1,000; 32.1 % with tax points; of 2021 only births and totals."""
    assert totals(2022) == pytest.approx(
        {
            "cutoff": 105.42,
            "rank 1000": 108.67,
            "rank 2000": 107.17,
            "rank 3000": 106.59,
            "rank 4000": 106.17,
            "rank 5000": 105.79,
            "rank 6000": 105.42,
        }
    )
    assert shares(2022)["tax_share"] == pytest.approx(100 * (891 + 609 + 429) / 6006)
    assert shares(2022)["education 26"] == pytest.approx(100 * 1403 / 6006)
    assert shares(2022)["area_mean"] == pytest.approx(8.1092, abs=5e-5)
    assert set(shares(2021)) == {"mean_age"}


def test_a_score_is_the_error_of_one_number_and_less_for_an_honest_spread() -> None:
    """By hand for 0 and 2 against 1: both are off by 1, and apart by 1 on average: 1 - 0.5."""
    assert crps(np.array([3.0, 3.0]), 5.0) == pytest.approx(2)
    assert crps(np.array([0.0, 2.0]), 1.0) == pytest.approx(0.5)


def test_errors_are_those_of_the_median(found: Backtest) -> None:
    """105.50 against 105.42, within 105.1 to 105.9; rules have an error and no interval."""
    (line,) = found.totals.filter((pl.col("method") == "model") & (pl.col("quantity") == "cutoff")).to_dicts()
    assert (line["error"], line["p10"], line["p90"]) == pytest.approx((0.08, 105.1, 105.9))
    rules = found.totals.filter((pl.col("method") != "model") & (pl.col("quantity") == "cutoff"))
    assert rules["method"].to_list() == ["trend", "suburban_owner", "with_outsiders"]
    assert rules["p10"].null_count() == 3


def test_coverage_counts_the_truths_within(found: Backtest) -> None:
    """The cutoff lies within its interval, and two of the six totals by rank."""
    table = found.by_horizon().filter(pl.col("method") == "model")
    within = dict(table.select("of", "within").iter_rows())
    # 108.67, 107.17, 106.59, 106.17 lie above 105.9; 105.79 and 105.42 within.
    assert within == {"cutoff": 1, "ranks": 2}
    assert dict(table.select("of", "forecasts").iter_rows()) == {"cutoff": 1, "ranks": 6}


def test_people_are_compared_by_share_and_by_birth_year(found: Backtest) -> None:
    """Of the forecast births of 1980 and 1981 alone, all but 786 and 843 in 6,006 have another year."""
    people = dict(found.people.select("quantity", "forecast").iter_rows())
    assert people["education 26"] == pytest.approx(24)
    assert people["mean_age"] == pytest.approx(42)
    everyone = sum(births(2022).values())
    assert people["birth_years"] == pytest.approx(100 * (1 - (786 + 843) / everyone))
