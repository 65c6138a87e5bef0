"""Rules are named alike everywhere: a rulebook, its file, a reform's file, or several that are stacked."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring import JifenError, Rulebook
from scoring.reform import Reform
from scoring.reform.named import rules_of
from scoring.rulebook.load import RULES as PLACE

RULES = Rulebook.load("beijing-2020")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with two reforms of one rulebook, one that builds on the first, and a broken one."""
    doctor = Reform.from_changes(RULES, {"education.points.doctor": 39}, title="甲")
    honour = Reform.from_changes(RULES, {"honours.points": 10}, title="乙")
    more = Reform.from_changes(doctor.rules, {"education.points.doctor": 41}, title="丙")
    for name, reform in {"doctor": doctor, "honour": honour, "more": more}.items():
        (tmp_path / f"{name}.toml").write_text(reform.to_toml(), "utf-8")
    (tmp_path / "bad.toml").write_text(
        f'[change]\n"honours.points" = "x"\ndigest = "{RULES.digest}"', "utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("named", "doctor", "honour"),
    [
        ("beijing-2020", 3700, 2000),
        ("doctor.toml", 3900, 2000),
        ("doctor.toml, honour.toml", 3900, 1000),
        (["doctor.toml", "more.toml"], 4100, 2000),
        ("beijing-2020,honour.toml", 3700, 1000),
    ],
)
def test_rules_are_what_is_named(folder: Path, named: str | list[str], doctor: int, honour: int) -> None:
    """Points of a doctorate and of an honour, in hundredths, under one name, one file and several."""
    rules = rules_of(named, folder=folder)
    assert rules.points("education.points.doctor") == doctor
    assert rules.points("honours.points") == honour


def test_reforms_of_a_rulebook_of_ones_own(folder: Path) -> None:
    """A reform that is pinned to a rulebook which jifen does not bring stands after its file."""
    text = (
        (PLACE / "beijing-2020.toml").read_text("utf-8").replace('name = "beijing-2020"', 'name = "ours"', 1)
    )
    ours = text.replace("value = 37\n", "value = 36\n", 1)
    for annex in PLACE.glob("annex*.toml"):
        (folder / annex.name).write_text(annex.read_text("utf-8"), "utf-8")
    (folder / "ours.toml").write_text(ours, "utf-8")
    book = Rulebook.load(folder / "ours.toml")
    reform = Reform.from_changes(book, {"honours.points": 5}, title="丁")
    (folder / "of-ours.toml").write_text(reform.to_toml(), "utf-8")
    assert rules_of("ours.toml,of-ours.toml", folder=folder).digest == reform.rules.digest


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("beijing-2021", "no rulebook is called 'beijing-2021'; did you mean beijing-2020?"),
        ("gone.toml", "gone.toml: cannot be read (No such file or directory)"),
        ("doctor.toml,gone.toml", "gone.toml: cannot be read (No such file or directory)"),
        ("bad.toml", "bad.toml: the head has no 'baseline'"),
        ("beijing-2020-draft,doctor.toml", "doctor.toml: the reform is pinned to beijing-2020 with digest"),
        ("doctor.toml,beijing-2020", "beijing-2020: cannot be read (No such file or directory)"),
        ("more.toml", "more.toml: the reform is pinned to what other reforms make of beijing-2020"),
    ],
)
def test_what_cannot_be_read_is_named(folder: Path, named: str, said: str) -> None:
    """The message names the file and says what is wrong with it."""
    with pytest.raises(JifenError) as error:
        rules_of(named, folder=folder)
    assert said in str(error.value)
