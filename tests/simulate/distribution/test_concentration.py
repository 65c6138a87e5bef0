"""Gini, Theil and employers, against values known in closed form and counted by hand."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring
from simulate.distribution import DistributionError, employers, gini, inequality, theil
from synthetic_data.population import facts
from tests.reports.rounds import RULES, frame, scored
from tests.simulate.distribution.rounds import written

amounts = st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any)


@pytest.mark.parametrize(
    ("values", "index"),
    [([5, 5, 5], 0), ([0, 0, 0, 1], 3 / 4), ([1, 2, 3, 4, 5], 4 / 15), ([1, 3], 1 / 4), ([7], 0)],
)
def test_gini_in_closed_form(values: list[int], index: float) -> None:
    """Equality is 0, one holder of n gives (n - 1) / n, and the first five numbers four fifteenths."""
    assert gini(values) == pytest.approx(index, abs=1e-12)


@given(amounts)
def test_gini_is_half_the_mean_difference(values: list[int]) -> None:
    """The mean difference of all pairs, over twice the mean, is the same index."""
    held = np.array(values, dtype=float)
    difference = np.abs(held[:, None] - held).mean()
    assert gini(values) == pytest.approx(difference / (2 * held.mean()), abs=1e-12)


@pytest.mark.parametrize(
    ("values", "index"),
    [
        ([4, 4], 0),
        ([0, 2], math.log(2)),
        ([0, 0, 0, 9], math.log(4)),
        ([1, 3], 0.5 * 0.5 * math.log(0.5) + 0.5 * 1.5 * math.log(1.5)),
    ],
)
def test_theil_in_closed_form(values: list[int], index: float) -> None:
    """Equality is 0, and one holder of n gives the logarithm of n."""
    assert theil(values, [0] * len(values)).total == pytest.approx(index, abs=1e-12)


@given(amounts, st.data())
def test_theils_parts_sum_to_the_whole(values: list[int], data: st.DataObject) -> None:
    """Between and within are what is left of the index, however people are grouped."""
    groups = data.draw(st.lists(st.integers(0, 4), min_size=len(values), max_size=len(values)))
    found = theil(values, groups)
    relative = np.array([value for value in values if value]) / np.mean(values)
    whole = float((relative * np.log(relative)).sum() / len(values))
    assert found.between + found.within == pytest.approx(whole, abs=1e-12)
    assert found.total == pytest.approx(whole, abs=1e-12)
    assert min(found.between, found.within) >= -1e-12


def test_theil_between_groups_alone_and_within_alone() -> None:
    """Equal groups of unequal people lie within, unequal groups of equal people between."""
    apart = theil([1, 1, 3, 3], [0, 0, 1, 1])
    assert (apart.between, apart.within) == pytest.approx((apart.total, 0))
    alike = theil([1, 3, 1, 3], [0, 0, 1, 1])
    assert (alike.between, alike.within) == pytest.approx((0, alike.total))


def test_counts_stand_for_people_written_out() -> None:
    """A value held by three people is that value three times."""
    assert gini([1, 4], [3, 2]) == pytest.approx(gini([1, 1, 1, 4, 4]))
    written_out = theil([1, 1, 1, 4, 4], [0, 0, 0, 1, 1])
    assert theil([1, 4], [0, 1], [3, 2]) == written_out


@pytest.mark.parametrize("measure", [lambda: gini([1, -1]), lambda: theil([1, -1], [0, 0])])
def test_less_than_nothing_is_refused(measure: object) -> None:
    """What is below zero has no share, and the value is named."""
    with pytest.raises(DistributionError, match="a value of -1"):
        measure()  # type: ignore[operator]


def test_nothing_held_has_no_index() -> None:
    """Where nobody holds anything there is nothing to be unequal."""
    assert math.isnan(gini([0, 0]))
    assert math.isnan(gini([]))
    assert math.isnan(theil([0, 0], [0, 1]).total)


def test_inequality_of_a_round_by_hand() -> None:
    """Of four, one is admitted: Theil's index is the logarithm of four, half of it between the two areas."""
    round_ = written(["a", "a", "b", "b"], ["40.00", "20.00", "20.00", "20.00"], quota=1)
    rows = {(row["outcome"], row["population"]): row for row in inequality(round_, "area").rows(named=True)}
    admission = rows["admission", "pool"]
    assert admission["theil"] == pytest.approx(math.log(4))
    assert admission["between"] == pytest.approx(math.log(2))
    assert admission["between_share"] == pytest.approx(0.5)
    assert admission["gini"] == pytest.approx(3 / 4)
    assert rows["points", "pool"]["gini"] == pytest.approx(gini([40, 20, 20, 20]))
    assert rows["points", "admitted"]["gini"] == 0


