"""The file of an experiment: read, checked whole, and told apart by its digest."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from scoring import JifenError, Rulebook
from scoring.reform import Reform
from scoring.toml import to_toml
from simulate.experiment import Experiment, ExperimentError
from tests.simulate.experiment.specs import cohort, experiment, spec, write

WHOLE = """
rules = "beijing-2020"
round = 2020
cohort = "cohort.parquet"
draws = 10_000
seed = 7
design = "sobol"
baseline = { quota = 6000 }

[levers]
quota = { low = 4000, high = 8000, kind = "integer" }
"weights.education" = { low = 0.5, high = 1.5 }            # multiplies an indicator's published points
"employment.points_per_year" = { low = 2, high = 4, step = 0.25 }
"age.ladder" = { choices = ["baseline", "flat_to_45"] }

[choices.flat_to_45]
"age.ladder" = [{ up_to = 45, points = 20 }]

[simplex]
weights = ["tax", "age"]

[uncertainties]
"applicants.share" = { dist = "beta", a = 80, b = 8 }

[outcomes]
groups = ["education_level", "age_band", "sector"]
"""


def test_a_file_says_all_that_an_experiment_is(tmp_path: Path) -> None:
    """Levers, choices, a simplex, uncertainties and outcomes come out of one file; paths are beside it."""
    (tmp_path / "whole.toml").write_text(WHOLE, "utf-8")
    made = Experiment.load(tmp_path / "whole.toml")
    assert [lever.name for lever in made.levers] == [
        "quota",
        "weights.education",
        "employment.points_per_year",
        "age.ladder",
    ]
    assert (made.rules.name, made.round_year, made.draws, made.seed, made.quota) == (
        "beijing-2020",
        2020,
        10_000,
        7,
        6000,
    )
    assert made.simplex is not None
    assert [one.name for one in made.uncertainties] == ["applicants.share"]
    assert made.design.dimensions == 6
    assert made.groups == ("education_level", "age_band", "sector")
    assert made.source == tmp_path / "cohort.parquet"
    assert made.text == WHOLE


def test_comments_do_not_make_another_experiment_and_values_do() -> None:
    """The digest is that of what is said; the order of levers is part of it, as it is of the draws."""
    plain = Experiment.from_toml(WHOLE)
    assert Experiment.from_toml(f"# a remark\n{WHOLE}").digest == plain.digest
    assert Experiment.from_toml(WHOLE.replace("seed = 7", "seed = 8")).digest != plain.digest
    assert experiment(levers=dict(reversed(spec()["levers"].items()))).digest != experiment().digest


def test_the_rulebook_may_be_a_file_beside(tmp_path: Path) -> None:
    """A rulebook of one's own is named by its path from the experiment's folder."""
    (tmp_path / "own.toml").write_text("x = 1", "utf-8")
    (tmp_path / "whole.toml").write_text(WHOLE.replace('"beijing-2020"', '"own.toml"'), "utf-8")
    with pytest.raises(Exception, match="unknown key 'x'"):
        Experiment.load(tmp_path / "whole.toml")


def test_groups_are_all_there_are_unless_some_are_asked_for() -> None:
    """Without outcomes the admitted are counted by sex, age, credential and each of the cohort's own."""
    made = experiment(outcomes=None)
    groups = made.groups_of(made.read_cohort())
    assert groups[:3] == ("sex", "age_band", "education_level")
    assert set(groups[3:]) == set(cohort().groups)
    assert experiment().groups_of(cohort()) == ("age_band", "sector")


def test_a_grid_has_as_many_draws_as_combinations() -> None:
    """Five quotas by three weights are fifteen draws, said or not."""
    levers = {"quota": {"low": 1, "high": 5}, "weights.tax": {"low": 0, "high": 1, "step": 0.5}}
    assert experiment(design="grid", levers=levers, draws=None).draws == 15
    assert experiment(design="grid", levers=levers, draws=15).draws == 15


