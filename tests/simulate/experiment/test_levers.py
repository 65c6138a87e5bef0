"""Levers: exact grids, named choices, and what the law and the cohort can bear."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

import numpy as np
import pytest

from scoring.rulebook import Step
from simulate.experiment import Experiment, ExperimentError
from tests.simulate.experiment.specs import experiment, points, spec

FLAT = {"age.ladder": [{"up_to": 45, "points": 20}]}
RISING = {"age.ladder": [{"up_to": 45, "points": 16}, {"over": 45, "points": 20}]}

EVENLY = np.arange(4096) / 4096
"""Points that fill the unit interval evenly."""


def column(lever: Mapping[str, Any], name: str = "quota", **changes: Any) -> list[Any]:
    """Give the values that one lever takes at evenly spread points."""
    (made,) = experiment(levers={name: lever}, **changes).levers
    return made.column(made.taken(EVENLY)).to_list()


def test_an_integer_lever_takes_every_number_of_people_alike() -> None:
    """From 5 to 8, both included, a quarter of the draws take each."""
    values = column({"low": 5, "high": 8, "kind": "integer"})
    assert {value: values.count(value) for value in values} == dict.fromkeys((5, 6, 7, 8), 1024)


def test_a_weight_lies_on_the_grid_of_1024ths() -> None:
    """A weight between 0.5 and 1.5 is a whole number of 1/1024, and both ends are reached."""
    values = column({"low": 0.5, "high": 1.5}, "weights.education")
    assert [value * 1024 % 1 for value in values] == [0] * len(values)
    assert (min(values), max(values), len(set(values))) == (0.5, 1.5, 1025)


def test_a_step_of_a_weight_is_used_at_its_nearest_grid_value() -> None:
    """0.1 is no multiple of 1/1024: 102/1024 is used, and recorded."""
    values = column({"low": 0, "high": 0.3, "step": 0.1}, "weights.tax")
    assert sorted(set(values)) == [0, 102 / 1024, 205 / 1024, 307 / 1024]


def test_points_take_every_hundredth_or_every_step() -> None:
    """Points a year go by 0.01 if nothing else is said, and by the step if one is."""
    path = "employment.points_per_year"
    assert sorted(set(column({"low": 2, "high": 2.03}, path))) == [2.0, 2.01, 2.02, 2.03]
    assert sorted(set(column({"low": 2, "high": 3, "step": 0.25}, path))) == [2.0, 2.25, 2.5, 2.75, 3.0]
    assert sorted(set(column({"low": 2, "high": 4, "kind": "integer"}, path))) == [2.0, 3.0, 4.0]


def test_points_reach_the_rulebook_as_exact_decimals() -> None:
    """What a draw changes is a decimal of two places, so that no float decides a hundredth."""
    (lever,) = experiment(levers={"employment.points_per_year": {"low": 2.07, "high": 2.07}}).levers
    assert lever.change(int(lever.taken(np.zeros(1))[0])) == {"employment.points_per_year": Decimal("2.07")}


def test_a_count_is_a_whole_number() -> None:
    """Months of insurance go by ones."""
    assert sorted(set(column({"low": 82, "high": 84}, "eligibility.continuous_months"))) == [82, 83, 84]


def test_choices_are_taken_alike_and_baseline_changes_nothing() -> None:
    """Half of the draws leave the ladder as it is, half take the one that was named."""
    choices = {"choices": ["baseline", "flat"]}
    values = column(choices, "age.ladder", choices={"flat": FLAT})
    assert (values.count("baseline"), values.count("flat")) == (2048, 2048)
    (lever,) = experiment(levers={"age.ladder": choices}, choices={"flat": FLAT}).levers
    step, *rest = cast("tuple[Step, ...]", lever.change(1)["age.ladder"])
    assert lever.change(0) == {}
    assert step == Step(Decimal("20.00"), None, 45)
    assert all(later.points == 0 for later in rest)


def test_a_choice_may_change_several_values_together() -> None:
    """A named choice is a bundle: it holds the lever's own value and may hold others."""
    bundle = {"tax.points_per_award": 3, "tax.max_points": 9}
    (lever,) = experiment(
        levers={"tax.points_per_award": {"choices": ["more"]}}, choices={"more": bundle}
    ).levers
    assert lever.change(0) == {"tax.points_per_award": Decimal(3), "tax.max_points": Decimal(9)}


