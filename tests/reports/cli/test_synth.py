"""``jifen synth``: people who do not exist, the same for the same seed, and in no contradiction."""

from functools import partial
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import scoring
from scoring import Cohort, Rulebook
from simulate.calibrate import main_pool
from synthetic_data.population import facts
from synthetic_data.population.writing import write_pool
from tests.reports.cli.command import Said, jifen
from tests.reports.cli.conftest import Disk


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


def test_a_folder_takes_histories_that_count_to_the_same_facts(synthetic: Path, tmp_path: Path) -> None:
    """The same people, as departments would hold them; they are marked as people who do not exist, too."""
    folder, counted = tmp_path / "histories", tmp_path / "facts.parquet"
    assert synth(folder).status == 0
    said = jifen("check", folder, "--round", 2020)
    assert (said.status, said.lines("error"), said.lines("warning")) == (0, [], [])
    assert said.lines("note: The data are synthetic")
    assert jifen("facts", folder, "--round", 2020, "--out", counted).status == 0
    assert_frame_equal(pl.read_parquet(counted), pl.read_parquet(synthetic), check_column_order=False)


def test_a_csv_file_takes_the_same_facts(synthetic: Path, tmp_path: Path) -> None:
    """Read back, they are the cohort of the Parquet file."""
    out = tmp_path / "cohort.csv"
    assert synth(out).status == 0
    rules = Rulebook.load("beijing-2020")
    one, other = (scoring.read(path, rules=rules, round_year=2020) for path in (out, synthetic))
    assert one.digest == other.digest


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        (
            "facts.xlsx",
            "cannot write facts.xlsx: facts are written to a .parquet or .csv file, histories to a folder",
        ),
        ("none/facts.parquet", "cannot write none/facts.parquet: there is no folder none"),
        ("none/facts.csv", "cannot write none/facts.csv: there is no folder none"),
        ("taken", "cannot write taken: the folder is not empty; name a new one"),
    ],
)
def test_other_places_are_refused(
    out: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, and nothing is left behind."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken" / "deep").mkdir(parents=True)
    assert synth(Path(out)).error == reason
    assert list(tmp_path.rglob("*")) == [tmp_path / "taken", tmp_path / "taken" / "deep"]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, disk: Disk) -> None:
    """Neither a file or folder, nor the parts that they were to be made of."""
    for name in ("histories", "facts.parquet", "facts.csv"):
        with disk.full_after(10_000):
            said = synth(tmp_path / name, size=5_000)
        assert said.status == 1
        assert said.err.startswith(f"jifen: cannot write {tmp_path / name}")
        assert list(tmp_path.iterdir()) == []


def test_a_round_before_any_rules_needs_one_to_be_named(tmp_path: Path) -> None:
    """The way out that the message names is there."""
    out = tmp_path / "facts.parquet"
    error = synth(out, round_year=2016).error
    assert error == "no rulebook was in force for the round of 2016; name one with --rules"
    assert synth(out, "--rules", "beijing-2018-trial", round_year=2016).status == 0


@pytest.mark.parametrize("round_year", [2002, 2150])
def test_a_round_in_which_nobody_applies_is_refused(round_year: int, tmp_path: Path) -> None:
    """Before seven years of insurance could be had, and when everybody drawn has left."""
    said = synth(tmp_path / "facts.parquet", "--rules", "beijing-2020", round_year=round_year)
    assert said.error == f"hardly anybody of the population applies in the round of {round_year}"


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


def test_calibrated_people_are_those_of_the_main_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes for the same seed; a round without a calibrated pool is refused in a sentence."""
    few_lives = partial(main_pool.CalibratedPool, draws=100_000)
    monkeypatch.setattr(main_pool, "CalibratedPool", few_lives)
    once, again = tmp_path / "once.parquet", tmp_path / "again.parquet"
    rules = Rulebook.load("beijing-2020")
    write_pool(few_lives(rules=rules, round_year=2022, size=300, seed=1), once)
    assert synth(again, "--calibrated", round_year=2022).status == 0
    assert again.read_bytes() == once.read_bytes()
    said = synth(again, "--calibrated", round_year=2019)
    refused = "jifen: no pool of the round of 2019 is calibrated; there are those of 2020, 2021, 2022\n"
    assert (said.status, said.err) == (1, refused)
