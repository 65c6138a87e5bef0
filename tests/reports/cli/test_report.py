"""``jifen report``: what reaches the notebook, what is refused before it runs, and one page made for real."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import nbformat
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
    report("--rules", "beijing-2020-draft", "--counterfactual")
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
    assert error.startswith("no report is called 'anual_briefing' (there is annual_briefing")
    assert error.endswith("); did you mean annual_briefing?")


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


def test_rules_out_of_their_rounds_are_refused_at_once(desk: Path, asked: list[dict[str, Any]]) -> None:
    """Before a kernel starts, with the option that allows them."""
    error = report("--rules", "beijing-2018-trial").error
    assert error.startswith("rules: beijing-2018-trial was not in force in the round of 2020")
    assert "--counterfactual" in error
    assert asked == []


def test_a_round_without_rules_needs_a_name(desk: Path) -> None:
    """The years before the trial had none."""
    said = jifen("report", "annual_briefing", "--round", 2016, "--quota", 30, "--out", "briefing")
    assert said.error == "no rulebook was in force for the round of 2016; name one with --rules"


def test_a_name_alone_makes_a_report(asked: list[dict[str, Any]]) -> None:
    """Nothing else need be said: applicants who do not exist, the report's own round, a folder beside."""
    said = jifen("report", "annual_briefing")
    assert said == Said(0, "reports-out/page.html\n", "")
    (wish,) = asked
    assert wish == {
        "name": "annual_briefing",
        "rules": "beijing-2020",
        "lang": "zh",
        "out": Path("reports-out"),
    }


def test_reports_and_their_parameters_are_listed() -> None:
    """Without a name every report with its title; with one, its parameters, defaults and what they mean."""
    said = jifen("report", "--list")
    assert said.status == 0
    (line,) = said.lines("annual_briefing")
    assert line.split(maxsplit=1)[1] == "年度简报 · Annual briefing"
    assert "tutorial" not in said.out
    assert "workbench" not in said.out
    (line,) = jifen("report", "annual_briefing", "--list").lines("threshold = 10")
    assert line.endswith("fewer people than this are never shown; not below 5")


def test_a_report_without_a_name_is_a_usage_error() -> None:
    """What to type to see the names is said."""
    said = jifen("report")
    assert (said.status, said.out) == (2, "")
    assert "`jifen report --list` shows the reports" in said.err


def test_formats_are_asked_for_with_commas(
    desk: Path, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each once, in the order asked for; one that there is not is refused with the nearest."""
    wanted: list[object] = []

    def note(*_: object, formats: object, **__: object) -> list[Path]:
        wanted.append(formats)
        return []

    monkeypatch.setattr(render, "report", note)
    assert report("--format", "pdf, html,pdf").status == 0
    assert wanted == [("pdf", "html")]
    assert "no format is called 'excel' (there is html, pdf, docx, xlsx)" in report("--format", "excel").error


def test_the_first_document_is_opened_when_asked_for(
    desk: Path, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's own program shows it."""
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    assert report().status == 0
    assert opened == []
    assert report("--open").status == 0
    assert opened == ["briefing/page.html"]


def test_the_round_before_and_a_counterfactual_have_options(desk: Path, asked: list[dict[str, Any]]) -> None:
    """Where the cohort of the round before lies is made whole, and the other is a yes."""
    assert report("--previous", "points.csv", "--counterfactual").status == 0
    assert asked[0]["previous"] == str(desk / "points.csv")
    assert asked[0]["counterfactual"] is True
    assert report("--previous", "none.csv").error == "none.csv does not exist."


def test_an_option_that_a_report_does_not_take_is_refused(
    desk: Path, asked: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report of no cohort says so, instead of leaving the cohort unheard."""
    new: Any = nbformat.v4
    source = 'lang = "zh"\nlevel = "05"\nexact = False'
    cell = new.new_code_cell(source, metadata={"tags": ["parameters"]})
    folder = tmp_path / "notebooks"
    folder.mkdir()
    kernel = {
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    nbformat.write(new.new_notebook(cells=[cell], metadata=kernel), folder / "bare.ipynb")
    monkeypatch.setattr(render, "NOTEBOOKS", folder)
    said = jifen("report", "bare", "--cohort", "cohort.parquet")
    assert said == Said(2, "", "jifen: bare takes no --cohort\nSee 'jifen report --help'.\n")
    assert jifen("report", "bare", "-p", "level=07", "-p", "exact=true").status == 0
    assert (asked[0]["level"], asked[0]["exact"]) == ("07", True)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("threshold=few", "annual_briefing: threshold = 'few' must be a whole number"),
        ("threshold=7.5", "annual_briefing: threshold = 7.5 must be a whole number"),
        ("bin_width=true", "annual_briefing: bin_width = True must be a number"),
    ],
)
def test_a_parameter_of_another_kind_is_refused(more: str, reason: str, desk: Path) -> None:
    """Before a notebook is started, with what the parameter takes."""
    assert report("-p", more).error == reason