REFUSED: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"qota": {"low": 1, "high": 2}}, {}, "beijing-2020 has no value 'qota'; did you mean quota?"),
    ({"weights.educatoin": {"low": 0, "high": 1}}, {}, "did you mean weights.education?"),
    ({"weights.study_deduction": {"low": 0, "high": 1}}, {}, "goes with weights.education"),
    ({"employment.points_per_yaer": {"low": 1, "high": 2}}, {}, "did you mean employment.points_per_year?"),
    ({"employment": {"points_per_year": {"low": 1, "high": 2}}}, {}, 'in quotes, like "employment.'),
    ({"tax.line_yuan": {"low": 1, "high": 2}}, {}, 'needs = "histories"'),
    ({"innovation.awards": {"choices": ["x"]}}, {"x": {}}, "names a whole annex"),
    ({"quota": {"low": 1, "hihg": 2}}, {}, "levers: quota: unknown key 'hihg'; did you mean high?"),
    ({"quota": {"low": 1}}, {}, "levers: quota: high is missing"),
    ({"quota": 5}, {}, "levers: quota: 5 is no table"),
    ({"quota": {"low": "a", "high": 2}}, {}, "low = 'a' is no number"),
    ({"quota": {"low": 1.5, "high": 2}}, {}, "low = 1.5 is no whole number"),
    ({"quota": {"low": -1, "high": 2}}, {}, "levers: quota: low: -1 is not between 0 and 100000000"),
    ({"quota": {"low": 3, "high": 2}}, {}, "low = 3 is above high = 2"),
    ({"quota": {"low": 1, "high": 6, "step": 2}}, {}, "high = 6 is not low = 1 and a whole number of steps"),
    ({"quota": {"low": 1, "high": 2, "step": 0.5}}, {}, "step = 0.5 is below 1"),
    ({"quota": {"low": 1, "high": 2, "kind": "real"}}, {}, "kind = 'real' is unknown"),
    ({"weights.tax": {"low": 0, "high": 1001}}, {}, "high: 1001 is not between 0 and 1000"),
    ({"weights.tax": {"low": 0, "high": 1, "step": 0.0001}}, {}, "the finest there is here"),
    (
        {"weights.tax": {"low": 0.5, "high": 1, "kind": "integer"}},
        {},
        "low = 0.5 is no whole number, as kind",
    ),
    ({"weights.tax": {"choices": ["baseline"]}}, {}, "takes numbers and no choices"),
    (
        {"employment.points_per_year": {"low": -1, "high": 2}},
        {},
        "levers: employment.points_per_year: low: -1 is below 0, the least the law can bear (points a year)",
    ),
    (
        {"tax.points_per_penalty": {"low": -12, "high": 1}},
        {},
        "high: 1 is above 0, the most the law can bear",
    ),
    ({"employment.points_per_year": {"low": 1, "high": 2.005}}, {}, "no exact hundredth"),
    ({"employment.points_per_year": {"low": 1, "high": 2, "step": 0.125}}, {}, "no whole number of 0.01"),
    ({"tax.years_per_award": {"low": 1, "high": 4}}, {}, "4 is above 3, the most the law can bear"),
    (
        {"age.ladder": {"low": 1, "high": 2}},
        {},
        'age.ladder is no number; write { choices = ["baseline", …] }',
    ),
    ({"age.ladder": {"choices": ["flta"]}}, {"flat": FLAT}, "no [choices.flta]; did you mean flat?"),
    ({"age.ladder": {"choices": []}}, {}, "choices = [] is empty"),
    ({"age.ladder": {"choices": ["flat"], "low": 1}}, {"flat": FLAT}, "low = 1 does not go with choices"),
    ({"age.ladder": {"choices": ["flat", "flat"]}}, {"flat": FLAT}, "holds a name twice"),
    ({"age.ladder": {"choices": ["up"]}}, {"up": RISING}, "choices.up: age.ladder: a ladder that rises"),
    ({"age.ladder": {"choices": ["up"]}}, {"up": {"honours.points": 1}}, 'has no value for "age.ladder"'),
    (
        {"age.ladder": {"choices": ["flat"]}},
        {"flat": {**FLAT, "age.laddr": 1}},
        "choices.flat: no rulebook has a value 'age.laddr'; did you mean age.ladder?",
    ),
    (
        {"age.ladder": {"choices": ["flat"]}},
        {"flat": {**FLAT, "tax.window_years": 2}},
        'choices.flat: tax.window_years is spent when facts are made from histories (needs = "histories")',
    ),
    (
        {"innovation.awards": {"choices": ["half"]}},
        {"half": {"innovation.points_by_level.national": 1}},
        "names a whole annex",
    ),
    ({"quota": {"low": 1, "high": 2}}, {"flat": FLAT}, "choices.flat is named by no lever"),
    (
        {"quota": {"low": 1, "high": 2}},
        {"baseline": FLAT},
        "choices.baseline: this name means the rulebook as it is",
    ),
    (
        {"age.ladder": {"choices": ["both"]}, "honours.points": {"low": 1, "high": 2}},
        {"both": {**FLAT, "honours.points": 3}},
        "honours.points is moved by two levers, age.ladder and honours.points",
    ),
]


@pytest.mark.parametrize(("levers", "choices", "told"), REFUSED, ids=[told for *_, told in REFUSED])
def test_a_lever_that_cannot_be_is_refused(
    levers: dict[str, Any], choices: dict[str, Any], told: str
) -> None:
    """Each refusal says where, what, and what would do."""
    with pytest.raises(ExperimentError) as refusal:
        experiment(levers=levers, choices=choices)
    assert told in str(refusal.value)


def test_a_choice_that_leaves_points_by_level_half_given_is_refused() -> None:
    """A rulebook gives points by level for every level of award or for none."""
    levels = {"honours.points": 5, "innovation.points_by_level.national": 9}
    with pytest.raises(ExperimentError, match=r"choices\.some: .*no value for municipal, equity"):
        experiment(levers={"honours.points": {"choices": ["some"]}}, choices={"some": levels})


def test_a_cohort_of_points_bears_the_quota_and_weights_only() -> None:
    """What a rule would give cannot be known from points alone."""
    rates = {"employment.points_per_year": {"low": 2, "high": 4}}
    made = Experiment.of(spec(levers=rates, outcomes=None), cohort=points())
    with pytest.raises(
        ExperimentError, match=r"employment\.points_per_year cannot vary on a cohort of points"
    ):
        made.read_cohort()
    assert Experiment.of(spec(outcomes=None), cohort=points()).read_cohort().level == "points"
