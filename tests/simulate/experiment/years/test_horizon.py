"""What an experiment over several years may say, and how each refusal reads."""

from typing import Any

import numpy as np
import pytest

from scoring.errors import JifenError
from simulate.experiment import Experiment, ExperimentError
from simulate.experiment.years.population import varied
from tests.simulate.experiment.specs import cohort
from tests.simulate.experiment.specs import experiment as of_one_round
from tests.simulate.experiment.years.specs import LEAVES, ROUNDS, experiment, spec


@pytest.mark.parametrize(
    ("written", "places"),
    [(600, (600,) * 4), ("600+50", (600, 650, 700, 750)), ("6, 7, 8, 9", (6, 7, 8, 9))],
)
def test_the_baseline_is_a_number_or_a_schedule(written: Any, places: tuple[int, ...]) -> None:
    """As ``jifen quota years`` takes it."""
    horizon = experiment(baseline={"quota": written}).horizon
    assert horizon is not None
    assert (horizon.rounds, horizon.places) == (ROUNDS, places)


def test_levers_of_places_go_from_the_widest_to_the_narrowest() -> None:
    """A quota replaces the baseline's, growth comes on top, a round's own replaces both; none is below 0."""
    horizon = experiment(baseline={"quota": "10+5"}).horizon
    assert horizon is not None
    some = {name: np.array([value]) for name, value in {"quota.growth": -8, "quota.2023": 77}.items()}
    assert horizon.schedules({}, 1).tolist() == [[10, 15, 20, 25]]
    assert horizon.schedules(some, 1).tolist() == [[10, 7, 77, 1]]
    assert horizon.schedules({**some, "quota": np.array([20])}, 1).tolist() == [[20, 12, 77, 0]]


def test_every_number_of_lives_and_behaviour_may_be_uncertain() -> None:
    """Their paths are those of the files, with ``population.`` before them; lists and idle rates are not."""
    names = varied()
    assert {"population.home.buys", "population.queue.leaves", LEAVES} <= names.keys()
    assert not {"population.education.mix", "population.checking.appealed"} & names.keys()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"cohort": "c.parquet"},
            "cohort = 'c.parquet' does not go with years: a cohort says what people have",
        ),
        ({"years": 0}, "years = 0 is not between 1 and 16"),
        ({"years": 13, "round": 2022}, "years = 13 reach to 2034"),
        (
            {"round": 2024},
            "round = 2024: years begin in 2024: who was admitted in 2023 and later is not known",
        ),
        ({"round": 2017}, "round = 2017 is not between 2018 and 2033"),
        ({"population": {"applicant": 5}}, "unknown key 'applicant'; did you mean applicants?"),
        (
            {"population": {"kind": "plane"}},
            "kind = 'plane' is none of calibrated, plain; did you mean plain?",
        ),
        ({"population": {"member": 3}}, 'member = 3 is one of the ensemble: say kind = "calibrated"'),
        (
            {"population": {"kind": "calibrated"}, "design": "grid", "draws": None},
            "a grid has no room for the members of the ensemble: name one",
        ),
        ({"population": {"kind": "calibrated", "member": 17}}, "member = 17 is not between 1 and 16"),
        ({"population": {"kind": "calibrated"}, "years": 11}, "the round of 2031 lies too far ahead"),
        (
            {"population": {"kind": "calibrated"}, "round": 2019},
            "population: the years begin in 2019: they can begin after the rounds of 2020",
        ),
        (
            {
                "population": {"kind": "calibrated"},
                "uncertainties": {"population.home.buys": {"dist": "uniform", "low": 0.7, "high": 0.8}},
            },
            "population.home.buys: how the lives of calibrated people run is fitted and not free",
        ),
        ({"population": {"applicants": 0}}, "applicants = 0 is not between 1"),
        ({"baseline": {"quota": "600*2"}}, "baseline: schedule '600*2': write 6000 for the same every year"),
        ({"baseline": {"quota": "1,2,3"}}, "baseline: quota = '1,2,3' has 3 places for 4 rounds"),
        ({"levers": {"quota.2030": {"low": 1, "high": 2}}}, "'quota.2030'; did you mean quota.2023?"),
        ({"levers": {"quota.grwth": {"low": 1, "high": 2}}}, "did you mean quota.growth?"),
        ({"levers": {"quota": {"low": -1, "high": 2}}}, "low: -1 is not between 0 and 100000000"),
        (
            {"outcomes": {"groups": ["setcor"]}},
            "people have no group 'setcor' over the years; did you mean sector?",
        ),
        (
            {"uncertainties": {"population.leaving.leave": {"dist": "uniform", "low": 0, "high": 1}}},
            f"no uncertainty is called 'population.leaving.leave'; did you mean {LEAVES}?",
        ),
        (
            {"uncertainties": {LEAVES: {"dist": "uniform", "low": 0, "high": 0.6}}},
            f"{LEAVES}: high = 0.6 is not between 0 and 0.5, the range of this share a round",
        ),
        (
            {"uncertainties": {LEAVES: {"dist": "beta", "a": 1, "b": 9}}},
            "'beta' lies between 0 and 1, and the range of this share a round is 0 to 0.5; take uniform",
        ),
        (
            {"uncertainties": {"population.education.mix": {"dist": "uniform", "low": 0, "high": 1}}},
            "population.education.mix is a list of weights",
        ),
        (
            {"uncertainties": {"population.checking.appealed": {"dist": "uniform", "low": 0, "high": 1}}},
            "population.checking.appealed changes nothing here",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(changes: dict[str, Any], told: str) -> None:
    """Each says where, what, and what would do."""
    with pytest.raises(JifenError) as refusal:
        experiment(**changes)
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"population": {"applicants": 5}},
            "population = {'applicants': 5} does not go with a cohort: say years",
        ),
        ({"levers": {"quota.2021": {"low": 1, "high": 2}}}, "quota.2021 is of several rounds"),
        ({"levers": {"quota.growth": {"low": 1, "high": 2}}}, "quota.growth is of several rounds"),
        (
            {"uncertainties": {LEAVES: {"dist": "uniform", "low": 0, "high": 0.1}}},
            "say years, how many rounds",
        ),
    ],
)
def test_what_needs_years_is_refused_in_one_round(changes: dict[str, Any], told: str) -> None:
    """And says so."""
    with pytest.raises(ExperimentError) as refusal:
        of_one_round(**changes)
    assert told in str(refusal.value)


def test_an_experiment_over_years_reads_no_cohort() -> None:
    """Asked for its cohort, it says why there is none; and given one in Python, it is refused."""
    with pytest.raises(ExperimentError, match="draws its people and reads no cohort"):
        experiment().read_cohort()
    with pytest.raises(ExperimentError, match="does not go with years"):
        Experiment.of(spec(), cohort=cohort())