def test_sobol_is_taken_when_no_design_is_named() -> None:
    """The design that converges fastest is the plain one."""
    assert experiment(design=None).design.name == "sobol"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"draw": 5}, "unknown key 'draw'; did you mean draws?"),
        ({"years": 5}, "cohort = 'cohort.parquet' does not go with years: a cohort says what people have"),
        ({"rules": None}, "rules is missing"),
        ({"rules": "beijing-2021"}, "no rulebook is called 'beijing-2021'; did you mean beijing-2020?"),
        ({"rules": 5}, "rules = 5 is no text in quotes"),
        ({"draws": None}, "draws is missing"),
        ({"draws": 0}, "draws = 0 is not between 1 and 10000000"),
        ({"draws": 1.5}, "draws = 1.5 is no whole number"),
        ({"draws": True}, "draws = True is no whole number"),
        ({"seed": None}, "seed is missing"),
        ({"seed": -1}, "seed = -1 is not between 0 and"),
        ({"design": "sobel"}, "design = 'sobel' is none of sobol, lhs, random, grid; did you mean sobol?"),
        ({"baseline": None}, "baseline is missing"),
        ({"baseline": {"quta": 5}}, "baseline: unknown key 'quta'; did you mean quota?"),
        ({"baseline": {"quota": -5}}, "baseline: quota = -5 is not between"),
        ({"levers": None}, "nothing varies"),
        ({"levers": 5}, "levers is no table"),
        ({"choices": 5}, "choices is no table"),
        ({"uncertainties": 5}, "uncertainties is no table"),
        ({"outcomes": {"gruops": []}}, "outcomes: unknown key 'gruops'; did you mean groups?"),
        ({"outcomes": {"groups": "sector"}}, "outcomes: groups = 'sector' is no list of names"),
        ({"design": "grid", "draws": None}, "weights.education: a grid needs a step"),
        (
            {"design": "grid", "levers": {"quota": {"low": 1, "high": 5}}},
            "draws = 200 is not the 5 combinations",
        ),
        (
            {"design": "grid", "uncertainties": {"applicants.share": {"dist": "beta", "a": 1, "b": 1}}},
            "a grid has levers only",
        ),
        (
            {
                "design": "grid",
                "levers": {
                    "quota": {"low": 1, "high": 10**5},
                    "honours.points": {"low": 0, "high": 999, "step": 1},
                },
            },
            "the grid has 100000000 combinations, more than 10000000",
        ),
    ],
    ids=str,
)
def test_an_experiment_that_cannot_be_is_refused(changes: dict[str, Any], told: str) -> None:
    """Each refusal says where, what, and what would do."""
    plain = {key: value for key, value in spec().items() if key not in changes}
    with pytest.raises(Exception) as refusal:  # noqa: PT011  the message is what is held
        Experiment.of({**plain, **{key: value for key, value in changes.items() if value is not None}})
    assert told in str(refusal.value)


def test_the_round_is_a_year() -> None:
    """A round outside the contract's years is refused."""
    with pytest.raises(ExperimentError, match="round = 20 is not between 1901 and 2200"):
        Experiment.of(spec(round=20))


def test_a_group_that_the_cohort_has_not_is_refused_with_the_nearest() -> None:
    """The cohort's own groups are known only when it is read."""
    with pytest.raises(ExperimentError, match=r"no group 'sectr'; did you mean sector\?"):
        experiment(outcomes={"groups": ["sectr"]}).read_cohort()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"rules = ", "bad.toml: not valid TOML"),
        (b"\xff\xfe", "is no text in UTF-8"),
        (b"rules = 'a", "bad.toml: not valid TOML"),
        (b"seed = 1", "bad.toml: rules is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None, told: str) -> None:
    """A missing file, another encoding and broken TOML each have their sentence, with the file's name."""
    if content is not None:
        (tmp_path / "bad.toml").write_bytes(content)
    with pytest.raises(ExperimentError) as refusal:
        Experiment.load(tmp_path / "bad.toml")
    assert told in str(refusal.value)


def test_a_specification_made_in_python_is_the_one_in_the_file(tmp_path: Path) -> None:
    """Written as TOML and read again, every table and number is what it was."""
    odd = {"a": True, "b": [{"x": 0.1}], "c": {'d"e': "f\n"}, "g": {}}
    for whole in (tomllib.loads(WHOLE), odd):
        assert tomllib.loads(to_toml(whole)) == whole
    assert Experiment.load(write(tmp_path)).digest == Experiment.of(spec()).digest


def test_a_value_that_no_file_can_hold_is_refused() -> None:
    """None has no form in TOML."""
    with pytest.raises(JifenError, match="None cannot be written as TOML"):
        to_toml({"seed": None})


def test_rules_may_be_what_reforms_make(tmp_path: Path) -> None:
    """A reform beside the experiment gives its rules, a list stacks, and the digest is the reformed one's."""
    rules = Rulebook.load("beijing-2020")
    made = {
        "doctor": Reform.from_changes(rules, {"education.points.doctor": 39}, title="甲"),
        "honour": Reform.from_changes(rules, {"honours.points": 10}, title="乙"),
    }
    for name, reform in made.items():
        (tmp_path / f"{name}.toml").write_text(reform.to_toml(), "utf-8")
    one = Experiment.of(spec(rules="doctor.toml"), folder=tmp_path)
    two = Experiment.of(spec(rules=["beijing-2020", "doctor.toml", "honour.toml"]), folder=tmp_path)
    assert one.rules.digest == made["doctor"].rules.digest
    assert two.rules.digest == made["doctor"].then(made["honour"]).rules.digest
    with pytest.raises(JifenError, match=r"gone\.toml: cannot be read"):
        Experiment.of(spec(rules=["doctor.toml", "gone.toml"]), folder=tmp_path)
