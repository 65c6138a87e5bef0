"""From the notebook to one page: executed once in each language, and opened as a reader would."""

import re
import subprocess
import sys
from pathlib import Path

import fastexcel
import nbformat
import pytest

from reports import render
from reports.render import ReportError
from reports.render.execution import own_errors
from reports.render.parameters import parameters_of
from reports.words import LANGUAGES
from scoring import UnknownName
from scoring.errors import JifenError
from tests.reports.pages import CHINESE, Read, rows_of
from tests.reports.rounds import drawn

NOTEBOOK = render.NOTEBOOKS / "annual_briefing.ipynb"
FORMATS = ("html", "xlsx")
"""Those without pictures; beside the browser every report is written in the others as well."""
TEAMS = ["<script>alert(1)</script>", "red", "blue", "green", "white"]


@pytest.fixture(scope="session")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small cohort with a group of an odd name."""
    path = tmp_path_factory.mktemp("cohort") / "people.csv"
    drawn(400, team=[TEAMS[number % 5] for number in range(400)]).write_csv(path)
    return path


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest, cohort: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the report of the small cohort, once in each language."""
    parameters = {"cohort": str(cohort), "rules": "beijing-2020", "round": 2020, "quota": 60}
    folder = tmp_path_factory.mktemp("report")
    paths = render.report("annual_briefing", parameters, lang=request.param, out_dir=folder, formats=FORMATS)
    assert [path.suffix for path in paths] == [".html", ".xlsx"]
    return paths[0]


@pytest.fixture(scope="module")
def told(made: Path) -> Read:
    """Read that report."""
    return Read(made.read_text("utf-8"))


def test_a_report_is_one_file_whose_name_sorts(made: Path) -> None:
    """Files are called by round, notebook and language, one a format, and nothing else is in their folder."""
    assert made.name in ("2020-annual_briefing-zh.html", "2020-annual_briefing-en.html")
    files = {f"{made.stem}.{form}" for form in FORMATS}
    assert {path.name for path in made.parent.iterdir()} == files


def test_the_workbook_tells_the_same(made: Path, told: Read) -> None:
    """It has a sheet a table of the page, and two more: the round at a glance, and the sources."""
    book = fastexcel.read_excel(made.with_suffix(".xlsx"))
    assert len(book.sheet_names) == len(told.having("table")) + 2


def test_the_page_is_in_its_language(made: Path, told: Read) -> None:
    """Language and title of the document are those of the page."""
    (html,), title = told.having("html"), told.texts[0]
    assert html["lang"] == {"zh": "zh-CN", "en": "en"}[made.stem[-2:]]
    assert title == told.texts[1]
    assert "2020" in title


def test_the_page_asks_for_nothing(told: Read) -> None:
    """No element, no style and no policy lets the page load anything from elsewhere."""
    for tag, attributes in told.elements:
        places = [
            attributes[name] for name in ("src", "href", "srcset", "data", "action") if name in attributes
        ]
        assert all(place.startswith("data:") for place in places), tag
    styles = "".join(told.styles)
    assert "@import" not in styles
    assert all(place.startswith('"data:') for place in re.findall(r"url\(([^)]*)", styles))
    policies = [found["content"] for found in told.having("meta") if "http-equiv" in found]
    assert len(policies) == 1
    assert "default-src 'none'" in policies[0]


def test_the_drawing_library_is_there_once(told: Read) -> None:
    """However many charts there are, Vega comes with the page once."""
    assert sum("vegaEmbed=" in text.replace(" ", "") and len(text) > 500_000 for _, text in told.scripts) == 1
    assert len(told.source) < 1_300_000


def test_the_code_is_left_out(told: Read) -> None:
    """A reader sees no line of the notebook, and nothing that is there for who works in it."""
    assert "distribution.score_bins" not in told.source
    assert "import" not in told.text
    assert "Annual briefing" not in told.text


def test_every_chart_and_table_is_there(told: Read) -> None:
    """Five charts of the round and one for each dimension, numbered, with rows to draw."""
    assert len(told.specs) == 5 + 3
    assert all(rows_of(spec) for spec in told.specs)
    assert len(told.having("table")) == 4 + 3


def test_the_font_is_embedded_where_it_is_needed(told: Read) -> None:
    """The page carries the glyphs of all its Chinese characters, and of those only."""
    wanted = {
        ord(mark) for mark in CHINESE.findall(re.sub(r"<style.*?</style>", "", told.source, flags=re.DOTALL))
    }
    assert wanted <= told.glyphs
    assert len(told.glyphs) < len(wanted) + 12


