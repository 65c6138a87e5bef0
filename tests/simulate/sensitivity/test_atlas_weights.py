"""The lever atlas against brute force: every weight at which two people meet, and those between."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rulebook import INDICATORS
from simulate import sensitivity
from simulate.sensitivity import Study
from tests.simulate.engine.cohorts import points_cohort
from tests.simulate.sensitivity.pools import QUOTA, RULES, points, ten


def admitted(people: list[list[int]], position: int, weight: Fraction, quota: int) -> frozenset[int]:
    """Give who is in at a weight: everyone at or above the total at the rank of the quota."""
    totals = [sum(person) + (weight - 1) * person[position] for person in people]
    if not quota or not totals:
        return frozenset()
    cutoff = sorted(totals, reverse=True)[min(quota, len(totals)) - 1]
    return frozenset(number for number, total in enumerate(totals) if total >= cutoff)


def meetings(people: list[list[int]], position: int, sign: int) -> list[Fraction]:
    """Give every distance from 1, above 0, at which two people have one total."""
    found = set()
    for first, second in product(people, people):
        speed = sign * (second[position] - first[position])
        if speed > 0 and sum(first) > sum(second):
            found.add(Fraction(sum(first) - sum(second), speed))
    return sorted(found)


def end_by_brute_force(
    people: list[list[int]], position: int, sign: int, quota: int
) -> tuple[Fraction, bool] | None:
    """Give the first distance at which, or just beyond which, others are admitted, and whether it is in."""
    before = admitted(people, position, Fraction(1), quota)
    stops = [Fraction(0), *meetings(people, position, sign)]
    for here, there in zip(stops, [*stops[1:], stops[-1] + 1], strict=True):
        if admitted(people, position, 1 + sign * here, quota) != before:
            return here, False
        if admitted(people, position, 1 + sign * (here + there) / 2, quota) != before:
            return here, True
    return None


def overtaking_by_brute_force(
    people: list[list[int]], position: int, sign: int, quota: int
) -> Fraction | None:
    """Give the first distance at which somebody outside has as many points as somebody inside."""
    inside = admitted(people, position, Fraction(1), quota)
    for here in meetings(people, position, sign):
        weight = 1 + sign * here
        totals = [sum(person) + (weight - 1) * person[position] for person in people]
        if any(totals[one] == totals[other] for one in inside for other in set(range(len(people))) - inside):
            return here
    return None


@settings(max_examples=30)
@given(
    size=st.integers(1, 14),
    values=st.sampled_from([2, 3, 5, None]),
    quota=st.integers(0, 15),
    seed=st.integers(0, 2**32 - 1),
)
def test_every_interval_is_that_of_brute_force(size: int, values: int | None, quota: int, seed: int) -> None:
    """Whatever the ties, each end and whether it is included, and each overtaking, are the brute ones."""
    study = sensitivity.study(points_cohort(size, seed=seed, values=values), RULES, quota=quota)
    people = study.points.tolist()
    for told in sensitivity.weight_atlas(study).iter_rows(named=True):
        position, sign = (
            INDICATORS.index(told["lever"].removeprefix("weights.")),
            1 if told["side"] == "up" else -1,
        )
        end = end_by_brute_force(people, position, sign, quota)
        overtaking = overtaking_by_brute_force(people, position, sign, quota)
        if sign < 0 and (end is None or end[0] > 1):
            end = Fraction(1), True
        if sign < 0 and overtaking is not None and overtaking > 1:
            overtaking = None
        if end is None:
            assert told["end"] is None
        else:
            assert Fraction(told["numerator"], told["denominator"]) == 1 + sign * end[0], told
            assert told["included"] == end[1], told
        assert told["overtaking"] == (None if overtaking is None else float(1 + sign * overtaking)), told


@pytest.fixture(scope="module")
def study() -> Study:
    """Prepare the pool of ten with four places, one admitted for each."""
    return sensitivity.study(ten(), RULES, quota=QUOTA)


def test_the_interval_of_one_weight_by_hand(study: Study) -> None:
    """The fifth, 65 with no area, meets the fourth, 66 with 6, at five sixths; upward the sixth, 64 with 9.

    Upward: 64 + 9 d meets 66 + 6 d at d = 2/3, and 68 + 3 d at d = 2/3 as well.
    """
    down, up = sensitivity.weight_atlas(study).filter(lever="weights.job_housing_area").iter_rows(named=True)
    assert (down["numerator"], down["denominator"], down["included"]) == (5, 6, False)
    assert (down["entering_row"], down["leaving_row"]) == (5, 4)
    assert (up["numerator"], up["denominator"], up["entering_row"]) == (5, 3, 6)


def test_people_are_those_moved_otherwise_than_most(study: Study) -> None:
    """Of the ten, six have area points and four none; one of 12, two of 6, two of 3, one of 9: six apart."""
    frame = sensitivity.weight_atlas(study)
    people = dict(frame.select("lever", "people").iter_rows())
    assert people["weights.job_housing_area"] == 6
    assert people["weights.tax"] == 0


def test_a_tie_at_the_cutoff_breaks_at_once() -> None:
    """Two tied for one place fall apart at any other weight; upward, whoever has fewer points leaves."""
    pair = points({"employment": [40, 30, 10], "education": [0, 10, 0]})
    frame = sensitivity.weight_atlas(sensitivity.study(pair, RULES, quota=1))
    down, up = frame.filter(lever="weights.employment").iter_rows(named=True)
    assert (down["end"], down["included"], down["leaving_row"]) == (1, True, 1)
    assert (up["end"], up["included"], up["leaving_row"], up["entering_row"]) == (1, True, 2, None)
    assert (down["overtaking"], up["overtaking"]) == (0, None)


def test_a_tie_that_does_not_break_holds_the_interval() -> None:
    """Two alike tied for one place stay in together until the one below comes level with them."""
    pair = points({"employment": [30, 30, 20], "tax": [0, 0, 5]})
    told = sensitivity.weight_atlas(sensitivity.study(pair, RULES, quota=1)).filter(
        lever="weights.tax", side="up"
    )
    assert (told["end"].item(), told["included"].item(), told["entering_row"].item()) == (2, False, 3)


def test_nobody_can_swap_when_all_are_in(study: Study) -> None:
    """With a place for everyone, and with none, every weight from 0 up admits the same."""
    for quota in (0, 10, 11):
        frame = sensitivity.weight_atlas(sensitivity.study(ten(), RULES, quota=quota))
        assert frame.filter(side="down")["end"].to_list() == [0.0] * 9
        assert frame.filter(side="up")["end"].null_count() == 9
        assert frame["overtaking"].null_count() == 18


def test_people_who_never_qualify_bound_nothing(study: Study) -> None:
    """One more without points leaves every interval as it is."""
    more = points({"employment": [50, 45, 0]})
    fewer = points({"employment": [50, 45]})
    first, second = (
        sensitivity.weight_atlas(sensitivity.study(cohort, RULES, quota=1)).drop("lever", "people")
        for cohort in (more, fewer)
    )
    assert first.filter(pl.col("side") == "up").equals(second.filter(pl.col("side") == "up"))
