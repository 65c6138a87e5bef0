"""What a report refuses to rest on: persons, numbers that have not converged, other rules."""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import scoring
from reports.cohort import OutOfForce, cohort_for, rulebook_for
from reports.results import MARK, UnfitResult, open_result
from scoring.reform import Reform
from simulate.experiment import frames
from simulate.experiment.errors import ResultsError
from tests.reports.cli.command import jifen
from tests.simulate.experiment.specs import RULES, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run a small experiment and give the folder of its result."""
    place = tmp_path_factory.mktemp("experiment")
    assert jifen("simulate", write(place), "--out", place / "results").status == 0
    return place / "results"


def converged(folder: Path, *, said: bool) -> None:
    """Let the record of a result say whether it has converged."""
    record = json.loads((folder / "record.json").read_text("utf-8"))
    (folder / "record.json").write_text(json.dumps({**record, "converged": said}), "utf-8")


def test_a_report_reads_aggregates_and_no_persons(folder: Path) -> None:
    """Draws, outcomes, groups and summary are there, and nothing that has a line for a person."""
    converged(folder, said=True)
    result = open_result(folder)
    assert result.outcomes.collect().height == result.record["draws"]
    assert not hasattr(result, "people")


def test_a_result_that_has_not_converged_is_refused(folder: Path) -> None:
    """Too few draws are told with their number and with more that may do."""
    converged(folder, said=False)
    with pytest.raises(UnfitResult, match=r"after 200 draws.*with more draws, 800 say"):
        open_result(folder)


def test_rules_other_than_those_of_the_result_are_refused(folder: Path) -> None:
    """A result of one rulebook tells nothing of another."""
    converged(folder, said=True)
    with pytest.raises(UnfitResult, match=r"made from rules with digest .* run the experiment again"):
        open_result(folder, rules=scoring.Rulebook.load("beijing-2018-trial"))


def test_another_round_than_that_of_the_result_is_refused(folder: Path) -> None:
    """The same people in another year are another question, whose result this is not."""
    converged(folder, said=True)
    people = scoring.read(folder.parent / "cohort.parquet", rules=RULES, round_year=2020)
    assert open_result(folder, cohort=people).record["round"] == 2020
    with pytest.raises(UnfitResult, match="is of the round of 2020, not of 2021; name its round"):
        open_result(folder, cohort=replace(people, round_year=2021))


def test_a_table_of_persons_is_no_result_and_no_cohort(folder: Path) -> None:
    """The file with a line for each person is refused by what it says of itself, whatever it is called."""
    person = folder.parent / "harmless.parquet"
    person.write_bytes((folder / "people.parquet").read_bytes())
    rules = scoring.Rulebook.load("beijing-2020")
    with pytest.raises(UnfitResult, match="give the folder of the result"):
        open_result(person)
    with pytest.raises(UnfitResult, match="a line for each person"):
        cohort_for(str(person), rules, round_year=2020)


def test_the_mark_of_results_is_theirs() -> None:
    """Persons are known by the key under which experiments write it."""
    assert MARK == frames.MARK


def test_a_folder_without_a_result_is_refused(tmp_path: Path) -> None:
    """What is no result is told as such."""
    with pytest.raises(ResultsError, match="no finished result"):
        open_result(tmp_path)


def test_rules_out_of_their_rounds_are_refused_unless_meant() -> None:
    """The trial's rules did not govern 2020; who asks what they would have done says so."""
    with pytest.raises(OutOfForce, match=r"not in force in the round of 2020.*--counterfactual"):
        rulebook_for("beijing-2018-trial", round_year=2020)
    assert (
        rulebook_for("beijing-2018-trial", round_year=2020, counterfactual=True).name == "beijing-2018-trial"
    )
    assert rulebook_for("beijing-2020", round_year=2020).name == "beijing-2020"


def test_a_report_takes_what_a_reform_makes_of_rules(tmp_path: Path) -> None:
    """A reform's file stands wherever a rulebook's name does, and governs the rounds of its baseline."""
    rules = scoring.Rulebook.load("beijing-2020")
    reform = Reform.from_changes(rules, {"honours.points": 10}, title="乙")
    (tmp_path / "honour.toml").write_text(reform.to_toml(), "utf-8")
    assert rulebook_for(str(tmp_path / "honour.toml"), round_year=2020).digest == reform.rules.digest
    with pytest.raises(OutOfForce, match=r"beijing-2020\+乙 was not in force in the round of 2018"):
        rulebook_for(str(tmp_path / "honour.toml"), round_year=2018)


def test_a_table_that_was_changed_is_refused(folder: Path) -> None:
    """A digest that is not the record's means that the numbers are not those of the run."""
    converged(folder, said=True)
    table = folder / "outcomes.parquet"
    before = table.read_bytes()
    try:
        pl.read_parquet(table).head(10).write_parquet(table)
        with pytest.raises(UnfitResult, match=r"outcomes.parquet: is not the table"):
            open_result(folder)
    finally:
        table.write_bytes(before)
