"""The README: what it shows runs, prints what it says, and points at what is there."""

import contextlib
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from reports import render
from tests.reports.cli.command import commands, jifen, lines_in, small

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PACKAGES = ("scoring", "synthetic_data", "simulate", "reports", "notebooks", "tests")


def blocks(language: str) -> list[str]:
    """Give the blocks of code in one language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


def test_the_ten_lines_print_what_stands_under_them() -> None:
    """Ten lines at most, and the same numbers on every machine."""
    (code,), (printed, *_) = blocks("python"), blocks("text")
    assert len(code.splitlines()) <= 10
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102  a reader would run it as well
    assert out.getvalue() == printed


def test_every_jifen_line_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, smaller than they are written, in an empty folder."""

    def page(name: str, parameters: Mapping[str, Any], *, lang: str, out_dir: Path) -> Path:
        assert Path(parameters["cohort"]).exists()
        return out_dir / f"{name}-{lang}.html"

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(render, "report", page)
    lines = [line for block in blocks("sh") for line in lines_in(block)]
    assert lines
    left = [(" ".join(line), jifen(*small(line))) for line in lines]
    assert [(line, said) for line, said in left if said.status] == []


def test_every_subcommand_that_is_named_is_there() -> None:
    """What stands in the running text as `jifen …` is a subcommand."""
    known = [words for words, _ in commands()]
    named = set(re.findall(r"`(jifen(?: [a-z]+)*)", README))
    assert sorted(named - set(known)) == []


def test_every_make_target_that_is_named_is_there() -> None:
    """A reader who types it gets what was promised."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    named = re.findall(
        r"\bmake ([a-z-]+)\b(?= |`|\n)", "\n".join([*blocks("sh"), *re.findall("`[^`]+`", README)])
    )
    assert {"briefing", "test"} <= set(named)
    assert sorted(set(named) - set(targets)) == []


def test_links_lead_somewhere() -> None:
    """Files and pictures that the page points at are in the project."""
    places = [place for place in re.findall(r"\]\(([^)#\s]+)", README) if "://" not in place]
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_rooms_are_those_of_the_house() -> None:
    """The table names every package in the order in which they may use each other, and no other."""
    rooms = re.findall(r"^\| `([a-z_]+)/` \|", README, flags=re.MULTILINE)
    assert tuple(rooms) == PACKAGES
    assert all((ROOT / room).is_dir() for room in rooms)
