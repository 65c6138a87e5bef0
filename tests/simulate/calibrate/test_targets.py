"""Targets: who is admitted when by the published cutoffs, and what is counted of them."""

import numpy as np
import pytest

from simulate.calibrate.equations import Equations
from simulate.calibrate.sample import Sampling, sample
from simulate.calibrate.targets import admitted_rounds
from synthetic_data.population import Parameters
from tests.simulate.calibrate.people import careers

ROUNDS = range(2018, 2023)


def test_the_published_cutoffs_fix_everybodys_path() -> None:
    """In at the cutoff of 2018 (90.75); a hundredth below, when a later one is reached; never, if none is."""
    people = careers(
        {
            2018: [90.75, 90.74, 90.74, 50],
            2019: [95, 93.58, 93.57, 54],
            2020: [99, 97, 97.12, 58],
            2021: [103, 101, 101, 62],
            2022: [107, 105, 105, 66],
        }
    )
    assert admitted_rounds(people, 2022).tolist() == [2018, 2019, 2021, 0]
    assert admitted_rounds(people, 2020).tolist() == [2018, 2019, 0, 0]


def test_nobody_is_admitted_before_they_apply() -> None:
    """Who comes to the round of 2022 only is admitted then, however many points there were before."""
    people = careers({year: [120.0, 120.0] for year in ROUNDS}, applies_from=[2018, 2022])
    assert admitted_rounds(people, 2022).tolist() == [2018, 2022]


def test_late_comers_count_the_rounds_in_which_they_could_have_been_admitted() -> None:
    """Three rounds above the line before that of 2021, and none for who came in time."""
    people = careers({year: [120.0, 120.0] for year in ROUNDS}, applies_from=[2021, 2020])
    assert people.rounds_above.tolist() == [3, 0]


@pytest.fixture(scope="module")
def equations() -> Equations:
    """The equations of a small sample."""
    drawn = Sampling(draws=100_000, seed=3, origin=2022)
    return Equations(sample(drawn, Parameters.load()), origin=2022)


def test_slopes_are_those_of_the_targets(equations: Equations) -> None:
    """A small step of any coefficient changes the targets as the slopes say."""
    here = equations.sample.mean
    given, slopes = equations(here, 0.03)
    for place in (0, 5, 40, 90):
        step = np.zeros(here.size)
        step[place] = 1e-5
        there, _ = equations(here + step, 0.03)
        back, _ = equations(here - step, 0.03)
        assert (there - back) / 2e-5 == pytest.approx(slopes[:, place], rel=1e-4, abs=1e-4)
    assert given.shape == equations.published.shape


def test_every_round_and_kind_of_number_is_a_target(equations: Equations) -> None:
    """What is published is counted; a name stands once a round."""
    names = [(one.round, one.name) for one in equations.targets]
    assert len(set(names)) == len(names)
    for wanted in (
        (2018, "admitted"),
        (2020, "pool from 90 (unofficial)"),
        (2020, "applicants"),
        (2021, "born 1980"),
        (2022, "rank 5000"),
        (2022, "area from 8, tax 2"),
        (2022, "education 26"),
        (2022, "late"),
        (2022, "insured years, mean of 15"),
    ):
        assert wanted in names


def test_nothing_after_the_origin_is_a_target(equations: Equations) -> None:
    """With the data up to 2020, no number of 2021 or 2022 is looked at."""
    earlier = Equations(equations.sample, origin=2020)
    assert {one.round for one in earlier.targets} == {2018, 2019, 2020}
