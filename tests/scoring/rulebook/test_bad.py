"""Bad rulebooks, one an error: each says what is wrong, where, and the nearest name that would do.

The cases lie in ``bad/`` as patches of the shipped files: a piece of text that stands there once, and what
stands there instead.
"""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from scoring.errors import JifenError, RulebookError, UnknownName
from scoring.rulebook import Rulebook, load

BAD = Path(__file__).parent / "bad"
SHIPPED = ("beijing-2020.toml", "annex-3.toml", "annex-4.toml")


def all_cases() -> list[Any]:
    """Read every bad rulebook of every file, named by both."""
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(BAD.glob("*.toml"))
        for case in tomllib.loads(path.read_text("utf-8"))["case"]
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a rulebook and its annexes, to spoil."""
    for file in SHIPPED:
        shutil.copy(load.RULES / file, tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", all_cases())
def test_bad_rulebook(case: dict[str, str], folder: Path) -> None:
    """One piece of text replaced makes a rulebook that is refused with one message."""
    assert case.keys() <= {"name", "file", "replace", "by", "message"}
    path = folder / case.get("file", SHIPPED[0])
    text = path.read_text("utf-8")
    assert text.count(case["replace"]) == 1, "the text to replace stands there once"
    path.write_text(text.replace(case["replace"], case["by"]), "utf-8")
    with pytest.raises(RulebookError) as refused:
        Rulebook.load(folder / SHIPPED[0])
    said, open_end, _ = case["message"].partition("…")
    if open_end:  # the parser's own words differ between versions of Python
        assert re.fullmatch(rf"{re.escape(said)}\S.*\(at line \d+, column \d+\)", str(refused.value))
    else:
        assert str(refused.value) == said


def test_every_bad_rulebook_is_one_of_its_own() -> None:
    """No case stands twice."""
    cases = all_cases()
    assert len({case.id for case in cases}) == len(cases)
    patches = [case.values[0] for case in cases]
    assert len({(one.get("file"), one["replace"], one["by"]) for one in patches}) == len(cases)


def test_the_copies_are_good_before_they_are_spoilt(folder: Path) -> None:
    """The same folder, left alone, loads as the shipped rulebook: what is refused is the patch."""
    assert Rulebook.load(folder / SHIPPED[0]) == Rulebook.load("beijing-2020")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A path to nothing says so."""
    path = tmp_path / "mine.toml"
    with pytest.raises(RulebookError) as refused:
        Rulebook.load(path)
    assert str(refused.value) == f"{path}: cannot be read (No such file or directory)"


def test_a_file_that_is_not_utf_8(folder: Path) -> None:
    """A rulebook saved in GB18030 is refused, and not read as something else."""
    path = folder / SHIPPED[0]
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    with pytest.raises(RulebookError) as refused:
        Rulebook.load(path)
    assert str(refused.value).startswith("beijing-2020.toml: not valid TOML: 'utf-8' codec can't decode byte")


def test_an_annex_that_is_not_there(folder: Path) -> None:
    """An annex is looked for beside the rulebook, then among the shipped ones, and missed by name."""
    path = folder / SHIPPED[0]
    path.write_text(path.read_text("utf-8").replace('"annex-3"', '"annex-9"'), "utf-8")
    with pytest.raises(RulebookError, match=r"annex-9\.toml: cannot be read \(No such file or directory\)"):
        Rulebook.load(path)


def test_an_annex_of_the_shipped_ones_serves_a_rulebook_elsewhere(folder: Path) -> None:
    """A rulebook of one's own need not bring the annexes along."""
    (folder / "annex-3.toml").unlink()
    (folder / "annex-4.toml").unlink()
    assert Rulebook.load(folder / SHIPPED[0]) == Rulebook.load("beijing-2020")


@pytest.mark.parametrize(
    ("name", "hint"), [("bejing-2020", "; did you mean beijing-2020?"), ("shanghai", "")]
)
def test_a_name_that_no_rulebook_has(name: str, hint: str) -> None:
    """An unknown name is refused with the nearest one and with all there are."""
    with pytest.raises(UnknownName) as refused:
        Rulebook.load(name)
    there_are = "there are beijing-2018-trial, beijing-2020-draft, beijing-2020"
    assert str(refused.value) == f"no rulebook is called {name!r}{hint} ({there_are})"
    assert isinstance(refused.value, JifenError)
