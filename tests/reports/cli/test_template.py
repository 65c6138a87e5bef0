"""``jifen template``: blank workbooks that, filled in, are cohorts."""

from pathlib import Path

import fastexcel
import pytest

from scoring.rulebook import Rulebook
from tests.reports.cli.command import jifen
from tests.scoring.cohort.made import fact, point
from tests.scoring.cohort.test_template import fill_in, text_in

LEVELS = ("facts", "points", "histories")


def template(level: str, folder: Path, *more: object) -> Path:
    """Write a blank workbook."""
    path = folder / f"{level}.xlsx"
    said = jifen("template", level, "--out", path, *more)
    assert (said.status, said.out, said.err) == (0, f"written to {path}\n", "")
    return path


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_has_a_workbook_with_a_dictionary(level: str, tmp_path: Path) -> None:
    """The dictionary comes last, after the sheets to fill in; the lists to choose from are out of sight."""
    sheets = fastexcel.read_excel(template(level, tmp_path)).sheet_names
    shown = [name for name in sheets if name != "lists"]
    assert shown[-1] == "说明 dictionary"
    assert shown[:-1] == [level] or (level == "histories" and shown[0] == "applicants")


@pytest.mark.parametrize(("level", "row"), [("facts", fact()), ("points", point())])
def test_filled_in_it_is_checked_and_scored(level: str, row: dict[str, str], tmp_path: Path) -> None:
    """Check has nothing against it, and score gives the points that the same row has elsewhere."""
    path = template(level, tmp_path)
    fill_in(path, row)
    said = jifen("check", path, "--round", 2020)
    assert (said.status, said.lines("error")) == (0, [])
    out = tmp_path / "scored.csv"
    assert jifen("score", path, "--round", 2020, "--quota", 1, "--out", out).status == 0
    total = out.read_text("utf-8").splitlines()[1].split(",")[11]
    assert total == {"facts": "83.33", "points": "105.00"}[level]


@pytest.mark.parametrize("level", ["facts", "points"])
def test_blank_it_has_no_rows(level: str, tmp_path: Path) -> None:
    """A workbook that nobody filled in is no cohort."""
    path = template(level, tmp_path)
    said = jifen("check", path, "--round", 2020)
    assert (said.status, said.lines("error")) == (1, [f"error: {path} has no rows of data."])


def test_keys_are_offered_for_choice(tmp_path: Path) -> None:
    """Awards and honours are those of the newest rulebook, and one that is chosen counts."""
    path = template("facts", tmp_path)
    text = text_in(path)
    newest = Rulebook.load("beijing-2020")
    assert [key for key in (*newest.award_keys, *newest.honour_keys) if key not in text] == []
    assert "lists!$A$1:$A$75" in text
    assert "lists!$B$1:$B$11" in text
    fill_in(path, fact(honour="national_model_worker"))
    out = tmp_path / "scored.csv"
    assert jifen("score", path, "--round", 2020, "--quota", 1, "--out", out).status == 0
    assert out.read_text("utf-8").splitlines()[1].split(",")[9:12] == ["20.00", "0.00", "103.33"]


def test_another_rulebook_may_be_named(tmp_path: Path) -> None:
    """Its keys are offered; an unknown one is refused, and nothing is written."""
    template("facts", tmp_path, "--rules", "beijing-2018-trial")
    out = tmp_path / "none.xlsx"
    error = jifen("template", "facts", "--out", out, "--rules", "beijing2020").error
    assert "did you mean beijing-2020?" in error
    assert not out.exists()


def test_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    """Nothing in it depends on when it was made."""
    first = template("histories", tmp_path).read_bytes()
    assert template("histories", tmp_path).read_bytes() == first


def test_other_suffixes_and_places_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template is a workbook in a folder that is there."""
    monkeypatch.chdir(tmp_path)
    error = jifen("template", "facts", "--out", "blank.csv").error
    assert error == "cannot write blank.csv: a template is an .xlsx file"
    error = jifen("template", "facts", "--out", "none/blank.xlsx").error
    assert error == "cannot write none/blank.xlsx: there is no folder none"
    assert list(tmp_path.iterdir()) == []


def test_another_level_is_a_usage_error(tmp_path: Path) -> None:
    """The three that there are, are named."""
    said = jifen("template", "fact", "--out", tmp_path / "blank.xlsx")
    assert (said.status, said.out) == (2, "")
    assert all(f"'{level}'" in said.err for level in LEVELS)
    assert said.err.endswith("See 'jifen template --help'.\n")