def test_inequality_of_points_below_zero_is_not_told() -> None:
    """Somebody with less than zero points leaves the index of points out, and that of admission in."""
    round_ = scored(frame({"tax": ["90.00", "-5.00"], "area": ["a", "b"]}), quota=1)
    told = inequality(round_, "area", replicates=5)
    assert told.filter(pl.col("outcome") == "points")["gini"].to_list() == [None, 0.0]
    assert told.filter(pl.col("outcome") == "admission")["gini"].to_list() == [0.5]


def test_scaled_points_are_as_unequal() -> None:
    """Twice the points for everybody change no index, and admit the same."""
    levels = ["a", "b", "a", "b", "a"]
    one, two = (
        inequality(written(levels, [str(factor * points) for points in (9, 7, 5, 3, 1)], quota=2), "area")
        for factor in (1, 2)
    )
    for column in ("gini", "theil", "between", "within"):
        assert one[column].to_list() == pytest.approx(two[column].to_list())


def of_employers(ids: list[str | None], *, quota: int) -> scoring.Scored:
    """Score people who earn ever fewer points, each with an employer."""
    people = facts(RULES, round_year=2020, size=400, seed=1)
    cohort = scoring.Cohort.from_frame(people, rules=RULES, round_year=2020)
    ranked = people.with_columns(scoring.score(cohort, RULES, quota=1).frame["rank"])
    best = (
        ranked.drop_nulls("rank").sort("rank").unique("rank", maintain_order=True).drop("rank").head(len(ids))
    )
    best = best.with_columns(pl.Series("employer_id", ids, dtype=pl.String))
    return scoring.score(scoring.Cohort.from_frame(best, rules=RULES, round_year=2020), RULES, quota=quota)


def test_employers_by_hand() -> None:
    """Of four admitted with a known employer three share one: 9/16 + 1/16, in effect 1.6 employers."""
    round_ = of_employers(["x", "x", "x", "y", None, "y", "z"], quota=5)
    pool, admitted = employers(round_, top=[1, 2]).rows(named=True)
    assert (admitted["people"], admitted["unknown"], admitted["employers"]) == (5, 1, 2)
    assert admitted["hhi"] == pytest.approx(10 / 16)
    assert admitted["effective_employers"] == pytest.approx(1.6)
    assert (admitted["top_1_share"], admitted["top_2_share"]) == pytest.approx((0.75, 1.0))
    assert admitted["gini"] == pytest.approx(gini([3, 1]))
    assert (pool["people"], pool["unknown"], pool["employers"]) == (7, 1, 3)
    assert pool["hhi"] == pytest.approx((9 + 4 + 1) / 36)


def test_one_employer_is_all_concentration_there_is() -> None:
    """All with one employer give 1, all with their own one over their number."""
    assert employers(of_employers(["x"] * 6, quota=6))["hhi"].to_list() == [1.0, 1.0]
    assert employers(of_employers(list("abcdef"), quota=6))["hhi"].to_list() == pytest.approx([1 / 6] * 2)


def test_nobody_admitted_has_no_employers() -> None:
    """With quota 0 the admitted have no employers and no concentration."""
    _, admitted = employers(of_employers(["x", "y"], quota=0)).rows(named=True)
    assert (admitted["people"], admitted["employers"], admitted["hhi"], admitted["top_1_share"]) == (
        0,
        0,
        None,
        None,
    )


def test_a_cohort_without_employers_says_so() -> None:
    """Points know no employer, and the message says what would."""
    with pytest.raises(DistributionError, match="no column employer_id"):
        employers(written(["a"], ["1.00"], quota=1))
