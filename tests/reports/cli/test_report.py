"""``jifen report``: what reaches the notebook, what is refused before it runs, and one page made for real."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from reports import render
from reports.render import NOTEBOOKS
from reports.render.parameters import parameters_of
from tests.reports.cli.command import Said, jifen

RULES = Path(__file__).parents[3] / "scoring" / "rules" / "beijing-2020.toml"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Give a list of what reports are asked for, none of which is made."""
    wishes: list[dict[str, Any]] = []

    def note(name: str, parameters: Mapping[str, Any], **how: Any) -> list[Path]:
        out_dir: Path = how["out_dir"]
        wishes.append({"name": name, **parameters, "lang": how["lang"], "out": out_dir})
        return [out_dir / "page.html"]

    monkeypatch.setattr(render, "report", note)
    return wishes


def report(*more: object, name: str = "annual_briefing", cohort: object = "cohort.parquet") -> Said:
    """Ask for a report of the round of 2020 with 30 places."""
    return jifen(
        *("report", name, "--cohort", cohort, "--round", 2020, "--quota", 30, "--out", "briefing", *more)
    )


def test_a_page_under_rules_of_ones_own(desk: Path) -> None:
    """Relative paths of cohort and rulebook, a parameter of the notebook, and the page where it is said."""
    ours = RULES.read_text("utf-8").replace('name = "beijing-2020"', 'name = "ours"', 1)
    ours = re.sub(
        r"^rounds = .*$", "rounds = { first = 2024, last = 2025 }", ours, count=1, flags=re.MULTILINE
    )
    (desk / "ours.toml").write_text(ours, "utf-8")
    ask = ("--rules", "ours.toml", "--lang", "en", "-p", "threshold=20")
    assert "ours was not in force in the round of 2020; name the rules that were" in report(*ask).error
    said = report(*ask, "--counterfactual")
    assert said == Said(0, "briefing/2020-annual_briefing-en.html\n", "")
    page = (desk / "briefing" / "2020-annual_briefing-en.html").read_text("utf-8")
    assert "The rulebook ours was in force for the rounds of 2024 to 2025" in page
    assert "20 people" in page
    assert [path.name for path in (desk / "briefing").iterdir()] == ["2020-annual_briefing-en.html"]


def test_parameters_reach_the_notebook_with_their_types(desk: Path, asked: list[dict[str, Any]]) -> None:
    """Whole numbers, decimals and words; paths whole, since a notebook runs where it likes."""
    said = report("-p", "threshold=20", "--parameter", "bin_width=0.5", "-p", "title=a=b")
    assert (said.status, said.out, said.err) == (0, "briefing/page.html\n", "")
    assert asked == [
        {
            "name": "annual_briefing",
            "cohort": str(desk / "cohort.parquet"),
            "rules": "beijing-2020",
            "round": 2020,
            "quota": 30,
            "threshold": 20,
            "bin_width": 0.5,
            "title": "a=b",
            "lang": "zh",
            "out": Path("briefing"),
        }
    ]


def test_without_a_cohort_the_notebook_draws_its_own(asked: list[dict[str, Any]]) -> None:
    """Nobody's data are needed to see what a report looks like."""
    said = jifen("report", "annual_briefing", "--round", 2020, "--quota", 30, "--out", "briefing")
    assert said.status == 0
    assert "cohort" not in asked[0]
    assert parameters_of(NOTEBOOKS / "annual_briefing.ipynb")["cohort"] == ""


def test_rules_are_those_in_force_unless_others_are_named(desk: Path, asked: list[dict[str, Any]]) -> None:
    """By the round, by name, or by a file whose path is made whole."""
    (desk / "ours.toml").write_bytes(RULES.read_bytes())
    jifen("report", "annual_briefing", "--round", 2019, "--quota", 30, "--out", "briefing")
    report("--rules", "beijing-2020-draft")
    report("--rules", "ours.toml")
    assert [one["rules"] for one in asked] == [
        *("beijing-2018-trial", "beijing-2020-draft", str(desk / "ours.toml"))
    ]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (("-p", "treshold=20"), "annual_briefing has no parameter 'treshold'; did you mean threshold?"),
        (("--rules", "none.toml"), "none.toml: cannot be read (No such file or directory)"),
        (("--rules", "beijing2020"), "no rulebook is called 'beijing2020'; did you mean beijing-2020?"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest(
    more: tuple[str, ...], reason: str, desk: Path
) -> None:
    """Papermill would only log a parameter that is not there; here nothing is made of it."""
    assert report(*more).error.startswith(reason)
    assert not list(desk.glob("briefing/*"))


def test_an_unknown_report_is_refused_with_those_there_are(desk: Path) -> None:
    """The nearest name, then all."""
    error = report(name="anual_briefing").error
    assert "(there is annual_briefing); did you mean annual_briefing?" in error


def test_a_missing_cohort_is_said_at_once(desk: Path, asked: list[dict[str, Any]]) -> None:
    """Before a notebook is started, and by the path that was given."""
    assert report(cohort="none.parquet").error == "none.parquet does not exist."
    assert asked == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("threshold", "--parameter 'threshold' is not of the form NAME=VALUE"),
        ("=20", "--parameter '=20' is not of the form NAME=VALUE"),
        *(
            (f"{name}=1", f"--parameter {name} has an option of its own: --{name}")
            for name in ("cohort", "rules", "round", "quota", "lang")
        ),
    ],
)
def test_a_parameter_that_is_none_is_a_usage_error(
    text: str, reason: str, desk: Path, asked: list[dict[str, Any]]
) -> None:
    """Nothing that was typed goes unheard."""
    assert report("-p", text) == Said(2, "", f"jifen: {reason}\nSee 'jifen report --help'.\n")
    assert asked == []


def test_a_round_without_rules_needs_a_name(desk: Path) -> None:
    """The years before the trial had none."""
    said = jifen("report", "annual_briefing", "--round", 2016, "--quota", 30, "--out", "briefing")
    assert said.error == "no rulebook was in force for the round of 2016; name one with --rules"
