"""From the admitted to the people who settle, by hand."""

import numpy as np
import polars as pl
import pytest

import scoring
from simulate.queue.behaviour import behaviour
from simulate.quota import Assumed, QuotaCurve, QuotaError, Uptake, population_effect, quota_curve
from synthetic_data.population import facts
from tests.reports.rounds import RULES
from tests.simulate.quota.pools import drawn, ten

CERTAIN = Uptake(Assumed(0.1, 0.1, 0.1), Assumed(0.5, 0.5, 0.5), children_per_settler=Assumed(1.5, 1.5, 1.5))


@pytest.fixture(scope="module")
def families() -> scoring.Scored:
    """Score facts that say how many minor children everybody has."""
    people = facts(RULES, round_year=2020, size=300, seed=5)
    return scoring.score(scoring.Cohort.from_frame(people, rules=RULES, round_year=2020), RULES, quota=30)


def test_losses_are_shares_of_the_admitted() -> None:
    """Of ten, one withdraws, five lapse, four settle with six children."""
    (row,) = population_effect(quota_curve(ten()), [10], CERTAIN).rows(named=True)
    assert (row["admitted"], row["withdrawn"], row["lapsed"]) == (10, 1.0, 5.0)
    assert (row["settled"], row["children"], row["population"]) == pytest.approx((4, 6, 10))


def test_children_are_those_of_the_admitted(families: scoring.Scored) -> None:
    """At every quota the children are the sum over whom a scoring with that quota admits."""
    none_lost = Uptake(Assumed(0, 0, 0), Assumed(0, 0, 0))
    quotas = [0, 1, 30, 150, 1_000]
    told = population_effect(quota_curve(families), quotas, none_lost, replicates=3)
    for quota, children in zip(quotas, told["children"], strict=True):
        admitted = scoring.score(families.cohort, RULES, quota=quota).frame["admitted"]
        each = families.cohort.frame.select(pl.col("minor_children").cast(pl.Int64)).to_series()
        assert children == each.filter(admitted).sum()


def test_nobody_settles_under_quota_0() -> None:
    """No place, no person, and nothing between the ends of any interval."""
    (row,) = population_effect(quota_curve(ten()), [0], CERTAIN).rows(named=True)
    assert set(row.values()) == {0}


def test_every_number_of_the_way_has_its_interval(families: scoring.Scored) -> None:
    """Each lies between its ends, which the ranges of the rates hold apart."""
    (row,) = population_effect(quota_curve(families), [30], Uptake()).rows(named=True)
    for name in ("admitted", "withdrawn", "lapsed", "settled", "children", "population"):
        assert row[f"{name}_low"] <= row[name] <= row[f"{name}_high"]
    # Of about thirty, from none to two in a hundred lapse.
    assert 0 <= row["lapsed_low"] < 0.1
    assert 0.4 < row["lapsed_high"] < 0.7


def test_certain_rates_leave_the_pool_alone_to_vary() -> None:
    """Where rates have no range and the quota is the whole pool, nothing varies at all."""
    (row,) = population_effect(quota_curve(ten()), [10], CERTAIN).rows(named=True)
    assert row["population_low"] == pytest.approx(row["population_high"])
    assert row["population_low"] == pytest.approx(row["population"])


def test_a_wider_range_gives_a_wider_interval() -> None:
    """The interval holds what the rates may be, not the pool alone."""
    curve = quota_curve(drawn(500, seed=2))
    narrow, wide = (_width(curve, Assumed(1, 1 - spread, 1 + spread)) for spread in (0.1, 0.5))
    assert wide > 3 * narrow


def _width(curve: QuotaCurve, children: Assumed) -> float:
    told = population_effect(curve, np.array([100]), Uptake(children_per_settler=children))
    (row,) = told.rows(named=True)
    return float(row["population_high"] - row["population_low"])


@pytest.mark.parametrize(("value", "low", "high"), [(0.1, 0.2, 0.3), (0.4, 0.2, 0.3), (0.1, -0.1, 0.3)])
def test_a_range_holds_its_value(value: float, low: float, high: float) -> None:
    """A rate outside its own range, or a range below zero, is refused."""
    with pytest.raises(QuotaError, match="range must hold the value"):
        Assumed(value, low, high)


def test_no_more_than_all_withdraw() -> None:
    """Shares of people that may exceed one together are refused, and named."""
    with pytest.raises(QuotaError, match="withdrawal_rate"):
        Uptake(withdrawal_rate=Assumed(0.5, 0, 0.6), lapse_rate=Assumed(0.4, 0.4, 0.5))


def test_the_likeliest_rates_are_those_of_the_queue() -> None:
    """One round and the years to come rest on the same assumptions."""
    number = behaviour().number
    lost = number("notice.objected") * number("notice.upheld") + number("settling.withdraws")
    assert Uptake().withdrawal_rate.value == pytest.approx(lost)
    assert Uptake().lapse_rate.value == number("settling.lapses")