def test_a_group_called_like_a_script_is_text(told: Read) -> None:
    """No script runs but the page's own: library, drawing, specifications and one call for each chart."""
    assert TEAMS[0] in told.text
    assert len(told.scripts) == 2 + 2 * len(told.specs)


def test_nobody_is_in_the_page(told: Read) -> None:
    """Charts embed some rows for each thing they draw and none for a person."""
    assert sum(len(rows_of(spec)) for spec in told.specs) < 200
    assert not {key for spec in told.specs for row in rows_of(spec) for key in row} & {
        "applicant_id",
        "total",
    }


def test_a_misspelt_parameter_is_refused(tmp_path: Path) -> None:
    """A parameter that the notebook does not have is an error that names the nearest, and writes nothing."""
    with pytest.raises(ReportError, match=r"no parameter 'qouta'; did you mean quota\?"):
        render.report("annual_briefing", {"qouta": 6000}, lang="zh", out_dir=tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_unknown_report_is_refused(tmp_path: Path) -> None:
    """A report that does not exist is an error that names the nearest and all there are."""
    with pytest.raises(ReportError, match="did you mean annual_briefing"):
        render.report("anual_briefing", {}, lang="zh", out_dir=tmp_path)


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    """A language that has no words is refused before anything is computed."""
    with pytest.raises(UnknownName, match="zh, en"):
        render.report("annual_briefing", {}, lang="fr", out_dir=tmp_path)


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    """A file where the folder should be is an error in one line, before anything is computed."""
    (tmp_path / "taken").write_text("", "utf-8")
    with pytest.raises(ReportError, match="cannot write into"):
        render.report("annual_briefing", {}, lang="zh", out_dir=tmp_path / "taken")


def test_a_cell_that_stops_is_told_in_a_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An error in the notebook becomes its own message, without a trace; an older report stays as it was."""
    old = tmp_path / "2020-annual_briefing-zh.html"
    old.write_text("older", "utf-8")
    with pytest.raises(ReportError) as stopped:
        render.report("annual_briefing", {"threshold": 3}, lang="zh", out_dir=tmp_path)
    assert str(stopped.value).startswith("threshold: 3 people; a cell may be shown")
    assert "\n" not in str(stopped.value)
    assert old.read_text("utf-8") == "older"
    assert [path.name for path in tmp_path.iterdir()] == [old.name]
    assert capfd.readouterr().err == ""


def test_the_notebook_says_its_parameters() -> None:
    """The parameters cell holds every parameter with a default, and no cohort means a synthetic one."""
    assert list(parameters_of(NOTEBOOK)) == [
        "cohort",
        "previous",
        "previous_quota",
        "rules",
        "round",
        "quota",
        "lang",
        "counterfactual",
        "threshold",
        "bin_width",
    ]
    assert parameters_of(NOTEBOOK)["cohort"] == ""


def test_the_notebook_runs_as_it_stands(tmp_path: Path) -> None:
    """Plain papermill runs it without a parameter, and its charts have what they need to be drawn there."""
    out = tmp_path / "out.ipynb"
    command = [
        sys.executable,
        "-m",
        "papermill",
        str(NOTEBOOK),
        str(out),
        "--no-progress-bar",
        "-p",
        "quota",
        "500",
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    done = nbformat.read(out, as_version=4)
    shown = "".join(
        output.data["text/html"]
        for cell in done.cells
        for output in cell.get("outputs", [])
        if "data" in output
    )
    assert "合成数据" in shown
    assert shown.count("window.vegaEmbed") >= 1
    # Three of the round, and one for each column of the synthetic cohort that says who people are.
    assert shown.count('class="spec"') == shown.count('<figure class="jifen"') > 3 + 3


def test_every_error_of_jifens_own_is_known_by_name() -> None:
    """Whatever the rooms define is told as its sentence alone, though nobody here imported it."""
    known = own_errors()
    assert {"OutOfForce", "SensitivityError", "ForecastError", "NoEnsemble"} <= known
    assert not {"ValueError", "Exception"} & known

    def below(kind: type[Exception]) -> set[str]:
        rooms = ("scoring.", "synthetic_data.", "simulate.", "reports.")
        own = {kind.__name__} if kind.__module__.startswith(rooms) else set()
        return own.union(*map(below, kind.__subclasses__()))

    assert below(JifenError) <= known
