"""The smallest schedule, by hand, and against trying every number of places."""

import numpy as np
import pytest

from scoring.errors import UnknownName
from simulate.queue import Presence
from simulate.quota import PlainLine, QuotaError, ScheduleSizing, Target, smallest_constant, smallest_rising
from simulate.quota.families import constant
from simulate.quota.halving import Range, needed
from tests.simulate.quota.lines import YEARS, six, uncertain


@pytest.mark.parametrize(
    ("target", "places"),
    [
        # One place has 106 in 2023, two places have 103.
        (Target("cutoff", 106, year=2023), 1),
        (Target("cutoff", 105.99, year=2023), 2),
        # Two places have 101 in 2022; and with nobody left over in 2023, whoever had 100 would be in.
        (Target("cutoff", 101, year=2022), 2),
        (Target("cutoff", 100.99, year=2022), 3),
        (Target("cutoff", 100, year=2023), 2),
        (Target("backlog", 2, year=2022), 2),
        (Target("backlog", 6, year=2021), 0),
        # Three places leave three in 2021: one year's places; two places leave four, two years' places.
        (Target("years_to_clear", 1, year=2021), 3),
        (Target("years_to_clear", 2, year=2021), 2),
    ],
)
def test_the_smallest_constant_by_hand(target: Target, places: int) -> None:
    """Six people, nothing left to chance: the answer is a count on the fingers."""
    found = smallest_constant([six()], target, most=10)
    assert (found.places, found.schedule.places, found.probability) == (places, (places,) * 3, 1.0)


def test_the_smallest_rising_by_hand() -> None:
    """From one place, one more each year has 103 in 2023, and none more 106."""
    found = smallest_rising([six()], Target("cutoff", 103, year=2023), base=1, most=10)
    assert (found.places, found.schedule.name, found.schedule.places) == (1, "1+1", (1, 2, 3))
    assert smallest_rising([six()], Target("cutoff", 106, year=2023), base=1, most=10).places == 0


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "target",
    [
        Target("cutoff", 108, year=2022, probability=0.5),
        Target("cutoff", 104, year=2023, probability=0.9),
        Target("backlog", 8, year=2022, probability=0.9),
        Target("years_to_clear", 2, year=2022, probability=0.75),
    ],
)
def test_halving_finds_what_trying_all_finds(target: Target, seed: int) -> None:
    """The smallest constant and the smallest step are the first that enough replications meet."""
    line = uncertain(seed=seed)
    constant = smallest_constant([line], target, most=41)
    assert constant.places == _first(line, target, lambda places: [places] * 3)
    rising = smallest_rising([line], target, base=2, most=41)
    assert rising.places == _first(line, target, lambda step: [2, 2 + step, 2 + 2 * step])
    assert constant.low <= constant.places <= (constant.high or 41)


def _first(line: Presence, target: Target, places_of) -> int:  # type: ignore[no-untyped-def]
    """Try every number of places and return the first with the probability that was asked for."""
    for number in range(42):
        places = np.array(places_of(number))[:, None].repeat(line.replications, axis=1)
        met = target.met(PlainLine(line).lead(places), places, YEARS)
        if met.mean() >= target.probability:
            return number
    raise AssertionError("no number meets it")


def test_more_certainty_needs_more_places() -> None:
    """A target to be met more surely never needs fewer places."""
    line = uncertain(replications=200)
    asked = [Target("backlog", 6, year=2021, probability=p) for p in (0.1, 0.5, 0.9, 0.99)]
    found = [smallest_constant([line], target, most=41) for target in asked]
    places = [one.places for one in found]
    assert places == sorted(places)
    assert places[0] < places[-1]
    assert all(one.probability >= one.target.probability for one in found)


def test_more_replications_leave_less_open() -> None:
    """The interval of the answer narrows as chance is drawn more often."""
    few, many = (
        smallest_constant([uncertain(people=400, replications=n)], Target("backlog", 50, year=2022), most=400)
        for n in (40, 1_000)
    )
    assert _width(many) < _width(few)


def _width(found: ScheduleSizing) -> int:
    assert found.high is not None
    return found.high - found.low


def test_a_target_out_of_reach_says_how_far_one_gets() -> None:
    """Where the most places are too few the share of replications that they do reach is told."""
    with pytest.raises(
        QuotaError, match=r"not even 1 places a year meet a cutoff .* in 0 % of the replications"
    ):
        smallest_constant([six()], Target("cutoff", 100, year=2023), most=1)
    with pytest.raises(QuotaError, match="not even 9 places more each year meet a backlog"):
        smallest_rising([six()], Target("backlog", 1, year=2021), base=4, most=9)


def test_a_target_that_cannot_be_is_refused() -> None:
    """An unknown quantity, a certain chance and a year beyond the line are refused."""
    with pytest.raises(UnknownName, match="did you mean cutoff"):
        Target("cutof", 100, year=2023)
    with pytest.raises(QuotaError, match="between 0 and 1"):
        Target("cutoff", 100, year=2023, probability=1)
    with pytest.raises(QuotaError, match="the line ends in 2023"):
        smallest_constant([six()], Target("cutoff", 100, year=2024))
    with pytest.raises(QuotaError, match="base = -1"):
        smallest_rising([six()], Target("cutoff", 100, year=2023), base=-1)


def test_the_interval_holds_the_number_that_chance_would_give() -> None:
    """Searched again and again with few replications, the interval holds the answer of many."""
    target = Target("backlog", 50, year=2022, probability=0.8)
    truth = smallest_constant([uncertain(people=400, replications=1_000, seed=0)], target, most=400).places
    line = uncertain(people=400, replications=1, seed=0).line
    held = 0
    for seed in range(100, 120):
        found = smallest_constant([Presence.draw(line, replications=60, seed=seed)], target, most=400)
        held += found.low <= truth <= (found.high or 400)
    assert held >= 17


def test_numbers_near_by_change_no_answer() -> None:
    """However far off the numbers of another line are, each line's own are found."""
    line, target = PlainLine(uncertain(seed=1)), Target("backlog", 8, year=2022)
    plain = needed(line, target, constant(3), Range(41, 1))
    for near in (plain, plain + 9, np.zeros_like(plain), np.full_like(plain, 41)):
        assert needed(line, target, constant(3), Range(41, 1), near=near).tolist() == plain.tolist()


def test_a_resolution_rounds_up() -> None:
    """Among multiples of seven the answer is the first that is at least the exact one."""
    line, target = PlainLine(uncertain(seed=1)), Target("backlog", 8, year=2022)
    exact = needed(line, target, constant(3), Range(41, 1))
    coarse = needed(line, target, constant(3), Range(41, 7))
    assert coarse.tolist() == (-(-exact // 7) * 7).tolist()


def test_lines_that_differ_leave_more_open_than_replications_of_one() -> None:
    """Four different lines bound the answer less closely than as many replications of one of them."""
    target = Target("backlog", 8, year=2022, probability=0.5)
    several = smallest_constant([uncertain(seed=seed) for seed in range(4)], target, most=41)
    alike = smallest_constant([uncertain(seed=0, replications=200)], target, most=41)
    assert several.replications == alike.replications == 200
    assert _width(several) > _width(alike)
    assert several.low <= several.places <= (several.high or 41)
