"""Targets that more places may break again: the answer, and up to where it holds."""

import numpy as np
import pytest

from simulate.quota import (
    PlainLine,
    QuotaError,
    Target,
    largest_constant,
    largest_rising,
    schedule_table,
    smallest_constant,
    smallest_rising,
)
from simulate.quota.drawn import Leads, Places
from tests.simulate.quota.lines import YEARS, six, uncertain


class Told:
    """Give a wait, or people, that hang on the places of the first year alone."""

    years = YEARS
    replications = 20
    members = 4

    def __init__(self, quantity: str, of: dict[int, float]) -> None:
        self.quantity, self.numbers, self.values = quantity, list(of), list(of.values())
        self.asked: set[int] = set()

    def lead(self, places: Places) -> Leads:
        """Draw a straight line between the given numbers."""
        self.asked |= set(places[0].tolist())
        value = np.interp(places[0], self.numbers, self.values)
        return {self.quantity: np.broadcast_to(value, (3, self.replications))}


def test_a_wait_that_is_short_again_and_again_is_said_to_be_so() -> None:
    """The wait is two years or less from 400 places to 600, and again from 900 on: 400 is the answer."""
    line = Told("mean_waited", {0: 4, 400: 2, 500: 1, 600: 2, 700: 3, 900: 2, 2_000: 1})
    found = smallest_constant([line], Target("mean_waited", 2, 2021), most=2_000)
    assert found.places == 400
    assert 500 <= (found.holds_to or 0) <= 600
    assert (found.low, found.high, found.probability) == (400, 400, 1.0)


def test_a_wait_that_stays_short_is_found_and_holds() -> None:
    """It falls below two years at 731 places, and stays there: among multiples of ten the answer is 740."""
    line = Told("mean_waited", {0: 4, 730: 2.01, 731: 2, 2_000: 1})
    found = smallest_constant([line], Target("mean_waited", 2, 2021), most=2_000)
    assert (found.places, found.holds_to) == (731, None)
    coarse = smallest_constant([line], Target("mean_waited", 2, 2021), most=2_000, resolution=10)
    assert coarse.places == 740
    assert len(line.asked) < 100


def test_a_budget_is_kept_up_to_the_first_number_that_breaks_it() -> None:
    """People go over 300 beyond 777 places, fall below once more and rise again: the answer is 777."""
    line = Told("population_so_far", {0: 0, 777: 300, 1_000: 400, 1_100: 200, 2_000: 900})
    found = largest_constant([line], Target("population", 300, 2022), most=2_000)
    assert (found.places, found.low, found.high) == (777, 777, 777)
    assert found.schedule.places == (777, 777, 777)


def test_a_budget_that_nothing_breaks_has_no_upper_end() -> None:
    """Where the most places keep it, they are the answer, and how many more would do is not known."""
    line = Told("population_so_far", {0: 0, 2_000: 100})
    found = largest_constant([line], Target("population", 300, 2022), most=2_000)
    assert (found.places, found.high) == (2_000, None)


def test_six_people_and_their_children_by_hand() -> None:
    """One place a year brings three people and a child, two bring all six and three children."""
    # 2021: 100 with a child. 2022: 99. 2023: 98: four people with one place a year.
    assert largest_constant([six()], Target("population", 4, 2023), most=9).places == 1
    assert largest_constant([six()], Target("population", 3, 2023), most=9).places == 0
    # Two places: 100 and 99 with one child, then 98 and 97 with two, then two more: nine.
    assert largest_constant([six()], Target("population", 9, 2023), most=9).places == 9
    # Up to 2022 three places bring 100, 99, 98 with a child, then the others with two: nine as well.
    assert largest_constant([six()], Target("population", 7, 2022), most=9).places == 2
    # One more each year than one: 100 and child, 99 and 98, then three with two children: nine.
    assert largest_rising([six()], Target("population", 8, 2023), base=1, most=9).places == 0


def test_the_wait_of_six_people_by_hand() -> None:
    """All have applied in 2020: whoever comes in 2023 has waited three years, whatever the quota."""
    assert smallest_constant([six()], Target("mean_waited", 3, 2021), most=9).places == 1
    # Six places take everybody in 2021, and nobody is left to be admitted later: no wait to speak of.
    with pytest.raises(QuotaError, match="no number up to 9 places a year that was looked at meets"):
        smallest_constant([six()], Target("mean_waited", 2, 2021), most=9)


@pytest.mark.parametrize("seed", range(3))
def test_scanning_finds_what_trying_all_finds(seed: int) -> None:
    """Of forty people the answer is the first number that keeps the wait short often enough."""
    line = PlainLine(uncertain(seed=seed))
    target = Target("mean_waited", 1.6, 2022, probability=0.5)
    shares = []
    for number in range(20):
        places = np.full((3, line.replications), number)
        shares.append(target.met(line.lead(places), places, YEARS).mean())
    first = next((number for number, share in enumerate(shares) if share >= 0.5), None)
    if first is None:
        with pytest.raises(QuotaError, match="no number up to 19"):
            smallest_constant([line], target, most=19)
        return
    found = smallest_constant([line], target, most=19)
    assert (found.places, found.probability) == (first, shares[first])
    assert found.probability_low <= found.probability <= found.probability_high


def test_a_budget_and_a_target_are_asked_for_by_their_own_names() -> None:
    """The smallest schedule for a budget, and the largest for a target, would be none at all."""
    with pytest.raises(QuotaError, match="asks for the largest schedule"):
        smallest_rising([six()], Target("population", 4, 2023), base=1)
    with pytest.raises(QuotaError, match="asks for the smallest schedule"):
        largest_constant([six()], Target("backlog", 4, 2023))
    with pytest.raises(QuotaError, match="the budget ends in 2020, and the line begins in 2021"):
        largest_constant([six()], Target("population", 4, 2020))
    with pytest.raises(QuotaError, match="not even 0 places more each year keep a population of at most 3"):
        largest_rising([six()], Target("population", 3, 2023), base=1, most=9)


def test_a_table_tells_the_interval_of_every_answer() -> None:
    """Places and probability stand with their ends, and up to where the target holds."""
    found = largest_constant([uncertain()], Target("population", 40, 2023), most=41)
    (row,) = schedule_table([found]).rows(named=True)
    assert row["places_low"] <= row["places"] <= (row["places_high"] or 41)
    assert row["reached_low"] <= row["reached"] <= row["reached_high"]
    assert (row["year"], row["holds_to"]) == (2023, None)
