"""``jifen budget``: shares of the variance on a terminal, in JSON and in files."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from simulate import budget
from tests.reports.cli.command import jifen

ROUND = ("--round", 2020, "--quota", 60)


def test_sampling_alone_is_the_whole(synthetic: Path) -> None:
    """One cohort, one behaviour and one policy: all of the cutoff's variance is sampling's."""
    said = jifen("budget", synthetic, *ROUND, "--samples", 4, "--json")
    rows = [row for row in json.loads(said.out)["budget"] if row["quantity"] == "cutoff"]
    assert {row["source"]: row["variance_share"] for row in rows} == {
        "sampling": pytest.approx(1),
        "population": 0,
        "behaviour": 0,
        "policy": 0,
    }
    assert {row["source"] for row in rows if row["assumed"]} == {"behaviour", "policy"}


def test_the_terminal_has_a_line_a_quantity(synthetic: Path) -> None:
    """Cutoff, admitted, settled and people, each with its mean and the four sources."""
    options = ("--samples", 3, "--applies", "0.8,0.9,1", "--quotas", "40,60,80")
    lines = jifen("budget", synthetic, *ROUND, *options).out.splitlines()
    assert lines[0] == "Share of the variance by source"
    assert lines[1].split() == ["mean", "deviation", "sampling", "population", "behaviour", "policy"]
    assert [line.split()[0] for line in lines[2:]] == ["cutoff", "admitted", "settled", "population"]


@pytest.mark.parametrize(("change", "moves"), [("", False), ("employment.points_per_year = 4", True)])
def test_the_effects_of_a_reform_are_told(
    synthetic: Path,
    tmp_path: Path,
    change: str,
    moves: bool,
) -> None:
    """A reform without a change has an effect of exactly nothing; a point more a year moves the cutoff."""
    path = tmp_path / "reform.toml"
    jifen("reform", "new", "--baseline", "beijing-2020", "--out", path)
    path.write_text(path.read_text("utf-8").replace("[change]", f"[change]\n{change}"), "utf-8")
    said = jifen("budget", synthetic, *ROUND, "--samples", 3, "--reform", path, "--json")
    effects = [row for row in json.loads(said.out)["budget"] if row["of"] == "effect"]
    assert {row["quantity"] for row in effects} == {"cutoff", "admitted", "settled", "population"}
    cutoff = [row for row in effects if row["quantity"] == "cutoff"]
    assert all((row["mean"] > 0) is moves for row in cutoff)
    if not moves:
        assert all(row["mean"] == 0 and row["variance_share"] is None for row in effects)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--applies", "0.5,1"), "behaviour: 2 levels"),
        (("--applies", "half"), "no list of numbers"),
        (("--applies", "1.5"), "a share is from 0 to 1"),
        (("--lapses", "0.6", "--withdraws", "0.5"), "withdraws and lapses together"),
        (("--groups", "sec"), "no group 'sec'"),
    ],
)
def test_what_cannot_be_is_refused(synthetic: Path, options: tuple[object, ...], message: str) -> None:
    """Two levels, a word, a share above 1 and a misspelt group are refused in a sentence."""
    said = jifen("budget", synthetic, *ROUND, *options)
    assert said.status in (1, 2)
    assert message in said.err


@pytest.fixture
def few_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw so few lives that it takes a moment."""
    monkeypatch.setattr(budget, "ensemble", partial(budget.ensemble, draws=100_000))


@pytest.mark.usefixtures("few_lives")
def test_members_of_the_ensemble_are_populations() -> None:
    """With no files: their share is told beside sampling's, of as many applicants as were asked for."""
    options = ("--members", 3, "--applicants", 2000, "--samples", 3, "--quota", 2000)
    said = jifen("budget", "--round", 2022, *options, "--json")
    rows = json.loads(said.out)["budget"]
    shares = {row["source"]: row["variance_share"] for row in rows if row["quantity"] == "cutoff"}
    assert shares["sampling"] + shares["population"] == pytest.approx(1)
    assert shares["population"] != 0
    assert {row["mean"] for row in rows if row["quantity"] == "admitted"} == {2000}


@pytest.mark.usefixtures("few_lives")
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--round", 2019, "--members", 3), "no pool of the round of 2019 is calibrated"),
        (("--round", 2022, "--members", 99), "99 members are asked for, and the ensemble has 32"),
        (("--round", 2022, "--members", 2), "population: 2 levels"),
        (("cohort.csv", "--round", 2022, "--members", 3), "not both"),
        (("cohort.csv", "--round", 2022, "--applicants", 300), "--applicants goes with --members"),
        (("--round", 2022), "name files, or draw populations by --members"),
    ],
)
def test_members_that_cannot_be_are_refused(options: tuple[object, ...], message: str) -> None:
    """A round without a pool, more members than there are, two, and files beside members."""
    said = jifen("budget", *options, "--quota", 60, "--samples", 1)
    assert said.status in (1, 2)
    assert message in said.err
    assert len(said.err.splitlines()) <= 2
