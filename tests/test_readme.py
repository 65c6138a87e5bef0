"""The README in both languages: what it shows runs, prints what it says, and points at what is there."""

import contextlib
import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reports import render
from simulate.experiment import Experiment
from tests.reports.cli.command import commands, jifen, lines_in, small

ROOT = Path(__file__).parents[1]
READMES = {"en": "README.md", "zh": "README.zh-CN.md"}
PACKAGES = ("scoring", "synthetic_data", "simulate", "reports", "notebooks", "tests")


@pytest.fixture(scope="module", params=READMES)
def readme(request: pytest.FixtureRequest) -> str:
    """Read the page in one language."""
    return (ROOT / READMES[request.param]).read_text("utf-8")


def blocks(readme: str, language: str) -> list[str]:
    """Give the blocks of code in one language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", readme, flags=re.DOTALL | re.MULTILINE)


@cache
def printed(code: str) -> str:
    """Run a reader's lines and give what they print."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README", "exec"), {})  # noqa: S102  a reader would run it as well
    return out.getvalue()


def test_the_ten_lines_print_what_stands_under_them(readme: str) -> None:
    """Ten lines at most, and the same numbers on every machine."""
    (code,), (shown, *_) = blocks(readme, "python"), blocks(readme, "text")
    assert len(code.splitlines()) <= 10
    assert printed(code) == shown


def test_every_jifen_line_runs(readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, smaller than they are written, in an empty folder."""

    def pages(name: str, parameters: Mapping[str, Any], *, lang: str, out_dir: Path, **_: Any) -> list[Path]:
        assert Path(parameters["cohort"]).exists()
        return [out_dir / f"{name}-{lang}.html"]

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(render, "report", pages)
    lines = [line for block in blocks(readme, "sh") for line in lines_in(block)]
    assert lines
    left = [(" ".join(line), jifen(*small(line))) for line in lines]
    assert [(line, said) for line, said in left if said.status] == []


def test_the_experiment_is_one() -> None:
    """Who copies it gets an experiment over the years that it promises."""
    (text,) = blocks((ROOT / READMES["en"]).read_text("utf-8"), "toml")
    experiment = Experiment.from_toml(text)
    assert experiment.horizon is not None
    assert list(experiment.horizon.rounds) == [2023, 2024, 2025, 2026, 2027]


def test_every_subcommand_that_is_named_is_there(readme: str) -> None:
    """What stands in the running text as `jifen …` is a subcommand."""
    known = [words for words, _ in commands()]
    named = set(re.findall(r"`(jifen(?: [a-z]+)*)", readme))
    assert sorted(named - set(known)) == []


def test_every_make_target_that_is_named_is_there(readme: str) -> None:
    """A reader who types it gets what was promised."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    named = re.findall(
        r"\bmake ([a-z-]+)\b(?= |`|\n)", "\n".join([*blocks(readme, "sh"), *re.findall("`[^`]+`", readme)])
    )
    assert {"briefing", "test"} <= set(named)
    assert sorted(set(named) - set(targets)) == []


def test_links_lead_somewhere(readme: str) -> None:
    """Files and pictures that the page points at are in the project."""
    places = [place for place in re.findall(r"\]\(([^)#\s]+)", readme) if "://" not in place]
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_rooms_are_those_of_the_house() -> None:
    """The table names every package in the order in which they may use each other, and no other."""
    english = (ROOT / READMES["en"]).read_text("utf-8")
    rooms = re.findall(r"^\| `([a-z_]+)/` \|", english, flags=re.MULTILINE)
    assert tuple(rooms) == PACKAGES
    assert all((ROOT / room).is_dir() for room in rooms)


def test_the_notebooks_that_are_named_are_there(readme: str) -> None:
    """A row of the table of notebooks is a notebook that opens."""
    named = re.findall(r"^\| `([a-z_]+)` \|", readme, flags=re.MULTILINE)
    assert [name for name in named if not (ROOT / "notebooks" / f"{name}.ipynb").exists()] == []
