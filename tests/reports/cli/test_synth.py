"""``jifen synth``: people who do not exist, the same for the same seed, and in no contradiction."""

from pathlib import Path

import polars as pl
import pytest

import scoring
from scoring import Cohort, Rulebook
from synthetic_data.population import facts
from tests.reports.cli.command import Said, jifen


def synth(out: Path, *more: object, size: int = 300, seed: int = 1, round_year: int = 2020) -> Said:
    """Make synthetic facts."""
    return jifen("synth", "--round", round_year, "--size", size, "--seed", seed, "--out", out, *more)


def test_the_same_seed_gives_the_same_bytes(synthetic: Path, tmp_path: Path) -> None:
    """On any day, in any folder; and the last line says what was made."""
    out = tmp_path / "again.parquet"
    assert synth(out) == Said(
        0, f"300 applicants who do not exist, round of 2020, seed 1; written to {out}\n", ""
    )
    assert out.read_bytes() == synthetic.read_bytes()


def test_another_seed_gives_other_people(synthetic: Path, tmp_path: Path) -> None:
    """As many rows in the same columns, and hardly one of them the same."""
    synth(tmp_path / "other.parquet", seed=2)
    one, other = pl.read_parquet(synthetic), pl.read_parquet(tmp_path / "other.parquet")
    assert (one.schema.names(), one.height) == (other.schema.names(), other.height)
    columns = ["birth_date", "insured_months", "own_home_months", "education"]
    assert one.select(columns).join(other.select(columns), on=columns).height < 10


def test_check_has_nothing_against_them(synthetic: Path) -> None:
    """No error and no warning; the note says that nobody in the file exists."""
    said = jifen("check", synthetic, "--round", 2020)
    assert (said.status, said.lines("error"), said.lines("warning")) == (0, [], [])
    assert said.lines("note: The data are synthetic")


@pytest.mark.parametrize("seed", [1, 7])
@pytest.mark.parametrize(
    ("name", "round_year"),
    [
        *(("beijing-2018-trial", 2018), ("beijing-2018-trial", 2019), ("beijing-2020-draft", 2022)),
        *(("beijing-2020", 2020), ("beijing-2020", 2021), ("beijing-2020", 2023), ("beijing-2020", 2027)),
    ],
)
def test_facts_contradict_themselves_in_no_round(name: str, round_year: int, seed: int) -> None:
    """Months of insurance, of gaps and of homes add up before and after the rules' issue date."""
    rules = Rulebook.load(name)
    people = facts(rules, round_year=round_year, size=20_000, seed=seed)
    assert Cohort.from_frame(people, rules=rules, round_year=round_year).notices == ()


def test_the_cutoff_looks_like_the_published_one() -> None:
    """The parameters were chosen so that 122,852 people and 6,000 places give a cutoff near 97."""
    rules = Rulebook.load("beijing-2020")
    people = facts(rules, round_year=2020, size=122_852, seed=1)
    cohort = Cohort.from_frame(people, rules=rules, round_year=2020)
    cutoff = scoring.score(cohort, rules, quota=6_000).ranking.cutoff
    assert cutoff is not None
    assert 96 <= cutoff <= 98


def test_facts_of_another_rulebook(tmp_path: Path) -> None:
    """What is spent on making facts is that rulebook's, so that they can be scored under it and no other."""
    synth(tmp_path / "draft.parquet", "--rules", "beijing-2020-draft")
    how = ("score", tmp_path / "draft.parquet", "--round", 2020, "--quota", 30, "--out", tmp_path / "s.csv")
    assert jifen(*how, "--rules", "beijing-2020-draft").status == 0
    assert "made under beijing-2020-draft" in jifen(*how, "--rules", "beijing-2020").error


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("facts.csv", "cannot write facts.csv: facts are written to a .parquet file"),
        ("facts", "cannot write facts: facts are written to a .parquet file"),
        ("none/facts.parquet", "cannot write none/facts.parquet: there is no folder none"),
    ],
)
def test_other_places_are_refused(
    out: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, and nothing is left behind."""
    monkeypatch.chdir(tmp_path)
    assert synth(Path(out)).error == reason
    assert list(tmp_path.iterdir()) == []


def test_a_round_before_any_rules_needs_one_to_be_named(tmp_path: Path) -> None:
    """The way out that the message names is there."""
    out = tmp_path / "facts.parquet"
    error = synth(out, round_year=2016).error
    assert error == "no rulebook was in force for the round of 2016; name one with --rules"
    assert synth(out, "--rules", "beijing-2018-trial", round_year=2016).status == 0


@pytest.mark.parametrize(
    ("option", "value", "bounds"),
    [
        ("--size", "0", "of at least 1"),
        ("--size", "1e3", "of at least 1"),
        ("--seed", "-1", "of at least 0"),
        ("--round", "20", "from 2000 to 2199"),
    ],
)
def test_numbers_that_mean_nothing_are_usage_errors(
    option: str, value: str, bounds: str, tmp_path: Path
) -> None:
    """Option, bounds and what was given, in words."""
    how = {"--round": "2020", "--size": "10", "--seed": "1", "--out": str(tmp_path / "a.parquet")}
    said = jifen("synth", *(word for pair in (how | {option: value}).items() for word in pair))
    assert said == Said(
        2,
        "",
        f"jifen: Invalid value for '{option}': must be a whole number {bounds}, not {value!r}.\n"
        "See 'jifen synth --help'.\n",
    )
