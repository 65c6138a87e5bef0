"""A cohort counted from records: the facts of the counting itself, anew for every rulebook."""

import random
from pathlib import Path

import polars as pl
import pytest

import scoring
from scoring.cohort import Cohort, write_facts
from scoring.histories import facts
from scoring.rulebook import Rulebook
from tests.oracle.history_strategies import random_histories
from tests.scoring.cohort.made import admitted as admitted_facts
from tests.scoring.cohort.made import csv, fact
from tests.scoring.cohort.records_made import RULES, folder, sound
from tests.scoring.histories.frames import Tables, frames

ROUND = 2023
NAMES = Rulebook.names()


@pytest.fixture(scope="module")
def people() -> Tables:
    """Make a hundred people with records dense in awkward cases."""
    rng = random.Random(11)  # noqa: S311 -- a seeded generator is what a test needs
    keys = {"award_keys": RULES.award_keys, "honour_keys": RULES.honour_keys}
    return frames([random_histories(rng, ROUND, **keys) for _ in range(100)], RULES)


def saved(people: Tables, place: Path, suffix: str) -> Path:
    """Write tables into a folder in one format."""
    place.mkdir()
    for name, table in people.items():
        path = place / f"{name}{suffix}"
        writer = {".csv": table.write_csv, ".parquet": table.write_parquet, ".xlsx": table.write_excel}
        writer[suffix](path)  # type: ignore[operator]
    return place


@pytest.fixture(scope="module")
def place(people: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the hundred people as Parquet."""
    return saved(people, tmp_path_factory.mktemp("counted") / "histories", ".parquet")


def counted(place: Path, name: str) -> Cohort:
    """Read a folder under a rulebook."""
    return scoring.read(place, rules=Rulebook.load(name), round_year=ROUND)


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_what_was_written_is_what_is_counted(suffix: str, people: Tables, tmp_path: Path) -> None:
    """Through any format the facts are those of the tables themselves."""
    cohort = counted(saved(people, tmp_path / "histories", suffix), "beijing-2020")
    assert cohort.frame.equals(facts(people, RULES, round_year=ROUND))
    assert {one.severity for one in cohort.notices} == {"warning", "note"}


@pytest.mark.parametrize("name", NAMES)
def test_a_cohort_is_counted_anew_under_other_rules(name: str, place: Path) -> None:
    """Facts of one rulebook are not another's: scored under it, they are those read under it."""
    here, there = counted(place, NAMES[0]), counted(place, name)
    assert here.under(Rulebook.load(name)).frame.equals(there.frame)
    rules = Rulebook.load(name)
    one, other = (scoring.score(cohort, rules, quota=20) for cohort in (here, there))
    assert one.frame.equals(other.frame)
    assert one.cohort.counted_under == rules.digest


def test_rules_that_differ_give_other_facts(place: Path) -> None:
    """Or the test above would hold without any counting."""
    cohorts = [counted(place, name) for name in NAMES]
    assert len({cohort.digest for cohort in cohorts}) == len(cohorts)


def test_facts_that_came_as_facts_stay(tmp_path: Path) -> None:
    """There are no records to count again."""
    cohort = admitted_facts(csv(tmp_path, fact()))
    assert cohort.under(RULES) is cohort


def test_counted_facts_may_be_written_and_serve_again(place: Path, tmp_path: Path) -> None:
    """With the round and the rulebook they were made for, and no other."""
    cohort = counted(place, "beijing-2020")
    path = tmp_path / "facts.parquet"
    write_facts(cohort.frame, path, rules=RULES, round_year=ROUND)
    assert scoring.read(path, rules=RULES, round_year=ROUND).digest == cohort.digest
    for rules, year in ((Rulebook.load(NAMES[0]), ROUND), (RULES, ROUND + 1)):
        with pytest.raises(scoring.CohortError):
            scoring.read(path, rules=rules, round_year=year)


def test_groups_of_applicants_go_into_the_scored_cohort(tmp_path: Path) -> None:
    """A category of the user's own stands beside the points."""
    tables = sound()
    tables["applicants"] = [
        row | {"trade": word} for row, word in zip(tables["applicants"], "ab", strict=True)
    ]
    cohort = scoring.read(folder(tmp_path / "histories", tables), rules=RULES, round_year=2021)
    scored = scoring.score(cohort, RULES, quota=1)
    assert cohort.groups == ("trade",)
    assert scored.frame["trade"].to_list() == ["a", "b"]
    assert scored.frame.schema["trade"] == pl.Enum(["a", "b"])
