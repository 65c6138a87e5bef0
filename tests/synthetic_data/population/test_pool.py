"""The pool of a round: who would apply, without those whom earlier rounds admitted."""

import numpy as np
import pytest

from scoring import Rulebook
from synthetic_data import published
from synthetic_data.population import Lives, Parameters, applicants, draw, points_of
from synthetic_data.population.chance import BLOCK
from synthetic_data.population.pool import NobodyApplies, applying, pool_parts
from tests.synthetic_data.population.test_draw import same

PARAMETERS = Parameters.load()


@pytest.mark.parametrize("at_once", [BLOCK // 3, BLOCK, 3 * BLOCK + 5])
def test_the_pool_is_the_same_in_whatever_parts_it_comes(at_once: int) -> None:
    """Also when a part ends within a block of the draw."""
    usual = Lives.concat(list(pool_parts(PARAMETERS, round_year=2021, size=9_000, seed=4)))
    parts = list(pool_parts(PARAMETERS, round_year=2021, size=9_000, seed=4, at_once=at_once))
    assert same(Lives.concat(parts), usual)
    assert max(map(len, parts)) <= at_once


def test_a_smaller_pool_is_the_beginning_of_a_larger_one() -> None:
    """Whoever draws more people keeps those they had."""
    small, large = (applicants(round_year=2020, size=size, seed=3) for size in (700, 30_000))
    assert same(small, large.take(slice(0, 700)))


def test_the_pool_is_who_would_apply_and_was_not_admitted() -> None:
    """Worked out here for 2021 round by round, over everybody who was drawn."""
    lives = draw(PARAMETERS, size=40_000, seed=6)
    gone = np.zeros(len(lives), np.bool_)
    for year, name, cutoff in ((2018, "beijing-2018-trial", 9075), (2019, "beijing-2018-trial", 9358)):
        points = points_of(lives, Rulebook.load(name), year)
        gone |= (lives.applies_from <= year) & (points["reasons"] == 0) & (points["total"] >= cutoff)
    points = points_of(lives, Rulebook.load("beijing-2020"), 2020)
    gone |= (lives.applies_from <= 2020) & (points["reasons"] == 0) & (points["total"] >= 9713)
    would = (lives.applies_from <= 2021) & (lives.leaves_after >= 2021)
    # Who had left before a round was not admitted in it, but has left the pool of 2021 as well.
    assert np.array_equal(applying(lives, 2021), would & ~gone)
    assert 500 < (would & gone).sum() < would.sum() / 2


def test_nobody_stays_above_a_published_cutoff_whom_that_round_could_have_admitted() -> None:
    """Among the pool of 2022, who applied in 2021 was below 100.88 then, or not eligible."""
    people = applicants(round_year=2022, size=20_000, seed=1)
    before = people.take(people.applies_from <= 2021)
    points = points_of(before, Rulebook.load("beijing-2020"), 2021)
    cutoff = published.rounds().filter(round=2021).get_column("cutoff").item()
    assert cutoff == 10088
    assert points["total"][points["reasons"] == 0].max() < cutoff


@pytest.mark.parametrize("round_year", [2003, 2120])
def test_a_round_of_another_time_is_refused(round_year: int) -> None:
    """Instead of a draw without end."""
    with pytest.raises(NobodyApplies, match=f"the round of {round_year}$"):
        applicants(round_year=round_year, size=10, seed=1)
