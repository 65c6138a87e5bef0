"""The quota for a target, against trying every quota, and with the numbers of ten people by hand."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

import scoring
from scoring.errors import UnknownName
from simulate.quota import (
    Assumed,
    QuotaCurve,
    QuotaError,
    Sizing,
    Uptake,
    quota_curve,
    quota_for_backlog,
    quota_for_clearing,
    quota_for_cutoff,
    quota_for_population,
    quota_for_rate,
)
from synthetic_data.population import facts
from tests.reports.rounds import RULES, frame, scored
from tests.simulate.quota.pools import drawn, ten

NONE_LOST = Uptake(Assumed(0, 0, 0), Assumed(0, 0, 0), children_per_settler=Assumed(0.5, 0, 1))


def first(meets: Callable[[int], bool], most: int) -> int:
    """Try every quota from 0 on, and return the first that meets a target."""
    return next(quota for quota in range(most + 1) if meets(quota))


@pytest.mark.parametrize("seed", range(3))
def test_the_quota_for_a_cutoff_is_the_first_that_reaches_it(seed: int) -> None:
    """No smaller quota has a cutoff at or below the target, whether or not somebody has that total."""
    curve = quota_curve(drawn(40, seed=seed))
    for target in np.arange(float(curve.totals[-1]) / 100, 6, 0.25):
        wanted = Decimal(str(target))

        def meets(quota: int, wanted: Decimal = wanted) -> bool:
            cutoff = curve.cutoff(quota)
            return cutoff is not None and cutoff <= wanted

        assert quota_for_cutoff(curve, wanted, replicates=3).quota == first(meets, 45)


@pytest.mark.parametrize("seed", range(3))
def test_the_quota_for_a_rate_is_the_first_that_reaches_it(seed: int) -> None:
    """No smaller quota admits as large a share of the level."""
    curve = quota_curve(drawn(40, seed=seed), groups=["area"])
    pool = {row["level"]: row["pool"] for row in curve.groups_at([0]).rows(named=True)}
    for level, people in pool.items():
        for wanted in (0, 1):
            for rate in (wanted / people, 0.3, 1.0):

                def meets(quota: int, level: str = level, rate: float = rate) -> bool:
                    rows = curve.groups_at([quota]).rows(named=True)
                    return any(row["level"] == level and row["admission_rate"] >= rate for row in rows)

                assert quota_for_rate(curve, "area", level, rate=rate, replicates=3).quota == first(meets, 45)


@pytest.mark.parametrize("seed", range(3))
def test_the_quota_for_a_backlog_is_the_first_that_leaves_no_more(seed: int) -> None:
    """No smaller quota leaves as few over."""
    curve = quota_curve(drawn(40, seed=seed))
    for backlog in (0, 1, 20, 39, 40, 100):
        want = first(lambda quota, most=backlog: 40 - curve.admitted(quota) <= most, 45)  # type: ignore[misc]
        assert quota_for_backlog(curve, backlog, replicates=3).quota == want


@pytest.mark.parametrize("seed", range(3))
def test_the_quota_for_clearing_is_the_first_that_suffices(seed: int) -> None:
    """No smaller quota leaves as few times itself over."""
    curve = quota_curve(drawn(40, seed=seed))
    for rounds in (0, 0.1, 1 / 3, 1, 2.5, 7, 39, 100):
        want = first(lambda quota, most=rounds: 40 - curve.admitted(quota) <= most * quota, 45)  # type: ignore[misc]
        assert quota_for_clearing(curve, rounds, replicates=3).quota == want


def test_ten_people_by_hand() -> None:
    """Each question has its answer counted on the list of totals."""
    curve = quota_curve(ten(), groups=["sex"])
    # 97.00 is reached from the fifth place on: 99, 98.50 twice, 98 lie above.
    assert _said(quota_for_cutoff(curve, 97)) == (5, Decimal("97.00"), 7)
    # Nobody has 97.50, so the same quota is the first at or below it.
    assert _said(quota_for_cutoff(curve, "97.50")) == (5, Decimal("97.00"), 7)
    # Women have 99, 98.50, 97, 97, 95: four of five at 97.00.
    assert _said(quota_for_rate(curve, "sex", "female", rate=0.8)) == (5, Decimal("97.00"), 7)
    assert _said(quota_for_rate(curve, "sex", "female", rate=0.4)) == (2, Decimal("98.50"), 3)
    # At most three left over needs seven in, and quota 5 has seven in with its ties.
    assert _said(quota_for_backlog(curve, 3)) == (5, Decimal("97.00"), 7)
    # Four take the first four and leave six, one and a half times as many; five leave three.
    assert _said(quota_for_clearing(curve, 1.5)) == (4, Decimal("98.00"), 4)
    assert _said(quota_for_clearing(curve, 1)) == (5, Decimal("97.00"), 7)
    # Half a child each: seven are 10.5 people, eight are 12.
    assert _said(quota_for_population(curve, 11, NONE_LOST)) == (7, Decimal("97.00"), 7)
    assert _said(quota_for_population(curve, 12, NONE_LOST)) == (8, Decimal("96.50"), 8)
    assert _said(quota_for_population(curve, 1, NONE_LOST)) == (0, None, 0)
    assert _said(quota_for_population(curve, 1_000, NONE_LOST)) == (10, Decimal("90.00"), 10)


def test_a_rate_is_compared_as_a_fraction() -> None:
    """0.3 of ten people is three people, though 0.3 * 10 in floats need not be."""
    points = [str(10 - number) for number in range(10)]
    curve = quota_curve(scored(frame({"employment": points, "area": ["a"] * 10}), quota=0), groups=["area"])
    assert [quota_for_rate(curve, "area", "a", rate=rate / 10).quota for rate in range(11)] == [*range(11)]


def test_a_cohort_that_knows_no_children_says_what_to_give() -> None:
    """Without a number of children in the cohort or the rates, no population can be told."""
    with pytest.raises(QuotaError, match="give children_per_settler"):
        quota_for_population(quota_curve(ten()), 3, Uptake())


def test_nobody_eligible_needs_no_place() -> None:
    """An empty pool has no cutoff at any quota, no backlog, and nobody to settle."""
    people = facts(RULES, round_year=2020, size=5, seed=1).with_columns(criminal_record=pl.lit(True))
    cohort = scoring.Cohort.from_frame(people, rules=RULES, round_year=2020)
    curve = quota_curve(scoring.score(cohort, RULES, quota=1), groups=["sex"])
    assert curve.at([0, 3]).rows() == [(0, None, 0, 0, None, 0), (3, None, 0, 0, None, 0)]
    assert _said(quota_for_backlog(curve, 0)) == (0, None, 0)
    assert _said(quota_for_population(curve, 5, Uptake())) == (0, None, 0)
    assert curve.groups_at([3]).is_empty()
    with pytest.raises(QuotaError, match="nobody is eligible"):
        quota_for_cutoff(curve, 90)


def test_the_interval_of_a_cutoff_is_the_binomial_one() -> None:
    """The people above a total are binomial over resampled pools, so the interval's width is known."""
    curve = quota_curve(drawn(2_000, seed=1))
    target = quota_for_cutoff(
        curve, Decimal(int(curve.totals[len(curve.totals) // 4])) / 100, replicates=4_000
    )
    share = (target.quota - 1) / 2_000
    spread = 1.96 * np.sqrt(2_000 * share * (1 - share))
    assert target.quota_low == pytest.approx(target.quota - spread, abs=0.1 * spread)
    assert target.quota_high == pytest.approx(target.quota + spread, abs=0.1 * spread)


def test_what_the_quota_gives_on_other_pools_is_told() -> None:
    """The cutoff at the found quota moves by as many points as its people are more or fewer by chance."""
    curve = quota_curve(drawn(2_000, seed=1))
    found = quota_for_backlog(curve, 1_500)
    assert found.cutoff_low is not None
    assert found.cutoff_low < (found.cutoff or 0) < (found.cutoff_high or 0)
    # Five hundred of 2,000: 1.96 x sqrt(2000 x 0.25 x 0.75) = 38 people above the old cutoff by chance.
    near = [
        int((curve.totals >= 100 * float(end)).sum()) for end in (found.cutoff_high or 0, found.cutoff_low)
    ]
    reached = [int(curve.reached[step - 1]) for step in near]
    assert reached == pytest.approx([500 - 38, 500 + 38], abs=15)
    assert found.admitted_low <= found.admitted <= found.admitted_high
    assert found.admitted_low >= found.quota


def test_the_same_seed_gives_the_same_interval_and_another_one_another() -> None:
    """Intervals hang on the seed alone, answers on nothing drawn."""
    curve = quota_curve(drawn(2_000, seed=1))
    one, again, other = (quota_for_cutoff(curve, 100, seed=seed, replicates=50) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert one.quota == other.quota


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda curve: quota_for_cutoff(curve, 80), "lowest total of the pool is 90.00"),
        (lambda curve: quota_for_cutoff(curve, "97.005"), "at most two decimals"),
        (lambda curve: quota_for_rate(curve, "sex", "female", rate=1.1), "from 0 to 1"),
        (lambda curve: quota_for_backlog(curve, -1), "0 or more"),
        (lambda curve: quota_for_population(curve, -1, NONE_LOST), "0 or more"),
    ],
)
def test_a_target_that_cannot_be_is_refused(ask: Callable[[QuotaCurve], Sizing], says: str) -> None:
    """Each refusal says what the target must be."""
    with pytest.raises(QuotaError, match=says):
        ask(quota_curve(ten(), groups=["sex"]))


def test_an_unknown_level_is_refused_with_the_nearest() -> None:
    """A misspelt group or level says which was meant."""
    curve = quota_curve(ten(), groups=["sex"])
    with pytest.raises(UnknownName, match="did you mean female"):
        quota_for_rate(curve, "sex", "femal", rate=0.5)
    with pytest.raises(UnknownName, match="did you mean sex"):
        quota_for_rate(curve, "se", "female", rate=0.5)


def _said(sizing: Sizing) -> tuple[int, Decimal | None, int]:
    return sizing.quota, sizing.cutoff, sizing.admitted
